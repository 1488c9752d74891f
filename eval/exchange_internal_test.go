package eval

import (
	"bufio"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
)

// A line that is too long is passed over; those behind it are read.
func TestNextLine(t *testing.T) {
	long := strings.Repeat("x", 40)
	tests := map[string]struct {
		text string
		want []string
	}{
		"nothing":         {"", nil},
		"lines":           {"a\n\nb\n", []string{"a", "", "b"}},
		"no end":          {"a\nb", []string{"a", "b"}},
		"as long as may":  {long[:29] + "\nb\n", []string{long[:29], "b"}},
		"too long":        {"a\n" + long + "\nb\n" + long + long + "\nc\n", []string{"a", "too long", "b", "too long", "c"}},
		"too long at end": {"a\n" + long, []string{"a", "too long"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			r := bufio.NewReaderSize(strings.NewReader(test.text), 16)
			var got []string
			for {
				line, err := nextLine(r, 30)
				if errors.Is(err, io.EOF) {
					break
				}
				if errors.Is(err, errLongLine) {
					line = []byte("too long")
				} else if err != nil {
					t.Fatal(err)
				}
				got = append(got, string(line))
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("lines %q, want %q", got, test.want)
			}
		})
	}
}
