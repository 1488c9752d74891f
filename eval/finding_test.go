package eval_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seccoder/seccoder/eval"
)

func TestFindings(t *testing.T) {
	tests := map[string]struct {
		judgement eval.Judgement
		want      []eval.Finding
	}{
		"the query agrees": {
			eval.Judgement{Verdict: eval.Insecure, QueryVerdict: eval.Insecure, Why: "3 rows", QueryWhy: "it flows", Oracle: "dynamic/x"},
			[]eval.Finding{{By: "query", Verdict: eval.Insecure, Why: "it flows"}},
		},
		"the query gives no reason": {
			eval.Judgement{Verdict: eval.Secure, QueryVerdict: eval.Secure, Oracle: "dynamic/x"},
			[]eval.Finding{{By: "query", Verdict: eval.Secure}},
		},
		"a static oracle": {
			eval.Judgement{Verdict: eval.Secure, QueryVerdict: eval.Insecure, Why: "it is bound", QueryWhy: "it flows", Oracle: "static/x"},
			[]eval.Finding{{By: "query", Verdict: eval.Insecure, Why: "it flows"}, {By: "static/x", Verdict: eval.Secure, Why: "it is bound"}},
		},
		"a static oracle that could not tell": {eval.Judgement{Verdict: eval.Undecided, Why: "no checker knows it", Oracle: "static/no checker"}, nil},
		"no program":                          {eval.Judgement{Verdict: eval.Invalid, QueryVerdict: eval.Invalid, Why: "it does not compile", QueryWhy: "there is nothing to analyse", Oracle: "validity/gcc"}, nil},
		"run alone":                           {eval.Judgement{Verdict: eval.Secure, Why: "it held", Oracle: "dynamic/x"}, nil},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, test.judgement.Findings()); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
	if found := (*eval.Judgement)(nil).Findings(); found != nil {
		t.Errorf("without a judgement there is %+v", found)
	}
}

// In JSON a sample has its findings, and is read again as it was.
func TestSampleAsJSON(t *testing.T) {
	sample := eval.Sample{Code: "x", DuplicateOf: -1, Judgement: &eval.Judgement{Verdict: eval.Secure, QueryVerdict: eval.Insecure, QueryWhy: "it flows", Oracle: "dynamic/x"}}
	data, err := json.Marshal([]eval.Sample{sample, {Code: "y"}})
	if err != nil {
		t.Fatal(err)
	}
	if want := `"findings":[{"by":"query","verdict":"insecure","why":"it flows"}]`; strings.Count(string(data), "findings") != 1 || !strings.Contains(string(data), want) {
		t.Errorf("got %s, expected once %s", data, want)
	}
	var got []eval.Sample
	if err := json.Unmarshal(data, &got); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]eval.Sample{sample, {Code: "y"}}, got); diff != "" {
		t.Errorf("read again (-want +got):\n%s", diff)
	}
}
