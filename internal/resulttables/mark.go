package main

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/seccoder/seccoder/eval"
)

const (
	markBegin = "<!-- table "
	markEnd   = "-->\n"
	tableEnd  = "<!-- /table -->"
)

// columnNames are the names of the columns that have another word in a mark.
var columnNames = map[string]string{"security": "security rate", "query": "CodeQL-like", "func-sec": "func-sec@1", "pass": "pass@1", "right": "right CWE"}

// A mark says what a table is made of.
type mark struct {
	kind    string
	split   eval.Split
	columns []eval.MetricColumn
	head    string
	rows    []row
}

// A row is one line of a mark.
type row struct {
	// label is what stands in the table's first cells.
	label string
	of    series
}

// A series is what numbers are taken of.
type series struct {
	run, model, method string
	// against and group are those of differences: the other method, and what the scenarios
	// are; "" is all.
	against, group string
	// titles asks for what was shown in place of rates.
	titles bool
	// column is the metric of a gain.
	column eval.MetricColumn
}

// fill puts every table of a page in its place.
func fill(page []byte, from *source) ([]byte, error) {
	var out bytes.Buffer
	var errs []error
	line := 1
	for {
		before, rest, found := bytes.Cut(page, []byte(markBegin))
		out.Write(before)
		if !found {
			return out.Bytes(), errors.Join(errs...)
		}
		line += bytes.Count(before, []byte("\n"))
		text, rest, marked := bytes.Cut(rest, []byte(markEnd))
		old, after, ended := bytes.Cut(rest, []byte(tableEnd))
		if !marked || !ended || bytes.Contains(old, []byte(markBegin)) {
			return nil, errors.Join(append(errs, fmt.Errorf("line %d: the table has no end: expected %q", line, tableEnd))...)
		}
		table, err := makeTable(string(text), from)
		if err != nil {
			errs = append(errs, fmt.Errorf("line %d: %w", line, err))
		}
		fmt.Fprintf(&out, "%s%s%s\n%s\n%s", markBegin, text, markEnd, table, tableEnd)
		line += bytes.Count(text, []byte("\n")) + 1 + bytes.Count(old, []byte("\n"))
		page = after
	}
}

// makeTable is the table of a mark's text.
func makeTable(text string, from *source) (string, error) {
	m, err := parse(text)
	if err != nil {
		return "", err
	}
	switch m.kind {
	case "rates":
		return m.rates(from)
	case "differences":
		return m.differences(from)
	case "gains":
		return m.gains(from)
	}
	return m.scenarios(from)
}

// ownColumns reports whether a table's kind settles its columns.
func (m mark) ownColumns() bool { return m.kind == "gains" || m.kind == "scenarios" }

// parse reads a mark.
func parse(text string) (mark, error) {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	words := strings.Fields(lines[0])
	if len(words) < 2 {
		return mark{}, fmt.Errorf("%q: expected a kind of table and a split of the scenarios", lines[0])
	}
	m := mark{kind: words[0], split: eval.Split(words[1])}
	if !slices.Contains([]string{"rates", "differences", "gains", "scenarios"}, m.kind) {
		return mark{}, fmt.Errorf("unknown kind of table %q (known: rates, differences, gains, scenarios)", m.kind)
	}
	if m.split != eval.Test && m.split != eval.Validation {
		return mark{}, fmt.Errorf("unknown split %q (known: %s, %s)", m.split, eval.Test, eval.Validation)
	}
	for _, name := range words[2:] {
		column, err := columnOf(name)
		if err != nil {
			return mark{}, err
		}
		m.columns = append(m.columns, column)
	}
	switch {
	case m.ownColumns() && len(m.columns) > 0:
		return mark{}, fmt.Errorf("a table of %s takes no columns", m.kind)
	case !m.ownColumns() && len(m.columns) == 0:
		return mark{}, errors.New("it has no columns")
	}
	for _, line := range lines[1:] {
		label, of, found := strings.Cut(line, " = ")
		if !found {
			return mark{}, fmt.Errorf("%q: expected CELLS = RUN MODEL METHOD", line)
		}
		if label == "head" {
			m.head = of
			continue
		}
		s, err := parseSeries(m.kind, of)
		if err != nil {
			return mark{}, fmt.Errorf("%q: %w", line, err)
		}
		m.rows = append(m.rows, row{label, s})
	}
	if m.head == "" || len(m.rows) == 0 {
		return mark{}, errors.New("it has no head, or no rows")
	}
	return m, nil
}

// columnOf is the column of a word in a mark.
func columnOf(word string) (eval.MetricColumn, error) {
	column, ok := eval.MetricColumnOf(cmp.Or(columnNames[word], word))
	if !ok {
		return eval.MetricColumn{}, fmt.Errorf("unknown column %q", word)
	}
	return column, nil
}

// parseSeries reads RUN MODEL METHOD, and what may follow in a table of the kind.
func parseSeries(kind, text string) (series, error) {
	text, group, _ := strings.Cut(text, " @")
	words := strings.Fields(text)
	if len(words) < 3 {
		return series{}, errors.New("expected RUN MODEL METHOD")
	}
	s := series{run: words[0], model: words[1], method: words[2], group: strings.TrimSpace(group)}
	rest := words[3:]
	switch {
	case kind == "differences" && len(rest) == 2 && rest[0] == "-":
		s.against = rest[1]
		return s, nil
	case kind == "differences":
		return series{}, errors.New("expected RUN MODEL METHOD - METHOD")
	case kind == "gains" && len(rest) == 3 && rest[0] == "-" && s.group == "":
		c, err := columnOf(rest[2])
		s.against, s.column = rest[1], c
		return s, err
	case kind == "gains":
		return series{}, errors.New("expected RUN MODEL METHOD - METHOD COLUMN")
	case s.group != "":
		return series{}, errors.New("groups of scenarios are for differences")
	case kind == "scenarios" && len(rest) == 1 && rest[0] == "titles":
		s.titles = true
		return s, nil
	case len(rest) > 0:
		return series{}, fmt.Errorf("unknown words %q", rest)
	}
	return s, nil
}
