package eval

import (
	"maps"
	"slices"

	"github.com/seccoder/seccoder/codebase"
)

// Compare sets method a against method b on the scenarios that both suites have. The
// names go into the result as they are.
func Compare(nameA MethodName, suiteA *SuiteResults, a *MethodResults, nameB MethodName, suiteB *SuiteResults, b *MethodResults) Comparison {
	p := pair{a: part{seeds: a.Seeds}, b: part{seeds: b.Seeds}}
	for i, info := range suiteA.Scenarios {
		at := slices.IndexFunc(suiteB.Scenarios, func(s ScenarioInfo) bool { return s.ID == info.ID })
		if at < 0 {
			continue
		}
		p.a.infos, p.a.results = append(p.a.infos, info), append(p.a.results, a.Scenarios[i])
		p.b.infos, p.b.results = append(p.b.infos, info), append(p.b.results, b.Scenarios[at])
	}
	c := Comparison{A: nameA, B: nameB, Scenarios: []ScenarioDifference{}}
	c.Test = p.differences(func(s ScenarioInfo) bool { return s.in(Test) })
	c.Validation = p.differences(func(s ScenarioInfo) bool { return s.in(Validation) })
	c.Groups = p.groups(a.Settings)
	for i, info := range p.a.infos {
		c.Scenarios = append(c.Scenarios, scenarioDifference(info, &p.a.results[i], &p.b.results[i]))
	}
	return c
}

// A pair are the same scenarios of two methods, in the same order.
type pair struct{ a, b part }

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
				groups = append(groups, GroupDifferences{name, p.differences(wanted)})
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
	var chosen pair
	chosen.a.seeds, chosen.b.seeds = p.a.seeds, p.b.seeds
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
	secure := pair{chosen.a.kind(Security), chosen.b.kind(Security)}
	d.SecurityRate, d.QueryRate = secure.difference(securityRate), secure.difference(queryRate)
	d.FuncSecRate = secure.difference(funcSecRate)
	d.ValidRate, d.FunctionalRate = chosen.difference(validRate), chosen.difference(functionalRate)
	return d
}

func (p pair) difference(of measure) Estimate { return difference(p.a.rates(of), p.b.rates(of)) }

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
