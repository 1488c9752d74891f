// Package checktest helps to test checkers: it finds their tools, makes false ones, and
// compares reports with golden files.
//
//	func TestGolden(t *testing.T) {
//		checktest.Tool(t, "bandit")
//		checktest.Golden(t, bandit.New(bandit.Options{}), "testdata", *update)
//	}
//
// Tools are looked up in the folders that the environment variable SECCODER_TEST_CHECKERS
// names, then in PATH. A test whose tool is not there is skipped, unless
// SECCODER_TEST_REQUIRE is 1: then it fails.
package checktest

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"

	"github.com/seccoder/seccoder/check"
	"github.com/seccoder/seccoder/lang"
)

// Path is the search path of the tests: that of SECCODER_TEST_CHECKERS before PATH.
func Path() string {
	path := os.Getenv("PATH")
	if dirs := os.Getenv("SECCODER_TEST_CHECKERS"); dirs != "" {
		path = dirs + string(os.PathListSeparator) + path
	}
	return path
}

// Tool puts the tools into PATH for the test, and skips it where one is missing.
func Tool(t testing.TB, names ...string) {
	t.Helper()
	t.Setenv("PATH", Path())
	for _, name := range names {
		if _, err := exec.LookPath(name); err == nil {
			continue
		}
		if os.Getenv("SECCODER_TEST_REQUIRE") == "1" {
			t.Fatalf("%s is missing", name)
		}
		t.Skipf("%s is missing", name)
	}
}

// Fake makes a shell script that stands for a tool, and returns its path.
func Fake(t testing.TB, name, script string) string {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("false tools are shell scripts")
	}
	path := filepath.Join(t.TempDir(), name)
	// A process that another test starts while the file is open for writing holds it open,
	// too, until it runs its own program; to start the script fails till then ("text file
	// busy"). So nothing is started while it is written.
	syscall.ForkLock.RLock()
	err := os.WriteFile(path, []byte("#!/bin/sh\n"+script+"\n"), 0o755)
	syscall.ForkLock.RUnlock()
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// Write makes files in a folder, by their paths and texts.
func Write(t testing.TB, dir string, files map[string]string) {
	t.Helper()
	for name, text := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// Request asks for all source files in a folder, and in those below.
func Request(t testing.TB, dir string) check.Request {
	t.Helper()
	dir, err := filepath.Abs(dir)
	if err != nil {
		t.Fatal(err)
	}
	r := check.Request{Dir: dir}
	err = filepath.WalkDir(dir, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		rel, err := filepath.Rel(dir, path)
		if language, ok := lang.FromPath(path); ok {
			r.Files = append(r.Files, check.File{Path: filepath.ToSlash(rel), Language: language})
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// Run runs a checker over a request.
func Run(t testing.TB, c check.Checker, r check.Request) check.Result {
	t.Helper()
	result, err := check.Run(t.Context(), []check.Checker{c}, r, check.RunOptions{})
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// Golden runs a checker over the files of dir, and compares what it finds with the file
// findings.golden there, or writes that. Places, severities and CWEs count; the tool's
// own words, which change from version to version, only have to be there.
func Golden(t testing.TB, c check.Checker, dir string, update bool) {
	t.Helper()
	r := Request(t, dir)
	result := Run(t, c, r)
	run := result.Checkers[0]
	if run.State != check.Worked || run.Version == "" || run.Checked == 0 {
		t.Errorf("the run: %+v", run)
	}
	var got []string
	for _, f := range result.Findings {
		if f.Rule == "" || f.Message == "" || f.Fix == "" || f.Checker != c.Name() || f.Version != run.Version {
			t.Errorf("something is missing in %+v", f)
		}
		if strings.ContainsAny(f.Message, "\n\x00") || f.EndLine != 0 && f.EndLine < f.Line {
			t.Errorf("not in order: %+v", f)
		}
		got = append(got, fmt.Sprintf("%s:%d %s %s", f.Path, f.Line, f.Severity, f.CWE))
	}
	for _, u := range result.Partly {
		got = append(got, u.Path+" not checked")
	}
	slices.Sort(got)
	text := strings.Join(slices.Compact(got), "\n") + "\n"
	golden := filepath.Join(dir, "findings.golden")
	if update {
		if err := os.WriteFile(golden, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if text != string(want) {
		t.Errorf("findings:\n%swant (go test -update writes them):\n%s", text, want)
	}
}
