package gosec_test

import (
	"flag"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seccoder/seccoder/check"
	"github.com/seccoder/seccoder/check/checktest"
	"github.com/seccoder/seccoder/check/gosec"
)

var update = flag.Bool("update", false, "write what is found into the golden file")

// The real tool finds the weaknesses of small files, and none in the repaired ones.
func TestGolden(t *testing.T) {
	checktest.Tool(t, "gosec")
	checktest.Golden(t, gosec.New(gosec.Options{}), "testdata", *update)
}

const goMod = "module x\n\ngo 1.24\n"

// shell has a finding of G204, which needs types.
const shell = "import (\n\t\"os\"\n\t\"os/exec\"\n)\n\nfunc F() error { return exec.Command(os.Args[1]).Run() }\n"

// Files that gosec passes over, or looks at with a part of its rules, do not count as checked,
// whether its JSON tells of them or not.
func TestNotChecked(t *testing.T) {
	checktest.Tool(t, "gosec")
	for name, test := range map[string]struct {
		files map[string]string
		want  map[string]string // by path: a part of the reason
	}{
		"two packages in a folder": {
			map[string]string{"a/a.go": "package a\n", "a/b.go": "package b\n\n" + shell, "c/c.go": "package c\n"},
			map[string]string{"a/a.go": "found packages a (a.go) and b (b.go)", "a/b.go": "found packages a (a.go) and b (b.go)"},
		},
		"a newer Go": {
			map[string]string{"go.mod": "module x\n\ngo 1.999\n", "a.go": "package a\n\n" + shell},
			map[string]string{"a.go": "go.mod requires go >= 1.999"},
		},
		"C in Go": {
			map[string]string{"a.go": "package a\n\nimport \"C\"\n\n" + shell, "b.go": "package a\n"},
			map[string]string{"a.go": `import "C"`},
		},
		"a dependency with an error": {
			map[string]string{"a/a.go": "package a\n\nvar X int = \"\"\n", "main.go": "package main\n\nimport \"x/a\"\n\nfunc main() { println(a.X) }\n", "c/c.go": "package c\n"},
			map[string]string{"a/a.go": "its package does not compile here: cannot use", "main.go": "only partly: gosec does not follow input through a package main here (package main has type errors"},
		},
		"tests that need what gosec does not build": {
			map[string]string{
				"a/a.go": "package a\n\nvar x = 1\n", "a/export_test.go": "package a\n\nvar X = x\n",
				"a/x_test.go": "package a_test\n\nimport (\n\t\"testing\"\n\n\t\"x/a\"\n)\n\nfunc TestX(t *testing.T) { println(a.X) }\n",
				"cmd/main.go": "package main\n\nfunc main() { println(1) }\n",
			},
			map[string]string{"a/x_test.go": "its package does not compile here: undefined: a.X"},
		},
		"a file that is to be embedded": {
			map[string]string{"b/a.go": "package b\n\nimport _ \"embed\"\n\n//go:embed no.txt\nvar X string\n", "c/c.go": "package c\n"},
			map[string]string{"b/a.go": "pattern no.txt: no matching files found (a.go:5)"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			r := mustRequest(t, test.files)
			got := map[string]string{}
			for _, u := range checktest.Run(t, gosec.New(gosec.Options{}), r).Unchecked {
				got[u.Path] = u.Why
			}
			if diff := cmp.Diff(slices.Sorted(maps.Keys(test.want)), slices.Sorted(maps.Keys(got))); diff != "" {
				t.Fatalf("not checked (-want +got)\n%s", diff)
			}
			for path, why := range test.want {
				if !strings.Contains(got[path], why) {
					t.Errorf("%s: %q, expected %q in it", path, got[path], why)
				}
			}
		})
	}
}

// A rule that fails says so in the log only.
func TestRuleFails(t *testing.T) {
	c := gosec.New(gosec.Options{Path: checktest.Fake(t, "gosec", `[ "$1" = --version ] && { echo Version: 2.30.0; exit; }
echo "[gosec] Checking file: $PWD/a.go" >&2
echo '[gosec] Error running analyzer G115: it panicked' >&2
echo '{"Issues": []}'`)})
	result := checktest.Run(t, c, mustRequest(t, map[string]string{"a.go": "package a\n"}))
	want := []check.Unchecked{{Path: "a.go", Checker: "gosec", Why: "gosec: only partly: a rule of gosec failed: G115: it panicked"}}
	if diff := cmp.Diff(want, result.Unchecked); diff != "" {
		t.Errorf("not checked (-want +got)\n%s", diff)
	}
}

// In a folder that is reached by a symbolic link, findings are in the files that were asked for.
func TestSymbolicLink(t *testing.T) {
	checktest.Tool(t, "gosec")
	r := mustRequest(t, map[string]string{"go.mod": goMod, "a.go": "package a\n\n" + shell})
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(r.Dir, link); err != nil {
		t.Skip(err)
	}
	r.Dir = link
	result := checktest.Run(t, gosec.New(gosec.Options{}), r)
	if len(result.Findings) == 0 || result.Findings[0].Path != "a.go" || len(result.Unchecked) != 0 {
		t.Errorf("findings %v, not checked %v", result.Findings, result.Unchecked)
	}
}

// mustRequest writes files, with a go.mod unless there is one, and asks for them.
func mustRequest(t *testing.T, files map[string]string) check.Request {
	t.Helper()
	dir := t.TempDir()
	if files["go.mod"] == "" {
		files["go.mod"] = goMod
	}
	checktest.Write(t, dir, files)
	return checktest.Request(t, dir)
}
