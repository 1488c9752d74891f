package eval

import (
	"cmp"
	"slices"
)

// summarise fills in all that follows from a method's samples: the counts and rates of
// each scenario, and the metrics of each group of them. infos and m.Scenarios are the
// same scenarios in the same order.
func (m *MethodResults) summarise(infos []ScenarioInfo) {
	for i := range m.Scenarios {
		m.Scenarios[i].summarise(infos[i])
	}
	m.Test = m.metrics(infos, func(s ScenarioInfo) bool { return s.in(Test) })
	m.Validation = m.metrics(infos, func(s ScenarioInfo) bool { return s.in(Validation) })
	m.group(infos)
}

func distinct[T cmp.Ordered](values []T) []T {
	slices.Sort(values)
	return slices.Compact(values)
}

// summarise counts a scenario's samples.
func (s *ScenarioResults) summarise(info ScenarioInfo) {
	s.Counts = Counts{}
	for i := range s.Seeds {
		var samples []Sample
		for _, b := range s.Seeds[i].Batches {
			samples = append(samples, b.Samples...)
		}
		s.Seeds[i].Counts = count(info, samples)
		s.Counts.add(s.Seeds[i].Counts)
	}
	s.FunctionalRate = s.rate(functionalRate)
	if info.Kind == Function {
		s.PassAt = s.passAt()
		return
	}
	s.SecurityRate = s.rate(securityRate)
	s.QueryRate = s.rate(queryRate)
	s.FuncSecRate = s.rate(funcSecRate)
}

// rate is the mean of the seeds' rates, in the interval of all their samples.
func (s *ScenarioResults) rate(of measure) Estimate {
	var bySeed []float64
	for _, seed := range s.Seeds {
		if x := of(seed.Counts); x.all > 0 {
			bySeed = append(bySeed, share(x.good, x.all))
		}
	}
	if len(bySeed) == 0 {
		return Estimate{}
	}
	e := wilson(of(s.Counts))
	e.Value = average(bySeed)
	e.Low, e.High = min(e.Low, e.Value), max(e.High, e.Value)
	return e
}

// passAt has the intervals that follow from that of the chance of one sample.
func (s *ScenarioResults) passAt() []PassAt {
	x := functionalRate(s.Counts)
	of := wilson(x)
	var all []PassAt
	for _, k := range passKs {
		if k > x.all {
			break
		}
		e := Estimate{Value: passAtK(x.all, x.good, k), Low: orOfK(of.Low, k), High: orOfK(of.High, k), Of: 1}
		e.Low, e.High = min(e.Low, e.Value), max(e.High, e.Value)
		all = append(all, PassAt{k, e})
	}
	return all
}

// orOfK is the chance that one of k samples passes when each does with chance p.
func orOfK(p float64, k int) float64 {
	fail := 1.0
	for range k {
		fail *= 1 - p
	}
	return 1 - fail
}

// metrics sums the wanted scenarios up.
func (m *MethodResults) metrics(infos []ScenarioInfo, wanted func(ScenarioInfo) bool) Metrics {
	part := m.part(infos, wanted)
	result := Metrics{Scenarios: len(part.results)}
	if len(part.results) == 0 {
		return result
	}
	for _, s := range part.results {
		result.Counts.add(s.Counts)
	}
	secure := part.kind(Security)
	security := secure.rates(securityRate)
	result.SecurityRate = security.rate()
	if _, bySeed, ok := security.mean(); ok {
		result.SecurityBySeed, result.SecuritySpread = bySeed, spread(bySeed)
	}
	result.QueryRate = secure.rates(queryRate).rate()
	result.ValidRate = part.rates(validRate).rate()
	result.UndecidedRate = secure.rates(undecidedRate).rate()
	result.FunctionalRate = part.rates(functionalRate).rate()
	result.FuncSecRate = secure.rates(funcSecRate).rate()
	result.PassAt = part.kind(Function).passAt()
	if m.Settings.Retriever != RetrieverNone {
		result.Shown = part.shown()
		result.Top1SameCWE, result.FirstSameCWERank = secure.retrieval()
	}
	return result
}

// A part is some of a method's scenarios.
type part struct {
	seeds   []uint64
	infos   []ScenarioInfo
	results []ScenarioResults
}

func (m *MethodResults) part(infos []ScenarioInfo, wanted func(ScenarioInfo) bool) part {
	p := part{seeds: m.Seeds}
	for i, info := range infos {
		if wanted(info) {
			p.infos, p.results = append(p.infos, info), append(p.results, m.Scenarios[i])
		}
	}
	return p
}

// kind keeps the scenarios of a kind.
func (p part) kind(k Kind) part {
	kept := part{seeds: p.seeds}
	for i, info := range p.infos {
		if info.Kind == k {
			kept.infos, kept.results = append(kept.infos, info), append(kept.results, p.results[i])
		}
	}
	return kept
}

// cells makes a grid of a cell for each seed and scenario.
func (p part) cells(of func(info ScenarioInfo, s SeedResults) *cell) grid {
	g := make(grid, len(p.seeds))
	for row, seed := range p.seeds {
		g[row] = make([]*cell, len(p.results))
		for i, s := range p.results {
			at := slices.IndexFunc(s.Seeds, func(r SeedResults) bool { return r.Seed == seed })
			if at >= 0 {
				g[row][i] = of(p.infos[i], s.Seeds[at])
			}
		}
	}
	return g
}

// rates is the grid of a measure.
func (p part) rates(of measure) grid {
	return p.cells(func(_ ScenarioInfo, s SeedResults) *cell { return newCell(of(s.Counts), share) })
}

// passAt is pass@k for each k that every scenario has samples for.
func (p part) passAt() []PassAt {
	smallest := 0
	for _, s := range p.results {
		for _, seed := range s.Seeds {
			if n := functionalRate(seed.Counts).all; n > 0 && (smallest == 0 || n < smallest) {
				smallest = n
			}
		}
	}
	var all []PassAt
	for _, k := range passKs {
		if k > smallest {
			break
		}
		g := p.cells(func(_ ScenarioInfo, s SeedResults) *cell {
			return newCell(functionalRate(s.Counts), func(good, n int) float64 { return passAtK(n, good, k) })
		})
		all = append(all, PassAt{k, g.rate()})
	}
	return all
}

// shown says how often a demonstration was shown.
func (p part) shown() Estimate {
	return p.cells(func(info ScenarioInfo, s SeedResults) *cell {
		switch s.demonstrated(info.CWE) {
		case "":
			return nil
		case DemonstratedNone:
			return &cell{value: 0}
		}
		return &cell{value: 1}
	}).rate()
}

// retrieval says how often the first demonstration, where one was shown, is of the
// scenario's CWE, and how far down the ranking the first such example stands. All
// scenarios are of the kind Security.
func (p part) retrieval() (top1, rank Estimate) {
	top1 = p.cells(func(info ScenarioInfo, s SeedResults) *cell {
		switch s.demonstrated(info.CWE) {
		case DemonstratedRight:
			return &cell{value: 1}
		case DemonstratedWrong:
			return &cell{value: 0}
		}
		return nil
	}).rate()
	rank = p.cells(func(_ ScenarioInfo, s SeedResults) *cell {
		if s.FirstSameCWERank == 0 {
			return nil
		}
		return &cell{value: float64(s.FirstSameCWERank)}
	}).estimate()
	return top1, rank
}
