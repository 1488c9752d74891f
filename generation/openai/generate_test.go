package openai_test

import (
	"fmt"
	"math"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/seccoder/seccoder/generation"
	"github.com/seccoder/seccoder/generation/openai"
)

func TestRequestBody(t *testing.T) {
	marks := openai.InfillForm{Prefix: "<p>", Suffix: "<s>", Middle: "<m>"}
	tests := []struct {
		name           string
		infill         openai.InfillForm
		prefix, behind string
		prompt, suffix string
	}{
		{"no suffix", marks, "x =", "", "demo\nx =", ""},
		{"marks", marks, "x =", "\ny", "<p>demo\nx =<s>\ny<m>", ""},
		{"the code holds a mark", marks, "x = '<s>'", "\ny", "demo\nx = '<s>'", ""},
		{"suffix parameter", openai.InfillForm{UseSuffix: true}, "x =", "\ny", "demo\nx =", "\ny"},
		{"cannot infill", openai.InfillForm{}, "x =", "\ny", "demo\nx =", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			f := newFake(t, func(w http.ResponseWriter, r *http.Request, _ int, _ map[string]any) {
				if r.URL.Path != "/v1/completions" {
					t.Errorf("asked %s", r.URL.Path)
				}
				event(w, text(0, "1", "stop"))
			})
			o := f.options(t)
			o.Infill = test.infill
			req := request(1)
			req.Demonstration, req.Prefix, req.Suffix = "demo\n", test.prefix, test.behind
			if _, err := mustNew(t, o).Generate(t.Context(), req); err != nil {
				t.Fatal(err)
			}
			body := f.seen()[0]
			suffix, _ := body["suffix"].(string)
			if body["prompt"] != test.prompt || suffix != test.suffix {
				t.Errorf("prompt %q, suffix %q", body["prompt"], suffix)
			}
			if got := mustNew(t, o).Render(req); got != test.prompt+test.suffix {
				t.Errorf("Render = %q", got)
			}
			for name, want := range map[string]any{"model": "m", "max_tokens": 20.0, "temperature": 0.4, "top_p": 0.95, "stream": true} {
				if body[name] != want {
					t.Errorf("%s = %v, want %v", name, body[name], want)
				}
			}
		})
	}
}

func TestRequestsThatMakeNoSense(t *testing.T) {
	g := mustNew(t, openai.Options{BaseURL: "http://127.0.0.1:1", Model: "m"})
	for name, change := range map[string]func(*generation.Request){
		"no completions": func(r *generation.Request) { r.N = 0 },
		"no tokens":      func(r *generation.Request) { r.MaxTokens = 0 },
		"cold":           func(r *generation.Request) { r.Temperature = -1 },
		"no number":      func(r *generation.Request) { r.Temperature = math.NaN() },
		"top-p":          func(r *generation.Request) { r.TopP = 1.5 },
	} {
		t.Run(name, func(t *testing.T) {
			req := request(1)
			change(&req)
			if _, err := g.Generate(t.Context(), req); err == nil {
				t.Error("no error")
			}
		})
	}
}

func TestChoicesComeMixed(t *testing.T) {
	f := newFake(t, func(w http.ResponseWriter, _ *http.Request, _ int, _ map[string]any) {
		event(w, text(2, "c", ""))
		event(w, text(0, "a", ""))
		event(w, text(1, "b", "length"))
		event(w, text(0, "A", "stop"))
		event(w, text(2, "C", "stop"))
		event(w, `{"choices":[],"usage":{"prompt_tokens":9,"completion_tokens":5,"prompt_tokens_details":{"cached_tokens":4}}}`)
		event(w, "[DONE]")
	})
	got := deltas{}
	req := request(3)
	req.OnText = got.add
	r, err := mustNew(t, f.options(t)).Generate(t.Context(), req)
	if err != nil {
		t.Fatal(err)
	}
	if texts(r) != "end:aA|length:b|end:cC" {
		t.Errorf("completions %s", texts(r))
	}
	got.check(t, r)
	if u := r.Usage; u.PromptTokens != 9 || u.CompletionTokens != 5 || u.CachedTokens != 4 {
		t.Errorf("usage %+v", u)
	}
	if r.Completions[0].Tokens != 2 {
		t.Errorf("tokens %d", r.Completions[0].Tokens)
	}
}

