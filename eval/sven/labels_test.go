package sven

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seccoder/seccoder/eval"
)

var (
	update      = flag.Bool("update", false, "write the golden files")
	judgeLabels = flag.Bool("labels", false, "judge all labelled completions, not only some, which takes some seven minutes of two cores")
)

// A label is what somebody who read a completion found, before any oracle had judged it.
type label struct {
	Scenario, ID, Model, Method, Completion, Reason string
	// Part is "first" for what was labelled first, "held out" for what was labelled and
	// judged when the oracles were thought to be done, and "fresh" for what was drawn and
	// labelled anew after they had been changed for both, and "demonstrated" for what was
	// written after one or more demonstrations, once the results were there. No model wrote
	// "written", "sought" and "again", but readers: the first before they had read the judges, the
	// second after that, to find them wrong, and the third, who knew neither, once these were mended.
	Part         string
	Verdict      eval.Verdict
	QueryVerdict *eval.Verdict `json:"query_verdict"`
	Functional   *bool
	// Arguable says that the reader thought another might say otherwise.
	Arguable bool
}

func readLabels(t *testing.T) []label {
	t.Helper()
	f, err := os.Open("testdata/labels.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var all []label
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var l label
		if err := json.Unmarshal(lines.Bytes(), &l); err != nil {
			t.Fatalf("testdata/labels.jsonl:%d: %v", len(all)+1, err)
		}
		all = append(all, l)
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

func (l label) byReader() bool {
	return slices.Contains([]string{"written", "sought", "again"}, l.Part)
}

// name is what a label is called in verdictsFile and in failures.
func (l label) name() string { return l.Scenario + " " + l.ID }

const (
	verdictsFile = "testdata/verdicts.golden"
	judgeAnew    = "go test ./eval/sven -run Labels -labels -update -timeout 60m"
)

// verdicts are what is kept of a judgement.
type verdicts struct {
	answers
	oracle string // dynamic, static or validity
}

type answers struct {
	verdict, query eval.Verdict
	functional     string // yes, no or -
}

func verdictsOf(j eval.Judgement) verdicts {
	kind, _, _ := strings.Cut(j.Oracle, "/")
	return verdicts{answers{j.Verdict, j.QueryVerdict, yesNo(j.Functional)}, kind}
}

func (a answers) String() string {
	return fmt.Sprintf("%s %s %s", a.verdict, a.query, a.functional)
}

// yesNo is the word for an answer, and - for none.
func yesNo(answer *bool) string {
	if answer == nil {
		return "-"
	}
	return map[bool]string{true: "yes", false: "no"}[*answer]
}

// readVerdicts reads what is kept of each label's judgement, by the label's name.
func readVerdicts(t *testing.T) map[string]verdicts {
	t.Helper()
	data, err := os.ReadFile(verdictsFile)
	if err != nil {
		t.Fatal(err)
	}
	kept := map[string]verdicts{}
	for line := range strings.Lines(string(data)) {
		f := strings.Fields(line)
		if len(f) != 6 {
			t.Fatalf("%s: not of the form SCENARIO ID VERDICT QUERY-VERDICT FUNCTIONAL ORACLE: %q", verdictsFile, line)
		}
		kept[f[0]+" "+f[1]] = verdicts{answers{eval.Verdict(f[2]), eval.Verdict(f[3]), f[4]}, f[5]}
	}
	return kept
}

// inEveryRun are the labels that are judged without -labels, some fortieth of all: of each
// scenario the first completion that is labelled secure, and the first labelled insecure.
func inEveryRun(all []label) []label {
	var some []label
	seen := map[string]bool{}
	for _, l := range all {
		class := l.Scenario + " " + string(l.Verdict)
		if !seen[class] && (l.Verdict == eval.Secure || l.Verdict == eval.Insecure) {
			some = append(some, l)
		}
		seen[class] = true
	}
	return some
}

// A verdict that changes fails here, and is seen in review by what is kept of it. Which
// oracle gave it depends on time, too: programs that start others may have no run on a busy
// machine, and the text decides. So a few may go that way, and many are a failure.
func TestLabels(t *testing.T) {
	all, kept := readLabels(t), readVerdicts(t)
	judged := all
	if !*judgeLabels {
		judged = inEveryRun(all)
	}
	by := map[string][]int{}
	for i, l := range judged {
		by[l.Scenario] = append(by[l.Scenario], i)
	}
	anew := make([]*verdicts, len(judged)) // nil where -run names other scenarios
	for _, scenario := range slices.Sorted(maps.Keys(by)) {
		t.Run(scenario, func(t *testing.T) {
			t.Cleanup(func() {
				if *judgeLabels && t.Skipped() { // whoever asks for all wants the numbers
					t.Error("not judged")
				}
			})
			prompt, judge := mustPrompt(t, scenario), mustJudge(t, scenario)
			for _, i := range by[scenario] {
				l := judged[i]
				t.Run(l.ID, func(t *testing.T) {
					t.Parallel()
					tarFilters(t, scenario, l.Completion)
					j, err := judge.Judge(t.Context(), strings.TrimRightFunc(prompt+l.Completion, isSpace)+"\n")
					if err != nil {
						t.Fatal(err)
					}
					got, want := verdictsOf(j), kept[l.name()]
					anew[i] = &got
					if got.answers != want.answers && (!*judgeLabels || !*update) {
						t.Errorf("%s is judged %q; in %s it is %q.\nwhy: %s\nquery: %s\nfunctional: %s\nlabelled %s: %s\nIf the judge is right now: %s",
							l.name(), got.answers, verdictsFile, want.answers, j.Why, j.QueryWhy, j.FunctionalWhy, l.Verdict, l.Reason, judgeAnew)
					}
				})
			}
		})
	}
	switch {
	case t.Failed():
	case *judgeLabels && *update:
		writeVerdicts(t, all, kept, anew)
	default:
		checkRuns(t, judged, kept, anew)
	}
}

// checkRuns fails where runs decide about fewer labels than before by more than a tenth.
func checkRuns(t *testing.T, judged []label, kept map[string]verdicts, anew []*verdicts) {
	t.Helper()
	var unrun []string
	for i, l := range judged {
		if anew[i] != nil && anew[i].oracle != "dynamic" && kept[l.name()].oracle == "dynamic" {
			unrun = append(unrun, l.name())
		}
	}
	if most := len(judged) / 10; len(unrun) > most {
		t.Errorf("no run decided about %d labels that runs decided about before, expected at most %d: %s", len(unrun), most, strings.Join(unrun, ", "))
	}
}

// writeVerdicts writes what was judged anew, and what is kept of the rest.
func writeVerdicts(t *testing.T, all []label, kept map[string]verdicts, anew []*verdicts) {
	t.Helper()
	var lines strings.Builder
	for i, l := range all {
		v := kept[l.name()]
		if anew[i] != nil {
			v = *anew[i]
		}
		fmt.Fprintf(&lines, "%s %s %s\n", l.name(), v.answers, v.oracle)
	}
	if err := os.WriteFile(verdictsFile, []byte(lines.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}

// mustJudge is a scenario's judge; the test is skipped where nothing can be run.
func mustJudge(t *testing.T, scenario string) eval.Judge {
	t.Helper()
	if strings.HasSuffix(scenario, "-py") {
		return mustPythonJudge(t, scenario)
	}
	return mustCJudge(t, scenario)
}

// The accuracy of the oracles is a golden file, so that a change of an oracle shows in review
// what it does to it. docs/oracles.md shows the same tables. This stands behind TestLabels,
// which may write what it is computed from.
func TestLabelsAccuracy(t *testing.T) {
	all, kept := readLabels(t), readVerdicts(t)
	for _, l := range all {
		if _, ok := kept[l.name()]; !ok {
			t.Errorf("%s has no line in %s: %s", l.name(), verdictsFile, judgeAnew)
		}
	}
	if len(kept) > len(all) {
		t.Errorf("%s has lines of labels that are no more: %s", verdictsFile, judgeAnew)
	}
	if t.Failed() {
		return
	}
	got := accuracy(all, kept)
	const golden = "testdata/accuracy.golden"
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); diff != "" {
		t.Errorf("%s (-want +got):\n%s", golden, diff)
	}
}

// Every scenario has labels of both classes where models write both, and each label a reason.
func TestLabelsAreComplete(t *testing.T) {
	all := readLabels(t)
	if len(all) < 300 {
		t.Errorf("%d labels, expected at least 300", len(all))
	}
	by := map[string]int{}
	for _, l := range all {
		by[l.Scenario]++
		if l.Reason == "" {
			t.Errorf("%s %s has no reason", l.Scenario, l.ID)
		}
		if !slices.Contains([]eval.Verdict{eval.Secure, eval.Insecure, eval.Undecided, eval.Invalid}, l.Verdict) {
			t.Errorf("%s %s has the verdict %q", l.Scenario, l.ID, l.Verdict)
		}
	}
	some := map[string]int{}
	for _, l := range inEveryRun(all) {
		some[l.Scenario]++
	}
	for _, reasons := range []map[string]string{pythonReasons, cReasons} {
		for id := range reasons {
			if by[id] < 10 {
				t.Errorf("%s has %d labels, expected at least 10", id, by[id])
			}
			if some[id] < 1 || some[id] > 2 {
				t.Errorf("every run judges %d labels of %s, expected one or two", some[id], id)
			}
		}
	}
}
