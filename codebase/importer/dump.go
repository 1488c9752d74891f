package importer

import (
	"bufio"
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"
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
