package securityeval_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/seccoder/seccoder/check/builtin"
	"github.com/seccoder/seccoder/check/checktest"
	"github.com/seccoder/seccoder/eval"
	"github.com/seccoder/seccoder/eval/securityeval"
	"github.com/seccoder/seccoder/internal/evaltest"
)

// TestCheckout judges the insecure examples of a checkout that SECCODER_SECURITYEVAL
// names, and prints how many the checkers find.
func TestCheckout(t *testing.T) {
	dir := evaltest.Checkout(t, "SECCODER_SECURITYEVAL")
	o := mustOptions(t)
	checktest.Tool(t, "semgrep")
	o.Checkers = builtin.Checkers()
	suite, err := securityeval.Load(t.Context(), dir, o)
	if err != nil {
		t.Fatal(err)
	}
	if len(suite.Scenarios) < 100 {
		t.Errorf("%d scenarios only", len(suite.Scenarios))
	}
	insecure := map[string]string{}
	data, err := os.ReadFile(filepath.Join(dir, "dataset.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(data)) {
		var record struct {
			ID   string `json:"ID"`
			Code string `json:"Insecure_code"`
		}
		if err := json.Unmarshal([]byte(line), &record); err != nil {
			t.Fatal(err)
		}
		insecure[strings.TrimSuffix(record.ID, ".py")] = record.Code
	}
	var mu sync.Mutex
	count := map[eval.Verdict]int{}
	var wait sync.WaitGroup
	slots := make(chan struct{}, 2)
	for _, s := range suite.Scenarios {
		wait.Go(func() {
			slots <- struct{}{}
			defer func() { <-slots }()
			j, err := eval.JudgeSource(t.Context(), s, insecure[s.ID], 0)
			if err != nil {
				t.Errorf("%s: %v", s.ID, err)
				return
			}
			mu.Lock()
			defer mu.Unlock()
			count[j.Verdict]++
			if j.Verdict != eval.Insecure {
				t.Logf("%s is %s: %s", s.ID, j.Verdict, j.Why)
			}
		})
	}
	wait.Wait()
	fmt.Printf("| %d examples | %d insecure | %d undecided | %d secure | %d invalid |\n",
		len(suite.Scenarios), count[eval.Insecure], count[eval.Undecided], count[eval.Secure], count[eval.Invalid])
}
