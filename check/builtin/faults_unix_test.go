//go:build unix

package builtin_test

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/seccoder/seccoder/check"
	"github.com/seccoder/seccoder/check/bandit"
	"github.com/seccoder/seccoder/check/builtin"
	"github.com/seccoder/seccoder/check/checktest"
	"github.com/seccoder/seccoder/check/clang"
	"github.com/seccoder/seccoder/check/cppcheck"
	"github.com/seccoder/seccoder/check/gcc"
	"github.com/seccoder/seccoder/check/gosec"
	"github.com/seccoder/seccoder/check/semgrep"
	"github.com/seccoder/seccoder/check/tool"
	"github.com/seccoder/seccoder/lang"
)

// A subject is a checker that is given a false tool.
type subject struct {
	name string
	// says is the beginning of a script in which the tool answers what it is asked first.
	says string
	file string
	// small says that it is given no large files.
	small bool
	make  func(path string) check.Checker
}

var subjects = []subject{
	{"gcc", `[ "$1" = -dumpfullversion ] && { echo 12.2.0; exit; }`, "a.c", true, func(p string) check.Checker { return gcc.New(gcc.Options{Path: p}) }},
	{
		"clang", `[ "$1" = --version ] && { echo clang version 14.0.6; exit; }
[ "$1" = -cc1 ] && { printf '  core.DivideZero  x\n'; exit; }`,
		"a.c", true, func(p string) check.Checker { return clang.New(clang.Options{Path: p}) },
	},
	{"cppcheck", `[ "$1" = --version ] && { echo Cppcheck 2.10; exit; }`, "a.c", false, func(p string) check.Checker { return cppcheck.New(cppcheck.Options{Path: p}) }},
	{"bandit", `[ "$1" = --version ] && { echo bandit 1.9.2; exit; }`, "a.py", false, func(p string) check.Checker { return bandit.New(bandit.Options{Path: p}) }},
	{"gosec", `[ "$1" = --version ] && { echo Version: 2.30.0; exit; }`, "a.go", false, func(p string) check.Checker { return gosec.New(gosec.Options{Path: p}) }},
}

// mustRequest asks for one small file.
func mustRequest(t *testing.T, name string) check.Request {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, name), []byte("package a\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	language, _ := lang.FromPath(name)
	return check.Request{Dir: dir, Files: []check.File{{Path: name, Language: language}}}
}

// Whatever a tool does, its file is not passed off as checked, and the reason is said.
func TestFaults(t *testing.T) {
	faults := []struct {
		name, script, says string
		timeout            time.Duration // for what never ends; the others have the usual one
	}{
		{"crash", "kill -SEGV $$", "crashed", 0},
		{"exit code without output", "exit 77", "", 0},
		{"error in words", "echo 'internal error: cannot go on' >&2; exit 70", "internal error: cannot go on", 0},
		{"garbage", "echo '<<not what is expected>>'; echo '<<not what is expected>>' >&2; exit 1", "", 0},
		{"cut off", `printf '[{"kind": "war'; printf '{"results": [{"file' >&2; exit 1`, "", 0},
		{"NUL bytes", `printf '\0\0\0\0'; printf '\0\0\0\0' >&2; exit 1`, "", 0},
		{"10 MB of garbage", `head -c 10000000 /dev/zero | tr '\0' x; exit 3`, "", 0},
		{"hang", "sleep 600", "did not end within", time.Second},
		{"hang with a child that keeps the streams", "sleep 600 & sleep 600", "did not end within", time.Second},
	}
	for _, s := range subjects {
		for _, fault := range faults {
			t.Run(s.name+"/"+fault.name, func(t *testing.T) {
				t.Parallel()
				c := s.make(checktest.Fake(t, s.name, s.says+"\n"+fault.script))
				// Without the limit, within which a busy machine may not get to start a script twice.
				if _, err := c.(check.Prober).Probe(t.Context()); err != nil {
					t.Fatal(err)
				}
				r := mustRequest(t, s.file)
				result, err := check.Run(t.Context(), []check.Checker{c}, r, check.RunOptions{Timeout: fault.timeout})
				if err != nil {
					t.Fatal(err)
				}
				run := result.Checkers[0]
				if run.State == check.Worked && run.Checked > 0 || len(result.Unchecked) != 1 {
					t.Fatalf("passed off as checked: %+v, unchecked %+v", run, result.Unchecked)
				}
				why := result.Unchecked[0].Why
				if !strings.Contains(why, s.name) || !strings.Contains(why, fault.says) || len(why) > 1200 || strings.ContainsAny(why, "\n\x00") {
					t.Errorf("the reason is %q, expected one with %q and %q", why, s.name, fault.says)
				}
			})
		}
	}
}

// A file that may take a compiler minutes is not given to it, and that is said.
func TestLargeFiles(t *testing.T) {
	for _, s := range subjects {
		if !s.small {
			continue
		}
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			r := mustRequest(t, s.file)
			if err := os.Truncate(filepath.Join(r.Dir, s.file), tool.MaxSource+1); err != nil {
				t.Fatal(err)
			}
			result := checktest.Run(t, s.make(checktest.Fake(t, s.name, s.says+"\nexit 70")), r)
			want := []check.Unchecked{{Path: s.file, Checker: s.name, Why: s.name + ": it has more than 1 MB"}}
			if diff := cmp.Diff(want, result.Unchecked); diff != "" || result.Checkers[0].State != check.Worked {
				t.Errorf("%+v, unchecked (-want +got)\n%s", result.Checkers[0], diff)
			}
		})
	}
}

