package eval

import (
	"math"
	"math/rand/v2"
	"slices"
	"sort"
)

// Intervals are percentile intervals of a bootstrap in two steps: the scenarios are
// drawn anew with replacement, and then the samples within each scenario and seed
// (Davison and Hinkley, "Bootstrap Methods and their Application", section 3.8). The first
// step says how the result would differ on other scenarios of the kind, the
// second on other samples.

const (
	// resamples is how often all is drawn anew.
	resamples = 2000
	// confidence is the share of the resamples that an interval holds.
	confidence = 0.95
	// bootstrapSeed makes intervals repeatable.
	bootstrapSeed = 0x5ec0de
)

// A cell is the outcome of one scenario and seed: a value, and how it would vary with
// other samples.
type cell struct {
	value float64
	// cumulative[i] is the chance that other samples give values[i] or one before it;
	// empty where nothing varies.
	cumulative, values []float64
}

// draw is the value that other samples might have given.
func (c *cell) draw(r *rand.Rand) float64 {
	if len(c.values) == 0 {
		return c.value
	}
	i := sort.SearchFloat64s(c.cumulative, r.Float64())
	return c.values[min(i, len(c.values)-1)]
}

// fix makes a cell one that does not vary.
func (c *cell) fix() { c.cumulative, c.values = nil, nil }

// newCell is a cell of which good of all samples are good, and whose value is a function
// of that number. When all samples are drawn anew, it is binomial.
func newCell(x rate, value func(good, all int) float64) *cell {
	if x.all == 0 {
		return nil
	}
	c := &cell{value: value(x.good, x.all)}
	if x.good == 0 || x.good == x.all {
		return c
	}
	c.cumulative, c.values = make([]float64, x.all+1), make([]float64, x.all+1)
	p := float64(x.good) / float64(x.all)
	logP, logQ := math.Log(p), math.Log1p(-p)
	whole, _ := math.Lgamma(float64(x.all + 1))
	sum := 0.0
	for i := range c.values {
		a, _ := math.Lgamma(float64(i + 1))
		b, _ := math.Lgamma(float64(x.all - i + 1))
		sum += math.Exp(whole - a - b + float64(i)*logP + float64(x.all-i)*logQ)
		c.cumulative[i], c.values[i] = sum, value(i, x.all)
	}
	return c
}

// share is the value of a cell that is a rate.
func share(good, all int) float64 { return float64(good) / float64(all) }

// A grid holds the cells of a method: by seed, then by scenario. nil says that there
// was nothing to measure.
type grid [][]*cell

// scenarios is the number of scenarios that have a cell in any seed.
func (g grid) scenarios() int {
	n := 0
	for i := range g[0] {
		if g.has(i) {
			n++
		}
	}
	return n
}

// mean is the mean over the seeds of the means over the scenarios; ok is false where no
// cell has a value.
func (g grid) mean() (m float64, bySeed []float64, ok bool) {
	for _, row := range g {
		sum, n := 0.0, 0
		for _, c := range row {
			if c != nil {
				sum += c.value
				n++
			}
		}
		if n > 0 {
			bySeed = append(bySeed, sum/float64(n))
		}
	}
	if len(bySeed) == 0 {
		return 0, nil, false
	}
	return average(bySeed), bySeed, true
}

// resample is mean on the drawn scenarios with drawn samples.
func (g grid) resample(drawn []int, r *rand.Rand) (m float64, ok bool) {
	total, seeds := 0.0, 0
	for _, row := range g {
		sum, n := 0.0, 0
		for _, i := range drawn {
			if c := row[i]; c != nil {
				sum += c.draw(r)
				n++
			}
		}
		if n > 0 {
			total += sum / float64(n)
			seeds++
		}
	}
	if seeds == 0 {
		return 0, false
	}
	return total / float64(seeds), true
}

// estimate is the mean with its interval. All rows are of one length.
func (g grid) estimate() Estimate {
	value, _, ok := g.mean()
	if !ok {
		return Estimate{}
	}
	draws := bootstrap(len(g[0]), func(drawn []int, r *rand.Rand) (float64, bool) { return g.resample(drawn, r) })
	return around(value, draws, g.scenarios())
}

