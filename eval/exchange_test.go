package eval_test

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"github.com/seccoder/seccoder/eval"
)

// What one store exports and another imports is not generated again, and gives the same
// results.
func TestExchange(t *testing.T) {
	plan := mustPlan(t)
	bench := newBench(t, "secure works\n", "broken <b>\n")
	store := mustOpenStore(t, t.TempDir())
	want := mustRunPlan(t, store, bench, plan)
	var file bytes.Buffer
	wrote, of, err := (&eval.Runner{Store: store, Bench: bench}).Export(t.Context(), "last", &file)
	if err != nil || wrote != 3 || of != 3 {
		t.Fatalf("exported %d of %d batches, %v; want 3 of 3", wrote, of, err)
	}
	other, silent := mustOpenStore(t, t.TempDir()), newBench(t)
	if total, err := other.Import(t.Context(), bytes.NewReader(file.Bytes())); err != nil || total != (eval.Imported{Added: 3}) {
		t.Fatalf("imported %+v, %v; want 3 added", total, err)
	}
	if total, err := other.Import(t.Context(), bytes.NewReader(file.Bytes())); err != nil || total != (eval.Imported{Present: 3}) {
		t.Errorf("imported again %+v, %v; want 3 present", total, err)
	}
	got := mustRunPlan(t, other, silent, plan)
	if silent.made() != 0 {
		t.Errorf("the model was asked %d times, want not at all", silent.made())
	}
	if diff := cmp.Diff(want.Suites[0].Methods[0].Test, got.Suites[0].Methods[0].Test); diff != "" {
		t.Errorf("metrics (-exported +imported):\n%s", diff)
	}
}

// Lines that are none of an export are told by number; the others are kept.
func TestImportOfBrokenLines(t *testing.T) {
	plan := mustPlan(t)
	bench := newBench(t, "secure\n")
	store := mustOpenStore(t, t.TempDir())
	mustRunPlan(t, store, bench, plan)
	var file bytes.Buffer
	if _, _, err := (&eval.Runner{Store: store, Bench: bench}).Export(t.Context(), "last", &file); err != nil {
		t.Fatal(err)
	}
	good := strings.SplitAfter(file.String(), "\n")
	tests := map[string]struct{ line, want string }{
		"no JSON":        {"{", "line 2: it is no JSON"},
		"another schema": {`{"schema":"x/1"}`, `line 2: its schema is "x/1"`},
		"no key":         {`{"schema":"seccoder.completions/1","key":"zz"}`, `line 2: its key "zz"`},
		"no completions": {`{"schema":"seccoder.completions/1","key":"` + strings.Repeat("ab", 32) + `"}`, "line 2: it has no completions"},
		"NUL and others": {"\x00\xff", "line 2: it is no UTF-8"},
		"an empty line":  {"", "line 2: it is no JSON"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			other := mustOpenStore(t, t.TempDir())
			total, err := other.Import(t.Context(), strings.NewReader(good[0]+test.line+"\n"+good[1]))
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error %v, want one with %q", err, test.want)
			}
			if total.Added != 2 {
				t.Errorf("added %d batches, want 2", total.Added)
			}
		})
	}
}

// A batch of many long completions is one long line.
func TestImportOfALongLine(t *testing.T) {
	completion := `,{"text":"` + strings.Repeat("x", 1<<20) + `"}`
	long := `{"schema":"seccoder.completions/1","key":"` + strings.Repeat("ab", 32) + `","completions":[{"text":""}` + strings.Repeat(completion, 65) + "]}"
	for _, end := range []string{"\n", ""} {
		total, err := mustOpenStore(t, t.TempDir()).Import(t.Context(), strings.NewReader(long+end))
		if err != nil || total.Added != 1 {
			t.Errorf("imported %+v, %v; want 1 added", total, err)
		}
	}
}

// What a reader cannot give ends the import, behind what it gave.
func TestImportOfAHalf(t *testing.T) {
	line := `{"schema":"seccoder.completions/1","key":"` + strings.Repeat("ab", 32) + `","completions":[{"text":""}]}` + "\n"
	half := io.MultiReader(strings.NewReader(line+line[:20]), iotest.ErrReader(io.ErrUnexpectedEOF))
	total, err := mustOpenStore(t, t.TempDir()).Import(t.Context(), half)
	if !errors.Is(err, io.ErrUnexpectedEOF) || err.Error() != "behind line 1: unexpected EOF" || total.Added != 1 {
		t.Errorf("imported %+v, %v; want 1 added", total, err)
	}
}

