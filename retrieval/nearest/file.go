package nearest

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"math"
	"slices"
	"unicode/utf8"

	"github.com/seccoder/seccoder/check"
	"github.com/seccoder/seccoder/internal/atomicfile"
	"github.com/seccoder/seccoder/internal/listfile"
	"github.com/seccoder/seccoder/lang"
)

// ErrUnusable says that a file is no index of the kind that was asked for: it is damaged
// or cut off, of another embedder or dimension, or written by another version.
var ErrUnusable = listfile.ErrUnusable

// The file of an index, of the form that package listfile has:
//
//	"SecCoder nearest 1\n"
//	{"embedder":"…","dims":384,"count":123,"cwes":150,"languages":["c"],"stamp":"…"}\n
//	the lists: the centre (float32, dims); then of the vectors, which are sorted by id: ids (32
//	bytes), languages (1 byte), ends of CWEs (uint32), CWEs (int32, of all together), terms
//	(3 float32), signs, rows and rests, as a segment has them
const (
	fileMagic   = "SecCoder nearest "
	fileVersion = "1"
)

type fileHeader struct {
	Embedder  string          `json:"embedder"`
	Dims      int             `json:"dims"`
	Count     int             `json:"count"`
	CWEs      int             `json:"cwes"`
	Languages []lang.Language `json:"languages"`
	Stamp     string          `json:"stamp"`
}

// Save writes the index to a file, in place of what is there: whole or not at all,
// also where the process is killed or the power fails. What was removed is left out. The
// index itself stays as it is; Open gives one that lives in the file.
func (x *Index) Save(path string) error {
	x.mu.RLock()
	defer x.mu.RUnlock()
	if len(x.stamp) > maxStampBytes || !utf8.ValidString(x.stamp) {
		return fmt.Errorf("save the index as %s: a stamp of %d bytes, or not UTF-8", path, len(x.stamp))
	}
	if err := atomicfile.Write(path, 0o644, x.write); err != nil {
		return fmt.Errorf("save the index as %s: %w", path, err)
	}
	return nil
}

// write puts out the file.
func (x *Index) write(to io.Writer) error {
	all := x.sorted()
	header := fileHeader{Embedder: x.kind.Embedder, Dims: x.kind.Dims, Count: len(all), Languages: x.languages, Stamp: x.stamp}
	for _, at := range all {
		header.CWEs += len(x.segment(at).cwesOf(int(at.place)))
	}
	out, err := listfile.NewWriter(to, fileMagic, fileVersion, header)
	if err != nil {
		return err
	}
	out.Begin()
	out.Bytes(listfile.BytesOf(x.space.centre))
	end := uint32(0)
	for _, list := range []func(s *segment, place int) []byte{
		func(s *segment, place int) []byte { return s.ids[place][:] },
		func(s *segment, place int) []byte { return s.languages[place : place+1] },
		func(s *segment, place int) []byte {
			end += uint32(len(s.cwesOf(place)))
			return binary.LittleEndian.AppendUint32(nil, end)
		},
		func(s *segment, place int) []byte { return listfile.BytesOf(s.cwesOf(place)) },
		func(s *segment, place int) []byte { return listfile.BytesOf(s.terms[place : place+1]) },
		func(s *segment, place int) []byte { return listfile.BytesOf(s.code(place).signs) },
		func(s *segment, place int) []byte { return listfile.BytesOf(s.code(place).rows) },
		func(s *segment, place int) []byte { return s.code(place).rests },
	} {
		out.Begin()
		for _, at := range all {
			out.Bytes(list(x.segment(at), int(at.place)))
		}
	}
	return out.Close()
}

// Open reads an index from a file, which is mapped into memory where the system has that
// (Unix) and read where it has not. A file that is not there is fs.ErrNotExist, one that
// is no index of this kind ErrUnusable, with the reason. All of the file is read once, to
// compare its checksum.
//
// While the index is in use, nobody may write into the file or cut it off; Save puts
// another in its place, which does no harm.
func Open(path string, kind Kind) (*Index, error) {
	file, err := listfile.Open(path)
	if err == nil {
		var x *Index
		if x, err = parse(file.Bytes, kind); err == nil {
			x.file = file
			return x, nil
		}
	}
	return nil, fmt.Errorf("open the index %s: %w", path, err)
}

