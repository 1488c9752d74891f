package importer

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// maxRecord bounds a record, a row or a value of a dump, in bytes. Longer ones are
// broken. The largest functions and files of the data sets are some megabytes.
const maxRecord = 64 << 20

// scanBuffer is how much of a file is read at once, in bytes.
const scanBuffer = 256 << 10

var errTooLong = fmt.Errorf("it is longer than %d MB", maxRecord>>20)

// A jsonScanner finds the JSON values of a file: its lines, or the elements of the
// array that it is. It keeps one of them in memory.
type jsonScanner struct {
	in *bufio.Reader
	// offset is that of the next byte, in the file; line that byte's line, from 1.
	offset, line int64
	// array is true in an array. number counts its elements so far.
	array  bool
	number int64
	value  []byte
	// start is the line where value starts, from its offset.
	start, from int64
}

// openJSON opens a file for a scanner that goes on at a position.
func openJSON(path string, from Position) (*os.File, *jsonScanner, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, nil, &InputError{err}
	}
	s, err := newJSONScanner(file, from)
	if err != nil {
		_ = file.Close()
		return nil, nil, fmt.Errorf("read %s: %w", path, err)
	}
	return file, s, nil
}

func newJSONScanner(file io.ReadSeeker, from Position) (*jsonScanner, error) {
	s := &jsonScanner{in: bufio.NewReaderSize(file, scanBuffer), line: 1}
	if mark, err := s.in.Peek(3); err == nil && string(mark) == "\uFEFF" {
		s.skip(3)
	}
	if err := s.blanks(); err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	if c, err := s.in.Peek(1); err == nil && c[0] == '[' {
		s.array = true
		s.skip(1)
	}
	if from.Offset > s.offset {
		if _, err := file.Seek(from.Offset, io.SeekStart); err != nil {
			return nil, err
		}
		s.in.Reset(file)
		s.offset = from.Offset
		if s.array {
			s.number = from.Number
		} else {
			s.line = from.Number + 1
		}
	}
	return s, nil
}

// skip passes over n bytes that Peek has shown.
func (s *jsonScanner) skip(n int) {
	n, _ = s.in.Discard(n)
	s.offset += int64(n)
}

// blanks passes over white space.
func (s *jsonScanner) blanks() error {
	for {
		c, err := s.in.ReadByte()
		if err != nil {
			return err
		}
		switch c {
		case '\n':
			s.line++
		case ' ', '\t', '\r':
		default:
			return s.in.UnreadByte()
		}
		s.offset++
	}
}

// where names the place of the value in its file.
func (s *jsonScanner) where(path string) string {
	if s.array {
		return fmt.Sprintf("%s: element %d", filepath.Base(path), s.number)
	}
	return fmt.Sprintf("%s:%d", filepath.Base(path), s.start)
}

// position is where to go on behind the value.
func (s *jsonScanner) position(file int) Position {
	if s.array {
		return Position{File: file, Offset: s.offset, Number: s.number}
	}
	return Position{File: file, Offset: s.offset, Number: s.line - 1}
}

// next finds the next value. At the end it returns io.EOF; errTooLong and
// errCutShort are errors of the value, another error is one of reading.
func (s *jsonScanner) next(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	s.value = s.value[:0]
	if s.array {
		return s.element()
	}
	for {
		s.start, s.from = s.line, s.offset
		err := s.readLine()
		if err != nil || len(bytes.TrimSpace(s.value)) > 0 {
			return err
		}
	}
}

// readLine reads a line into value.
func (s *jsonScanner) readLine() error {
	s.value = s.value[:0]
	tooLong := false
	for {
		part, err := s.in.ReadSlice('\n')
		s.offset += int64(len(part))
		if len(s.value)+len(part) > maxRecord {
			tooLong = true
		} else if !tooLong {
			s.value = append(s.value, part...)
		}
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case err == nil:
			s.line++
		case errors.Is(err, io.EOF) && (len(s.value) > 0 || tooLong):
			// The last line has no line ending.
		default:
			return err
		}
		if tooLong {
			return errTooLong
		}
		return nil
	}
}

var errCutShort = errors.New("the file ends in the middle of it")

