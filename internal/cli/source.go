package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"unicode/utf8"

	"github.com/seccoder/seccoder"
	"github.com/seccoder/seccoder/lang"
)

// maxSourceBytes bounds a source file; larger ones are no source code.
const maxSourceBytes = 32 << 20

// A source is a file with a cursor in it.
type source struct {
	// path is "-" for standard input.
	path     string
	language lang.Language
	// before and after are the text around the cursor, with line ends made one ("\n").
	before, after string
	// line and column are the cursor's, from 1; the column counts characters.
	line, column int
	// original is the file as it is; offset is the cursor in it, in bytes.
	original []byte
	offset   int
	// crlf says how lines inserted at the cursor end.
	crlf bool
}

func (s *source) prompt() seccoder.Prompt {
	return seccoder.Prompt{Language: s.language, Prefix: s.before, Suffix: s.after}
}

// readSource reads FILE[:LINE[:COL]], or standard input for "-" or nothing.
func (a *app) readSource(ctx context.Context, argument, language string) (*source, error) {
	if argument == "" || argument == "-" {
		return a.readInput(ctx, language)
	}
	s, err := readText(argument)
	if err != nil {
		return nil, err
	}
	return s, s.setLanguage(language)
}

// readText reads FILE[:LINE[:COL]] whatever its language.
func readText(argument string) (*source, error) {
	path, line, column, err := splitCursor(argument)
	if err != nil {
		return nil, err
	}
	data, err := readFile(path)
	if err != nil {
		return nil, err
	}
	s := &source{path: path, original: data, line: line, column: column}
	return s, s.split()
}

// readFile reads a source file of reasonable size.
func readFile(path string) ([]byte, error) {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist) && strings.Contains(path, ":"):
		return nil, usagef("%s: there is no such file (a cursor in a file is FILE:LINE or FILE:LINE:COL)", path)
	case errors.Is(err, fs.ErrNotExist):
		return nil, usagef("%s: there is no such file", path)
	case err != nil:
		return nil, usagef("read the file: %w", err)
	case info.IsDir():
		return nil, usagef("%s is a folder, not a file", path)
	case !info.Mode().IsRegular():
		return nil, usagef("%s is not a regular file", path)
	case info.Size() > maxSourceBytes:
		return nil, usagef("%s is too large for a source file: %d bytes, at most %d are read", path, info.Size(), maxSourceBytes)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, usagef("read the file: %w", err)
	}
	return data, nil
}

func (a *app) readInput(ctx context.Context, language string) (*source, error) {
	if language == "" {
		return nil, usagef("standard input has no file name to tell its language: give --lang (%s)", languageNames())
	}
	if isTerminal(a.in) {
		a.note("reading the code from standard input; Ctrl-D ends it")
	}
	data, err := readAll(ctx, a.in)
	if err != nil {
		return nil, fmt.Errorf("read standard input: %w", err)
	}
	if len(data) > maxSourceBytes {
		return nil, usagef("standard input is too large for a source file: at most %d bytes are read", maxSourceBytes)
	}
	s := &source{path: "-", original: data}
	if err := s.setLanguage(language); err != nil {
		return nil, err
	}
	return s, s.split()
}

// readAll reads all of an input, but waits for it no longer than ctx lasts.
func readAll(ctx context.Context, in io.Reader) ([]byte, error) {
	var data []byte
	var err error
	done := make(chan struct{})
	go func() {
		defer close(done)
		data, err = io.ReadAll(io.LimitReader(in, maxSourceBytes+1))
	}()
	select {
	case <-done:
		return data, err
	case <-ctx.Done():
		// The read cannot be called off. The program ends, and it with it.
		return nil, ctx.Err()
	}
}

func (s *source) setLanguage(name string) error {
	if name != "" {
		l, err := lang.Parse(name)
		if err != nil {
			return usageError{err}
		}
		s.language = l
		return nil
	}
	l, ok := lang.FromPath(s.path)
	if !ok {
		return usagef("%s: its ending does not tell a language: give --lang (%s)", s.path, languageNames())
	}
	s.language = l
	return nil
}

func languageNames() string {
	var names []string
	for _, l := range lang.All() {
		names = append(names, string(l))
	}
	return strings.Join(names, ", ")
}

// utf8Mark is the byte order mark that some editors put before UTF-8.
var utf8Mark = []byte("\xef\xbb\xbf")

// split checks the text and finds the cursor in it.
func (s *source) split() error {
	name := s.path
	if name == "-" {
		name = "standard input"
	}
	if bytes.HasPrefix(s.original, []byte("\xff\xfe")) || bytes.HasPrefix(s.original, []byte("\xfe\xff")) {
		return usagef("%s is UTF-16 text: convert it first, as with iconv -f UTF-16 -t UTF-8", name)
	}
	if i := bytes.IndexByte(s.original, 0); i >= 0 {
		return usagef("%s is a binary file (a NUL byte at offset %d)", name, i)
	}
	if i := invalidUTF8(s.original); i >= 0 {
		return usagef("%s is not UTF-8 text (byte 0x%02x at offset %d): convert it first, as with iconv -f LATIN1 -t UTF-8", name, s.original[i], i)
	}
	if err := s.findCursor(name); err != nil {
		return err
	}
	text := s.original
	s.crlf = endsInCRLF(text, s.offset)
	s.before = oneLineEnd(string(bytes.TrimPrefix(text[:s.offset], utf8Mark)))
	s.after = oneLineEnd(string(text[s.offset:]))
	return nil
}

// endsInCRLF reports how lines that are inserted at an offset are to end: as the line
// that is there does; where that is the last one and has no end, as most lines do.
func endsInCRLF(text []byte, offset int) bool {
	if length := bytes.IndexByte(text[offset:], '\n'); length >= 0 {
		return bytes.HasSuffix(text[:offset+length], []byte("\r"))
	}
	return 2*bytes.Count(text, []byte("\r\n")) > bytes.Count(text, []byte("\n"))
}

func oneLineEnd(text string) string { return strings.ReplaceAll(text, "\r\n", "\n") }

// invalidUTF8 is the offset of the first byte that is not UTF-8, or -1.
func invalidUTF8(data []byte) int {
	for i := 0; i < len(data); {
		r, size := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && size == 1 {
			return i
		}
		i += size
	}
	return -1
}
