package check_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seccoder/seccoder/check"
	"github.com/seccoder/seccoder/lang"
)

// at makes a finding on a line of a.py.
func at(line int, cwe check.CWE, s check.Severity) check.Finding {
	return check.Finding{Path: "a.py", Line: line, CWE: cwe, Severity: s, Checker: "toy", Rule: "T" + cwe.String(), Message: "m"}
}

// judge judges findings in a.py with a text.
func judge(source string, p check.Policy, findings ...check.Finding) check.Review {
	return check.Judge(findings, []check.File{{Path: "a.py", Language: lang.Python}}, func(path string) (string, bool) {
		return source, path == "a.py"
	}, p)
}

func TestIgnoreComments(t *testing.T) {
	for name, test := range map[string]struct {
		source     string
		suppressed bool
		// wrong is what the comment itself is blamed for.
		wrong string
	}{
		"on the line":          {"run(q)  # seccoder:ignore CWE-089 q is a constant", true, ""},
		"short CWE":            {"run(q)  # seccoder:ignore CWE-89: q is a constant", true, ""},
		"several":              {"run(q)  # seccoder:ignore CWE-078,CWE-089 q is a constant", true, ""},
		"several with blanks":  {"run(q)  # seccoder:ignore CWE-078, CWE-089 q is a constant", true, ""},
		"rule":                 {"run(q)  # seccoder:ignore toy:TCWE-089 q is a constant", true, ""},
		"line above":           {"# seccoder:ignore CWE-089 q is a constant\nrun(q)", true, ""},
		"above other comments": {"# seccoder:ignore CWE-089 q is a constant\n# (see above)\nrun(q)", true, ""},
		"other CWE":            {"run(q)  # seccoder:ignore CWE-078 q is a constant", false, ""},
		"rule of another":      {"run(q)  # seccoder:ignore other:TCWE-089 q is a constant", false, ""},
		"code above":           {"x = 1  # seccoder:ignore CWE-089 q is a constant\nrun(q)", false, ""},
		"blank line between":   {"# seccoder:ignore CWE-089 q is a constant\n\nrun(q)", false, ""},
		"in a string":          {`run(q, "# seccoder:ignore CWE-089 q is a constant")`, false, ""},
		"no reason":            {"run(q)  # seccoder:ignore CWE-089", false, "gives no reason"},
		"no reason but a dash": {"run(q)  # seccoder:ignore CWE-089 -- ", false, "gives no reason"},
		"no name":              {"run(q)  # seccoder:ignore", false, "names no CWE"},
		"no name but a reason": {"run(q)  # seccoder:ignore q is a constant", false, "names no CWE"},
		"number alone":         {"run(q)  # seccoder:ignore 89 q is a constant", false, "names no CWE"},
		"everything":           {"run(q)  # seccoder:ignore CWE-* q is a constant", false, "names no CWE"},
	} {
		t.Run(name, func(t *testing.T) {
			line := strings.Count(test.source, "\n") + 1
			r := judge(test.source+"\n", check.Policy{}, at(line, 89, check.High))
			if got := len(r.Suppressed) == 1; got != test.suppressed {
				t.Errorf("suppressed: %v", r.Suppressed)
			}
			if test.suppressed && r.Suppressed[0].Reason != "q is a constant" {
				t.Errorf("reason %q", r.Suppressed[0].Reason)
			}
			wrong := ""
			for _, f := range r.Findings {
				if f.Checker == check.SelfName {
					wrong = f.Message
				}
			}
			if (wrong == "") != (test.wrong == "") || !strings.Contains(wrong, test.wrong) {
				t.Errorf("the comment is blamed for %q, want %q", wrong, test.wrong)
			}
		})
	}
}

