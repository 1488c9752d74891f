package importer

import (
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"
)

// insert reads INSERT INTO name [(columns)] VALUES (…), (…);
func (d *dumpReader) insert() error {
	word, err := d.keyword()
	for err == nil && word != "INTO" && word != "" { // OR REPLACE
		word, err = d.keyword()
	}
	if err != nil {
		return err
	}
	table, err := d.name()
	if err != nil {
		return err
	}
	if _, wanted := d.wanted[strings.ToLower(table)]; !wanted {
		return d.skipStatement()
	}
	columns, err := d.insertColumns()
	if err != nil {
		return err
	}
	if word, err := d.keyword(); err != nil || word != "VALUES" {
		if err == nil {
			err = syntaxErrorf("%s stands where VALUES must", word)
		}
		return err
	}
	t, err := d.target(table, columns)
	if err != nil {
		return err
	}
	return d.tuples(t)
}

func (d *dumpReader) insertColumns() ([]string, error) {
	c, err := d.blanks()
	if err != nil || c != '(' {
		return nil, err
	}
	_, _ = d.byte()
	return d.columnNames()
}

// tuples reads the rows of an INSERT.
func (d *dumpReader) tuples(t *target) error {
	for {
		start := d.line
		if err := d.tuple(t); err != nil {
			return err
		}
		if err := d.give(t, fmt.Sprintf("line %d (table %s)", start, t.table)); err != nil {
			return err
		}
		c, err := d.blanks()
		if err != nil {
			return err
		}
		_, _ = d.byte()
		switch c {
		case ',':
		case ';':
			return nil
		default:
			return syntaxErrorf("%q stands behind a row of table %s", c, t.table)
		}
	}
}

// give hands a row on, or says what is wrong with it.
func (d *dumpReader) give(t *target, where string) error {
	for _, value := range d.values {
		if value != nil && !utf8.ValidString(*value) {
			return d.broken(where, errNotText)
		}
	}
	return d.row(t.table, d.values)
}

// tuple reads a row in brackets.
func (d *dumpReader) tuple(t *target) error {
	if err := d.punct('('); err != nil {
		return err
	}
	d.begin(t)
	for i := 0; ; i++ {
		if i >= len(t.keep) {
			return syntaxErrorf("a row of table %s has more values than the table has columns", t.table)
		}
		value, err := d.value(t.keep[i] >= 0)
		if err != nil {
			return err
		}
		if t.keep[i] >= 0 {
			d.values[t.keep[i]] = value
		}
		c, err := d.blanks()
		if err != nil {
			return err
		}
		_, _ = d.byte()
		switch c {
		case ',':
		case ')':
			if i+1 != len(t.keep) {
				return syntaxErrorf("a row of table %s has %d values for %d columns", t.table, i+1, len(t.keep))
			}
			return nil
		default:
			return syntaxErrorf("%q stands behind a value of table %s", c, t.table)
		}
	}
}

// maxNesting bounds calls within calls, of which sqlite3 writes two.
const maxNesting = 16

// value reads a value: a text, a number, NULL, or a call of one of the functions by
// which sqlite3's .dump writes texts with line endings.
func (d *dumpReader) value(keep bool) (*string, error) { return d.nestedValue(keep, 0) }

func (d *dumpReader) nestedValue(keep bool, depth int) (*string, error) {
	if depth > maxNesting {
		return nil, syntaxErrorf("calls stand in calls more than %d deep", maxNesting)
	}
	c, err := d.blanks()
	if err != nil {
		return nil, err
	}
	if c == '\'' {
		_, _ = d.byte()
		return d.text(keep, false)
	}
	word, err := d.keyword()
	if err != nil {
		return nil, err
	}
	literal := string(d.word)
	switch next := d.peek(); {
	case next == '\'' && word == "X":
		_, _ = d.byte()
		text, err := d.text(keep, false)
		if err != nil || text == nil {
			return nil, err
		}
		return hexText(*text)
	case next == '\'' && word == "E":
		_, _ = d.byte()
		return d.text(keep, true)
	case next == '(':
		_, _ = d.byte()
		return d.call(strings.ToLower(word), keep, depth)
	case word == "NULL" || !keep && word != "":
		return nil, nil
	case word == "":
		return nil, syntaxErrorf("%q stands where a value must", c)
	}
	return &literal, nil
}

