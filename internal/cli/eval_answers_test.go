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
		"seccoder: a model's answers could not be used for 1 of the run's batches:\nm, none, python/cwe-089/update-contact-fields, seed 1: ",
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
