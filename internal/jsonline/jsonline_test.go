package jsonline_test

import (
	"encoding/json"
	"errors"
	"testing"

	"github.com/seccoder/seccoder/internal/jsonline"
)

func TestOf(t *testing.T) {
	tests := []struct {
		name, text string
		want       int
	}{
		{"a comma too many", "{\n  \"a\": 1,\n}\n", 3},
		{"another type", "{\n  \"b\": 1,\n  \"a\": \"x\"\n}\n", 3},
		{"ends in the middle", "{\n  \"a\": 1\n\n\n", 2},
		{"nothing", "", 1},
		{"in the first line", "no", 1},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var into struct {
				A int `json:"a"`
			}
			err := json.Unmarshal([]byte(test.text), &into)
			if err == nil {
				t.Fatal("it is right")
			}
			if got := jsonline.Of([]byte(test.text), err); got != test.want {
				t.Errorf("line %d of %q, want %d (%v)", got, test.text, test.want, err)
			}
		})
	}
	if got := jsonline.Of([]byte("{}"), errors.New("of something else")); got != 0 {
		t.Errorf("line %d of an error without a place", got)
	}
}

func TestPlain(t *testing.T) {
	var into struct {
		A string `json:"a"`
	}
	for text, want := range map[string]string{
		`{"a": 22}`: "a: expected a string, found number", `[1]`: "the document: expected an object, found array", `{`: "unexpected end of JSON input",
	} {
		if err := jsonline.Plain(json.Unmarshal([]byte(text), &into)); err == nil || err.Error() != want {
			t.Errorf("%s: %v, want %q", text, err, want)
		}
	}
}

func TestKey(t *testing.T) {
	text := []byte("{\n  \"ab\": 1,\n  \"a.b\" : 2\n}")
	for key, want := range map[string]int{"ab": 2, "a.b": 3, "a": 0, "": 0} {
		if got := jsonline.Key(text, key); got != want {
			t.Errorf("key %q in line %d, want %d", key, got, want)
		}
	}
}
