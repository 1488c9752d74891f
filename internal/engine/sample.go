package engine

import (
	"math"
	"math/rand/v2"
)

const (
	// negligible is the number of temperatures below the best logit at which a token's
	// share of the probability, exp(-25) of the best's, is left out: over a vocabulary of
	// 150,000 tokens what is left out sums to 2e-6 at most.
	negligible = 25
	// likely is the number of temperatures below the best logit down to which tokens are
	// put in order at first. A lighter one is hardly ever drawn.
	likely = 10
)

// A sampler draws tokens from logits with temperature and nucleus (top-p) sampling.
type sampler struct {
	temperature float64
	topP        float64
	random      *rand.Rand
	// Kept over draws for their memory: the tokens in question, and those that were taken
	// out of them, the heaviest first.
	candidates heaviest
	taken      []candidate
}

// newSampler makes the sampler of one sample. Each sample has a stream of random
// numbers of its own, so that what one draws does not depend on how many there are.
// A topP of 0 is taken as 1.
func newSampler(temperature, topP float64, seed uint64, index int) *sampler {
	if topP == 0 {
		topP = 1
	}
	return &sampler{temperature: temperature, topP: topP, random: rand.New(rand.NewPCG(seed, uint64(index)))}
}

// sample draws a token. It puts in order only as many as the draw needs: sorting a
// whole vocabulary costs many milliseconds, this one or two. A logit that is not a
// number is never drawn.
func (s *sampler) sample(logits []float32) token {
	best := argmax(logits)
	highest := float64(logits[best])
	if !(s.temperature > 0) || math.IsInf(highest, 0) || math.IsNaN(highest) {
		return token(best)
	}
	// The weight of a logit is relative to the best's, which is 1.
	lightest, light := highest-negligible*s.temperature, highest-likely*s.temperature
	weight := func(logit float32) float64 { return math.Exp((float64(logit) - highest) / s.temperature) }
	var total float64
	s.candidates, s.taken = s.candidates[:0], s.taken[:0]
	for i, logit := range logits {
		if x := float64(logit); x >= lightest {
			w := weight(logit)
			if !(w > 0) {
				continue // minus infinity at an infinite temperature
			}
			total += w
			if x >= light {
				s.candidates = append(s.candidates, candidate{token(i), w})
			}
		}
	}
	// more adds the light ones, for the draw that needs them.
	more := func() {
		for i, logit := range logits {
			if x := float64(logit); x >= lightest && x < light {
				s.candidates = append(s.candidates, candidate{token(i), weight(logit)})
			}
		}
	}
	if s.topP < 1 {
		mass := s.take(s.topP*total, more)
		point := s.random.Float64() * mass
		for _, c := range s.taken {
			if point -= c.weight; point < 0 {
				return c.token
			}
		}
	} else {
		s.take(s.random.Float64()*total, more)
	}
	return s.taken[len(s.taken)-1].token
}

// take takes the heaviest candidates out until their weights reach the share, one at
// least, and returns their sum. When none is left, more is called once.
func (s *sampler) take(share float64, more func()) (sum float64) {
	s.candidates.order()
	for len(s.taken) == 0 || sum < share {
		if len(s.candidates) == 0 && more != nil {
			more()
			more = nil
			s.candidates.order()
		}
		if len(s.candidates) == 0 {
			break // the share was rounded up
		}
		c := s.candidates.pop()
		s.taken = append(s.taken, c)
		sum += c.weight
	}
	return sum
}

// argmax is the index of the largest value, the first of equals; NaN is never it.
func argmax(values []float32) int {
	best := 0
	for i, v := range values {
		if v > values[best] || values[best] != values[best] {
			best = i
		}
	}
	return best
}
