package eval

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// gridOf makes a grid of rates, a row a seed.
func gridOf(rows ...[]rate) grid {
	g := make(grid, len(rows))
	for i, row := range rows {
		for _, x := range row {
			g[i] = append(g[i], newCell(x, share))
		}
	}
	return g
}

func TestEstimate(t *testing.T) {
	tests := map[string]struct {
		grid grid
		want float64
		of   int
	}{
		"one seed":                    {gridOf([]rate{{1, 2}, {3, 3}}), 0.75, 2},
		"a scenario without programs": {gridOf([]rate{{1, 2}, {0, 0}}), 0.5, 1},
		"seeds weigh the same":        {gridOf([]rate{{1, 1}, {1, 1}}, []rate{{0, 1}, {0, 0}}), 0.5, 2},
		"nothing":                     {gridOf([]rate{{0, 0}}), 0, 0},
		"no seeds":                    {grid{}, 0, 0},
		"no scenarios":                {grid{nil}, 0, 0},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			e := test.grid.estimate()
			if math.Abs(e.Value-test.want) > 1e-12 || e.Of != test.of {
				t.Errorf("%+v, want %v of %d", e, test.want, test.of)
			}
			if e.Low > e.Value || e.High < e.Value || e.Low < 0 || e.High > 1 {
				t.Errorf("the interval %+v does not hold the value, or leaves 0 to 1", e)
			}
			if again := test.grid.estimate(); again != e {
				t.Errorf("again %+v, was %+v", again, e)
			}
		})
	}
}

// When all samples agree there is still an interval: other scenarios might not.
func TestRateOfAgreeingSamples(t *testing.T) {
	row := func(good int) []rate {
		row := make([]rate, 10)
		for i := range row {
			row[i] = rate{good, 25}
		}
		return row
	}
	none, all := gridOf(row(0)), gridOf(row(25))
	tests := map[string]struct {
		got              Estimate
		value, low, high float64
	}{
		"none":                 {none.rate(), 0, 0, 0.2775},
		"all":                  {all.rate(), 1, 0.7225, 1},
		"no difference":        {difference(all, all), 0, -0.2775, 0.2775},
		"the whole distance":   {difference(all, none), 1, 0.7225, 1},
		"as far the other way": {difference(none, all), -1, -1, -0.7225},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			e := test.got
			if e.Value != test.value || math.Abs(e.Low-test.low) > 5e-4 || math.Abs(e.High-test.high) > 5e-4 || e.Of != 10 {
				t.Errorf("%+v, want %v [%v, %v] of 10", e, test.value, test.low, test.high)
			}
		})
	}
}

// A cell's draws have the binomial's mean and variance.
func TestCellDraws(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, x := range []rate{{1, 2}, {3, 25}, {24, 25}, {50, 100}, {999, 1000}} {
		c := newCell(x, share)
		const draws = 20000
		sum, squares := 0.0, 0.0
		for range draws {
			v := c.draw(r)
			sum += v
			squares += v * v
		}
		p, n := share(x.good, x.all), float64(x.all)
		mean := sum / draws
		variance := squares/draws - mean*mean
		want := p * (1 - p) / n
		if math.Abs(mean-p) > 5*math.Sqrt(want/draws) || math.Abs(variance-want) > 0.15*want {
			t.Errorf("%v: mean %v and variance %v, want %v and %v", x, mean, variance, p, want)
		}
	}
}

// The intervals do what their name says: with other scenarios and other samples of the
// same kind, some 95 % of them hold the true mean.
func TestCoverage(t *testing.T) {
	const experiments, scenarios, samples = 100, 18, 20
	r := rand.New(rand.NewPCG(7, 7))
	// The chance of a scenario is the square root of a uniform number: 2/3 in the mean.
	experiment := func(shift float64) grid {
		row := make([]rate, scenarios)
		for i := range row {
			p := math.Min(1, math.Sqrt(r.Float64())*(1-shift))
			for range samples {
				row[i].all++
				if r.Float64() < p {
					row[i].good++
				}
			}
		}
		return gridOf(row)
	}
	t.Run("of a rate", func(t *testing.T) {
		held := 0
		for range experiments {
			if e := experiment(0).estimate(); e.Low <= 2.0/3 && 2.0/3 <= e.High {
				held++
			}
		}
		checkCoverage(t, held, experiments)
	})
	t.Run("of a difference", func(t *testing.T) {
		held := 0
		for range experiments {
			d := difference(experiment(0), experiment(0.3))
			if want := 2.0 / 3 * 0.3; d.Low <= want && want <= d.High {
				held++
			}
		}
		checkCoverage(t, held, experiments)
	})
}

