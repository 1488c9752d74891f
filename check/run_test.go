package check_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/seccoder/seccoder/check"
	"github.com/seccoder/seccoder/lang"
)

// A toy is a checker whose parts are given.
type toy struct {
	name      string
	languages []lang.Language
	batch     int
	probe     error
	check     func(context.Context, check.Request) (check.Report, error)
}

func (c toy) Name() string                          { return c.name }
func (c toy) Languages() []lang.Language            { return c.languages }
func (c toy) BatchSize() int                        { return c.batch }
func (c toy) Probe(context.Context) (string, error) { return "1.0", c.probe }
func (c toy) Check(ctx context.Context, r check.Request) (check.Report, error) {
	return c.check(ctx, r)
}

// finds reports a finding in the first line of each file.
func finds(_ context.Context, r check.Request) (check.Report, error) {
	var report check.Report
	for _, file := range r.Files {
		report.Findings = append(report.Findings, check.Finding{CWE: 89, Severity: check.High, Path: "./" + file.Path, Line: 1, Rule: "r", Message: "m\n  n"})
	}
	return report, nil
}

func fails(err error) func(context.Context, check.Request) (check.Report, error) {
	return func(context.Context, check.Request) (check.Report, error) { return check.Report{}, err }
}

// files are n Python files, a Go file and a Java file.
func files(n int) []check.File {
	var all []check.File
	for i := range n {
		all = append(all, check.File{Path: fmt.Sprintf("%02d.py", i), Language: lang.Python})
	}
	return append(all, check.File{Path: "a.go", Language: lang.Go}, check.File{Path: "A.java", Language: lang.Java})
}

func mustRun(t *testing.T, n int, checkers ...check.Checker) check.Result {
	t.Helper()
	result, err := check.Run(t.Context(), checkers, check.Request{Dir: t.TempDir(), Files: files(n)}, check.RunOptions{Timeout: time.Second})
	if err != nil {
		t.Fatal(err)
	}
	return result
}

var python = []lang.Language{lang.Python}

