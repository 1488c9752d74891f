package eval

import (
	"slices"

	"github.com/seccoder/seccoder/codebase"
)

// in reports whether a scenario is of the split. One that says neither is a test scenario.
func (s ScenarioInfo) in(split Split) bool {
	return (s.Split == Validation) == (split == Validation)
}

// GroupSplit is the split whose scenarios MethodResults.ByCWE and ByLanguage are groups of:
// the test scenarios, and where none of these were taken the validation scenarios.
func (s *SuiteResults) GroupSplit() Split { return groupSplit(s.Scenarios) }

// GroupSplit is the split whose scenarios Groups are parts of.
func (c *Comparison) GroupSplit() Split {
	if c.Test.Scenarios == 0 && c.Validation.Scenarios > 0 {
		return Validation
	}
	return Test
}

func groupSplit(infos []ScenarioInfo) Split {
	if len(infos) > 0 && !slices.ContainsFunc(infos, func(s ScenarioInfo) bool { return s.in(Test) }) {
		return Validation
	}
	return Test
}

// group fills in the metrics by CWE and by language.
func (m *MethodResults) group(infos []ScenarioInfo) {
	m.ByCWE, m.ByLanguage = nil, nil
	split := groupSplit(infos)
	var cwes []codebase.CWE
	var languages []string
	for _, s := range infos {
		if !s.in(split) {
			continue
		}
		if s.CWE != 0 {
			cwes = append(cwes, s.CWE)
		}
		languages = append(languages, string(s.Language))
	}
	for _, c := range distinct(cwes) {
		m.ByCWE = append(m.ByCWE, GroupMetrics{c.String(), m.metrics(infos, func(s ScenarioInfo) bool { return s.in(split) && s.CWE == c })})
	}
	for _, l := range distinct(languages) {
		m.ByLanguage = append(m.ByLanguage, GroupMetrics{l, m.metrics(infos, func(s ScenarioInfo) bool { return s.in(split) && string(s.Language) == l })})
	}
}

// regroup fills in the groups that older programs did not make, whose results are kept: those
// of suites without test scenarios.
func (r *Results) regroup() {
	for i := range r.Suites {
		s := &r.Suites[i]
		if s.GroupSplit() != Validation || slices.ContainsFunc(s.Methods, func(m MethodResults) bool { return len(m.ByLanguage) > 0 }) {
			continue
		}
		for j := range s.Methods {
			s.Methods[j].group(s.Scenarios)
		}
		s.compareToBaselines()
	}
}
