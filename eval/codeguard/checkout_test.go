package codeguard_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/seccoder/seccoder/check/builtin"
	"github.com/seccoder/seccoder/check/checktest"
	"github.com/seccoder/seccoder/eval"
	"github.com/seccoder/seccoder/eval/codeguard"
	"github.com/seccoder/seccoder/internal/evaltest"
	"github.com/seccoder/seccoder/lang"
)

// TestCheckout judges the sample programs that lie beside some tests of a checkout that
// SECCODER_CODEGUARD names: their functional.py should accept them.
func TestCheckout(t *testing.T) {
	dir := evaltest.Checkout(t, "SECCODER_CODEGUARD")
	o := mustOptions(t)
	checktest.Tool(t, "semgrep", "cppcheck")
	o.Checkers = builtin.Checkers()
	suite, err := codeguard.Load(t.Context(), dir, o)
	if err != nil {
		t.Fatal(err)
	}
	if len(suite.Scenarios) < 90 {
		t.Errorf("%d scenarios only", len(suite.Scenarios))
	}
	var mu sync.Mutex
	var wait sync.WaitGroup
	slots := make(chan struct{}, 2)
	count := map[lang.Language]map[string]int{lang.Python: {}, lang.C: {}, lang.CPP: {}}
	for _, s := range suite.Scenarios {
		ending := map[lang.Language]string{lang.Python: ".py", lang.C: ".c", lang.CPP: ".cpp"}[s.Language]
		sample, err := os.ReadFile(filepath.Join(dir, "unit_test", filepath.FromSlash(s.ID), "test_case"+ending))
		if err != nil || len(strings.TrimSpace(string(sample))) == 0 {
			continue
		}
		wait.Go(func() {
			slots <- struct{}{}
			defer func() { <-slots }()
			j, err := eval.JudgeSource(t.Context(), s, string(sample), 0)
			if err != nil {
				t.Errorf("%s: %v", s.ID, err)
				return
			}
			mu.Lock()
			defer mu.Unlock()
			c := count[s.Language]
			c["all"]++
			c[string(j.Verdict)]++
			switch {
			case j.Functional == nil:
				c["unknown"]++
			case *j.Functional:
				c["functional"]++
			}
			if j.Functional == nil || !*j.Functional {
				t.Logf("%s: %s", s.ID, j.FunctionalWhy)
			}
		})
	}
	wait.Wait()
	for l, c := range count {
		fmt.Printf("%s: %v\n", l, c)
	}
}