// A tool that hangs when it is asked for its version is held to the timeout, which is said once.
func TestProbeHangs(t *testing.T) {
	more := append(slices.Clone(subjects), subject{"semgrep", "", "a.py", true, func(p string) check.Checker { return semgrep.New(semgrep.Options{Path: p}) }})
	for _, s := range more {
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			begun := time.Now()
			c := s.make(checktest.Fake(t, s.name, "sleep 600"))
			result, err := check.Run(t.Context(), []check.Checker{c}, mustRequest(t, s.file), check.RunOptions{Timeout: time.Second})
			if err != nil {
				t.Fatal(err)
			}
			if took := time.Since(begun); took >= check.ProbeTimeout {
				t.Errorf("it took %s", took)
			}
			if run := result.Checkers[0]; run.State != check.Failed || run.Why != "it did not say its version within 1s" {
				t.Errorf("%+v", run)
			}
			want := []check.Unchecked{{Path: s.file, Checker: s.name, Why: s.name + ": it did not say its version within 1s"}}
			if diff := cmp.Diff(want, result.Unchecked); diff != "" {
				t.Errorf("unchecked (-want +got)\n%s", diff)
			}
		})
	}
}

// A program under the tool's name that is another one, or too old, is not used. It is a failure, as
// the tool may be there and broken; but gcc is another compiler on many machines.
func TestWrongVersion(t *testing.T) {
	for _, s := range subjects {
		for name, script := range map[string]string{
			"another program": "echo 'usage: something else'", "no words": "exit 0", "crash": "kill -SEGV $$",
			"NUL bytes": `printf '\0\0'`,
		} {
			t.Run(s.name+"/"+name, func(t *testing.T) {
				t.Parallel()
				result := checktest.Run(t, s.make(checktest.Fake(t, s.name, script)), mustRequest(t, s.file))
				state := check.Failed
				if s.name == "gcc" && name != "crash" {
					state = check.Missing
				}
				if run := result.Checkers[0]; run.State != state || !strings.Contains(run.Why, "version") || len(result.Unchecked) != 1 {
					t.Errorf("%+v, unchecked %+v", run, result.Unchecked)
				}
			})
		}
	}
	t.Run("gcc without an analyzer", func(t *testing.T) {
		result := checktest.Run(t, gcc.New(gcc.Options{Path: checktest.Fake(t, "gcc", "echo 8.3.0")}), mustRequest(t, "a.c"))
		if run := result.Checkers[0]; run.State != check.Missing || !strings.HasPrefix(run.Why, "gcc 8.3.0 has no analyzer: version 10 or later is needed; get it by: ") {
			t.Errorf("%+v", run)
		}
	})
}

// A tool that is not there is named, with the way to get it.
func TestMissing(t *testing.T) {
	for _, s := range subjects {
		t.Run(s.name, func(t *testing.T) {
			result := checktest.Run(t, s.make(filepath.Join(t.TempDir(), s.name)), mustRequest(t, s.file))
			run := result.Checkers[0]
			if run.State != check.Missing || run.Get == "" || !strings.Contains(run.Why, run.Get) || len(result.Unchecked) != 1 {
				t.Errorf("%+v, unchecked %+v", run, result.Unchecked)
			}
		})
	}
}

// When the user stops the program, the tool and what it started end with it.
func TestStopped(t *testing.T) {
	pidFile := filepath.Join(t.TempDir(), "pid")
	s := subjects[slices.IndexFunc(subjects, func(s subject) bool { return s.name == "bandit" })]
	c := s.make(checktest.Fake(t, s.name, s.says+"\nsleep 600 & echo $! > "+pidFile+"; wait"))
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		defer cancel()
		for range 1000 {
			if data, err := os.ReadFile(pidFile); err == nil && strings.HasSuffix(string(data), "\n") {
				return
			}
			time.Sleep(10 * time.Millisecond)
		}
	}()
	if _, err := check.Run(ctx, []check.Checker{c}, mustRequest(t, s.file), check.RunOptions{}); err == nil {
		t.Error("no error")
	}
	data, err := os.ReadFile(pidFile)
	if err != nil {
		t.Fatal(err)
	}
	pid, err := strconv.Atoi(strings.TrimSpace(string(data)))
	if err != nil {
		t.Fatal(err)
	}
	for range 500 {
		if syscall.Kill(pid, 0) != nil || zombie(pid) {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Errorf("the tool's child %d lives on", pid)
}

// zombie reports whether a process has ended and only waits for somebody to see it.
func zombie(pid int) bool {
	stat, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat")
	return err == nil && strings.Contains(string(stat), ") Z ")
}

// Every checker has a name of its own and says what it is for.
func TestCheckers(t *testing.T) {
	seen := map[string]bool{}
	for i, c := range builtin.Checkers() {
		if c.Name() != builtin.Names()[i] || seen[c.Name()] || len(c.Languages()) == 0 {
			t.Errorf("checker %d: %q, languages %v", i, c.Name(), c.Languages())
		}
		seen[c.Name()] = true
	}
}
