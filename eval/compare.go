package eval

import (
	"maps"
	"slices"

	"github.com/seccoder/seccoder/codebase"
)

// Compare sets method a against method b on the scenarios that both suites have with the same
// prompt. The names go into the result as they are.
func Compare(nameA MethodName, suiteA *SuiteResults, a *MethodResults, nameB MethodName, suiteB *SuiteResults, b *MethodResults) Comparison {
	c := Comparison{A: nameA, B: nameB, Scenarios: []ScenarioDifference{}}
	p := pair{a: part{seeds: a.Seeds}, b: part{seeds: b.Seeds}, same: map[string][]bool{}}
	for i, info := range suiteA.Scenarios {
		at := slices.IndexFunc(suiteB.Scenarios, func(s ScenarioInfo) bool { return s.ID == info.ID })
		if at < 0 {
			continue
		}
		if other := suiteB.Scenarios[at]; other.Prompt != info.Prompt || other.Suffix != info.Suffix {
			c.LeftOut = append(c.LeftOut, info.ID)
			continue
		}
		p.a.infos, p.a.results = append(p.a.infos, info), append(p.a.results, a.Scenarios[i])
		p.b.infos, p.b.results = append(p.b.infos, info), append(p.b.results, b.Scenarios[at])
		if nameA.Model == nameB.Model {
			p.same[info.ID] = sameSamples(a.Seeds, b.Seeds, &a.Scenarios[i], &b.Scenarios[at])
		}
	}
	c.Test = p.differences(func(s ScenarioInfo) bool { return s.in(Test) })
	c.Validation = p.differences(func(s ScenarioInfo) bool { return s.in(Validation) })
	c.Groups = p.groups(a.Settings)
	for i, info := range p.a.infos {
		d := scenarioDifference(info, &p.a.results[i], &p.b.results[i])
		if p.allSame([]string{info.ID}) {
			d.Difference.Low, d.Difference.High = 0, 0
		}
		c.Scenarios = append(c.Scenarios, d)
	}
	return c
}

// A pair are the same scenarios of two methods, in the same order.
type pair struct {
	a, b part
	// same says by a scenario's name, for each seed, whether both have the very same samples, as
	// where a method that abstains is set against one without demonstrations.
	same map[string][]bool
	// certain is whether other scenarios of the kind could not differ either.
	certain bool
}

// sameSamples says for each seed whether the samples of both are the same ones: as many, made
// of the same prompts, equal, and judged alike. Methods with other seeds share none.
func sameSamples(seedsA, seedsB []uint64, a, b *ScenarioResults) []bool {
	same := make([]bool, len(seedsA))
	if !slices.Equal(seedsA, seedsB) {
		return same
	}
	for i, seed := range seedsA {
		of := func(s SeedResults) bool { return s.Seed == seed }
		x, y := slices.IndexFunc(a.Seeds, of), slices.IndexFunc(b.Seeds, of)
		same[i] = x >= 0 && y >= 0 && a.Seeds[x].Counts == b.Seeds[y].Counts &&
			slices.EqualFunc(a.Seeds[x].Batches, b.Seeds[y].Batches, func(a, b Batch) bool {
				return a.Seed == b.Seed && a.Prompt == b.Prompt &&
					slices.EqualFunc(a.Samples, b.Samples, func(a, b Sample) bool { return a.Completion == b.Completion })
			})
	}
	return same
}

// allSame reports whether all samples of the wanted scenarios are the same ones.
func (p pair) allSame(wanted []string) bool {
	return !slices.ContainsFunc(wanted, func(id string) bool {
		return len(p.same[id]) == 0 || slices.Contains(p.same[id], false)
	})
}

// groups are the differences by language, where there are several, and by what A showed: of
// the test scenarios, or where both have none of the validation scenarios.
func (p pair) groups(a MethodSettings) []GroupDifferences {
	byLanguage, byShown := map[string][]string{}, map[string][]string{}
	split := groupSplit(p.a.infos)
	for i, info := range p.a.infos {
		if !info.in(split) {
			continue
		}
		l := string(info.Language)
		byLanguage[l] = append(byLanguage[l], info.ID)
		if a.Retriever != RetrieverNone && info.Kind == Security {
			shown := demonstrated(info, p.a.results[i])
			byShown[shown] = append(byShown[shown], info.ID)
		}
	}
	var groups []GroupDifferences
	add := func(scenarios map[string][]string, names []string) {
		for _, name := range names {
			if of := scenarios[name]; len(of) > 0 {
				wanted := func(s ScenarioInfo) bool { return slices.Contains(of, s.ID) }
				group := p
				group.certain = name == DemonstratedNone && p.allSame(of)
				groups = append(groups, GroupDifferences{name, group.differences(wanted)})
			}
		}
	}
	if len(byLanguage) > 1 {
		add(byLanguage, slices.Sorted(maps.Keys(byLanguage)))
	}
	add(byShown, []string{DemonstratedRight, DemonstratedWrong, DemonstratedNone, DemonstratedVarying})
	return groups
}

