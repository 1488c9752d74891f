package cli_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// Whatever a model answers to one prompt, the others are asked; and a resumed run asks again
// where there was no completion.
func TestEvalUnusableAnswers(t *testing.T) {
	var mu sync.Mutex
	var prompts []string // in the order of their first coming
	asked := map[string]int{}
	mended := false
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var body struct{ Prompt string }
		if err := json.NewDecoder(r.Body).Decode(&body); err != nil {
			t.Errorf("a request that is no JSON: %v", err)
		}
		mu.Lock()
		defer mu.Unlock()
		if asked[body.Prompt]++; asked[body.Prompt] == 1 {
			prompts = append(prompts, body.Prompt)
		}
		w.Header().Set("Content-Type", "application/json")
		text := "pass\n"
		switch {
		case body.Prompt == prompts[0]:
			text = strings.Repeat("y", 400_000)
		case body.Prompt == prompts[1] && !mended:
			_, _ = w.Write([]byte(`{"choices": []}`))
			return
		}
		_, _ = fmt.Fprintf(w, `{"choices": [{"text": %q, "finish_reason": "stop"}]}`, text)
	}))
	t.Cleanup(s.Close)
	home := t.TempDir()
	variables := environment(home, t.TempDir())
	dir := filepath.Join(home, "runs")
	r := mustRun(t, variables, "eval", "run", "--suite", "own", "--scenario", "python/cwe-022", "--scenario", "python/cwe-089", "--scenario", "python/cwe-502",
		"--method", "none", "--n", "1", "--generate-only", "--server", s.URL+"/v1", "--server-model", "m", "--dir", dir)
	for _, want := range []string{
		"seccoder: a model gave no completions for 1 of the run's batches:\nm, none, python/cwe-089/update-contact-fields, seed 1: ",
		": the answer cannot be used: the server answered with no completion\n",
		" has 2 of 3 samples, 2 of them not judged; seccoder eval resume run-",
	} {
		if r.code != 1 || !strings.Contains(r.errOut, want) {
			t.Errorf("exit code %d, want 1 and %q in\n%s", r.code, want, r.errOut)
		}
	}
	mu.Lock()
	if len(prompts) != 3 {
		mu.Unlock() // the server waits for it, and Cleanup for the server
		t.Fatalf("%d prompts came, want 3", len(prompts))
	}
	before := asked[prompts[0]] + asked[prompts[2]]
	mended = true
	mu.Unlock()
	r = mustRun(t, variables, "eval", "resume", "last", "--generate-only", "--dir", dir)
	if want := "3 of 3 samples are generated"; r.code != 0 || !strings.Contains(r.errOut, want) {
		t.Errorf("resumed: exit code %d, want 0 and %q in\n%s", r.code, want, r.errOut)
	}
	mu.Lock()
	defer mu.Unlock()
	if after := asked[prompts[0]] + asked[prompts[2]]; after != before || len(prompts) != 3 {
		t.Errorf("%d prompts, of which the good ones were asked for %d times, then %d", len(prompts), before, after)
	}
}

// What a server, or what stands in front of it, says of one prompt costs that prompt alone, and
// the message says why; of a prompt that is too long also what to do.
func TestEvalFailuresOfOnePrompt(t *testing.T) {
	for _, test := range []struct {
		name   string
		answer func(w http.ResponseWriter)
		asked  int
		want   []string
	}{
		{"web page", func(w http.ResponseWriter) {
			w.Header().Set("Content-Type", "text/html")
			_, _ = w.Write([]byte("<html><title>Try again later</title>"))
		}, 3, []string{": the answer cannot be used: the server answers with a web page (Try again later); does a proxy"}},
		{"error with status 200", func(w http.ResponseWriter) {
			w.Header().Set("Content-Type", "application/json")
			_, _ = w.Write([]byte(`{"error": {"message": "upstream is gone", "code": 503}}`))
		}, 3, []string{": the answer cannot be used: the server reports an error: upstream is gone\n"}},
		{"too long, llama.cpp", func(w http.ResponseWriter) {
			w.WriteHeader(http.StatusBadRequest)
			_, _ = w.Write([]byte(`{"error": {"code": 400, "message": "request (4001 tokens) is too large", "type": "exceed_context_size_error"}}`))
		}, 1, []string{": 400 Bad Request: the prompt does not fit the model's context: request (4001 tokens) is too large\n", "hint: for prompts that are too long, run it with --server-context N"}},
		{"too long, vLLM", func(w http.ResponseWriter) {
			w.WriteHeader(http.StatusBadRequest)
			_, _ = w.Write([]byte(`{"object": "error", "message": "This model's maximum context length is 2048 tokens.", "code": 400}`))
		}, 1, []string{"the prompt does not fit the model's context: This model's maximum", "hint: for prompts that are too long"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			var mu sync.Mutex
			asked := map[string]int{}
			s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				var body struct{ Prompt string }
				if err := json.NewDecoder(r.Body).Decode(&body); err != nil {
					t.Errorf("a request that is no JSON: %v", err)
				}
				mu.Lock()
				asked[body.Prompt]++
				mu.Unlock()
				if strings.Contains(body.Prompt, "sqlite3") {
					test.answer(w)
					return
				}
				w.Header().Set("Content-Type", "application/json")
				_, _ = w.Write([]byte(`{"choices": [{"text": "pass\n", "finish_reason": "stop"}]}`))
			}))
			t.Cleanup(s.Close)
			home := t.TempDir()
			r := mustRun(t, environment(home, t.TempDir()), "eval", "run", "--suite", "own", "--scenario", "python/cwe-022", "--scenario", "python/cwe-089", "--scenario", "python/cwe-502",
				"--method", "none", "--n", "1", "--generate-only", "--server", s.URL+"/v1", "--server-model", "m", "--dir", filepath.Join(home, "runs"))
			for _, want := range append(test.want, "no completions for 1 of the run's batches:\nm, none, python/cwe-089/update-contact-fields, seed 1: ", " has 2 of 3 samples") {
				if r.code != 1 || !strings.Contains(r.errOut, want) {
					t.Errorf("exit code %d, want 1 and %q in\n%s", r.code, want, r.errOut)
				}
			}
			mu.Lock()
			defer mu.Unlock()
			for prompt, n := range asked {
				if want := map[bool]int{true: test.asked, false: 1}[strings.Contains(prompt, "sqlite3")]; n != want {
					t.Errorf("asked %d times, want %d, for\n%s", n, want, prompt)
				}
			}
			if len(asked) != 3 {
				t.Errorf("%d prompts came, want 3", len(asked))
			}
		})
	}
}