// text reads a text behind its quote. Within it a quote is written twice; with
// escapes set a backslash stands before what means something else.
func (d *dumpReader) text(keep, escapes bool) (*string, error) {
	var text []byte
	for {
		c, err := d.byte()
		if errors.Is(err, io.EOF) {
			return nil, syntaxErrorf("the dump ends within a text")
		}
		if err != nil {
			return nil, err
		}
		switch {
		case c == '\'':
			if d.peek() != '\'' {
				if !keep {
					return nil, nil
				}
				s := string(text)
				return &s, nil
			}
			_, _ = d.byte()
		case c == '\\' && escapes:
			if c, err = d.byte(); err != nil {
				return nil, err
			}
			c = unescaped(c)
		}
		if keep {
			if text = append(text, c); len(text) > maxRecord {
				return nil, syntaxError{errTooLong}
			}
		}
	}
}

// unescaped is what a letter means behind a backslash.
func unescaped(c byte) byte {
	switch c {
	case 'n':
		return '\n'
	case 't':
		return '\t'
	case 'r':
		return '\r'
	case 'b':
		return '\b'
	case 'f':
		return '\f'
	case 'v':
		return '\v'
	}
	return c
}

func hexText(digits string) (*string, error) {
	bytes, err := hex.DecodeString(digits)
	if err != nil {
		return nil, syntaxErrorf("a blob is no hexadecimal text")
	}
	s := string(bytes)
	return &s, nil
}

// call computes replace, char and unistr, which are all that sqlite3 writes.
func (d *dumpReader) call(name string, keep bool, depth int) (*string, error) {
	var args []string
	for {
		arg, err := d.nestedValue(keep, depth+1)
		if err != nil {
			return nil, err
		}
		if arg == nil {
			arg = new(string)
		}
		args = append(args, *arg)
		c, err := d.blanks()
		if err != nil {
			return nil, err
		}
		_, _ = d.byte()
		if c == ')' {
			break
		}
		if c != ',' || len(args) > maxNesting {
			return nil, syntaxErrorf("%q stands in a call of %s", c, name)
		}
	}
	if !keep {
		return nil, nil
	}
	switch {
	case name == "replace" && len(args) == 3 && args[1] != "":
		if strings.Count(args[0], args[1])*max(0, len(args[2])-len(args[1]))+len(args[0]) > maxRecord {
			return nil, syntaxError{errTooLong}
		}
		s := strings.ReplaceAll(args[0], args[1], args[2])
		return &s, nil
	case name == "char" && len(args) == 1:
		if n, err := strconv.ParseUint(args[0], 10, 21); err == nil && utf8.ValidRune(rune(n)) {
			s := string(rune(n))
			return &s, nil
		}
	case name == "unistr" && len(args) == 1:
		return unistr(args[0])
	}
	return nil, syntaxErrorf("a value is a call of %s, which is not known", name)
}

// unistr reads \XXXX, \uXXXX, \+XXXXXX, \UXXXXXXXX and \\, as SQLite's function does.
func unistr(text string) (*string, error) {
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(text, `\`)
		b.WriteString(before)
		if !found {
			s := b.String()
			return &s, nil
		}
		skip, digits := 0, 4
		switch {
		case strings.HasPrefix(rest, `\`):
			b.WriteByte('\\')
			text = rest[1:]
			continue
		case strings.HasPrefix(rest, "u"):
			skip = 1
		case strings.HasPrefix(rest, "+"):
			skip, digits = 1, 6
		case strings.HasPrefix(rest, "U"):
			skip, digits = 1, 8
		}
		if len(rest) < skip+digits {
			return nil, syntaxErrorf("a text of unistr ends within an escape")
		}
		n, err := strconv.ParseUint(rest[skip:skip+digits], 16, 32)
		if err != nil || !utf8.ValidRune(rune(n)) {
			return nil, syntaxErrorf("a text of unistr has a wrong escape")
		}
		b.WriteRune(rune(n))
		text = rest[skip+digits:]
	}
}
