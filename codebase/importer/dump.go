package importer

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
)

// A dumpReader reads the rows of some tables out of an SQL dump, without running it:
// INSERT statements as sqlite3's .dump writes them, and COPY blocks and INSERT
// statements as pg_dump does. Other statements are passed over. It keeps one row, of
// the columns that are wanted, in memory.
type dumpReader struct {
	in *bufio.Reader
	// offset is that of the next byte, line its line.
	offset, line int64
	// wanted are the tables by name with the columns that are kept.
	wanted map[string][]string
	// columns are the columns of the tables, as CREATE TABLE gives them.
	columns map[string][]string
	// row takes a row of a wanted table: the values in the order of the wanted
	// columns, nil for NULL. The slice is used again.
	row func(table string, values []*string) error
	// broken takes what cannot be read; where says where.
	broken func(where string, err error) error

	values []*string
	word   []byte
}

func newDumpReader(r io.Reader, wanted map[string][]string) *dumpReader {
	return &dumpReader{in: bufio.NewReaderSize(r, scanBuffer), line: 1, wanted: wanted, columns: map[string][]string{}}
}

// A syntaxError says what is wrong in the dump's text, behind which reading can go
// on at the next statement.
type syntaxError struct{ error }

func syntaxErrorf(format string, args ...any) error { return syntaxError{fmt.Errorf(format, args...)} }

