package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/seccoder/seccoder/eval"
)

// A source has the reports of runs, each read once.
type source struct {
	dir  string
	runs map[string]*eval.Results
}

// suite is the only suite of a run.
func (s *source) suite(run string) (*eval.SuiteResults, error) {
	if s.runs == nil {
		s.runs = map[string]*eval.Results{}
	}
	if s.runs[run] == nil {
		path := filepath.Join(s.dir, run+".json")
		data, err := os.ReadFile(path)
		if err != nil {
			return nil, fmt.Errorf("read the report of run %s: %w", run, err)
		}
		var results eval.Results
		if err := json.Unmarshal(data, &results); err != nil {
			return nil, fmt.Errorf("read the report of run %s: %s: %w", run, path, err)
		}
		s.runs[run] = &results
	}
	results := s.runs[run]
	if !results.Run.Complete() {
		return nil, fmt.Errorf("run %s is not complete: %d of %d samples, %d without a judgement", run, results.Run.Done, results.Run.Wanted, results.Run.Unjudged)
	}
	if len(results.Suites) != 1 {
		return nil, fmt.Errorf("run %s is of %d suites, expected one", run, len(results.Suites))
	}
	return &results.Suites[0], nil
}

// method is a method of a run.
func (s *source) method(run, model, name string) (*eval.SuiteResults, *eval.MethodResults, error) {
	suite, err := s.suite(run)
	if err != nil {
		return nil, nil, err
	}
	var known []string
	for i, m := range suite.Methods {
		if m.Model == model && m.Settings.Name == name {
			return suite, &suite.Methods[i], nil
		}
		known = append(known, m.Model+" "+m.Settings.Name)
	}
	return nil, nil, fmt.Errorf("run %s has no %s %s (it has: %s)", run, model, name, strings.Join(known, ", "))
}

func (m mark) rates(from *source) (string, error) {
	var t table
	t.head(m)
	for _, r := range m.rows {
		_, method, err := from.method(r.of.run, r.of.model, r.of.method)
		if err != nil {
			return "", err
		}
		metrics := method.In(m.split)
		if metrics.Scenarios == 0 {
			return "", fmt.Errorf("run %s has no %s scenarios", r.of.run, m.split)
		}
		cells := []string{r.label}
		for _, c := range m.columns {
			cells = append(cells, c.Cell(c.Of(metrics)))
		}
		t.row(cells...)
	}
	return t.String(), nil
}

func (m mark) differences(from *source) (string, error) {
	var t table
	t.head(m)
	for _, r := range m.rows {
		d, err := r.of.differences(from, m.split)
		if err != nil {
			return "", err
		}
		cells := []string{r.named(d)}
		for _, c := range m.columns {
			difference, ok := eval.DifferenceColumnOf(c.Name)
			if !ok {
				return "", fmt.Errorf("%s has no difference", c.Name)
			}
			cells = append(cells, points(difference.Of(d)))
		}
		t.row(cells...)
	}
	return t.String(), nil
}

// gains has the rates of both methods and their difference.
func (m mark) gains(from *source) (string, error) {
	var t table
	t.head(m)
	for _, r := range m.rows {
		column := r.of.column
		difference, ok := eval.DifferenceColumnOf(column.Name)
		if !ok {
			return "", fmt.Errorf("%s has no difference", column.Name)
		}
		d, err := r.of.differences(from, m.split)
		if err != nil {
			return "", err
		}
		cells := []string{r.named(d)}
		for _, name := range []string{r.of.against, r.of.method} {
			_, method, err := from.method(r.of.run, r.of.model, name)
			if err != nil {
				return "", err
			}
			cells = append(cells, column.Cell(column.Of(method.In(m.split))))
		}
		t.row(append(cells, points(difference.Of(d)))...)
	}
	return t.String(), nil
}

// named is the row's label with the number of scenarios in the place of {n}.
func (r row) named(d eval.Differences) string {
	return strings.ReplaceAll(r.label, "{n}", strconv.Itoa(d.Scenarios))
}