// parse makes an index of the bytes of a file, which it goes on using.
func parse(data []byte, kind Kind) (*Index, error) {
	var header fileHeader
	r, err := listfile.NewReader(data, fileMagic, fileVersion, &header)
	if err != nil {
		return nil, err
	}
	if err := header.check(); err != nil {
		return nil, listfile.Damaged("its header: %w", err)
	}
	if header.Embedder != kind.Embedder || header.Dims != kind.Dims {
		return nil, fmt.Errorf("%w: it has the vectors of %s (%d numbers) and not of %s (%d)",
			ErrUnusable, header.Embedder, header.Dims, kind.Embedder, kind.Dims)
	}
	return parseLists(header, r)
}

func (h fileHeader) check() error {
	if err := (Kind{h.Embedder, h.Dims}).check(); err != nil {
		return err
	}
	switch {
	case h.Count < 0 || h.Count > math.MaxInt32 || h.CWEs < 0 || h.CWEs > math.MaxInt32:
		return fmt.Errorf("%d vectors with %d CWEs", h.Count, h.CWEs)
	case len(h.Languages) > maxLanguages:
		return fmt.Errorf("%d languages", len(h.Languages))
	}
	return nil
}

// parseLists takes the lists for what they are, after making sure that they are whole and
// that nothing in them leads astray.
func parseLists(header fileHeader, r *listfile.Reader) (*Index, error) {
	centre := listfile.Take[float32](r, header.Dims)
	if r.Short() {
		return nil, r.End()
	}
	space, n := newSpace(centre), header.Count
	s := &segment{
		space: space, ids: listfile.Take[ID](r, n), languages: listfile.Take[uint8](r, n), ends: listfile.Take[uint32](r, n),
		cwes: listfile.Take[int32](r, header.CWEs), terms: listfile.Take[term](r, n), signs: listfile.Take[uint64](r, n*space.words),
		rows: listfile.Take[int8](r, n*space.dims), rests: listfile.Take[uint8](r, n*space.rests),
	}
	if err := r.End(); err != nil {
		return nil, err
	}
	if err := s.check(len(header.Languages)); err != nil {
		return nil, listfile.Damaged("%w", err)
	}
	x := newIndex(Kind{header.Embedder, header.Dims})
	x.stamp, x.languages = header.Stamp, slices.Clone(header.Languages)
	x.setSegments(s)
	return x, nil
}

// check makes sure that what a segment was read from holds together, beyond what a
// checksum tells.
func (s *segment) check(languages int) error {
	last := uint32(0)
	for place, end := range s.ends {
		switch {
		case end < last || int(end) > len(s.cwes):
			return fmt.Errorf("vector %d has CWEs %d to %d of %d", place, last, end, len(s.cwes))
		case int(s.languages[place]) >= languages:
			return fmt.Errorf("vector %d has language %d of %d", place, s.languages[place], languages)
		case place > 0 && bytes.Compare(s.ids[place-1][:], s.ids[place][:]) >= 0:
			return fmt.Errorf("vector %d is out of order", place)
		case !s.terms[place].finite():
			return fmt.Errorf("vector %d has numbers that are not finite", place)
		}
		last = end
	}
	if int(last) != len(s.cwes) {
		return fmt.Errorf("%d CWEs where vectors have %d", len(s.cwes), last)
	}
	for _, cwe := range s.cwes {
		if cwe < 1 || cwe > int32(check.MaxCWE) {
			return fmt.Errorf("there is a CWE %d", cwe)
		}
	}
	for _, v := range s.space.centre {
		if !(v >= -2 && v <= 2) {
			return fmt.Errorf("its centre holds %v", v)
		}
	}
	return nil
}

func (t term) finite() bool {
	sum := float64(t.factor) + float64(t.shift) + float64(t.step)
	return !math.IsNaN(sum) && !math.IsInf(sum, 0)
}
