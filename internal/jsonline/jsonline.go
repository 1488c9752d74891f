// Package jsonline says in which line of a JSON document something stands, for the messages of
// those who read files that people write.
package jsonline

import (
	"bytes"
	"encoding/json"
	"errors"
	"regexp"
)

// Of returns the line, from 1, of the mistake in data that err tells of; 0 where err tells no place.
func Of(data []byte, err error) int {
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		return at(data, syntax.Offset)
	case errors.As(err, &kind):
		return at(data, kind.Offset)
	}
	return 0
}

// at is the line of the last of so many bytes; newlines at the end of data begin none.
func at(data []byte, offset int64) int {
	before := data[:min(max(offset-1, 0), int64(len(data)))]
	if offset >= int64(len(data)) {
		before = bytes.TrimRight(data, " \t\r\n")
	}
	return 1 + bytes.Count(before, []byte("\n"))
}

// Key returns the line, from 1, in which a key is set first; 0 if there is none.
func Key(data []byte, key string) int {
	at := regexp.MustCompile(`"` + regexp.QuoteMeta(key) + `"\s*:`).FindIndex(data)
	if at == nil {
		return 0
	}
	return 1 + bytes.Count(data[:at[0]], []byte("\n"))
}
