package eval_test

import (
	"bytes"
	"compress/gzip"
	"database/sql"
	"encoding/json"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/seccoder/seccoder/eval"
)

// validationPlan takes validation scenarios only, with two methods.
func validationPlan(p *eval.Plan) {
	p.Scenarios = []string{"validation"}
	p.Methods = []eval.Method{{Retriever: "none"}, {Retriever: "bm25"}}
}

// Groups are of the test scenarios, and where none are taken of the others.
func TestGroupSplit(t *testing.T) {
	bench := newBench(t, "secure", "broken")
	both := mustRunPlan(t, mustOpenStore(t, t.TempDir()), bench, mustPlan(t)).Suites[0]
	if g := both.Methods[0].ByCWE; both.GroupSplit() != eval.Test || len(g) != 1 || g[0].Metrics.Scenarios != 2 {
		t.Errorf("with test scenarios: %s, %+v", both.GroupSplit(), g)
	}
	alone := mustRunPlan(t, mustOpenStore(t, t.TempDir()), bench, mustPlan(t, validationPlan)).Suites[0]
	if alone.GroupSplit() != eval.Validation {
		t.Fatalf("without test scenarios groups are of the split %s", alone.GroupSplit())
	}
	for _, m := range alone.Methods {
		if len(m.ByCWE) != 1 || len(m.ByLanguage) != 1 {
			t.Fatalf("%s: by CWE %+v, by language %+v", m.Settings.Name, m.ByCWE, m.ByLanguage)
		}
		if diff := cmp.Diff(m.Validation, m.ByCWE[0].Metrics, cmpopts.EquateApprox(0, 1e-9)); diff != "" {
			t.Errorf("%s: the only CWE is not all of the split:\n%s", m.Settings.Name, diff)
		}
	}
	c := alone.Comparisons[0]
	if c.GroupSplit() != eval.Validation || len(c.Groups) == 0 || c.Groups[0].Differences.Scenarios != 1 {
		t.Errorf("groups of the comparison: %s, %+v", c.GroupSplit(), c.Groups)
	}
}

// Results that an older program kept, without these groups, get them when they are read.
func TestGroupsOfOlderResults(t *testing.T) {
	bench, dir := newBench(t, "secure", "broken"), t.TempDir()
	store := mustOpenStore(t, dir)
	want := mustRunPlan(t, store, bench, mustPlan(t, validationPlan))
	older := *want
	older.Suites = []eval.SuiteResults{want.Suites[0]}
	older.Suites[0].Methods = append([]eval.MethodResults(nil), want.Suites[0].Methods...)
	for i := range older.Suites[0].Methods {
		older.Suites[0].Methods[i].ByCWE, older.Suites[0].Methods[i].ByLanguage = nil, nil
	}
	older.Suites[0].Comparisons = append([]eval.Comparison(nil), want.Suites[0].Comparisons...)
	older.Suites[0].Comparisons[0].Groups = nil
	mustKeep(t, dir, &older)
	got, err := (&eval.Runner{Store: store, Bench: bench}).Results(t.Context(), "last")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want.Suites, got.Suites); diff != "" {
		t.Errorf("results (-want +got):\n%s", diff)
	}
}

// mustKeep replaces the results that are kept of a run.
func mustKeep(t *testing.T, dir string, r *eval.Results) {
	t.Helper()
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	if err := json.NewEncoder(z).Encode(r); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite", filepath.Join(dir, "results.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.ExecContext(t.Context(), "UPDATE run SET results = ? WHERE id = ?", packed.Bytes(), r.Run.ID); err != nil {
		t.Fatal(err)
	}
}

// A split of which no scenario was taken has no block of zeros, which look like rates.
func TestComparisonAsJSON(t *testing.T) {
	some := eval.Differences{Scenarios: 1}
	for _, test := range []struct {
		comparison       eval.Comparison
		test, validation bool
	}{
		{eval.Comparison{Test: some, Validation: some}, true, true},
		{eval.Comparison{Test: some}, true, false},
		{eval.Comparison{Validation: some}, false, true},
	} {
		data, err := json.Marshal(test.comparison)
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(data, []byte(`"test":`)) != test.test || bytes.Contains(data, []byte(`"validation":`)) != test.validation {
			t.Errorf("test %v, validation %v expected in %s", test.test, test.validation, data)
		}
	}
}
