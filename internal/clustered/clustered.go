// Package clustered makes vectors that look like sentence embeddings, for tests and
// measurements of an index: the same ones each time, on every machine.
package clustered

import (
	"math"
	"math/rand/v2"
)

// A Source makes vectors of length 1 that lie in clusters, some inside others, around a
// common direction. Their variance falls from axis to axis as embeddings' does, so that
// of 384 numbers some hundred matter; two vectors that have nothing in common have a
// cosine of 0.1 to 0.2, and the ten nearest of 100,000 one of about 0.7.
type Source struct {
	random *rand.Rand
	spread []float64 // by axis
	mean   []float64
	topics [][]float64
	themes [][]float64 // several to a topic
}

const (
	topics         = 50
	themesPerTopic = 20
)

// New makes a source of vectors of dims numbers.
func New(dims int, seed uint64) *Source {
	s := &Source{random: rand.New(rand.NewPCG(seed, 384)), spread: make([]float64, dims)}
	for axis := range s.spread {
		s.spread[axis] = math.Pow(float64(axis+1), -0.35)
	}
	s.mean = s.around(make([]float64, dims), 0.5)
	for range topics {
		topic := s.around(s.mean, 0.7)
		s.topics = append(s.topics, topic)
		for range themesPerTopic {
			s.themes = append(s.themes, s.around(topic, 0.7))
		}
	}
	return s
}

// around draws a point at random near another.
func (s *Source) around(point []float64, deviation float64) []float64 {
	drawn := make([]float64, len(point))
	for axis, v := range point {
		drawn[axis] = v + deviation*s.spread[axis]*s.random.NormFloat64()
	}
	return drawn
}

// Next draws a vector of length 1. Some lie close to their theme and some far.
func (s *Source) Next() []float32 {
	point := s.around(s.themes[s.random.IntN(len(s.themes))], 0.5+0.5*s.random.Float64())
	squares := 0.0
	for _, v := range point {
		squares += v * v
	}
	vector := make([]float32, len(point))
	for axis, v := range point {
		vector[axis] = float32(v / math.Sqrt(squares))
	}
	return vector
}