// read reads the whole dump.
func (d *dumpReader) read(ctx context.Context) error {
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		_, err := d.blanks()
		start := d.line
		if err == nil {
			err = d.statement()
		}
		if wrong, ok := errors.AsType[syntaxError](err); ok {
			if err := d.broken(fmt.Sprintf("line %d", start), wrong.error); err != nil {
				return err
			}
			err = d.resync()
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// statement reads one statement, or what stands in its place.
func (d *dumpReader) statement() error {
	c, err := d.blanks()
	if err != nil {
		return err
	}
	if c == '\\' { // a command of psql
		return d.skipLine()
	}
	word, err := d.keyword()
	if err != nil {
		return err
	}
	switch word {
	case "COPY":
		return d.copyBlock()
	case "INSERT":
		return d.insert()
	case "CREATE":
		return d.create()
	}
	return d.skipStatement()
}

// byte reads a byte.
func (d *dumpReader) byte() (byte, error) {
	c, err := d.in.ReadByte()
	if err == nil {
		d.offset++
		if c == '\n' {
			d.line++
		}
	}
	return c, err
}

// back gives the last byte back.
func (d *dumpReader) back(c byte) {
	_ = d.in.UnreadByte()
	d.offset--
	if c == '\n' {
		d.line--
	}
}

// blanks passes over white space and comments, and shows the byte that follows.
func (d *dumpReader) blanks() (byte, error) {
	for {
		next, err := d.in.Peek(1)
		if err != nil {
			return 0, err
		}
		switch c := next[0]; c {
		case ' ', '\t', '\n', '\r', 0xEF, 0xBB, 0xBF: // the last three: a byte order mark
			_, err = d.byte()
		case '-', '/':
			switch two, _ := d.in.Peek(2); string(two) {
			case "--":
				err = d.skipLine()
			case "/*":
				_, _ = d.byte()
				_, _ = d.byte()
				err = d.skipComment()
			default:
				return c, nil
			}
		default:
			return c, nil
		}
		if err != nil {
			return 0, err
		}
	}
}

// peek shows the next byte, or 0 at the end.
func (d *dumpReader) peek() byte {
	next, err := d.in.Peek(1)
	if err != nil {
		return 0
	}
	return next[0]
}

func (d *dumpReader) skipLine() error {
	for {
		c, err := d.byte()
		if err != nil || c == '\n' {
			return err
		}
	}
}

// skipComment passes over a comment behind its opening signs.
func (d *dumpReader) skipComment() error {
	var last byte
	for {
		c, err := d.byte()
		if err != nil {
			return err
		}
		if last == '*' && c == '/' {
			return nil
		}
		last = c
	}
}

// maxWord bounds names and numbers, in bytes.
const maxWord = 256

func isWordByte(c byte) bool {
	return c == '_' || c == '$' || c == '.' || c >= 0x80 || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9'
}

// keyword reads a word in upper case; it is "" where none stands.
func (d *dumpReader) keyword() (string, error) {
	if _, err := d.blanks(); err != nil {
		return "", err
	}
	d.word = d.word[:0]
	for {
		c, err := d.byte()
		if errors.Is(err, io.EOF) && len(d.word) > 0 {
			break
		}
		if err != nil {
			return "", err
		}
		if !isWordByte(c) && ((c != '-' && c != '+') || len(d.word) > 0 && !exponent(d.word)) {
			d.back(c)
			break
		}
		if len(d.word) < maxWord {
			d.word = append(d.word, c)
		}
	}
	return strings.ToUpper(string(d.word)), nil
}

// exponent reports whether a number so far wants its exponent, which may have a sign.
func exponent(word []byte) bool {
	first, last := word[0], word[len(word)-1]
	return (first == '-' || first == '+' || first == '.' || '0' <= first && first <= '9') && last|0x20 == 'e'
}

// name reads a name, quoted or not, without the schema before it.
func (d *dumpReader) name() (string, error) {
	for {
		c, err := d.blanks()
		if err != nil {
			return "", err
		}
		var name string
		switch c {
		case '"', '`', '[':
			_, _ = d.byte()
			name, err = d.quotedName(map[byte]byte{'"': '"', '`': '`', '[': ']'}[c])
		default:
			if _, err = d.keyword(); err == nil {
				name = string(d.word)
				name = name[strings.LastIndexByte(name, '.')+1:]
			}
		}
		if err != nil {
			return "", err
		}
		if d.peek() == '.' {
			_, _ = d.byte()
			continue
		}
		if c != '"' && c != '`' && c != '[' && strings.HasSuffix(string(d.word), ".") {
			continue // public."name"
		}
		if name == "" {
			return "", syntaxErrorf("a name is missing")
		}
		return name, nil
	}
}

func (d *dumpReader) quotedName(end byte) (string, error) {
	var name []byte
	for {
		c, err := d.byte()
		if err != nil {
			return "", err
		}
		if c == end {
			if end != ']' && d.peek() == end {
				_, _ = d.byte()
			} else {
				return string(name), nil
			}
		}
		if len(name) < maxWord {
			name = append(name, c)
		}
	}
}

// punct reads a sign that must stand.
func (d *dumpReader) punct(want byte) error {
	c, err := d.blanks()
	if err != nil {
		return err
	}
	if c != want {
		return syntaxErrorf("%q stands where %q must", c, want)
	}
	_, err = d.byte()
	return err
}

// skipStatement passes over the rest of a statement, whatever its quotes hold.
func (d *dumpReader) skipStatement() error {
	for {
		c, err := d.blanks()
		if err != nil {
			return err
		}
		switch {
		case c == ';':
			_, err := d.byte()
			return err
		case c == '\'' || c == '"' || c == '`':
			_, _ = d.byte()
			if err := d.skipQuoted(c); err != nil {
				return err
			}
		case c == '$':
			if err := d.dollarQuoted(); err != nil {
				return err
			}
		case isWordByte(c):
			if _, err := d.keyword(); err != nil {
				return err
			}
		default:
			_, _ = d.byte()
		}
	}
}

func (d *dumpReader) skipQuoted(quote byte) error {
	for {
		c, err := d.byte()
		if err != nil || c == quote {
			return err
		}
	}
}

// dollarQuoted passes over $$ … $$ and $tag$ … $tag$ of PostgreSQL.
func (d *dumpReader) dollarQuoted() error {
	tag, err := d.keyword() // takes the signs and letters: "$TAG$"
	if err != nil || len(tag) < 2 || !strings.HasSuffix(tag, "$") || strings.Count(tag, "$") != 2 {
		return err
	}
	tag = string(d.word)
	at := 0
	for {
		c, err := d.byte()
		if err != nil {
			return err
		}
		switch c {
		case tag[at]:
			at++
		case tag[0]:
			at = 1
		default:
			at = 0
		}
		if at == len(tag) {
			return nil
		}
	}
}

// resync looks for the start of a line that begins a statement.
func (d *dumpReader) resync() error {
	for {
		if err := d.skipLine(); err != nil {
			return err
		}
		for _, word := range []string{"INSERT INTO ", "COPY ", "CREATE TABLE ", "COMMIT;"} {
			if next, err := d.in.Peek(len(word)); err == nil && string(next) == word {
				return nil
			}
		}
	}
}