// Comments of C may go over several lines; a line that begins with a star may be code.
func TestIgnoreCommentsC(t *testing.T) {
	source := "/* seccoder:ignore CWE-787 n is\n   checked above */\n*p = 0;\n*p = 1; // seccoder:ignore CWE-787 n is checked\n"
	ignores, wrong := check.Ignores("a.c", lang.C, source)
	want := []check.Ignore{{Line: 3, Names: []string{"CWE-787"}, Reason: "n is"}, {Line: 4, Names: []string{"CWE-787"}, Reason: "n is checked"}}
	if diff := cmp.Diff(want, ignores); diff != "" || len(wrong) != 0 {
		t.Errorf("wrong %v (-want +got)\n%s", wrong, diff)
	}
}

func FuzzIgnores(f *testing.F) {
	f.Add("x # seccoder:ignore CWE-089, ,CWE-1 r")
	f.Add("/* seccoder:ignore\n seccoder:ignore CWE-1 */")
	f.Fuzz(func(t *testing.T, source string) {
		for _, l := range lang.All() {
			ignores, wrong := check.Ignores("a", l, source)
			for _, i := range ignores {
				if i.Reason == "" || len(i.Names) == 0 || i.Line < 1 {
					t.Errorf("%+v", i)
				}
			}
			for _, w := range wrong {
				if w.Line < 1 || w.Line > strings.Count(source, "\n")+1 {
					t.Errorf("%+v", w)
				}
			}
		}
	})
}

func TestPolicy(t *testing.T) {
	source := "one\ntwo\nthree\nfour  # seccoder:ignore CWE-089 it is safe\nfive\n"
	findings := []check.Finding{at(1, 89, check.High), at(2, 89, check.Low), at(3, 78, check.High), at(4, 89, check.High), at(5, 89, check.High)}
	known := check.NewBaseline(judge(source, check.Policy{}, at(1, 89, check.High)).All)
	known.Findings = append(known.Findings, check.Known{Fingerprint: "gone"})
	r := judge(source, check.Policy{
		Severity: check.Medium, CWEs: []check.CWE{89}, Baseline: &known,
		Touches: func(f check.Finding) bool { return f.Line != 5 },
	}, findings...)
	if len(r.Findings) != 0 || len(r.Suppressed) != 1 || r.LeftOut != (check.LeftOut{Elsewhere: 1, OtherCWE: 1, Below: 1, Known: 1, Suppressed: 1}) || r.LeftOutDefects != r.LeftOut || r.Gone != 1 {
		t.Errorf("%+v", r)
	}
	if len(r.All) != 4 {
		t.Errorf("%d would be in a new baseline, want 4", len(r.All))
	}
}

// What several checkers found at one place is one finding for a reader, counted where it is
// met first.
func TestLeftOutDefects(t *testing.T) {
	other := func(f check.Finding) check.Finding {
		f.Checker = "other"
		return f
	}
	source := "one\ntwo  # seccoder:ignore CWE-089 it is safe\nthree\nfour\n"
	findings := []check.Finding{
		at(1, 89, check.High), other(at(1, 89, check.Low)), // shown
		at(2, 89, check.High), other(at(2, 89, check.High)), // passed over
		at(3, 89, check.High), other(at(3, 89, check.High)), // known
		at(4, 89, check.Low), other(at(4, 89, check.Low)), at(4, 0, check.Low), other(at(4, 0, check.Low)), // below
	}
	known := check.NewBaseline(judge(source, check.Policy{}, findings[4], findings[5]).All)
	r := judge(source, check.Policy{Severity: check.Medium, Baseline: &known}, findings...)
	if want := (check.LeftOut{Below: 5, Known: 2, Suppressed: 2}); r.LeftOut != want {
		t.Errorf("findings %+v, want %+v", r.LeftOut, want)
	}
	if want := (check.LeftOut{Below: 3, Known: 1, Suppressed: 1}); r.LeftOutDefects != want {
		t.Errorf("defects %+v, want %+v", r.LeftOutDefects, want)
	}
}