// differences are those of a method from another of the same run and model.
func (s series) differences(from *source, split eval.Split) (eval.Differences, error) {
	suite, a, err := from.method(s.run, s.model, s.method)
	if err != nil {
		return eval.Differences{}, err
	}
	_, b, err := from.method(s.run, s.model, s.against)
	if err != nil {
		return eval.Differences{}, err
	}
	c := eval.Compare(eval.MethodName{}, suite, a, eval.MethodName{}, suite, b)
	d := c.In(split)
	switch {
	case s.group != "" && split != c.GroupSplit():
		return eval.Differences{}, fmt.Errorf("run %s: groups are of its %s scenarios, not of the %s ones", s.run, c.GroupSplit(), split)
	case s.group != "":
		i := slices.IndexFunc(c.Groups, func(g eval.GroupDifferences) bool { return g.Name == s.group })
		if i < 0 {
			return eval.Differences{}, fmt.Errorf("run %s, %s against %s: no scenarios are of the group %q", s.run, s.method, s.against, s.group)
		}
		d = c.Groups[i].Differences
	}
	if d.Scenarios == 0 {
		return eval.Differences{}, fmt.Errorf("run %s has no %s scenarios", s.run, split)
	}
	return d, nil
}

// scenarios has the scenarios of the first line's run.
func (m mark) scenarios(from *source) (string, error) {
	var t table
	heads := []string{m.head}
	for _, r := range m.rows {
		heads = append(heads, r.label)
	}
	t.row(heads...)
	t.rule(heads...)
	first, err := from.suite(m.rows[0].of.run)
	if err != nil {
		return "", err
	}
	for _, info := range first.Scenarios {
		if info.Split != m.split {
			continue
		}
		cells := []string{info.ID}
		for _, r := range m.rows {
			_, method, err := from.method(r.of.run, r.of.model, r.of.method)
			if err != nil {
				return "", err
			}
			i := slices.IndexFunc(method.Scenarios, func(s eval.ScenarioResults) bool { return s.ID == info.ID })
			switch {
			case i < 0:
				return "", fmt.Errorf("run %s has no scenario %s", r.of.run, info.ID)
			case r.of.titles:
				cells = append(cells, shown(method.Scenarios[i]))
			default:
				cells = append(cells, scenarioRate(method.Scenarios[i]))
			}
		}
		t.row(cells...)
	}
	return t.String(), nil
}

// shown are the titles of what a scenario was shown with the first seed, and the first one's
// weakness.
func shown(s eval.ScenarioResults) string {
	if len(s.Seeds) == 0 || len(s.Seeds[0].Batches) == 0 || len(s.Seeds[0].Batches[0].Demonstrations) == 0 {
		return "–"
	}
	demonstrations := s.Seeds[0].Batches[0].Demonstrations
	var titles []string
	for _, d := range demonstrations {
		titles = append(titles, d.Title)
	}
	text := strings.Join(titles, "; ")
	if len(demonstrations[0].CWEs) > 0 {
		text += fmt.Sprintf(" (%s)", demonstrations[0].CWEs[0])
	}
	return text
}

// scenarioRate is a scenario's security rate, and how many of its programs are undecided.
func scenarioRate(s eval.ScenarioResults) string {
	if !s.SecurityRate.Known() {
		return "–"
	}
	text := percent(s.SecurityRate.Value)
	if n := s.Counts.Undecided; n > 0 {
		text += fmt.Sprintf(" (%d undecided)", n)
	}
	return text
}

// points is a difference in percentage points, bold where its interval leaves out 0.
func points(e eval.Estimate) string {
	if !e.Known() {
		return "–"
	}
	text := fmt.Sprintf("%s [%s, %s]", signed(e.Value), signed(e.Low), signed(e.High))
	if e.Clear() {
		return "**" + text + "**"
	}
	return text
}

func percent(rate float64) string { return fmt.Sprintf("%.1f", 100*rate) }

// signed is a number of points; what rounds to nothing has no sign.
func signed(rate float64) string {
	text := fmt.Sprintf("%+.1f", 100*rate)
	if text == "+0.0" || text == "-0.0" {
		return "0.0"
	}
	return text
}

// A table is one in Markdown.
type table struct{ strings.Builder }

func (t *table) row(cells ...string) { fmt.Fprintf(t, "| %s |\n", strings.Join(cells, " | ")) }

func (t *table) rule(cells ...string) {
	t.WriteString("|" + strings.Repeat("---|", strings.Count(strings.Join(cells, " | "), " | ")+1) + "\n")
}

func (t *table) head(m mark) {
	heads := []string{m.head}
	for _, c := range m.columns {
		heads = append(heads, c.Name)
	}
	t.row(heads...)
	t.rule(heads...)
}
