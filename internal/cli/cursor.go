package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"unicode/utf8"
)

// splitCursor splits FILE[:LINE[:COL]]. A file whose name has that form itself, or a
// drive letter, is taken as a file if it is there.
func splitCursor(argument string) (path string, line, column int, err error) {
	if _, err := os.Stat(argument); err == nil {
		return argument, 0, 0, nil
	}
	path = argument
	var numbers []int
	for len(numbers) < 2 {
		head, tail, ok := cutLast(path, ":")
		if !ok || head == "" || len(filepath.VolumeName(path)) > len(head) {
			break
		}
		n, err := strconv.Atoi(tail)
		if err != nil {
			break
		}
		if n < 1 {
			return "", 0, 0, usagef("%s: lines and columns count from 1", argument)
		}
		path, numbers = head, append([]int{n}, numbers...)
	}
	switch len(numbers) {
	case 2:
		return path, numbers[0], numbers[1], nil
	case 1:
		return path, numbers[0], 0, nil
	}
	return path, 0, 0, nil
}

func cutLast(s, separator string) (before, after string, found bool) {
	i := strings.LastIndex(s, separator)
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+len(separator):], true
}

// findCursor sets the offset from line and column, or the line and column of the end.
func (s *source) findCursor(name string) error {
	lines := bytes.SplitAfter(s.original, []byte("\n"))
	if s.line == 0 {
		s.offset = len(s.original)
		s.line = len(lines)
		s.column = utf8.RuneCount(bytes.TrimPrefix(lines[len(lines)-1], utf8Mark)) + 1
		return nil
	}
	if s.line > len(lines) {
		return usagef("%s has %d lines: there is no line %d", name, len(lines), s.line)
	}
	for _, line := range lines[:s.line-1] {
		s.offset += len(line)
	}
	text := bytes.TrimRight(lines[s.line-1], "\r\n")
	length := utf8.RuneCount(bytes.TrimPrefix(text, utf8Mark))
	if s.column == 0 {
		s.column = length + 1
	}
	if s.column > length+1 {
		return usagef("%s:%d has %d characters: there is no column %d", name, s.line, length, s.column)
	}
	if s.line == 1 && bytes.HasPrefix(text, utf8Mark) {
		s.offset += len(utf8Mark)
		text = text[len(utf8Mark):]
	}
	for range s.column - 1 {
		_, size := utf8.DecodeRune(text)
		s.offset, text = s.offset+size, text[size:]
	}
	return nil
}
