package retrieval

import (
	"bytes"
	"compress/gzip"
	"context"
	_ "embed" // for the trained head
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"sync"
	"unicode"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/lang"
)

// trainedHead is the head that came with the program; "make head" trains it.
//
//go:embed head.json.gz
var trainedHead []byte

const (
	headSchema = "seccoder.head/1"
	// vectorScale is how much an embedding weighs beside the words, whose part of the
	// features has length 1.
	vectorScale = 2
)

// A Head says which of the weaknesses that it was trained on lurks in a piece of code. It
// is a multinomial logistic regression,
//
//	P(w | x) = softmax(W·x + b)
//
// over features x of two parts: the words of the code and the parts of those words, by
// (1 + log tf)·idf and scaled to length 1, and the embedder's vector, scaled to vectorScale.
type Head struct {
	// Embedder is the id of the embedder that it was trained with; it can be used with no
	// other. Recipe says what it was trained on.
	Embedder, Recipe string
	words            map[string]int
	idf              []float64
	classes          []codebase.CWE
	weights          [][]float64 // by class; features are words, then the vector's dimensions
	bias             []float64
}

// A feature is a value of the sparse vector x.
type feature struct {
	place int
	value float64
}

// features are x. Words that the head does not know are left out.
func (h *Head) features(words []string, vector []float32) []feature {
	counts := make(map[int]float64, len(words))
	for _, word := range words {
		if place, known := h.words[word]; known {
			counts[place]++
		}
	}
	x := make([]feature, 0, len(counts)+len(vector))
	for place, n := range counts {
		x = append(x, feature{place, (1 + math.Log(n)) * h.idf[place]})
	}
	// In order, so that sums are the same every time.
	slices.SortFunc(x, func(a, b feature) int { return a.place - b.place })
	square := 0.0
	for _, f := range x {
		square += f.value * f.value
	}
	for i := range x {
		x[i].value /= math.Sqrt(square)
	}
	for i, v := range vector {
		x = append(x, feature{len(h.idf) + i, vectorScale * float64(v)})
	}
	return x
}

// scores are W·x + b.
func (h *Head) scores(x []feature) []float64 {
	scores := slices.Clone(h.bias)
	for class, weights := range h.weights {
		for _, f := range x {
			scores[class] += weights[f.place] * f.value
		}
	}
	return scores
}

// Classify gives the probability of each weakness that the head knows. The vector is the
// embedder's of the code's end, as the retrievers embed queries.
func (h *Head) Classify(l lang.Language, code string, vector []float32) map[codebase.CWE]float64 {
	p := make(map[codebase.CWE]float64, len(h.classes))
	vector = vector[:min(len(vector), len(h.weights[0])-len(h.idf))]
	for class, probability := range softmax(h.scores(h.features(headWords(l, code), vector))) {
		p[h.classes[class]] = probability
	}
	return p
}

// headWords are the words of code that heads read: identifiers and words of comments and
// strings, and what identifiers are put together from by underscores and digits, marked
// so that a part is no word. Such parts tell kinds of APIs apart where projects have
// names of their own.
func headWords(l lang.Language, code string) []string {
	words := lang.Words(l, code)
	for _, word := range words[:len(words):len(words)] {
		for _, part := range strings.FieldsFunc(word, func(r rune) bool { return r == '_' || unicode.IsDigit(r) }) {
			words = append(words, "~"+part)
		}
	}
	return words
}

// headFile is how a head is kept: JSON, compressed. A word's weights are one byte for each
// class, as are those of the vector's dimensions; scale brings them back.
type headFile struct {
	Schema   string         `json:"schema"`
	Recipe   string         `json:"recipe"`
	Embedder string         `json:"embedder"`
	Classes  []codebase.CWE `json:"classes"`
	Bias     []float64      `json:"bias"`
	// Scale is what one step of a class's weights is worth.
	Scale []float64 `json:"scale"`
	Words []string  `json:"words"`
	IDF   []float64 `json:"idf"`
	// Weights are int8 values, those of a class behind each other.
	Weights []byte `json:"weights"`
}

