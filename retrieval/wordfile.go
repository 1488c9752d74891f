package retrieval

import (
	"bytes"
	"fmt"
	"io"
	"math"
	"slices"

	"github.com/seccoder/seccoder/check"
	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/internal/listfile"
	"github.com/seccoder/seccoder/lang"
	"github.com/seccoder/seccoder/retrieval/nearest"
)

// The file of a wordIndex, of the form that package listfile has:
//
//	"SecCoder words 1\n"
//	a wordHeader\n
//	the lists of a wordIndex, in their order there
const (
	wordsMagic   = "SecCoder words "
	wordsVersion = "1"
	// maxIndexLanguages is how many languages a byte can name.
	maxIndexLanguages = 256
)

type wordHeader struct {
	Examples  int             `json:"examples"`
	CWEs      int             `json:"cwes"`
	Words     int             `json:"words"`
	Text      int             `json:"text"`  // bytes
	Lists     int             `json:"lists"` // bytes
	Languages []lang.Language `json:"languages"`
	Stamp     string          `json:"stamp"` // see stamp
}

// write puts out the file.
func (x *wordIndex) write(to io.Writer) error {
	header := x.wordHeader
	header.Examples, header.CWEs, header.Words, header.Text, header.Lists = len(x.ids), len(x.cwes), len(x.wordEnds), len(x.text), len(x.lists)
	out, err := listfile.NewWriter(to, wordsMagic, wordsVersion, header)
	if err != nil {
		return err
	}
	for _, list := range [][]byte{
		listfile.BytesOf(x.ids), x.languages, listfile.BytesOf(x.cweEnds), listfile.BytesOf(x.cwes), listfile.BytesOf(x.lengths),
		listfile.BytesOf(x.sums), listfile.BytesOf(x.wordEnds), x.text, listfile.BytesOf(x.listEnds), x.lists,
	} {
		out.Begin()
		out.Bytes(list)
	}
	return out.Close()
}

// openWordIndex reads an index from a file. Whatever is wrong with it is
// listfile.ErrUnusable, but that it is not there, which is fs.ErrNotExist.
func openWordIndex(path string) (*wordIndex, error) {
	file, err := listfile.Open(path)
	if err == nil {
		var x *wordIndex
		if x, err = parseWordIndex(file.Bytes); err == nil {
			x.file = file
			return x, nil
		}
	}
	return nil, fmt.Errorf("open the index of words %s: %w", path, err)
}

func parseWordIndex(data []byte) (*wordIndex, error) {
	x := new(wordIndex)
	h := &x.wordHeader
	r, err := listfile.NewReader(data, wordsMagic, wordsVersion, h)
	if err != nil {
		return nil, err
	}
	x.ids, x.languages = listfile.Take[nearest.ID](r, h.Examples), listfile.Take[uint8](r, h.Examples)
	x.cweEnds, x.cwes = listfile.Take[uint32](r, h.Examples), listfile.Take[int32](r, h.CWEs)
	x.lengths, x.sums = listfile.Take[int32](r, h.Examples), listfile.Take[uint64](r, h.Examples)
	x.wordEnds, x.text = listfile.Take[uint64](r, h.Words), listfile.Take[uint8](r, h.Text)
	x.listEnds, x.lists = listfile.Take[uint64](r, h.Words), listfile.Take[uint8](r, h.Lists)
	if err := r.End(); err != nil {
		return nil, err
	}
	if err := x.check(); err != nil {
		return nil, listfile.Damaged("%w", err)
	}
	x.count()
	return x, nil
}

// check makes sure that the lists hold together, beyond what a checksum tells. What is in the
// lists of words is left to those who read them.
func (x *wordIndex) check() error {
	if x.Examples > math.MaxInt32 || len(x.Languages) > maxIndexLanguages {
		return fmt.Errorf("%d examples in %d languages", x.Examples, len(x.Languages))
	}
	for place, id := range x.ids {
		switch {
		case place > 0 && bytes.Compare(x.ids[place-1][:], id[:]) >= 0:
			return fmt.Errorf("example %d is out of order", place)
		case int(x.languages[place]) >= len(x.Languages):
			return fmt.Errorf("example %d has language %d of %d", place, x.languages[place], len(x.Languages))
		case x.lengths[place] < 0:
			return fmt.Errorf("example %d has %d words", place, x.lengths[place])
		}
	}
	for _, cwe := range x.cwes {
		if cwe < 1 || cwe > int32(check.MaxCWE) {
			return fmt.Errorf("there is a CWE %d", cwe)
		}
	}
	if !divides(x.cweEnds, len(x.cwes)) || !divides(x.wordEnds, len(x.text)) || !divides(x.listEnds, len(x.lists)) {
		return fmt.Errorf("a list is longer or shorter than its parts")
	}
	return nil
}

// divides says whether ends divide a list of a length into parts.
func divides[E uint32 | uint64](ends []E, length int) bool {
	if len(ends) == 0 {
		return length == 0
	}
	return slices.IsSorted(ends) && uint64(ends[len(ends)-1]) == uint64(length)
}

// count makes what is known of each language.
func (x *wordIndex) count() {
	x.parts = make([]languagePart, len(x.Languages))
	for i := range x.parts {
		x.parts[i].sizes = make(map[codebase.CWE]int)
	}
	for place, language := range x.languages {
		part := &x.parts[language]
		part.places = append(part.places, int32(place))
		part.words += int(x.lengths[place])
		cwes := span(x.cwes, x.cweEnds, place)
		for _, cwe := range cwes {
			part.sizes[codebase.CWE(cwe)]++
		}
		if len(cwes) == 0 {
			part.sizes[0]++
		}
	}
}