// demonstrated says what a scenario was shown.
func demonstrated(info ScenarioInfo, r ScenarioResults) string {
	group := ""
	for _, seed := range r.Seeds {
		shown := seed.demonstrated(info.CWE)
		if shown == "" {
			continue
		}
		if group != "" && group != shown {
			return DemonstratedVarying
		}
		group = shown
	}
	return group
}

// demonstrated says what the first demonstration of a seed was about, or nothing where the
// seed has no batch yet.
func (s SeedResults) demonstrated(cwe codebase.CWE) string {
	switch {
	case len(s.Batches) == 0:
		return ""
	case len(s.Batches[0].Demonstrations) == 0:
		return DemonstratedNone
	case slices.Contains(s.Batches[0].Demonstrations[0].CWEs, cwe):
		return DemonstratedRight
	}
	return DemonstratedWrong
}

func (p pair) differences(wanted func(ScenarioInfo) bool) Differences {
	chosen := pair{a: part{seeds: p.a.seeds}, b: part{seeds: p.b.seeds}, same: p.same, certain: p.certain}
	for i, info := range p.a.infos {
		if wanted(info) {
			chosen.a.infos, chosen.a.results = append(chosen.a.infos, info), append(chosen.a.results, p.a.results[i])
			chosen.b.infos, chosen.b.results = append(chosen.b.infos, info), append(chosen.b.results, p.b.results[i])
		}
	}
	d := Differences{Scenarios: len(chosen.a.infos)}
	if d.Scenarios == 0 {
		return d
	}
	secure := chosen
	secure.a, secure.b = chosen.a.kind(Security), chosen.b.kind(Security)
	d.SecurityRate, d.QueryRate = secure.difference(securityRate), secure.difference(queryRate)
	d.FuncSecRate = secure.difference(funcSecRate)
	d.ValidRate, d.FunctionalRate = chosen.difference(validRate), chosen.difference(functionalRate)
	return d
}

func (p pair) difference(of measure) Estimate {
	a, b := p.a.rates(of), p.b.rates(of)
	for i, info := range p.a.infos {
		for row, same := range p.same[info.ID] {
			if same && a[row][i] != nil {
				// Drawn apart, the same samples would differ from themselves.
				a[row][i].fix()
				b[row][i].fix()
			}
		}
	}
	if p.certain {
		return less(a, b)
	}
	return difference(a, b)
}

func scenarioDifference(info ScenarioInfo, a, b *ScenarioResults) ScenarioDifference {
	d := ScenarioDifference{ID: info.ID, Split: info.Split, A: a.SecurityRate, B: b.SecurityRate}
	if info.Kind == Function {
		d.A, d.B = a.FunctionalRate, b.FunctionalRate
	}
	d.Difference = newcombe(d.A, d.B)
	d.Harm = d.Difference.Known() && d.Difference.Value < 0
	d.Clear = d.Difference.Clear()
	return d
}

// compareToBaselines sets each method against that of its model which shows no
// demonstration, or else the model's first.
func (s *SuiteResults) compareToBaselines() {
	s.Comparisons = nil
	for i := range s.Methods {
		m := &s.Methods[i]
		baseline := slices.IndexFunc(s.Methods, func(o MethodResults) bool {
			return o.Model == m.Model && o.Settings.Retriever == RetrieverNone
		})
		if baseline < 0 {
			baseline = slices.IndexFunc(s.Methods, func(o MethodResults) bool { return o.Model == m.Model })
		}
		if baseline == i {
			continue
		}
		b := &s.Methods[baseline]
		s.Comparisons = append(s.Comparisons, Compare(
			MethodName{Model: m.Model, Method: m.Settings.Name}, s, m,
			MethodName{Model: b.Model, Method: b.Settings.Name}, s, b))
	}
}
