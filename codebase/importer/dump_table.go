package importer

import (
	"strings"
)

// create takes down the columns of a table.
func (d *dumpReader) create() error {
	if word, err := d.keyword(); err != nil || word != "TABLE" {
		if err == nil {
			err = d.skipStatement()
		}
		return err
	}
	name, err := d.name()
	if err != nil {
		return err
	}
	if strings.EqualFold(name, "IF") { // IF NOT EXISTS name
		for range 2 {
			if _, err := d.keyword(); err != nil {
				return err
			}
		}
		if name, err = d.name(); err != nil {
			return err
		}
	}
	if err := d.punct('('); err != nil {
		return err
	}
	columns, err := d.columnNames()
	if err != nil {
		return err
	}
	d.columns[strings.ToLower(name)] = columns
	return d.skipStatement()
}

// columnNames reads the definitions of columns up to the closing bracket.
func (d *dumpReader) columnNames() ([]string, error) {
	var columns []string
	for {
		c, err := d.blanks()
		if err != nil {
			return nil, err
		}
		if c == ')' {
			_, err := d.byte()
			return columns, err
		}
		name, err := d.name()
		if err != nil {
			return nil, err
		}
		if c == '"' || c == '`' || c == '[' || !tableConstraint[strings.ToUpper(name)] {
			if len(columns) == maxColumns {
				return nil, syntaxErrorf("a table has more than %d columns", maxColumns)
			}
			columns = append(columns, name)
		}
		if err := d.skipDefinition(); err != nil {
			return nil, err
		}
	}
}

var tableConstraint = map[string]bool{"CONSTRAINT": true, "PRIMARY": true, "FOREIGN": true, "UNIQUE": true, "CHECK": true, "KEY": true, "EXCLUDE": true}

// skipDefinition passes over the rest of a definition and the comma behind it.
func (d *dumpReader) skipDefinition() error {
	depth := 0
	for {
		c, err := d.blanks()
		if err != nil {
			return err
		}
		if depth == 0 && c == ')' {
			return nil
		}
		_, _ = d.byte()
		switch c {
		case '(':
			depth++
		case ')':
			depth--
		case '\'', '"', '`':
			err = d.skipQuoted(c)
		case ',':
			if depth == 0 {
				return nil
			}
		}
		if err != nil {
			return err
		}
	}
}

// A target is a table whose rows are kept: keep gives for each column its place
// among the wanted ones, or -1.
type target struct {
	table string
	keep  []int
	count int
}

// target finds out what is kept of a table; nil where nothing is.
func (d *dumpReader) target(table string, columns []string) (*target, error) {
	wanted, ok := d.wanted[strings.ToLower(table)]
	if !ok {
		return nil, nil
	}
	if len(columns) == 0 {
		columns = d.columns[strings.ToLower(table)]
	}
	if len(columns) == 0 {
		return nil, syntaxErrorf("the columns of table %s are not known: no CREATE TABLE stands before its rows", table)
	}
	t := &target{table: strings.ToLower(table), keep: make([]int, len(columns)), count: len(wanted)}
	for i, column := range columns {
		t.keep[i] = -1
		for j, name := range wanted {
			if strings.EqualFold(column, name) {
				t.keep[i] = j
			}
		}
	}
	return t, nil
}

// begin begins a row.
func (d *dumpReader) begin(t *target) {
	d.values = d.values[:0]
	for range t.count {
		d.values = append(d.values, nil)
	}
}
