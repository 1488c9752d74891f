package generation_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/seccoder/seccoder/generation"
)

// endBefore ends a completion before the first line that starts with word, and
// cuts the white space in front of it, as the end of a construct does.
func endBefore(word string) func(string) (int, bool) {
	return func(text string) (int, bool) {
		at := strings.Index(text, "\n"+word)
		if at < 0 {
			return 0, false
		}
		return len(strings.TrimRightFunc(text[:at], unicode.IsSpace)), true
	}
}

func TestEmitterDeltas(t *testing.T) {
	tests := []struct {
		name   string
		stop   func(string) (int, bool)
		pieces []string
		deltas []string
		ended  bool
	}{
		{"the first line comes at once", nil, []string{"a", "b ", "c"}, []string{"a", "b", " c"}, false},
		{"later lines come when they are complete", nil, []string{"a\n", "  b", "c\n", "d"}, []string{"a", "\n  bc", "\nd"}, false},
		{"white space at the end comes last", nil, []string{"a \n", "\n"}, []string{"a", " \n\n"}, false},
		{"a rune in two pieces", nil, []string{"x\xe2\x82", "\xac"}, []string{"x", "€"}, false},
		{"a rune that is never whole", nil, []string{"x\xe2\x82"}, []string{"x"}, false},
		{"a byte of no rune", nil, []string{"x\xff", "\xe2y"}, []string{"x\uFFFD", "\uFFFDy"}, false},
		{"nothing", nil, []string{"", ""}, nil, false},
		{"stop in a piece", endBefore("def"), []string{"a\n\nde", "f x", "y"}, []string{"a"}, true},
		{"stop decided late", endBefore("exit"), []string{"a\n", "e", "x", "i", "t"}, []string{"a"}, true},
		{"stop at once", func(string) (int, bool) { return 0, true }, []string{"a"}, nil, true},
		{"stop behind the text", func(string) (int, bool) { return 99, true }, []string{"ab"}, []string{"ab"}, true},
		{"stop before the text", func(string) (int, bool) { return -1, true }, []string{"ab"}, nil, true},
		{"stop within a rune", func(string) (int, bool) { return 2, true }, []string{"a€"}, []string{"a"}, true},
		{
			"stop before what was shown",
			func(s string) (int, bool) { return 1, len(s) > 4 },
			[]string{"abcd", "e"},
			[]string{"abcd"}, true,
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var deltas []string
			e := generation.NewEmitter(test.stop, func(_ int, d string) { deltas = append(deltas, d) }, 1)
			ended := false
			for _, p := range test.pieces {
				ended = e.Push(0, p)
			}
			if ended != test.ended {
				t.Errorf("ended = %v, want %v", ended, test.ended)
			}
			e.Finish(0)
			e.Finish(0)
			if !slices.Equal(deltas, test.deltas) {
				t.Errorf("deltas = %q, want %q", deltas, test.deltas)
			}
			if text := strings.Join(deltas, ""); e.Text(0) != text {
				t.Errorf("Text = %q, deltas make %q", e.Text(0), text)
			}
			if !e.Push(0, "more") {
				t.Error("a finished completion takes more text")
			}
		})
	}
}

func TestEmitterUnwatchedObeysStop(t *testing.T) {
	e := generation.NewEmitter(func(s string) (int, bool) { return 1, len(s) > 4 }, nil, 1)
	e.Push(0, "abcd")
	if !e.Push(0, "e") || e.Text(0) != "a" {
		t.Errorf("Text = %q, want what Stop left", e.Text(0))
	}
}

func TestEmitterKeepsIndicesApart(t *testing.T) {
	got := make([]string, 2)
	e := generation.NewEmitter(endBefore("end"), func(i int, d string) { got[i] += d }, 2)
	e.Push(0, "a\nen")
	e.Push(1, "b\nen")
	if !e.Push(0, "d") {
		t.Error("completion 0 did not end")
	}
	if e.Push(1, "try") {
		t.Error("completion 1 ended with completion 0")
	}
	e.Finish(1)
	if want := []string{"a", "b\nentry"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	for _, index := range []int{-1, 2} {
		if !e.Push(index, "x") || e.Text(index) != "" {
			t.Errorf("index %d is not refused", index)
		}
		e.Finish(index)
	}
}

// FuzzEmitter pushes a text in random pieces and checks what Emitter promises.
func FuzzEmitter(f *testing.F) {
	f.Add("    return a + b\n\n\ndef next():\n    pass\n", uint64(1))
	f.Add("a\xe2\x82\xac\xff\xe2 \u00a0\n\r\n\t", uint64(2))
	f.Add("if x:\n    y = \"größe\"\n\nde\ndef", uint64(3))
	f.Fuzz(func(t *testing.T, text string, seed uint64) {
		for _, stop := range []func(string) (int, bool){nil, endBefore("def")} {
			whole := generation.NewEmitter(stop, nil, 1)
			for i := range len(text) { // the smallest pieces: Stop sees every length
				if whole.Push(0, text[i:i+1]) {
					break
				}
			}
			whole.Finish(0)

			random := rand.New(rand.NewPCG(seed, 0))
			var got strings.Builder
			e := generation.NewEmitter(stop, func(index int, delta string) {
				if delta == "" || !utf8.ValidString(delta) {
					t.Errorf("delta %q", delta)
				}
				got.WriteString(delta)
			}, 1)
			for rest := text; rest != ""; {
				size := 1 + random.IntN(min(len(rest), 7))
				if e.Push(0, rest[:size]) {
					break
				}
				if !strings.HasPrefix(e.Text(0), got.String()) {
					t.Fatalf("shown %q of %q", got.String(), e.Text(0))
				}
				rest = rest[size:]
			}
			e.Finish(0)
			if got.String() != e.Text(0) {
				t.Errorf("deltas make %q, Text is %q", got.String(), e.Text(0))
			}
			if e.Text(0) != whole.Text(0) {
				t.Errorf("in pieces %q, whole %q", e.Text(0), whole.Text(0))
			}
		}
	})
}

func TestEmitterRandomPieces(t *testing.T) {
	alphabet := []string{"a", " ", "\n", "\t", "€", "\n\n", "def", "\ndef", "\xe2", "\x82", "é", "}"}
	random := rand.New(rand.NewPCG(7, 7))
	for range 2000 {
		var deltas strings.Builder
		e := generation.NewEmitter(endBefore("def"), func(_ int, d string) { deltas.WriteString(d) }, 1)
		for range random.IntN(20) {
			e.Push(0, alphabet[random.IntN(len(alphabet))])
		}
		e.Finish(0)
		if deltas.String() != e.Text(0) {
			t.Fatalf("deltas make %q, Text is %q", deltas.String(), e.Text(0))
		}
	}
}

func TestEstimateTokens(t *testing.T) {
	for text, want := range map[string]int{"": 0, "a": 1, "abc": 1, "abcd": 2, strings.Repeat("x", 300): 100} {
		if got := generation.EstimateTokens(text); got != want {
			t.Errorf("EstimateTokens of %d bytes = %d, want %d", len(text), got, want)
		}
	}
}