// What nobody looked for is not gone.
func TestBaselineGone(t *testing.T) {
	known := check.NewBaseline(judge("x\ny\n", check.Policy{}, at(1, 89, check.High), at(2, 89, check.High)).All)
	known.Findings = append(known.Findings,
		check.Known{Fingerprint: "the comment", Path: "a.py", Checker: check.SelfName},
		check.Known{Fingerprint: "no comment was read", Path: "b.py", Checker: check.SelfName},
		check.Known{Fingerprint: "missing", Path: "a.py", Checker: "missing"},
		check.Known{Fingerprint: "failed", Path: "a.py", Checker: "failed"},
		check.Known{Fingerprint: "not asked", Path: "a.py", Checker: "other"},
		check.Known{Fingerprint: "another file", Path: "b.py", Checker: "toy"},
	)
	result := check.Result{
		Checkers: []check.CheckerRun{
			{Name: "toy", State: check.Worked}, {Name: "missing", State: check.Missing}, {Name: "failed", State: check.Failed},
		},
		Partly: []check.Unchecked{{Path: "a.py", Checker: "failed"}},
	}
	p := check.Policy{Baseline: &known, Looked: result.Looked([]check.File{{Path: "a.py", Language: lang.Python}})}
	if r := judge("x\ny\n", p, at(1, 89, check.High)); r.LeftOut.Known != 1 || r.Gone != 2 {
		t.Errorf("%d known and %d gone, want 1, and 2: that of line 2 and the comment's", r.LeftOut.Known, r.Gone)
	}
}

// Fingerprints stay when lines move or are laid out anew, and change with the code.
func TestFingerprints(t *testing.T) {
	fingerprints := func(source string, lines ...int) (names []string) {
		var findings []check.Finding
		for _, line := range lines {
			findings = append(findings, at(line, 89, check.High))
		}
		for _, n := range judge(source, check.Policy{}, findings...).All {
			names = append(names, n.Fingerprint)
		}
		return names
	}
	before := fingerprints("run(q)\nx\nrun(q)\n", 1, 3)
	if before[0] == before[1] {
		t.Error("the same line twice has one fingerprint")
	}
	if diff := cmp.Diff(before, fingerprints("new\n\n  run( q )\nx\nother\n\trun(q)\n", 3, 6)); diff != "" {
		t.Errorf("after moving (-before +after)\n%s", diff)
	}
	if after := fingerprints("run(p)\n", 1); after[0] == before[0] {
		t.Error("another line has the same fingerprint")
	}
	if got := fingerprints("", 1, 99, 0); len(got) != 3 || got[0] == got[1] {
		t.Errorf("lines that are not there: %v", got)
	}
}

func TestBaselineFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "baseline.json")
	var written bytes.Buffer
	want := check.NewBaseline(judge("x <y>\n", check.Policy{}, at(1, 89, check.High)).All)
	if err := want.Write(&written); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, written.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	got, err := check.ReadBaseline(path)
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("%v\n%s", err, diff)
	}
	for name, text := range map[string]string{
		"no JSON": "{", "another schema": `{"schema": "x/1"}`, "no fingerprint": `{"schema": "seccoder.baseline/1", "findings": [{}]}`, "list": "[]",
	} {
		t.Run(name, func(t *testing.T) {
			if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
			if _, err := check.ReadBaseline(path); err == nil || !strings.Contains(err.Error(), path) {
				t.Errorf("error %v", err)
			}
		})
	}
}

func TestMerge(t *testing.T) {
	named := func(checker string, line int, cwe check.CWE, s check.Severity) check.Named {
		f := at(line, cwe, s)
		f.Checker = checker
		return check.Named{Finding: f}
	}
	var got []string
	for _, d := range check.Merge([]check.Named{
		named("b", 1, 89, check.Low), named("a", 1, 89, check.High), named("a", 1, 89, check.Low),
		named("a", 1, 78, check.Low), named("a", 2, 89, check.Low), named("a", 3, 0, check.Low), named("b", 3, 0, check.Low),
	}) {
		got = append(got, d.CWE.String()+" "+d.Severity.String()+" "+strings.Join(d.Checkers, "+"))
	}
	want := []string{"CWE-089 high a+b", "CWE-078 low a", "CWE-089 low a", "CWE-000 low a", "CWE-000 low b"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}
