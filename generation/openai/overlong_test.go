package openai_test

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/seccoder/seccoder/generation"
	"github.com/seccoder/seccoder/generation/openai"
)

// What a server sends beyond all that the tokens could hold is cut off, however it comes, and
// the completion ends as at the limit of tokens.
func TestOverlongAnswers(t *testing.T) {
	whole := func(choices ...string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			_, _ = fmt.Fprintf(w, `{"choices":[%s]}`, strings.Join(choices, ","))
		}
	}
	pieces := func(index, n int, piece string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			for range n {
				event(w, text(index, piece, ""))
			}
		}
	}
	choice := func(index int, s string) string {
		return fmt.Sprintf(`{"index":%d,"text":%s,"message":{"content":%s},"finish_reason":"stop"}`, index, quote(s), quote(s))
	}
	long := strings.Repeat("x = 'ä€\\\"\u2028'\n", 50_000) // some 1 MB, escaped here and there
	tests := []struct {
		name   string
		n      int
		api    string
		answer http.HandlerFunc
		want   string // of the last completion; a long one where it is empty
	}{
		{"many events", 1, openai.APICompletions, pieces(0, 400, strings.Repeat("y", 1000)), ""},
		{"one event", 1, openai.APICompletions, func(w http.ResponseWriter, _ *http.Request) { event(w, text(0, long, "stop")) }, ""},
		{"not streamed", 2, openai.APICompletions, whole(choice(0, long), choice(1, long)), ""},
		{"chat", 1, openai.APIChat, whole(choice(0, long)), ""},
		{"one of two", 2, openai.APICompletions, whole(choice(0, long), choice(1, "1")), "end:1"},
		{"one of two, in turn", 2, openai.APICompletions, func(w http.ResponseWriter, r *http.Request) {
			pieces(0, 100, strings.Repeat("y", 1000))(w, r)
			event(w, text(1, "1", "stop"))
			event(w, text(0, "y", "length"))
			event(w, "[DONE]")
		}, "end:1"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			f := newFake(t, func(w http.ResponseWriter, r *http.Request, _ int, _ map[string]any) { test.answer(w, r) })
			o := f.options(t)
			o.API = test.api
			req, got := request(test.n), deltas{}
			req.OnText = got.add
			r, err := mustNew(t, o).Generate(t.Context(), req)
			if err != nil {
				t.Fatal(err)
			}
			got.check(t, r)
			mustBeCut(t, r.Completions[0])
			switch last := r.Completions[test.n-1]; {
			case test.want == "":
				mustBeCut(t, last)
			case string(last.Finish)+":"+last.Text != test.want:
				t.Errorf("the last completion is %s:%.20q, want %s", last.Finish, last.Text, test.want)
			}
			if n := len(f.seen()); n != 1 {
				t.Errorf("%d requests", n)
			}
		})
	}
}

// However large a text may be, and however it is written, one in a single event is cut too.
func TestOverlongEvents(t *testing.T) {
	for name, test := range map[string]struct {
		tokens int
		text   string
	}{
		"many tokens": {8000, strings.Repeat("y", 2_300_000)},
		"escapes":     {1000, strings.Repeat("\u2028", 350_000)},
	} {
		t.Run(name, func(t *testing.T) {
			f := newFake(t, func(w http.ResponseWriter, _ *http.Request, _ int, _ map[string]any) {
				event(w, text(0, test.text, "stop"))
			})
			req := request(1)
			req.MaxTokens = test.tokens
			r, err := mustNew(t, f.options(t)).Generate(t.Context(), req)
			if err != nil {
				t.Fatal(err)
			}
			mustBeCutAt(t, r.Completions[0], 64<<10+256*test.tokens)
		})
	}
}

func mustBeCut(t *testing.T, c generation.Completion) {
	t.Helper()
	mustBeCutAt(t, c, 64<<10+256*20)
}

func mustBeCutAt(t *testing.T, c generation.Completion, most int) {
	t.Helper()
	if c.Finish != generation.FinishLength || len(c.Text) > most || len(c.Text) < most-10 || !utf8.ValidString(c.Text) {
		t.Errorf("a completion of %d bytes ended by %q, want %d bytes and %q", len(c.Text), c.Finish, most, generation.FinishLength)
	}
}

// A server that would go on for ever is left, and is asked for several completions at once
// the next time too.
func TestEndlessAnswers(t *testing.T) {
	left := make(chan struct{}, 3)
	f := newFake(t, func(w http.ResponseWriter, r *http.Request, i int, body map[string]any) {
		if i > 0 && body["n"] == nil { // the second of the two
			event(w, text(0, "1", "stop"))
			return
		}
		for r.Context().Err() == nil {
			event(w, text(0, strings.Repeat("x", 10_000), ""))
		}
		left <- struct{}{}
	})
	g := mustNew(t, f.options(t))
	for _, n := range []int{1, 2, 2} {
		before := len(f.seen())
		r, err := g.Generate(t.Context(), request(n))
		if err != nil {
			t.Fatal(err)
		}
		mustBeCut(t, r.Completions[0])
		if n == 2 && r.Completions[1].Text != "1" {
			t.Errorf("the other completion is %q", r.Completions[1].Text)
		}
		if asked := f.seen()[before]["n"]; n == 2 && asked != 2.0 {
			t.Fatalf("asked for n = %v, want 2", asked)
		}
		<-left
	}
}

// Only the texts are shortened: what stands around them, and what a line of another kind
// holds, reaches the parser.
func TestShortenedStream(t *testing.T) {
	body := ": don't \"stop\n\ndata: " + text(0, strings.Repeat("\"", 100_000), "") + "\n\ndata: [DONE]\n\n"
	f := newFake(t, func(w http.ResponseWriter, _ *http.Request, _ int, _ map[string]any) {
		w.Header().Set("Content-Type", "text/event-stream")
		_, _ = io.WriteString(w, body)
	})
	r, err := mustNew(t, f.options(t)).Generate(t.Context(), request(1))
	if err != nil {
		t.Fatal(err)
	}
	mustBeCut(t, r.Completions[0])
}