// Servers that will not or cannot make n choices get a request for each, with a
// seed of its own, and are remembered.
func TestOneChoiceServers(t *testing.T) {
	// over is called before the end is sent, which the client does not wait behind.
	one := func(w http.ResponseWriter, body map[string]any, over func()) {
		time.Sleep(5 * time.Millisecond) // what was sent at one time is here at one time
		event(w, text(0, fmt.Sprint(body["seed"]), "stop"))
		over()
		event(w, "[DONE]")
	}
	tests := map[string]func(w http.ResponseWriter, body map[string]any, over func()){
		"n is refused": func(w http.ResponseWriter, body map[string]any, over func()) {
			if body["n"] != nil {
				over()
				http.Error(w, `{"error":{"message":"only one completion choice is allowed"}}`, http.StatusBadRequest)
				return
			}
			one(w, body, over)
		},
		"n is ignored": one,
	}
	for name, answer := range tests {
		t.Run(name, func(t *testing.T) {
			var now, most atomic.Int32
			f := newFake(t, func(w http.ResponseWriter, _ *http.Request, _ int, body map[string]any) {
				if n := now.Add(1); n > most.Load() {
					most.Store(n)
				}
				answer(w, body, func() { now.Add(-1) })
			})
			o := f.options(t)
			o.Parallel = 2
			g := mustNew(t, o)
			got := deltas{}
			req := request(5)
			req.OnText = got.add
			first, err := g.Generate(t.Context(), req)
			if err != nil {
				t.Fatal(err)
			}
			got.check(t, first)
			different := map[string]bool{}
			for _, c := range first.Completions {
				different[c.Text] = true
			}
			if len(different) != 5 {
				t.Errorf("seeds %s, want five", texts(first))
			}
			if most.Load() > 2 {
				t.Errorf("%d requests at a time", most.Load())
			}
			before := len(f.seen())
			second, err := g.Generate(t.Context(), request(5))
			if err != nil {
				t.Fatal(err)
			}
			if texts(second) != texts(first) {
				t.Errorf("the same seed gave %s, then %s", texts(first), texts(second))
			}
			if more := len(f.seen()) - before; more != 5 {
				t.Errorf("%d requests the second time, want no attempt at n", more)
			}
		})
	}
}

func TestSeedsDoNotOverlap(t *testing.T) {
	f := newFake(t, func(w http.ResponseWriter, _ *http.Request, _ int, _ map[string]any) { event(w, text(0, "1", "stop")) })
	g := mustNew(t, f.options(t))
	for seed := range uint64(3) {
		req := request(1)
		req.Seed = seed
		if _, err := g.Generate(t.Context(), req); err != nil {
			t.Fatal(err)
		}
	}
	var last float64
	for _, body := range f.seen() {
		seed := body["seed"].(float64)
		if math.Abs(seed-last) < 1000 || seed < 0 || seed >= 1<<31 {
			t.Errorf("seed %v after %v", seed, last)
		}
		last = seed
	}
}

func TestServerWithoutSomeFields(t *testing.T) {
	f := newFake(t, func(w http.ResponseWriter, _ *http.Request, _ int, body map[string]any) {
		switch {
		case body["stream_options"] != nil:
			http.Error(w, `{"detail":"extra field stream_options"}`, http.StatusUnprocessableEntity)
		case body["seed"] != nil:
			http.Error(w, `{"message":"unknown parameter: seed"}`, http.StatusBadRequest)
		case body["max_tokens"] != nil:
			http.Error(w, `{"error":{"message":"use 'max_completion_tokens' instead"}}`, http.StatusBadRequest)
		default:
			event(w, text(0, "1", "stop"))
		}
	})
	g := mustNew(t, f.options(t))
	for range 2 {
		if _, err := g.Generate(t.Context(), request(1)); err != nil {
			t.Fatal(err)
		}
	}
	if n := len(f.seen()); n != 5 {
		t.Errorf("%d requests, want 4 to learn and 1 to know", n)
	}
}

// Once Stop has ended every completion, the server is told by a closed connection.
func TestStopCancelsTheRequest(t *testing.T) {
	gone := make(chan struct{})
	f := newFake(t, func(w http.ResponseWriter, r *http.Request, _ int, _ map[string]any) {
		event(w, text(0, " 1\n", ""))
		event(w, text(1, " 2\n", ""))
		event(w, text(0, "def", ""))
		event(w, text(1, "def", ""))
		<-r.Context().Done()
		close(gone)
	})
	got := deltas{}
	req := request(2)
	req.OnText = got.add
	req.Stop = func(s string) (int, bool) {
		at := strings.Index(s, "\ndef")
		return at, at >= 0
	}
	r, err := mustNew(t, f.options(t)).Generate(t.Context(), req)
	if err != nil {
		t.Fatal(err)
	}
	<-gone
	if texts(r) != "stop: 1|stop: 2" {
		t.Errorf("completions %s", texts(r))
	}
	got.check(t, r)
	if r.Completions[0].Tokens != 2 || r.Usage.CompletionTokens != 4 || r.Usage.PromptTokens != 0 {
		t.Errorf("tokens %d, usage %+v", r.Completions[0].Tokens, r.Usage)
	}
}

func TestAnswerThatIsNotStreamed(t *testing.T) {
	f := newFake(t, func(w http.ResponseWriter, _ *http.Request, _ int, _ map[string]any) {
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
		fmt.Fprint(w, `{"choices":[{"index":1,"text":"b","finish_reason":"length"},{"index":0,"text":"a\ndef","finish_reason":"stop"}],"usage":{"prompt_tokens":3,"completion_tokens":7}}`)
	})
	req := request(2)
	req.Stop = func(s string) (int, bool) {
		at := strings.Index(s, "\ndef")
		return at, at >= 0
	}
	r, err := mustNew(t, f.options(t)).Generate(t.Context(), req)
	if err != nil {
		t.Fatal(err)
	}
	if texts(r) != "stop:a|length:b" || r.Usage.CompletionTokens != 7 {
		t.Errorf("completions %s, usage %+v", texts(r), r.Usage)
	}
}
