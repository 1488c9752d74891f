package cli

import (
	"encoding/json"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/seccoder/seccoder/eval"
)

// planText is that of a run that measures a lot.
const planText = `name = "run"
suites = ["sven:/data/sven", "own", "own:/home/me/mine"]
scenarios = ["validation"]
models = ["qwen2.5-coder-0.5b", "/models/big.gguf"]
n = 25
seeds = [1, 100]

[[method]]
retriever = "none"

[[method]]
retriever = "default"

[[method]]
retriever = "fused"
k = [1, 2, 3, 4]
`

func runRecord(id, plan string) eval.RunRecord {
	at := time.Date(2026, 11, 29, 9, 5, 20, 0, time.Local)
	return eval.RunRecord{ID: id, Plan: plan, StartedAt: at, UpdatedAt: at, Wanted: 8, Done: 4}
}

// What a run measures tells it from the others: all of it in a pipe, as much as the line
// holds on a terminal.
func TestPrintRuns(t *testing.T) {
	small := runRecord("run-000001", "suites = [\"own\"]\nmodels = [\"m\"]\nn = 2\n[[method]]\nretriever = \"none\"\n")
	small.Limit = 4
	mixed := runRecord("run-000003", "suites = [\"own\", \"sven:/data\"]\nmodels = [\"m\"]\n[[method]]\nretriever = \"none\"\n[suite.sven]\nn = 100\n")
	runs := []eval.RunRecord{small, runRecord("run-000002", planText), mixed, runRecord("run-000004", "no plan")}
	const whole = `run-000001  2026-11-29 09:05  unfinished  4 of 8 samples  own (--limit 4); m; none; n = 2, seed 1
run-000002  2026-11-29 09:05  unfinished  4 of 8 samples  sven, own, own:mine (validation); qwen2.5-coder-0.5b, big.gguf; none, default, fused, fused-k2, fused-k3, fused-k4; n = 25, seeds 1 100
run-000003  2026-11-29 09:05  unfinished  4 of 8 samples  own, sven; m; none; own n = 25, seed 1; sven n = 100, seed 1
run-000004  2026-11-29 09:05  unfinished  4 of 8 samples  a plan of another version
`
	var printed strings.Builder
	if err := printRuns(&printed, runs, 0); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(whole, printed.String()); diff != "" {
		t.Errorf("in a pipe (-want +got):\n%s", diff)
	}
	printed.Reset()
	if err := printRuns(&printed, runs, 120); err != nil {
		t.Fatal(err)
	}
	cut := strings.Split(printed.String(), "\n")
	const want = "run-000002  2026-11-29 09:05  unfinished  4 of 8 samples  sven, …tion); qwen2.….gguf; none, …sed-k4; n = 25, seeds 1 100"
	if cut[1] != want || utf8.RuneCountInString(want) != 120 {
		t.Errorf("on a terminal of 120 columns:\n%s\nexpected\n%s", cut[1], want)
	}
	if wanted := strings.Split(whole, "\n"); cut[0] != wanted[0] || cut[2] != wanted[2] {
		t.Errorf("what fits was cut:\n%s\n%s", cut[0], cut[2])
	}
	printed.Reset()
	if err := printRuns(&printed, []eval.RunRecord{runRecord("größe-0002", planText)}, 120); err != nil {
		t.Fatal(err)
	}
	if got, wanted := strings.TrimSpace(printed.String()), strings.Replace(want, "run-000002", "größe-0002", 1); got != wanted {
		t.Errorf("with letters of two bytes:\n%s\nexpected\n%s", got, wanted)
	}
}

// As JSON everything is there, with the folders.
func TestMeasuredAsJSON(t *testing.T) {
	r := runRecord("run-000002", planText)
	got, err := json.Marshal(runReport{r, measuredOf(r), false})
	if err != nil {
		t.Fatal(err)
	}
	const want = `"suites":[{"suite":"sven:/data/sven","n":25,"seeds":[1,100]},{"suite":"own","n":25,"seeds":[1,100]},{"suite":"own:/home/me/mine","n":25,"seeds":[1,100]}],` +
		`"scenarios":["validation"],"models":["qwen2.5-coder-0.5b","/models/big.gguf"],"methods":["none","default","fused","fused-k2","fused-k3","fused-k4"],"complete":false}`
	if !strings.HasSuffix(string(got), want) {
		t.Errorf("got  %s\nexpected at the end %s", got, want)
	}
	r.Plan = "no plan"
	if got, err := json.Marshal(measuredOf(r)); err != nil || string(got) != `{"suites":[],"models":[],"methods":[]}` {
		t.Errorf("of a plan that cannot be read: %s, %v", got, err)
	}
}
