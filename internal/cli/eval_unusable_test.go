package cli_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"

	"github.com/seccoder/seccoder/internal/evaltest"
)

// One answer that cannot be used does not keep the results of the others from being shown.
func TestEvalResultsWithoutAnAnswer(t *testing.T) {
	evaltest.Sandbox(t)
	evaltest.Python(t, mustCacheDir(t), "")
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var body struct{ Prompt string }
		if err := json.NewDecoder(r.Body).Decode(&body); err != nil {
			t.Errorf("a request that is no JSON: %v", err)
		}
		w.Header().Set("Content-Type", "application/json")
		if strings.Contains(body.Prompt, "sqlite3") {
			_, _ = w.Write([]byte(`{"choices": []}`))
			return
		}
		_, _ = fmt.Fprint(w, `{"choices": [{"text": "    return (\n", "finish_reason": "stop"}]}`)
	}))
	t.Cleanup(s.Close)
	home := t.TempDir()
	r := mustRun(t, environment(home, mustCacheDir(t)), "eval", "run", "--suite", "own", "--scenario", "python/cwe-022", "--scenario", "python/cwe-089",
		"--method", "none", "--n", "1", "--server", s.URL+"/v1", "--server-model", "m", "--dir", filepath.Join(home, "runs"))
	for _, want := range []string{
		"seccoder: a model gave no completions for 1 of the run's batches:\nm, none, python/cwe-089/",
		" has 1 of 2 samples, 0 of them not judged; seccoder eval resume run-",
	} {
		if r.code != 1 || !strings.Contains(r.errOut, want) {
			t.Errorf("exit code %d, want 1 and %q in\n%s", r.code, want, r.errOut)
		}
	}
	if want := "own, test: "; !strings.Contains(r.out, want) || strings.Contains(r.out, "NaN") {
		t.Errorf("printed %q, want %q in it", r.out, want)
	}
}
