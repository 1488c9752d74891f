package retrieval

import (
	"bytes"
	_ "embed" // for what was trained
	"fmt"
	"io"
	"math"
	"slices"
	"sync"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/lang"
)

// trainedDanger is what came with the program; "make head" trains it.
//
//go:embed danger.json.gz
var trainedDanger []byte

const (
	// anyWeakness is the one class that a Danger's head knows: MITRE's view of all weaknesses.
	anyWeakness codebase.CWE = 1000
	// endangered is the part of the queries that is taken to be near a weakness before the code is
	// read. It is chosen so that code near a weakness is rarely taken for ordinary
	// (docs/search.md, Confidence, has the figures).
	endangered = 0.9
	// dangerBytes bounds the code that is read. It learns from halves of functions, of which
	// few are longer, and from a long file more words would tell less of what is at its end.
	dangerBytes = 8 << 10
)

// A Danger says how likely it is that any weakness is near at all. A [Head] cannot: it was
// shown nothing but code with weaknesses, and finds that one of them is the likeliest in
// code that sorts numbers, too. It is a logistic regression over the words of the code, as
// heads read them and without the embedder's vector,
//
//	D(x) = σ(w·x + b + logit(endangered))
//
// calibrated so that without the last term, code of both kinds being as frequent, D is a
// probability. It knows the languages of which it was shown ordinary code: Python.
type Danger struct{ head *Head }

// Knows reports whether ordinary code of the language is known.
func (*Danger) Knows(l lang.Language) bool { return l == lang.Python }

// Of is D, and 1 for a language of which no ordinary code is known, as it is by a nil
// Danger. Of long code the end counts, which is where the cursor is.
func (d *Danger) Of(l lang.Language, code string) float64 {
	if d == nil || !d.Knows(l) {
		return 1
	}
	x := d.head.features(headWords(l, tail(code, dangerBytes)), nil)
	return logistic(d.head.scores(x)[0] + math.Log(endangered/(1-endangered)))
}

// Recipe says what it was trained on.
func (d *Danger) Recipe() string { return d.head.Recipe }

// Write keeps it, in the form of heads. The same Danger makes the same bytes.
func (d *Danger) Write(out io.Writer) error { return d.head.Write(out) }

// ReadDanger reads what [Danger.Write] wrote.
func ReadDanger(in io.Reader) (*Danger, error) {
	head, err := readHead(in)
	switch {
	case err != nil:
		return nil, fmt.Errorf("read what tells ordinary code: %w", err)
	case !slices.Equal(head.classes, []codebase.CWE{anyWeakness}) || len(head.weights[0]) != len(head.idf):
		return nil, fmt.Errorf("read what tells ordinary code: it is a head that tells weaknesses apart: %v, with %d weights for %d words", head.classes, len(head.weights[0]), len(head.idf))
	}
	return &Danger{head}, nil
}

// ProgramDanger is the one that came with the program, which reads it once.
var ProgramDanger = sync.OnceValues(func() (*Danger, error) { return ReadDanger(bytes.NewReader(trainedDanger)) })

// UseDanger lets the retriever ask the Danger and not the one that came with the program, or
// none where it is nil. It is to be called before the first query.
func (r *Fused) UseDanger(danger *Danger) {
	r.danger = func() (*Danger, error) { return danger, nil }
}

func logistic(z float64) float64 { return 1 / (1 + math.Exp(-z)) }
