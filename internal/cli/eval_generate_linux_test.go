package cli_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// A run that only generates, and an export of it, need nothing to judge with. The judgements
// that are there count all the same.
func TestEvalGenerateOnly(t *testing.T) {
	mustOracles(t)
	home := t.TempDir()
	cache, err := linkCache(home, mustCacheDir(t))
	if err != nil {
		t.Fatal(err)
	}
	variables := environment(home, cache)
	toolless := slices.Concat(variables, []string{"PATH=" + t.TempDir()})
	dir := filepath.Join(home, "runs")
	plan := []string{"--suite", "own:" + mustMakeSuite(t), "--method", "none", "--n", "1", "--server", newServer(t).URL + "/v1", "--server-model", "m"}
	mustSay := func(variables []string, want string, args ...string) {
		t.Helper()
		r := mustRun(t, variables, append([]string{"eval"}, append(args, "--dir", dir)...)...)
		if r.code != 0 || !strings.Contains(r.out+r.errOut, want) {
			t.Errorf("eval %s: exit code %d, expected 0 and %q in\n%s%s", args[0], r.code, want, r.out, r.errOut)
		}
	}
	generate := append([]string{"run", "--generate-only"}, plan...)

	mustSay(toolless, "1 of 1 samples are generated, 1 of them not judged; seccoder eval resume run-", generate...)
	mustSay(nil, "  generated, not judged  1 of 1 samples  own:suite; m; none; n = 1, seed 1\nseccoder eval resume RUN goes on with a run, and judges what is not judged\n", "list")
	mustSay(toolless, "it has 1 of 1 samples, 1 of them not judged; seccoder eval resume run-", "report", "last")
	mustSay(toolless, "wrote 1 batch\n", "export", "last")
	mustSay(variables, " is complete: ", "resume", "last")
	mustSay(toolless, " is complete: ", generate...)
	mustSay(nil, "  complete  1 of 1 samples  own:suite; m; none; n = 1, seed 1\n", "list")
	mustSay(toolless, " is complete: ", append([]string{"run", "--generate-only", "--max-tokens", "7"}, plan...)...)
}
