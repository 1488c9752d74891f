package eval

import (
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"
)

// ErrNoScenario says that a plan selects scenarios which its suites do not have.
var ErrNoScenario = errors.New("no such scenario")

// Selected reports whether a scenario is among those that patterns name: the scenarios of
// a split ("test", "validation"), an id ("cwe-022/2-py"), all below a folder of ids
// ("cwe-022"), or a pattern of [path.Match] for either ("cwe-0*", "*/*-c"). No
// patterns name all.
func Selected(patterns []string, s Scenario) bool {
	return len(patterns) == 0 || slices.ContainsFunc(patterns, func(p string) bool { return names(p, s) })
}

func names(pattern string, s Scenario) bool {
	if pattern == string(s.Split) {
		return true
	}
	for id := s.ID; id != "."; id = path.Dir(id) {
		if ok, err := path.Match(pattern, id); ok && err == nil {
			return true
		}
	}
	return false
}

// selectionProblem says what is wrong with a pattern, or "".
func selectionProblem(pattern string) string {
	if _, err := path.Match(pattern, ""); err != nil || pattern == "" {
		return fmt.Sprintf("scenario %q is no pattern: expected as in \"validation\", \"cwe-022/2-py\", \"cwe-022\" or \"*/*-c\"", pattern)
	}
	return ""
}

// idle returns the patterns that name nothing in any of the suites, as far as all of these
// can be read: what one pattern names may be in the suite that cannot.
func (k Known) idle(patterns, suites []string) []string {
	if k.Scenarios == nil || len(patterns) == 0 || len(suites) == 0 {
		return nil
	}
	var all []Scenario
	for _, spec := range suites {
		scenarios, err := k.Scenarios(spec)
		if err != nil {
			return nil
		}
		all = append(all, scenarios...)
	}
	return slices.DeleteFunc(slices.Clone(patterns), func(p string) bool {
		return selectionProblem(p) != "" || slices.ContainsFunc(all, func(s Scenario) bool { return names(p, s) })
	})
}

// choose keeps the scenarios that the plan selects, of each suite. A pattern that
// names nothing in any of them is a mistake.
func (p *Plan) choose(suites []loadedSuite) error {
	if len(p.Scenarios) == 0 {
		return nil
	}
	used := map[string]bool{}
	for i := range suites {
		var kept []Scenario
		for _, s := range suites[i].Scenarios {
			for _, pattern := range p.Scenarios {
				used[pattern] = used[pattern] || names(pattern, s)
			}
			if Selected(p.Scenarios, s) {
				kept = append(kept, s)
			}
		}
		suites[i].Scenarios = kept
	}
	var idle []string
	for _, pattern := range p.Scenarios {
		if !used[pattern] {
			idle = append(idle, fmt.Sprintf("%q", pattern))
		}
	}
	if len(idle) > 0 {
		return fmt.Errorf("%s in %s: %w", strings.Join(idle, ", "), strings.Join(p.Suites, ", "), ErrNoScenario)
	}
	return nil
}
