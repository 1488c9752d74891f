package retrieval

import (
	"errors"
	"slices"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/lang"
)

const (
	// dangerShrinkage is the weight of the squared weights (L2), beside a loss whose samples
	// weigh 1 together.
	dangerShrinkage = 3e-4
	// dangerSteps is how many steps are taken down the gradient; the weights no longer change
	// in their third digit then.
	dangerSteps = 500
	// dangerFolds is by how many parts of the groups the calibration is cross-validated.
	dangerFolds = 5
)

// A DangerSample is code that is known to be near a weakness, or ordinary.
type DangerSample struct {
	Language lang.Language
	Code     string
	Near     bool
	// Unfinished says that the code breaks off at a cursor, as queries do: such samples
	// calibrate.
	Unfinished bool
	// Group is where the code comes from. What is alike because it has one author is of one
	// group, so that none is judged by what was trained on its like.
	Group string
}

// TrainDanger trains a [Danger], in seconds. The probabilities are calibrated (Platt scaling) on
// the unfinished samples, each judged by a regression that saw none of its group. Near and ordinary
// samples weigh the same together. The same samples give the same Danger.
func TrainDanger(recipe string, samples []DangerSample) (*Danger, error) {
	groups := map[bool][]string{}
	for _, s := range samples {
		if s.Unfinished && !slices.Contains(groups[s.Near], s.Group) {
			groups[s.Near] = append(groups[s.Near], s.Group)
		}
	}
	if len(groups[true]) < 2 || len(groups[false]) < 2 {
		return nil, errors.New("train what tells ordinary code: unfinished samples of two groups and more are wanted, of code near a weakness and of ordinary code")
	}
	words := make([][]string, len(samples))
	for i, s := range samples {
		words[i] = headWords(s.Language, s.Code)
	}
	judged := regression{}
	for fold := range dangerFolds {
		held := func(s DangerSample) bool {
			return slices.Index(groups[s.Near], s.Group)%dangerFolds == fold
		}
		h := trainDangerHead(samples, words, func(s DangerSample) bool { return !held(s) })
		for i, s := range samples {
			if s.Unfinished && held(s) {
				judged.add([]feature{{0, h.scores(h.features(words[i], nil))[0]}}, s.Near)
			}
		}
	}
	slope, offset := judged.fit(1, 0)
	h := trainDangerHead(samples, words, func(DangerSample) bool { return true })
	for i := range h.weights[0] {
		h.weights[0][i] *= slope[0]
	}
	h.bias[0] = slope[0]*h.bias[0] + offset
	h.Recipe = recipe
	return &Danger{h}, nil
}

// trainDangerHead trains on the samples that are to be seen.
func trainDangerHead(samples []DangerSample, words [][]string, seen func(DangerSample) bool) *Head {
	h := &Head{classes: []codebase.CWE{anyWeakness}}
	var read [][]string
	for i, s := range samples {
		if seen(s) {
			read = append(read, words[i])
		}
	}
	h.learnWords(read)
	r := regression{}
	for i, s := range samples {
		if seen(s) {
			r.add(h.features(words[i], nil), s.Near)
		}
	}
	weights, bias := r.fit(len(h.idf), dangerShrinkage)
	h.weights, h.bias = [][]float64{weights}, []float64{bias}
	return h
}

// A regression is the samples of a logistic regression of two classes.
type regression struct {
	x    [][]feature
	near []bool
}

func (r *regression) add(x []feature, near bool) {
	r.x, r.near = append(r.x, x), append(r.near, near)
}

// fit minimises the logarithmic loss, both classes weighing a half, and shrinkage/2·|w|², by
// accelerated gradient descent (Nesterov 1983) from 0. The step is one over the bound of
// the gradient's slope.
func (r *regression) fit(features int, shrinkage float64) (weights []float64, bias float64) {
	of := map[bool]float64{}
	longest := 0.0
	for i, x := range r.x {
		of[r.near[i]]++
		square := 1.0 // of the bias
		for _, f := range x {
			square += f.value * f.value
		}
		longest = max(longest, square)
	}
	step := 1 / (longest/4 + shrinkage)
	// The last place of each is the bias, which is not shrunk.
	at, ahead, gradient := make([]float64, features+1), make([]float64, features+1), make([]float64, features+1)
	for n := range dangerSteps {
		for place, w := range ahead[:features] {
			gradient[place] = shrinkage * w
		}
		gradient[features] = 0
		for i, x := range r.x {
			z := ahead[features]
			for _, f := range x {
				z += ahead[f.place] * f.value
			}
			p := logistic(z)
			if r.near[i] {
				p--
			}
			p /= 2 * of[r.near[i]]
			for _, f := range x {
				gradient[f.place] += p * f.value
			}
			gradient[features] += p
		}
		momentum := float64(n) / float64(n+3)
		for place, g := range gradient {
			next := ahead[place] - step*g
			ahead[place] = next + momentum*(next-at[place])
			at[place] = next
		}
	}
	return at[:features], at[features]
}
