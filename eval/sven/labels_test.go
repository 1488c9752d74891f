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
	"golang.org/x/sync/errgroup"

	"github.com/seccoder/seccoder/eval"
	"github.com/seccoder/seccoder/eval/pyenv"
	"github.com/seccoder/seccoder/internal/evaltest"
)

var (
	update      = flag.Bool("update", false, "write the golden files")
	judgeLabels = flag.Bool("labels", false, "judge all labelled completions, which takes minutes")
)

// A label is what somebody who read a completion found, before any oracle had judged it.
type label struct {
	Scenario, ID, Model, Method, Completion, Reason string
	// Part is "first" for what was labelled first, "held out" for what was labelled and
	// judged when the oracles were thought to be done, and "fresh" for what was drawn and
	// labelled anew after they had been changed for both.
	Part         string
	Verdict      eval.Verdict
	QueryVerdict *eval.Verdict `json:"query_verdict"`
	Functional   *bool
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

// A score counts the judgements of one scenario.
type score struct {
	labels, right               int
	dynamic, dynamicRight       int
	static, staticRight         int
	insecure, called, truly     int // labelled insecure; judged insecure; both
	functional, functionalRight int
	query, queryRight           int
	parts, partsRight           map[string]int
}

func (s *score) add(l label, j eval.Judgement) {
	right := j.Verdict == l.Verdict
	s.labels++
	count(&s.right, right)
	kind, _, _ := strings.Cut(j.Oracle, "/")
	switch kind {
	case "dynamic":
		s.dynamic++
		count(&s.dynamicRight, right)
	case "static":
		s.static++
		count(&s.staticRight, right)
	}
	count(&s.insecure, l.Verdict == eval.Insecure)
	count(&s.called, j.Verdict == eval.Insecure)
	count(&s.truly, right && l.Verdict == eval.Insecure)
	if l.Functional != nil && l.Verdict != eval.Invalid {
		s.functional++
		count(&s.functionalRight, j.Functional != nil && *j.Functional == *l.Functional)
	}
	if l.QueryVerdict != nil {
		s.query++
		count(&s.queryRight, j.QueryVerdict == *l.QueryVerdict)
	}
	s.parts[l.Part]++
	if right {
		s.partsRight[l.Part]++
	}
}

func newScore() *score { return &score{parts: map[string]int{}, partsRight: map[string]int{}} }

func count(n *int, is bool) {
	if is {
		*n++
	}
}

func (s *score) row(name string) string {
	of := func(a, b int) string {
		if b == 0 {
			return "–"
		}
		return fmt.Sprintf("%d of %d", a, b)
	}
	return fmt.Sprintf("| %s | %s | %s | %s | %s | %s | %s | %s |\n", name, of(s.right, s.labels), of(s.dynamicRight, s.dynamic), of(s.staticRight, s.static),
		of(s.truly, s.called), of(s.truly, s.insecure), of(s.functionalRight, s.functional), of(s.queryRight, s.query))
}

// The accuracy of the oracles is a golden file, so that a change of an oracle shows in review
// what it does to it. docs/oracles.md shows the same table.
func TestLabels(t *testing.T) {
	if !*judgeLabels {
		t.Skip("the labelled completions are judged on demand: -labels")
	}
	dir := evaltest.SVEN(t)
	// Whoever asks for this wants the numbers: no Python is a failure here.
	env, err := pyenv.Ensure(t.Context(), evaltest.CacheDir(t, "seccoder"), pyenv.Options{})
	if err != nil {
		t.Fatal(err)
	}
	suite, err := Load(dir, Oracles{Sandbox: evaltest.Sandbox(t), Python: env})
	if err != nil {
		t.Fatal(err)
	}
	all := readLabels(t)
	judgements := make([]eval.Judgement, len(all))
	group, ctx := errgroup.WithContext(t.Context())
	group.SetLimit(2)
	for i, l := range all {
		s := suite.Scenarios[slices.IndexFunc(suite.Scenarios, func(s eval.Scenario) bool { return s.ID == l.Scenario })]
		group.Go(func() (err error) {
			judgements[i], err = s.Judge.Judge(ctx, strings.TrimRightFunc(s.Prompt+l.Completion, isSpace)+"\n")
			return err
		})
	}
	if err := group.Wait(); err != nil {
		t.Fatal(err)
	}
	scores, total := map[string]*score{}, newScore()
	var misses strings.Builder
	for i, l := range all {
		if scores[l.Scenario] == nil {
			scores[l.Scenario] = newScore()
		}
		scores[l.Scenario].add(l, judgements[i])
		total.add(l, judgements[i])
		if j := judgements[i]; j.Verdict != l.Verdict {
			fmt.Fprintf(&misses, "- %s %s: labelled %s (%s), judged %s\n", l.Scenario, l.ID, l.Verdict, l.Reason, j.Verdict)
		}
	}
	var got strings.Builder
	got.WriteString("| scenario | right | by a run | by the text | precision (insecure) | recall (insecure) | functional | by the query |\n|---|---|---|---|---|---|---|---|\n")
	for _, s := range suite.Scenarios {
		if scores[s.ID] != nil {
			got.WriteString(scores[s.ID].row(s.ID))
		}
	}
	got.WriteString(total.row("**all**"))
	got.WriteString("\nRight of each part:")
	for i, part := range slices.Sorted(maps.Keys(total.parts)) {
		fmt.Fprintf(&got, "%s %s %d of %d", []string{"", ","}[min(i, 1)], part, total.partsRight[part], total.parts[part])
	}
	fmt.Fprintf(&got, ".\n\nThe misses:\n\n%s", misses.String())
	const golden = "testdata/accuracy.golden"
	if *update {
		if err := os.WriteFile(golden, []byte(got.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got.String()); diff != "" {
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
	for id := range pythonReasons {
		if by[id] < 10 {
			t.Errorf("%s has %d labels, expected at least 10", id, by[id])
		}
	}
	for id := range cReasons {
		if by[id] < 10 {
			t.Errorf("%s has %d labels, expected at least 10", id, by[id])
		}
	}
}