// What is only generated is judged when the run goes on, without the model.
func TestGenerateOnly(t *testing.T) {
	bench, plan, store := newBench(t, "secure works\n"), mustPlan(t), mustOpenStore(t, t.TempDir())
	runner := eval.Runner{Store: store, Bench: bench}
	results, err := runner.Run(t.Context(), plan, eval.RunOptions{GenerateOnly: true})
	if err != nil || results.Run.Done != 12 || results.Run.Unjudged != 12 || results.Run.Complete() {
		t.Fatalf("run %+v, %v; want 12 samples, all unjudged", results.Run, err)
	}
	made := bench.made()
	results = mustRunPlan(t, store, bench, plan)
	if rate := results.Suites[0].Methods[0].Test.SecurityRate; rate.Value != 1 || bench.made() != made {
		t.Errorf("security rate %+v after %d requests more, want 1 after none", rate, bench.made()-made)
	}
}

// A run that only generates finds the judgements that were made with compilers which its
// machine does not have, but not those of a suite that has changed since.
func TestGenerateOnlyCountsJudgements(t *testing.T) {
	tests := map[string]struct {
		change   func(*fakeBench, *eval.Plan)
		unjudged int
	}{
		"nothing":         {func(*fakeBench, *eval.Plan) {}, 0},
		"another program": {func(b *fakeBench, _ *eval.Plan) { b.program = "2" }, 0},
		"another run":     {func(_ *fakeBench, p *eval.Plan) { p.Name = "other" }, 0},
		"a seed more":     {func(_ *fakeBench, p *eval.Plan) { p.Seeds = []uint64{1, 2} }, 0}, // it writes the same
		"another oracle":  {func(b *fakeBench, _ *eval.Plan) { b.suite.Content = "alone, changed" }, 12},
		"another prompt":  {func(b *fakeBench, _ *eval.Plan) { b.suite.Scenarios[0].Prompt += "# more\n" }, 4},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			bench, store := newBench(t, "secure works\n"), mustOpenStore(t, t.TempDir())
			bench.suite.Content, bench.suite.Digest = "alone", "with gcc 12"
			judged := mustRunPlan(t, store, bench, mustPlan(t))
			bench.suite.Digest = "alone"
			plan := mustPlan(t, func(p *eval.Plan) { test.change(bench, p) })
			results, err := (&eval.Runner{Store: store, Bench: bench}).Run(t.Context(), plan, eval.RunOptions{GenerateOnly: true})
			if err != nil || results.Run.Done != results.Run.Wanted || results.Run.Unjudged != test.unjudged {
				t.Fatalf("run %+v, %v; want %d unjudged", results.Run, err, test.unjudged)
			}
			if test.unjudged == 0 {
				if diff := cmp.Diff(judged.Suites[0].Methods[0].Test.SecurityRate, results.Suites[0].Methods[0].Test.SecurityRate); diff != "" {
					t.Errorf("security rate (-judged +generated):\n%s", diff)
				}
			}
			record, err := store.Run(t.Context(), results.Run.ID)
			if err != nil || record.Complete() != (test.unjudged == 0) || record.Unjudged != test.unjudged {
				t.Errorf("listed as %+v, %v; want %d unjudged", record, err, test.unjudged)
			}
		})
	}
}

// Judgements are counted by the compilers that judged last, be they those of before.
func TestGenerateOnlyAfterCompilersChangedBack(t *testing.T) {
	bench, store := newBench(t, "secure works\n"), mustOpenStore(t, t.TempDir())
	bench.suite.Content = "alone"
	other := mustPlan(t, func(p *eval.Plan) { p.Name, p.Scenarios = "other", []string{"one"} })
	for _, run := range []struct {
		digest string
		plan   *eval.Plan
	}{{"with gcc 12", mustPlan(t)}, {"with gcc 13", other}, {"with gcc 12", mustPlan(t)}} {
		bench.suite.Digest = run.digest
		mustRunPlan(t, store, bench, run.plan)
	}
	bench.suite.Digest = "alone"
	results, err := (&eval.Runner{Store: store, Bench: bench}).Run(t.Context(), mustPlan(t), eval.RunOptions{GenerateOnly: true})
	if err != nil || !results.Run.Complete() {
		t.Errorf("run %+v, %v; want that it is complete", results.Run, err)
	}
}
