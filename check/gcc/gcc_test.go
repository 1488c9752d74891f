package gcc_test

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seccoder/seccoder/check"
	"github.com/seccoder/seccoder/check/checktest"
	"github.com/seccoder/seccoder/check/clang"
	"github.com/seccoder/seccoder/check/gcc"
	"github.com/seccoder/seccoder/lang"
)

var update = flag.Bool("update", false, "write what is found into the golden file")

// The real tool finds the weaknesses of small files, and none in the repaired ones.
func TestGolden(t *testing.T) {
	checktest.Tool(t, "gcc")
	checktest.Golden(t, gcc.New(gcc.Options{}), "testdata/c", *update)
}

// GCC from release 13 on writes SARIF.
func TestSARIF(t *testing.T) {
	c := gcc.New(gcc.Options{Path: checktest.Fake(t, "gcc", `[ "$1" = -dumpfullversion ] && { echo 14.2.0; exit; }
for last; do :; done
case "$*" in *-fdiagnostics-format=sarif-stderr*) cat "$last" >&2;; esac`)})
	r := checktest.Request(t, filepath.Join("testdata", "sarif"))
	result := checktest.Run(t, c, r)
	var got []string
	for _, f := range result.Findings {
		got = append(got, fmt.Sprintf("%s:%d:%d %s %s %s", f.Path, f.Line, f.Column, f.Severity, f.CWE, f.Rule))
	}
	want := []string{"a.c:14:2 high CWE-416 -Wanalyzer-use-after-free"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if len(result.Partly) != 1 || result.Partly[0].Why != "it does not compile here: no.h: No such file or directory (b.c:1)" {
		t.Errorf("partly checked: %v", result.Partly)
	}
}

// A compilation database says where headers are.
func TestCompilationDatabase(t *testing.T) {
	checktest.Tool(t, "gcc")
	dir := t.TempDir()
	checktest.Write(t, dir, map[string]string{
		"a.c": "#include \"limit.h\"\nint a(void) { return LIMIT + EXTRA; }\n", "include/limit.h": "#define LIMIT 1\n",
		"compile_commands.json": `[{"directory": ".", "file": "a.c", "command": "cc -Iinclude -DEXTRA=1 -c a.c"}]`,
	})
	if result := checktest.Run(t, gcc.New(gcc.Options{}), checktest.Request(t, dir)); len(result.Unchecked) != 0 {
		t.Errorf("not checked: %v", result.Unchecked)
	}
}

// GCC from release 13 on calls a file above the folder by its way from there, and says where that is.
func TestSARIFAbove(t *testing.T) {
	c := gcc.New(gcc.Options{Path: checktest.Fake(t, "gcc", `[ "$1" = -dumpfullversion ] && { echo 14.2.0; exit; }
cat >&2 <<END
{"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "GNU C17"}}, "invocations": [{"executionSuccessful": true}],
 "originalUriBaseIds": {"PWD": {"uri": "file://$PWD/"}},
 "results": [{"ruleId": "-Wanalyzer-double-free", "level": "warning", "message": {"text": "double-free"},
  "locations": [{"physicalLocation": {"artifactLocation": {"uri": "../a.c", "uriBaseId": "PWD"}, "region": {"startLine": 14}}}]}]}]}
END`)})
	r := check.Request{Dir: t.TempDir(), Files: []check.File{{Path: "../a.c", Language: lang.C}}}
	result := checktest.Run(t, c, r)
	if len(result.Findings) != 1 || result.Findings[0].Path != "../a.c" {
		t.Errorf("findings %v, not checked %v", result.Findings, result.Unchecked)
	}
}

// Where gcc is clang, as on a Mac, a file that clang looks at is checked, and there is no gcc.
func TestClangAsGCC(t *testing.T) {
	checktest.Tool(t, "clang")
	path, err := exec.LookPath("clang")
	if err != nil {
		t.Fatal(err)
	}
	alias := filepath.Join(t.TempDir(), "gcc")
	if err := os.Symlink(path, alias); err != nil {
		t.Skip(err)
	}
	r := check.Request{Dir: t.TempDir(), Files: []check.File{{Path: "a.c", Language: lang.C}}}
	if err := os.WriteFile(filepath.Join(r.Dir, "a.c"), []byte("int a;\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	result, err := check.Run(t.Context(), []check.Checker{gcc.New(gcc.Options{Path: alias}), clang.New(clang.Options{})}, r, check.RunOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if run := result.Checkers[0]; run.State != check.Missing || !strings.Contains(run.Why, "is not the gcc that was expected") || len(result.Unchecked)+len(result.Partly) != 0 {
		t.Errorf("%+v, not checked %v, partly %v", run, result.Unchecked, result.Partly)
	}
}
