package importer

import (
	"errors"
	"fmt"
	"io"
)

// copyBlock reads COPY name (columns) FROM stdin; and the rows behind it.
func (d *dumpReader) copyBlock() error {
	table, err := d.name()
	if err != nil {
		return err
	}
	columns, err := d.insertColumns()
	if err != nil {
		return err
	}
	if err := d.skipLine(); err != nil {
		return err
	}
	t, err := d.target(table, columns)
	if err != nil {
		return err
	}
	for row := 1; ; row++ {
		start := d.line
		end, err := d.copyRow(t)
		switch wrong, isRow := errors.AsType[rowError](err); {
		case isRow:
			if err := d.broken(fmt.Sprintf("line %d (table %s, row %d)", start, table, row), wrong.error); err != nil {
				return err
			}
		case err != nil || end:
			return err
		case t != nil:
			if err := d.give(t, fmt.Sprintf("line %d (table %s, row %d)", start, table, row)); err != nil {
				return err
			}
		}
	}
}

// copyRow reads a line of COPY's text form: values between tabs, \N for NULL. end is
// true at the line "\.".
func (d *dumpReader) copyRow(t *target) (end bool, err error) {
	if t != nil {
		d.begin(t)
	}
	// At the end of a file fewer bytes are shown.
	if next, _ := d.in.Peek(3); len(next) >= 2 && next[0] == '\\' && next[1] == '.' && (len(next) == 2 || next[2] == '\n' || next[2] == '\r') {
		return true, d.skipLine()
	}
	var wrong error
	for column := 0; ; column++ {
		last, err := d.copyValue(t, column, &wrong)
		if errors.Is(err, io.EOF) {
			return false, syntaxErrorf("the dump ends within a COPY")
		}
		if err != nil {
			return false, err
		}
		if !last {
			continue
		}
		if t != nil && wrong == nil && column+1 != len(t.keep) {
			wrong = fmt.Errorf("it has %d values for %d columns", column+1, len(t.keep))
		}
		if t != nil && wrong != nil {
			return false, rowError{wrong}
		}
		return false, nil
	}
}

// copyValue reads a value and the tab or line ending behind it.
func (d *dumpReader) copyValue(t *target, column int, wrong *error) (last bool, err error) {
	keep := t != nil && column < len(t.keep) && t.keep[column] >= 0
	var text []byte
	null := false
	for {
		c, err := d.byte()
		if err != nil {
			return false, err
		}
		switch c {
		case '\t', '\n':
			if keep && !null {
				s := string(text)
				d.values[t.keep[column]] = &s
			}
			return c == '\n', nil
		case '\\':
			if c, err = d.byte(); err != nil {
				return false, err
			}
			if c == 'N' && len(text) == 0 {
				null = true
				continue
			}
			if c, err = d.copyEscape(c); err != nil {
				return false, err
			}
		}
		if keep && *wrong == nil {
			if text = append(text, c); len(text) > maxRecord {
				*wrong = errTooLong
				text = nil
			}
		}
	}
}

// copyEscape is what stands for a backslash and a letter, or octal or hexadecimal
// digits.
func (d *dumpReader) copyEscape(c byte) (byte, error) {
	base, most, n := 8, 2, 0
	switch {
	case '0' <= c && c <= '7':
		n = int(c - '0')
	case c == 'x' && hexValue(d.peek()) >= 0:
		base, most = 16, 2
	default:
		return unescaped(c), nil
	}
	for range most {
		digit := hexValue(d.peek())
		if digit < 0 || digit >= base {
			break
		}
		if _, err := d.byte(); err != nil {
			return 0, err
		}
		n = n*base + digit
	}
	return byte(n), nil
}

func hexValue(c byte) int {
	switch {
	case '0' <= c && c <= '9':
		return int(c - '0')
	case 'a' <= c|0x20 && c|0x20 <= 'f':
		return int(c|0x20-'a') + 10
	}
	return -1
}
