package importer

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"
)

// A csvScanner reads rows of RFC 4180, of which it keeps the columns that are
// wanted. It keeps one row in memory; a row that grows too long, as one whose quote
// is not closed, is passed over.
type csvScanner struct {
	in *bufio.Reader
	// wanted tells for each column whether it is kept; all are where it is nil.
	wanted []bool
	// columns is the number of columns that a row must have, where not 0.
	columns int
	// offset is that of the next byte; line its line and row the number of rows read.
	offset, line, row int64
	// start is the line where the row starts.
	start  int64
	fields []string
	text   []byte
	count  int
	size   int
}

func newCSVScanner(r io.Reader) *csvScanner {
	return &csvScanner{in: bufio.NewReaderSize(r, scanBuffer), line: 1}
}

// where names the place of the row.
func (s *csvScanner) where() string { return fmt.Sprintf("row %d (line %d)", s.row, s.start) }

var errRow = errors.New("a quote stands where none may")

// next reads a row into fields; those of unwanted columns are "". At the end it
// returns io.EOF. errTooLong, errRow, errNotText and rows of another length are
// errors of the row, behind which the next can be read.
func (s *csvScanner) next(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	for {
		s.start = s.line
		err := s.readRow()
		if err == nil && s.count == 1 && s.size == 0 {
			continue // an empty line
		}
		if !errors.Is(err, io.EOF) {
			s.row++
		}
		if err == nil && s.columns > 0 && s.count != s.columns {
			return rowError{fmt.Errorf("it has %d columns, not %d", s.count, s.columns)}
		}
		return err
	}
}

// A rowError is an error of a row or a record alone.
type rowError struct{ error }

// readRow reads a row byte by byte: by its quotes alone it is known where it ends.
func (s *csvScanner) readRow() error {
	s.fields, s.text, s.count, s.size = s.fields[:0], s.text[:0], 0, 0
	var wrong error
	quoted, atStart, behindQuote, any := false, true, false, false
	for {
		c, err := s.in.ReadByte()
		if errors.Is(err, io.EOF) {
			switch {
			case !any:
				return io.EOF
			case quoted && !behindQuote:
				return rowError{errCutShort}
			}
			return s.endRow(wrong)
		}
		if err != nil {
			return err
		}
		any = true
		s.offset++
		if c == '\n' {
			s.line++
		}
		if s.size++; s.size > maxRecord {
			wrong = errTooLong
		}
		switch {
		case quoted && !behindQuote:
			if c == '"' {
				behindQuote = true
			} else {
				s.put(c, wrong)
			}
		case behindQuote && c == '"':
			behindQuote = false
			s.put(c, wrong)
		case c == ',':
			wrong = s.endField(wrong)
			quoted, behindQuote, atStart = false, false, true
		case c == '\n':
			s.size--
			return s.endRow(wrong)
		case c == '\r' && s.followedByNewline():
			s.size--
		case behindQuote:
			wrong = errRow
		case c == '"' && atStart:
			quoted, atStart = true, false
		default:
			atStart = false
			s.put(c, wrong)
		}
	}
}

func (s *csvScanner) followedByNewline() bool {
	next, err := s.in.Peek(1)
	return err == nil && next[0] == '\n'
}

// put keeps a byte of the field, where the column is wanted.
func (s *csvScanner) put(c byte, wrong error) {
	if wrong == nil && (s.wanted == nil || s.count < len(s.wanted) && s.wanted[s.count]) {
		s.text = append(s.text, c)
	}
}

var errNotText = errors.New("it is not UTF-8 text")

func (s *csvScanner) endField(wrong error) error {
	s.count++
	if !utf8.Valid(s.text) && wrong == nil {
		wrong = errNotText
	}
	if len(s.fields) < maxColumns {
		s.fields = append(s.fields, string(s.text))
	}
	s.text = s.text[:0]
	return wrong
}

// maxColumns bounds the columns that are kept of a row.
const maxColumns = 1000

func (s *csvScanner) endRow(wrong error) error {
	wrong = s.endField(wrong)
	if wrong != nil {
		return rowError{wrong}
	}
	return nil
}