// element reads an element of the array into value. It goes by brackets and
// quotes only, so an element that is wrong inside does not spoil the next.
func (s *jsonScanner) element() error {
	if err := s.blanks(); err != nil {
		if errors.Is(err, io.EOF) {
			return errArrayOpen
		}
		return err
	}
	s.start, s.from = s.line, s.offset
	s.number++
	depth, inString, escaped, tooLong := 0, false, false, false
	for {
		chunk, err := s.chunk()
		if err != nil {
			if !errors.Is(err, io.EOF) {
				return err
			}
			return errCutShort
		}
		for i, c := range chunk {
			switch {
			case c == '\n':
				s.line++
				escaped = false
			case inString:
				switch {
				case escaped:
					escaped = false
				case c == '\\':
					escaped = true
				case c == '"':
					inString = false
				}
			case c == '"':
				inString = true
			case c == '{' || c == '[':
				depth++
			case (c == '}' || c == ']') && depth > 0:
				depth--
			case c == ',' && depth == 0 || c == ']':
				s.keep(chunk[:i], &tooLong)
				s.skip(i)
				return s.elementEnd(c, tooLong)
			}
		}
		s.keep(chunk, &tooLong)
		s.skip(len(chunk))
	}
}

// errArrayOpen says that the array's closing bracket is missing.
var errArrayOpen = fmt.Errorf("the array does not end: %w", io.ErrUnexpectedEOF)

// elementEnd decides at the "," or "]" that ends an element. A "]" stays, to end the
// array when it is met again.
func (s *jsonScanner) elementEnd(c byte, tooLong bool) error {
	empty := len(bytes.TrimSpace(s.value)) == 0 && !tooLong
	if c == ',' || empty {
		s.skip(1)
	}
	switch {
	case c == ']' && empty:
		s.number--
		return io.EOF
	case tooLong:
		return errTooLong
	}
	return nil
}

// chunk shows the bytes that are there without reading more than there must be.
func (s *jsonScanner) chunk() ([]byte, error) {
	if _, err := s.in.Peek(1); err != nil {
		return nil, err
	}
	return s.in.Peek(s.in.Buffered())
}

func (s *jsonScanner) keep(part []byte, tooLong *bool) {
	if *tooLong || len(s.value)+len(part) > maxRecord {
		*tooLong = true
		return
	}
	s.value = append(s.value, part...)
}

// decode turns a value into v. Text that is no UTF-8 and halves of surrogate pairs are
// errors, and not repaired in silence as encoding/json does; of a name that is there twice
// the last counts.
func decode(value []byte, v any) error {
	err := json.Unmarshal(value, v, jsontext.AllowDuplicateNames(true))
	if err == nil {
		return nil
	}
	// Such an error begins with one of two phrases, which the library draws anew for each
	// process, so the same file would be told of differently in two runs.
	if mismatch, ok := errors.AsType[*json.SemanticError](err); ok {
		return mismatchError(mismatch)
	}
	return errors.New(strings.TrimPrefix(err.Error(), "jsontext: "))
}

// kindsFound and kindsWanted name the kinds of values; what is missing of the first is null,
// of the second an object.
var (
	kindsFound = map[jsontext.Kind]string{
		'"': "a string", '0': "a number", 't': "a boolean", 'f': "a boolean", '{': "an object", '[': "an array",
	}
	kindsWanted = map[reflect.Kind]string{
		reflect.String: "a string", reflect.Int: "a number", reflect.Int64: "a number", reflect.Float64: "a number",
		reflect.Bool: "a boolean", reflect.Slice: "an array", reflect.Array: "an array",
	}
)

// mismatchError says which value is not what the format has in its place.
func mismatchError(e *json.SemanticError) error {
	place := ""
	if e.JSONPointer != "" {
		place = fmt.Sprintf(" within %q", string(e.JSONPointer))
	}
	if e.GoType == nil || e.JSONKind == 0 {
		return fmt.Errorf("a value that the format does not have%s: %w", place, e.Err)
	}
	found, wanted := cmp.Or(kindsFound[e.JSONKind], "null"), cmp.Or(kindsWanted[e.GoType.Kind()], "an object")
	if found == wanted {
		return fmt.Errorf("%s that does not fit%s", found, place)
	}
	return fmt.Errorf("%s where the format has %s%s", found, wanted, place)
}
