package engine

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

func TestSampleWithoutTemperature(t *testing.T) {
	for name, test := range map[string]struct {
		logits []float32
		want   token
	}{
		"the largest":        {[]float32{1, 3, 2}, 1},
		"the first of many":  {[]float32{1, 3, 3, 2}, 1},
		"a negative one":     {[]float32{-5, -2, -9}, 1},
		"the only one":       {[]float32{0}, 0},
		"not one without":    {[]float32{nan, 1, nan, 4, nan}, 3},
		"infinity":           {[]float32{1, inf, 2}, 1},
		"one not impossible": {[]float32{-inf, -inf, -100}, 2},
	} {
		t.Run(name, func(t *testing.T) {
			for _, temperature := range []float64{0, -1, 1e-12, math.NaN()} {
				if got := newSampler(temperature, 0.9, 1, 0).sample(test.logits); got != test.want {
					t.Errorf("at temperature %v: drew %d, want %d", temperature, got, test.want)
				}
			}
		})
	}
}

var (
	nan = float32(math.NaN())
	inf = float32(math.Inf(1))
)

func TestSampleDistribution(t *testing.T) {
	logits := []float32{2, 1, 0.5, -1, 0, -3}
	for name, test := range map[string]struct {
		temperature, topP float64
		tokens            int // that can be drawn, the likeliest
	}{
		"all":                  {0.7, 1, 6},
		"hot":                  {5, 1, 6},
		"a nucleus":            {0.7, 0.9, 3},
		"a nucleus of one":     {0.7, 0.65, 1},
		"all when not said":    {0.7, 0, 6},
		"the smallest nucleus": {0.7, 1e-9, 1},
	} {
		t.Run(name, func(t *testing.T) {
			order := []int{0, 1, 2, 4, 3, 5} // from the likeliest
			want := make([]float64, len(logits))
			var sum float64
			for _, i := range order[:test.tokens] {
				want[i] = math.Exp(float64(logits[i]) / test.temperature)
				sum += want[i]
			}
			const draws = 200_000
			got := make([]float64, len(logits))
			s := newSampler(test.temperature, test.topP, 42, 3)
			for range draws {
				got[s.sample(logits)]++
			}
			for i := range want {
				p := want[i] / sum
				// Five standard deviations.
				if limit := 5 * math.Sqrt(p*(1-p)/draws); math.Abs(got[i]/draws-p) > limit+1e-9 {
					t.Errorf("token %d drawn with %.5f, want %.5f", i, got[i]/draws, p)
				}
			}
		})
	}
}

// The sampler leaves out what is negligible and orders only what it needs; with the
// same random numbers it draws what a plain softmax over everything draws.
func TestSampleAgreesWithPlainSoftmax(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	differ, draws := 0, 0
	for range 300 {
		logits := make([]float32, 1+random.IntN(3000))
		spread := random.Float64() * 6
		for i := range logits {
			logits[i] = float32(random.NormFloat64() * spread)
		}
		temperature := 0.1 + 1.5*random.Float64()
		topP := []float64{0.3, 0.9, 0.95, 1}[random.IntN(4)]
		seed := random.Uint64()
		s := newSampler(temperature, topP, seed, 5)
		plain := rand.New(rand.NewPCG(seed, 5))
		for range 10 {
			draws++
			if s.sample(logits) != plainSample(logits, temperature, topP, plain.Float64()) {
				differ++
			}
		}
	}
	// What is left out, 2e-6 at most, may move the border between two tokens.
	if differ > 1 {
		t.Errorf("%d of %d draws differ", differ, draws)
	}
}

func plainSample(logits []float32, temperature, topP, point float64) token {
	highest := float64(slices.Max(logits))
	all := make([]candidate, len(logits))
	var total float64
	for i, logit := range logits {
		all[i] = candidate{token(i), math.Exp((float64(logit) - highest) / temperature)}
		total += all[i].weight
	}
	slices.SortFunc(all, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(b.weight, a.weight), cmp.Compare(a.token, b.token))
	})
	var mass float64
	for i, c := range all {
		if mass += c.weight; topP < 1 && mass >= topP*total {
			all = all[:i+1]
			break
		}
	}
	point *= mass
	for _, c := range all {
		if point -= c.weight; point < 0 {
			return c.token
		}
	}
	return all[len(all)-1].token
}

func TestSampleOddLogits(t *testing.T) {
	for name, test := range map[string]struct {
		logits []float32
		want   []token // any of these
	}{
		"no number at all":      {[]float32{nan, nan, nan}, []token{0, 1, 2}},
		"some are no numbers":   {[]float32{nan, 1, nan, 1, nan}, []token{1, 3}},
		"infinity":              {[]float32{0, inf, 0}, []token{1}},
		"two infinities":        {[]float32{0, inf, inf}, []token{1, 2}},
		"nothing possible":      {[]float32{-inf, -inf}, []token{0, 1}},
		"one possible":          {[]float32{-inf, -7, -inf}, []token{1}},
		"the largest numbers":   {[]float32{math.MaxFloat32, -math.MaxFloat32}, []token{0}},
		"the smallest distance": {[]float32{1, math.Nextafter32(1, 2)}, []token{0, 1}},
	} {
		t.Run(name, func(t *testing.T) {
			for _, temperature := range []float64{0, 1e-300, 0.7, 1e300, math.Inf(1), math.NaN()} {
				for _, topP := range []float64{-1, 0, 0.5, 1, 2, math.NaN()} {
					s := newSampler(temperature, topP, 1, 1)
					for range 20 {
						got := s.sample(test.logits)
						if temperature > 100 && name == "the largest numbers" {
							continue // as likely as each other
						}
						if !slices.Contains(test.want, got) {
							t.Fatalf("temperature %v, top-p %v: drew %d", temperature, topP, got)
						}
					}
				}
			}
		})
	}
}

func TestSamplesHaveStreamsOfTheirOwn(t *testing.T) {
	logits := make([]float32, 1000)
	draw := func(seed uint64, index int) (tokens []token) {
		s := newSampler(1, 1, seed, index)
		for range 8 {
			tokens = append(tokens, s.sample(logits))
		}
		return tokens
	}
	if !slices.Equal(draw(1, 2), draw(1, 2)) {
		t.Error("the same seed and index draw differently")
	}
	for _, other := range [][]token{draw(1, 3), draw(2, 2), draw(2, 1)} {
		if slices.Equal(draw(1, 2), other) {
			t.Error("another seed or index draws the same")
		}
	}
}

func BenchmarkSample(b *testing.B) {
	random := rand.New(rand.NewPCG(1, 2))
	logits := make([]float32, 151_936)
	for i := range logits {
		logits[i] = float32(random.NormFloat64() * 2.5)
	}
	for i := range 40 {
		logits[i*3000] = 12 + float32(i)/5
	}
	for name, parameters := range map[string][2]float64{"paper": {0.4, 0.95}, "warm": {1, 0.95}, "whole": {1, 1}} {
		b.Run(name, func(b *testing.B) {
			s := newSampler(parameters[0], parameters[1], 1, 1)
			for b.Loop() {
				s.sample(logits)
			}
		})
	}
}
