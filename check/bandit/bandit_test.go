package bandit_test

import (
	"flag"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seccoder/seccoder/check"
	"github.com/seccoder/seccoder/check/bandit"
	"github.com/seccoder/seccoder/check/checktest"
	"github.com/seccoder/seccoder/lang"
)

var update = flag.Bool("update", false, "write what is found into the golden file")

// The real tool finds the weaknesses of small files, and none in the repaired ones.
func TestGolden(t *testing.T) {
	checktest.Tool(t, "bandit")
	checktest.Golden(t, bandit.New(bandit.Options{}), "testdata", *update)
}

// Files are looked at wherever they lie: Bandit's own exclusions, and those of a .bandit file, do
// not apply to what was asked for.
func TestExclusions(t *testing.T) {
	checktest.Tool(t, "bandit")
	paths := []string{".bandit", ".github/scripts/x.py", ".tox/a.py", "a.egg.py", "a.py", "src/CVSS/score.py"}
	dir, files := t.TempDir(), map[string]string{}
	for _, name := range paths {
		files[name] = "import subprocess\nsubprocess.call('a', shell=True)\n"
	}
	files[".bandit"] = "[bandit]\nexclude = a.py\ntests = B101\n"
	checktest.Write(t, dir, files)
	result := checktest.Run(t, bandit.New(bandit.Options{}), checktest.Request(t, dir))
	var got []string
	for _, f := range result.Findings {
		got = append(got, f.Path)
	}
	if diff := cmp.Diff(paths[1:], slices.Compact(got)); diff != "" || len(result.Unchecked) != 0 {
		t.Errorf("findings in (-want +got)\n%s\nnot checked %v", diff, result.Unchecked)
	}
}

// A file that Bandit is silent about is not checked.
func TestSilent(t *testing.T) {
	c := bandit.New(bandit.Options{Path: checktest.Fake(t, "bandit", `[ "$1" = --version ] && { echo bandit 1.9.2; exit; }
echo '{"errors": [], "results": [], "metrics": {"./a.py": {}, "_totals": {}}}'`)})
	r := check.Request{Dir: t.TempDir(), Files: []check.File{{Path: "a.py", Language: lang.Python}, {Path: "b.py", Language: lang.Python}}}
	want := []check.Unchecked{{Path: "b.py", Checker: "bandit", Why: "bandit: it does not say that it looked at it"}}
	if diff := cmp.Diff(want, checktest.Run(t, c, r).Unchecked); diff != "" {
		t.Errorf("not checked (-want +got)\n%s", diff)
	}
}