// Write keeps the head. The same head makes the same bytes.
func (h *Head) Write(out io.Writer) error {
	file := headFile{
		Schema: headSchema, Recipe: h.Recipe, Embedder: h.Embedder, Classes: h.classes,
		Bias: h.bias, Words: make([]string, len(h.idf)), IDF: h.idf,
	}
	for word, place := range h.words {
		file.Words[place] = word
	}
	for _, weights := range h.weights {
		largest := 0.0
		for _, w := range weights {
			largest = max(largest, math.Abs(w))
		}
		scale := max(largest, math.SmallestNonzeroFloat32) / math.MaxInt8
		file.Scale = append(file.Scale, scale)
		for _, w := range weights {
			file.Weights = append(file.Weights, byte(int8(math.Round(w/scale))))
		}
	}
	compressed := gzip.NewWriter(out)
	if err := json.NewEncoder(compressed).Encode(file); err != nil {
		return fmt.Errorf("write the head: %w", err)
	}
	return compressed.Close()
}

// ReadHead reads what [Head.Write] wrote.
func ReadHead(in io.Reader) (*Head, error) {
	h, err := readHead(in)
	if err != nil {
		return nil, fmt.Errorf("read the head: %w", err)
	}
	return h, nil
}

func readHead(in io.Reader) (*Head, error) {
	decompressed, err := gzip.NewReader(in)
	if err != nil {
		return nil, err
	}
	var file headFile
	if err := json.NewDecoder(decompressed).Decode(&file); err != nil {
		return nil, err
	}
	classes := len(file.Classes)
	switch {
	case file.Schema != headSchema:
		return nil, fmt.Errorf("its form is %q, expected %q", file.Schema, headSchema)
	case classes == 0 || len(file.Bias) != classes || len(file.Scale) != classes || len(file.Words) != len(file.IDF):
		return nil, errors.New("its parts do not fit together")
	case len(file.Weights)%classes != 0 || len(file.Weights)/classes < len(file.Words):
		return nil, fmt.Errorf("it has %d weights for %d classes and %d words", len(file.Weights), classes, len(file.Words))
	}
	h := &Head{
		Embedder: file.Embedder, Recipe: file.Recipe, classes: file.Classes, bias: file.Bias, idf: file.IDF,
		words: make(map[string]int, len(file.Words)),
	}
	for place, word := range file.Words {
		h.words[word] = place
	}
	features := len(file.Weights) / classes
	for class := range classes {
		weights := make([]float64, features)
		for i, step := range file.Weights[class*features:][:features] {
			weights[i] = float64(int8(step)) * file.Scale[class]
		}
		h.weights = append(h.weights, weights)
	}
	return h, nil
}

// programHead reads the program's head once, for all retrievers.
var programHead = sync.OnceValues(func() (*Head, error) { return ReadHead(bytes.NewReader(trainedHead)) })

// headFor is the program's head where it was trained with the embedder, and nil elsewhere.
func headFor(embedder Embedder) (*Head, error) {
	h, err := programHead()
	if err != nil {
		return nil, err
	}
	if !h.fits(embedder) {
		return nil, nil
	}
	return h, nil
}

// fits says whether the head was trained with the embedder.
func (h *Head) fits(embedder Embedder) bool {
	return h.Embedder == embedder.ID() && len(h.weights[0]) == len(h.idf)+embedder.Dimensions()
}

// UseHead lets the retriever ask the head and not the one that came with the program, or
// none where it is nil: to measure what a head is worth. It is to be called before the
// first query. With a head of another embedder, retrieving fails.
func (r *Fused) UseHead(head *Head) {
	embedder := r.dense.embedder
	r.head = newSnapshot(nil, func(context.Context) (*Head, error) {
		if head != nil && !head.fits(embedder) {
			return nil, fmt.Errorf("ask a head that was trained with %s about vectors of %s: train one with this embedder (TrainHead)", head.Embedder, embedder.ID())
		}
		return head, nil
	})
}
