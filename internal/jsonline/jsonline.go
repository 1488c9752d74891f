// Package jsonline says in which line of a JSON document something stands, for the messages of
// those who read files that people write.
package jsonline

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"regexp"
)

// Of returns the line, from 1, of the mistake in data that err tells of; 0 where err tells no place.
func Of(data []byte, err error) int {
	if syntax, ok := errors.AsType[*json.SyntaxError](err); ok {
		return at(data, syntax.Offset)
	}
	if kind, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		return at(data, kind.Offset)
	}
	return 0
}

// Plain returns err, or where a value is of another type than it should be, an error that
// says so in the document's words and not in Go's.
func Plain(err error) error {
	kind, ok := errors.AsType[*json.UnmarshalTypeError](err)
	if !ok {
		return err
	}
	expected := "a number"
	switch kind.Type.Kind() {
	case reflect.String:
		expected = "a string"
	case reflect.Bool:
		expected = "true or false"
	case reflect.Slice, reflect.Array:
		expected = "an array"
	case reflect.Struct, reflect.Map:
		expected = "an object"
	default:
	}
	return fmt.Errorf("%s: expected %s, found %s", cmp.Or(kind.Field, "the document"), expected, kind.Value)
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
