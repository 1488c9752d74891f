//go:build unix

package tool_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/seccoder/seccoder/check"
	"github.com/seccoder/seccoder/check/checktest"
	"github.com/seccoder/seccoder/check/tool"
)

func program(t *testing.T, script string) *tool.Program {
	t.Helper()
	return &tool.Program{Name: "toy", Path: checktest.Fake(t, "toy", script), Get: "make toy"}
}

// The folder of a run may be reached by a symbolic link: the tool calls it as it was called here.
// Its messages are English, which LANGUAGE would have a say in, too.
func TestRun(t *testing.T) {
	t.Setenv("LANGUAGE", "de")
	dir := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(t.TempDir(), dir); err != nil {
		t.Fatal(err)
	}
	out, err := program(t, `pwd; echo "$1 $TOY $NO_COLOR $LANGUAGE$LC_ALL" >&2; exit 3`).Run(t.Context(), tool.Command{Dir: dir, Args: []string{"an argument"}, Env: []string{"TOY=1"}})
	if err != nil {
		t.Fatal(err)
	}
	if out.Code != 3 || strings.TrimSpace(string(out.Stdout)) != dir || string(out.Stderr) != "an argument 1 1 C.UTF-8\n" {
		t.Errorf("code %d, standard output %q, standard error %q", out.Code, out.Stdout, out.Stderr)
	}
}

func TestRunErrors(t *testing.T) {
	for name, test := range map[string]struct{ script, want string }{
		"crash":           {"echo last words >&2; kill -ABRT $$", "toy crashed (signal: aborted"},
		"flood":           {"exec yes", "toy wrote more than 1 MB and was ended"},
		"flood of errors": {"exec yes >&2", "toy wrote more than 1 MB and was ended"},
		"hang":            {"sleep 600", "toy took too long and was ended"},
	} {
		t.Run(name, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
			defer cancel()
			if name == "hang" {
				ctx, cancel = context.WithTimeout(t.Context(), 100*time.Millisecond)
				defer cancel()
			}
			_, err := program(t, test.script).Run(ctx, tool.Command{MaxOutput: 1 << 20})
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error %v, want one with %q", err, test.want)
			}
			if name == "hang" && (err.Error() != test.want || !errors.Is(err, context.DeadlineExceeded)) {
				t.Errorf("error %v, want %q and a deadline that was exceeded", err, test.want)
			}
			if name == "crash" && !strings.Contains(err.Error(), "last words") {
				t.Errorf("error %v, want the last words", err)
			}
		})
	}
}

// A child that the tool leaves behind holds up nothing and is ended.
func TestChildLeftBehind(t *testing.T) {
	out, err := program(t, "sleep 600 & echo $!").Run(t.Context(), tool.Command{})
	if err != nil {
		t.Fatal(err)
	}
	pid, err := strconv.Atoi(strings.TrimSpace(string(out.Stdout)))
	if err != nil {
		t.Fatal(err)
	}
	for range 500 {
		if syscall.Kill(pid, 0) != nil || zombie(pid) {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Errorf("the child %d lives on", pid)
}

// zombie reports whether a process has ended and only waits for somebody to see it.
func zombie(pid int) bool {
	stat, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat")
	return err == nil && strings.Contains(string(stat), ") Z ")
}

func TestFailed(t *testing.T) {
	p := program(t, "")
	for name, test := range map[string]struct {
		out  tool.Output
		want string
	}{
		"standard error": {tool.Output{Stderr: []byte("first\nlast\n"), Stdout: []byte("other"), Code: 2}, "toy failed (exit code 2): last"},
		"nothing":        {tool.Output{Code: 1}, "toy failed (exit code 1)"},
		"bad text":       {tool.Output{Stdout: []byte("a\xff"), Code: 1}, "toy failed (exit code 1): a?"},
		"long":           {tool.Output{Stdout: bytes.Repeat([]byte("x"), 5000), Code: 1}, "toy failed (exit code 1): " + strings.Repeat("x", 300) + " …"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := p.Failed(test.out, "failed").Error(); got != test.want {
				t.Errorf("%q, want %q", got, test.want)
			}
		})
	}
}

func TestProbe(t *testing.T) {
	count := filepath.Join(t.TempDir(), "count")
	p := program(t, "echo >> "+count+"; echo toy 1.2.3 >&2")
	p.VersionArgs, p.Version = []string{"--version"}, `toy (\S+)`
	for range 2 {
		if version, err := p.Probe(t.Context()); version != "1.2.3" || err != nil {
			t.Fatalf("%q, %v", version, err)
		}
	}
	if asked, err := os.ReadFile(count); err != nil || len(asked) != 1 {
		t.Errorf("asked %d times, %v", len(asked), err)
	}
	_, err := (&tool.Program{Name: "no-such-program", Get: "make it"}).Run(t.Context(), tool.Command{})
	missing, ok := errors.AsType[*check.MissingError](err)
	if !ok || missing.Tool != "no-such-program" || missing.Get != "make it" {
		t.Errorf("%v", err)
	}
}