func checkCoverage(t *testing.T, held, experiments int) {
	t.Helper()
	if coverage := float64(held) / float64(experiments); coverage < 0.89 || coverage > 0.995 {
		t.Errorf("%.3f of the intervals hold the mean, want some 0.95", coverage)
	}
}

// What both methods share does not widen the interval of their difference.
func TestDifferenceIsPaired(t *testing.T) {
	var a, b []rate
	for i := range 20 {
		a = append(a, rate{5*i + 5, 100})
		b = append(b, rate{5 * i, 100})
	}
	d := difference(gridOf(a), gridOf(b))
	if math.Abs(d.Value-0.05) > 1e-9 || d.High-d.Low > 0.06 {
		t.Errorf("difference %+v, want 0.05 in an interval of at most 0.06", d)
	}
	if alone := gridOf(a).estimate(); alone.High-alone.Low < 0.2 {
		t.Errorf("the rate alone has the interval %+v, want a wide one", alone)
	}
}

// What one side has nothing for is compared on neither.
func TestDifferenceLeavesOutWhatOneSideLacks(t *testing.T) {
	both := []rate{{5, 10}, {6, 10}, {7, 10}}
	better := []rate{{6, 10}, {7, 10}, {8, 10}}
	with := func(row []rate, x rate) []rate { return append(slices.Clone(row), x) }
	none := rate{}
	tests := map[string]struct {
		a, b grid
		of   int
	}{
		"no cell on the left":         {gridOf(with(better, none)), gridOf(with(both, rate{0, 10})), 3},
		"no cell on the right":        {gridOf(with(better, rate{0, 10})), gridOf(with(both, none)), 3},
		"no cell in one of two seeds": {gridOf(with(better, rate{2, 10}), with(better, none)), gridOf(with(both, rate{1, 10}), with(both, rate{10, 10})), 4},
		"none in the other seed":      {gridOf(with(better, rate{10, 10}), with(better, none)), gridOf(with(both, none), with(both, rate{10, 10})), 3},
		"other numbers of seeds":      {gridOf(with(better, rate{10, 10})), gridOf(with(both, none), with(both, none)), 3},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			d := difference(test.a, test.b)
			if math.Abs(d.Value-0.1) > 1e-9 || d.Of != test.of {
				t.Errorf("%+v, want 0.1 of %d", d, test.of)
			}
		})
	}
	if d := difference(gridOf([]rate{{1, 2}, none}), gridOf([]rate{none, {1, 2}})); d.Known() {
		t.Errorf("with nothing in common the difference is %+v", d)
	}
}

func TestWilson(t *testing.T) {
	tests := map[string]struct {
		of        rate
		value     float64
		low, high float64
	}{
		"all":  {rate{10, 10}, 1, 0.7225, 1},
		"none": {rate{0, 10}, 0, 0, 0.2775},
		"half": {rate{10, 20}, 0.5, 0.2993, 0.7007},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			e := wilson(test.of)
			if e.Value != test.value || math.Abs(e.Low-test.low) > 5e-4 || math.Abs(e.High-test.high) > 5e-4 {
				t.Errorf("%+v, want %v [%v, %v]", e, test.value, test.low, test.high)
			}
		})
	}
	if e := wilson(rate{}); e.Known() {
		t.Errorf("nothing is %+v", e)
	}
	// The example of Newcombe's paper: 56 of 70 against 48 of 80.
	d := newcombe(wilson(rate{56, 70}), wilson(rate{48, 80}))
	if math.Abs(d.Low-0.0524) > 5e-4 || math.Abs(d.High-0.3339) > 5e-4 {
		t.Errorf("difference %+v, want [0.0524, 0.3339]", d)
	}
}

func BenchmarkEstimate(b *testing.B) {
	row := make([]rate, 161)
	for i := range row {
		row[i] = rate{i % 100, 100}
	}
	g := gridOf(row)
	for b.Loop() {
		g.estimate()
	}
}