// rate is the estimate of a grid whose cells are rates.
func (g grid) rate() Estimate { return g.estimate().widened(0, 1) }

// widened gives an estimate a width where all samples of all scenarios agree. Drawing anew
// cannot differ there, but other scenarios can: as many as Wilson's interval leaves
// open when none of so many observations did.
func (e Estimate) widened(lowest, highest float64) Estimate {
	if !e.Known() || e.Low < e.High {
		return e
	}
	open := wilson(rate{0, e.Of}).High
	e.Low, e.High = max(lowest, e.Value-open), min(highest, e.Value+open)
	return e
}

// difference is less for grids whose cells are rates.
func difference(a, b grid) Estimate { return less(a, b).widened(-1, 1) }

// less is the mean of a minus that of b, with an interval that draws the same scenarios
// for both. The columns of both grids are the same scenarios, and only what both have
// is compared.
func less(a, b grid) Estimate {
	a, b = paired(a, b)
	valueA, _, okA := a.mean()
	valueB, _, okB := b.mean()
	if !okA || !okB {
		return Estimate{}
	}
	draws := bootstrap(len(a[0]), func(drawn []int, r *rand.Rand) (float64, bool) {
		x, okX := a.resample(drawn, r)
		y, okY := b.resample(drawn, r)
		return x - y, okX && okY
	})
	return around(valueA-valueB, draws, a.scenarios())
}

// paired leaves out of either grid what the other has nothing for, so that a mean of
// hard scenarios is not set against one of all. With as many seeds on both sides that
// goes cell by cell, otherwise by scenario.
func paired(a, b grid) (grid, grid) {
	if len(a) == len(b) {
		return a.where(func(row, i int) bool { return b[row][i] != nil }),
			b.where(func(row, i int) bool { return a[row][i] != nil })
	}
	return a.where(func(_, i int) bool { return b.has(i) }), b.where(func(_, i int) bool { return a.has(i) })
}

// where keeps the cells of the wanted rows and scenarios.
func (g grid) where(wanted func(row, i int) bool) grid {
	kept := make(grid, len(g))
	for row, cells := range g {
		kept[row] = make([]*cell, len(cells))
		for i, c := range cells {
			if wanted(row, i) {
				kept[row][i] = c
			}
		}
	}
	return kept
}

// has reports whether the scenario has a cell in any seed.
func (g grid) has(i int) bool {
	return slices.ContainsFunc(g, func(row []*cell) bool { return row[i] != nil })
}

// bootstrap collects the statistic of all resamples for which it exists, sorted.
func bootstrap(scenarios int, statistic func(drawn []int, r *rand.Rand) (float64, bool)) []float64 {
	r := rand.New(rand.NewPCG(bootstrapSeed, uint64(scenarios)))
	drawn := make([]int, scenarios)
	draws := make([]float64, 0, resamples)
	for range resamples {
		for i := range drawn {
			drawn[i] = r.IntN(scenarios)
		}
		if x, ok := statistic(drawn, r); ok {
			draws = append(draws, x)
		}
	}
	slices.Sort(draws)
	return draws
}

// around puts the percentile interval of sorted draws around a value, and always holds
// the value.
func around(value float64, draws []float64, of int) Estimate {
	e := Estimate{Value: value, Low: value, High: value, Of: of}
	if len(draws) > 0 {
		e.Low = min(value, quantile(draws, (1-confidence)/2))
		e.High = max(value, quantile(draws, (1+confidence)/2))
	}
	return e
}

// quantile interpolates between the two nearest of the sorted values.
func quantile(sorted []float64, q float64) float64 {
	at := q * float64(len(sorted)-1)
	below := int(at)
	if below+1 >= len(sorted) {
		return sorted[len(sorted)-1]
	}
	part := at - float64(below)
	return sorted[below]*(1-part) + sorted[below+1]*part
}

func average(values []float64) float64 {
	sum := 0.0
	for _, v := range values {
		sum += v
	}
	return sum / float64(len(values))
}

// spread is the standard deviation of the values; 0 where there are fewer than two.
func spread(values []float64) float64 {
	if len(values) < 2 {
		return 0
	}
	m, sum := average(values), 0.0
	for _, v := range values {
		sum += (v - m) * (v - m)
	}
	return math.Sqrt(sum / float64(len(values)-1))
}