func TestRun(t *testing.T) {
	good := toy{name: "good", languages: python, batch: 2, check: finds}
	goer := toy{name: "goer", languages: []lang.Language{lang.Go}, probe: &check.MissingError{Tool: "goer", Get: "get it"}}
	idle := toy{name: "idle", languages: []lang.Language{lang.CPP}}
	result := mustRun(t, 3, good, goer, idle)
	want := check.Result{
		Checkers: []check.CheckerRun{
			{Name: "good", Version: "1.0", State: check.Worked, Files: 3, Checked: 3},
			{Name: "goer", State: check.Missing, Files: 1, Why: "goer is not on this machine; get it by: get it", Get: "get it"},
			{Name: "idle", State: check.Unused},
		},
		Unchecked: []check.Unchecked{{Path: "a.go", Why: "not on this machine: goer"}, {Path: "A.java", Why: "no checker for java"}},
	}
	for i := range 3 {
		want.Findings = append(want.Findings, check.Finding{
			CWE: 89, Severity: check.High, Path: fmt.Sprintf("%02d.py", i), Line: 1, Rule: "r", Message: "m n",
			Fix: check.CWE(89).Hint(), Checker: "good", Version: "1.0",
		})
	}
	if diff := cmp.Diff(want, result); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// An omnivore is a toy that may know any language, a standalone one that is asked in any case.
type (
	omnivore   struct{ toy }
	standalone struct{ toy }
)

func (omnivore) Omnivore()     {}
func (standalone) Standalone() {}

// A file in no known language is for omnivores only. It counts as checked by those that looked
// at it, and is no unchecked one where none did.
func TestRunOmnivore(t *testing.T) {
	reports := func(report check.Report) func(context.Context, check.Request) (check.Report, error) {
		return func(context.Context, check.Request) (check.Report, error) { return report, nil }
	}
	result, err := check.Run(t.Context(), []check.Checker{
		toy{name: "plain", languages: lang.All(), check: finds},
		omnivore{toy{name: "any", batch: 9, check: reports(check.Report{Unchecked: []check.Unchecked{{Path: "b.rb", Why: "w"}}})}},
		standalone{toy{name: "read", check: reports(check.Report{Also: []string{"a.php", "other.php"}})}},
	}, check.Request{Dir: t.TempDir(), Files: []check.File{{Path: "c.pl"}, {Path: "b.rb"}, {Path: "a.php"}}}, check.RunOptions{})
	if err != nil {
		t.Fatal(err)
	}
	want := check.Result{
		Findings: []check.Finding{},
		Checkers: []check.CheckerRun{
			{Name: "plain", State: check.Unused},
			{Name: "any", Version: "1.0", State: check.Worked, Files: 3, Checked: 2, Also: []string{"a.php", "c.pl"}},
			{Name: "read", Version: "1.0", State: check.Worked, Files: 1, Checked: 1, Also: []string{"a.php", "other.php"}},
		},
		Partly: []check.Unchecked{{Path: "b.rb", Checker: "any", Why: "w"}},
	}
	if diff := cmp.Diff(want, result); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// What goes wrong with one checker is said, and the others go on.
func TestRunFailures(t *testing.T) {
	for name, test := range map[string]struct {
		check func(context.Context, check.Request) (check.Report, error)
		why   string
	}{
		"error": {fails(errors.New("no\nway")), "no way"},
		"panic": {func(context.Context, check.Request) (check.Report, error) { panic("oops") }, "checker bad failed: oops"},
		"hang": {func(ctx context.Context, _ check.Request) (check.Report, error) {
			<-ctx.Done()
			return check.Report{}, ctx.Err()
		}, "it did not end within 1s"},
	} {
		t.Run(name, func(t *testing.T) {
			bad := toy{name: "bad", languages: python, batch: 10, check: test.check}
			result := mustRun(t, 1, bad, toy{name: "good", languages: python, batch: 1, check: finds})
			if run := result.Checkers[0]; run.State != check.Failed || run.Why != test.why || run.Checked != 0 {
				t.Errorf("%+v", run)
			}
			if run := result.Checkers[1]; run.Checked != 1 || len(result.Findings) != 1 {
				t.Errorf("the other checker: %+v, findings %v", run, result.Findings)
			}
			if len(result.Partly) != 1 || result.Partly[0] != (check.Unchecked{Path: "00.py", Checker: "bad", Why: test.why}) {
				t.Errorf("partly checked: %v", result.Partly)
			}
		})
	}
}

// A checker that fails again and again, and never works, is left alone.
func TestRunGivesUp(t *testing.T) {
	var calls atomic.Int32
	bad := toy{name: "bad", languages: python, batch: 1, check: func(context.Context, check.Request) (check.Report, error) {
		calls.Add(1)
		return check.Report{}, errors.New("broken")
	}}
	result, err := check.Run(t.Context(), []check.Checker{bad}, check.Request{Files: files(20)}, check.RunOptions{Parallel: 1})
	if err != nil || calls.Load() != 3 {
		t.Errorf("%d calls, %v", calls.Load(), err)
	}
	if len(result.Unchecked) != 22 || !strings.Contains(result.Unchecked[10].Why, "broken") {
		t.Errorf("unchecked: %v", result.Unchecked)
	}
}

// A file that one checker could not look at counts as checked where another did.
func TestRunPartly(t *testing.T) {
	half := toy{name: "half", languages: python, batch: 10, check: func(context.Context, check.Request) (check.Report, error) {
		return check.Report{Unchecked: []check.Unchecked{{Path: "./01.py", Why: "syntax error"}}}, nil
	}}
	result := mustRun(t, 2, half)
	if run := result.Checkers[0]; run.State != check.Worked || run.Checked != 1 {
		t.Errorf("%+v", run)
	}
	if len(result.Unchecked) != 3 || result.Unchecked[0] != (check.Unchecked{Path: "01.py", Checker: "half", Why: "half: syntax error"}) {
		t.Errorf("unchecked: %v", result.Unchecked)
	}
	result = mustRun(t, 2, half, toy{name: "good", languages: python, batch: 1, check: finds})
	if len(result.Unchecked) != 2 || len(result.Partly) != 1 {
		t.Errorf("unchecked %v, partly %v", result.Unchecked, result.Partly)
	}
}

func TestRunStopped(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	stops := toy{name: "stops", languages: python, batch: 1, check: func(ctx context.Context, _ check.Request) (check.Report, error) {
		cancel()
		return check.Report{}, ctx.Err()
	}}
	if _, err := check.Run(ctx, []check.Checker{stops}, check.Request{Files: files(5)}, check.RunOptions{}); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}

// The number of files that are done rises to the total.
func TestRunProgress(t *testing.T) {
	last, total := 0, 0
	_, err := check.Run(t.Context(), []check.Checker{
		toy{name: "good", languages: python, batch: 1, check: finds},
		toy{name: "gone", languages: python, probe: &check.MissingError{}},
	}, check.Request{Files: files(5)}, check.RunOptions{Progress: func(d, n int) {
		if d < last {
			t.Errorf("%d after %d", d, last)
		}
		last, total = d, n
	}})
	if err != nil || last != 10 || total != 10 {
		t.Errorf("%d of %d, %v", last, total, err)
	}
}

// What a tool reports for each file that includes a header is there once.
func TestRunSameTwice(t *testing.T) {
	header := toy{name: "h", languages: python, batch: 1, check: func(_ context.Context, r check.Request) (check.Report, error) {
		return check.Report{Findings: []check.Finding{{Path: r.Dir + "/h.py", Line: 3, Rule: "r", Message: "m"}}}, nil
	}}
	if result := mustRun(t, 4, header); len(result.Findings) != 1 || result.Findings[0].Path != "h.py" {
		t.Errorf("%v", result.Findings)
	}
}

// A tool may call a file by another path than the request: an absolute one, or one without
// symbolic links. A file of the request is known by each, in a call for other files, too.
func TestRunPaths(t *testing.T) {
	real, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(real, link); err != nil {
		t.Skip(err)
	}
	above := filepath.Dir(link)
	for said, want := range map[string]string{
		"./a.py": "a.py", filepath.Join(link, "a.py"): "a.py", filepath.Join(real, "a.py"): "a.py", filepath.Join(real, "a.h"): "a.h",
		"../b.py": "../b.py", filepath.Join(above, "b.py"): "../b.py", filepath.Join(above, "b.h"): filepath.ToSlash(filepath.Join(above, "b.h")),
		filepath.Join(above, "c.py"): filepath.Join(above, "c.py"), "../c.py": filepath.Join(above, "c.py"), "": "",
	} {
		c := toy{name: "toy", languages: []lang.Language{lang.C}, check: func(context.Context, check.Request) (check.Report, error) {
			return check.Report{Findings: []check.Finding{{Path: said}}, Unchecked: []check.Unchecked{{Path: said}}, Also: []string{said}}, nil
		}}
		files := []check.File{{Path: "x.c", Language: lang.C}}
		for _, name := range []string{"a.py", "../b.py", filepath.Join(above, "c.py")} {
			files = append(files, check.File{Path: name, Language: lang.Python})
		}
		result, err := check.Run(t.Context(), []check.Checker{c}, check.Request{Dir: link, Files: files}, check.RunOptions{})
		if err != nil {
			t.Fatal(err)
		}
		if got := []string{result.Findings[0].Path, result.Partly[0].Path, result.Checkers[0].Also[0]}; got[0] != want || got[1] != want || got[2] != want {
			t.Errorf("%q is %q, expected %q", said, got, want)
		}
	}
}
