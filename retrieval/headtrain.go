package retrieval

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/lang"
)

// How heads are trained: stochastic gradient descent with a step for each weight (Duchi,
// Hazan and Singer, "Adaptive Subgradient Methods", 2011), one sample after the other, in
// an order that a fixed seed gives. The same samples give the same head.
const (
	trainPasses = 15
	trainStep   = 0.3
	// shrinkage is the weight of the squared weights (L2).
	shrinkage = 1e-4
	// trainBalance is the exponent by which samples of a frequent weakness count less: at 1
	// all weaknesses count the same, at 0 all samples.
	trainBalance = 0.5
	// rarest is how many samples a word must be in.
	rarest = 2
	// settled is how far a sample's probability of a class may be off before a step is taken:
	// what is told apart already is not driven on, which would make the head too sure and
	// takes most of the time. Of SVEN's training functions, by repository, 1.7 ± 1.3 in a
	// hundred more were found in the starter corpus with it than with a step at each.
	settled = 1e-3
)

// A HeadSample is code whose weakness is known.
type HeadSample struct {
	Language lang.Language
	Code     string
	CWE      codebase.CWE
	// Unfinished says that the code breaks off at a cursor: its end counts, where of whole
	// code the beginning does.
	Unfinished bool
}

// TrainHead trains a head on the samples, in seconds.
func TrainHead(ctx context.Context, embedder Embedder, recipe string, samples []HeadSample) (*Head, error) {
	if len(samples) == 0 {
		return nil, errors.New("train a head: there are no samples")
	}
	h := &Head{Embedder: embedder.ID(), Recipe: recipe}
	words := make([][]string, len(samples))
	vectors := make([][]float32, len(samples))
	counts := map[codebase.CWE]float64{}
	for i, s := range samples {
		words[i] = headWords(s.Language, s.Code)
		text := documentText(codebase.Example{Code: s.Code})
		if s.Unfinished {
			text = queryWindow(s.Code)
		}
		var err error
		if vectors[i], err = embedQuery(ctx, embedder, text); err != nil {
			return nil, fmt.Errorf("train a head: sample %d: %w", i+1, err)
		}
		counts[s.CWE]++
	}
	for cwe := range counts {
		h.classes = append(h.classes, cwe)
	}
	slices.Sort(h.classes)
	h.learnWords(words)
	t := newTraining(h, embedder.Dimensions())
	for i, s := range samples {
		t.add(h.features(words[i], vectors[i]), slices.Index(h.classes, s.CWE), math.Pow(counts[s.CWE], -trainBalance))
	}
	t.run()
	return h, nil
}

// learnWords takes the words that are in enough samples, with their inverse document
// frequencies.
func (h *Head) learnWords(samples [][]string) {
	in := map[string]int{}
	for _, words := range samples {
		for _, word := range distinct(words) {
			in[word]++
		}
	}
	var known []string
	for word, n := range in {
		if n >= rarest {
			known = append(known, word)
		}
	}
	slices.Sort(known)
	h.words = make(map[string]int, len(known))
	h.idf = make([]float64, len(known))
	for place, word := range known {
		h.words[word] = place
		h.idf[place] = 1 + math.Log(float64(1+len(samples))/float64(1+in[word]))
	}
}

// A training is a head under way.
type training struct {
	head    *Head
	samples []trainingSample
	// squares are the sums of squared gradients, of the weights and of the biases.
	squares     [][]float64
	biasSquares []float64
}

type trainingSample struct {
	x      []feature
	class  int
	weight float64
}

func newTraining(h *Head, dimensions int) *training {
	t := &training{head: h, biasSquares: make([]float64, len(h.classes))}
	h.bias = make([]float64, len(h.classes))
	for range h.classes {
		h.weights = append(h.weights, make([]float64, len(h.idf)+dimensions))
		t.squares = append(t.squares, make([]float64, len(h.idf)+dimensions))
	}
	return t
}

func (t *training) add(x []feature, class int, weight float64) {
	t.samples = append(t.samples, trainingSample{x, class, weight})
}

func (t *training) run() {
	sum := 0.0
	for _, s := range t.samples {
		sum += s.weight
	}
	random := rand.New(rand.NewPCG(1, 2))
	for range trainPasses {
		for _, i := range random.Perm(len(t.samples)) {
			s := t.samples[i]
			s.weight *= float64(len(t.samples)) / sum
			t.step(s)
		}
	}
}

// step moves the weights against the gradient of the sample's logarithmic loss.
func (t *training) step(s trainingSample) {
	h := t.head
	for class, p := range softmax(h.scores(s.x)) {
		if class == s.class {
			p--
		}
		if math.Abs(p) < settled {
			continue
		}
		p *= s.weight
		t.biasSquares[class] += p * p
		h.bias[class] -= trainStep * p / math.Sqrt(t.biasSquares[class]+1e-6)
		weights, squares := h.weights[class], t.squares[class]
		for _, f := range s.x {
			gradient := p*f.value + shrinkage*weights[f.place]
			squares[f.place] += gradient * gradient
			weights[f.place] -= trainStep * gradient / math.Sqrt(squares[f.place]+1e-6)
		}
	}
}
