//go:build amd64 || arm64

package sandbox_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/seccoder/seccoder/check/sandbox"
)

func TestRunTellsHowItEnded(t *testing.T) {
	tests := []struct {
		name    string
		command sandbox.Command
		code    int
		signal  string
		stdout  string
		stderr  string // a part of it
	}{
		{"success", shell("echo out; echo err >&2"), 0, "", "out\n", "err\n"},
		{"exit code", shell("exit 42"), 42, "", "", ""},
		{"exit code that looks like a signal", shell("exit 139"), 139, "", "", ""},
		{"signal", shell("kill -SEGV $$"), 139, "SIGSEGV", "", ""},
		{"signal of the sandbox's own kind", shell("kill -KILL $$"), 137, "SIGKILL", "", ""},
		{"a child's signal is the shell's exit code", shell("sh -c 'kill -TERM $$'; exit $?"), 143, "", "", ""},
		{"unknown program", sandbox.Command{Args: []string{"no-such-program"}}, 127, "", "", "no-such-program is not in"},
		{"unknown path", sandbox.Command{Args: []string{"/no/such/program"}}, 127, "", "", "/no/such/program: no such file"},
		{"not a program", sandbox.Command{Args: []string{"/etc/passwd"}}, 126, "", "", "permission denied"},
		{"a folder", sandbox.Command{Args: []string{"/usr"}}, 126, "", "", "permission denied"},
		{"standard input", sandbox.Command{Args: []string{"cat"}, Stdin: []byte("in\x00put")}, 0, "", "in\x00put", ""},
		{"standard input nobody reads", sandbox.Command{Args: []string{"true"}, Stdin: bytes.Repeat([]byte("x"), 1<<20)}, 0, "", "", ""},
		{"no standard input", sandbox.Command{Args: []string{"cat"}}, 0, "", "", ""},
		{"arguments as they are", sandbox.Command{Args: []string{"printf", "%s|", "", "a b", "$HOME\n", "\xff"}}, 0, "", "|a b|$HOME\n|\xff|", ""},
		{"variables", sandbox.Command{Args: []string{"sh", "-c", "echo $A,$HOME,$USER"}, Env: []string{"A=\xff=b", "HOME=/tmp"}}, 0, "", "\xff=b,/tmp,\n", ""},
		{"an empty folder of its own", shell("pwd; ls -A; echo x > x && cat x"), 0, "", "/sandbox\nx\n", ""},
	}
	eachBackend(t, func(t *testing.T, box *sandbox.Sandbox) {
		for _, test := range tests {
			t.Run(test.name, func(t *testing.T) {
				r := mustRun(t, box, test.command)
				if r.ExitCode != test.code || r.Signal != test.signal || r.Exceeded != "" || string(r.Stdout) != test.stdout || !strings.Contains(string(r.Stderr), test.stderr) {
					t.Errorf("exit %d %q exceeded %q, output %q %q\nwant exit %d %q, output %q %q",
						r.ExitCode, r.Signal, r.Exceeded, r.Stdout, r.Stderr, test.code, test.signal, test.stdout, test.stderr)
				}
			})
		}
	})
}

func TestRunRefusesWhatMakesNoSense(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	mustWrite(t, file, "")
	run := func(change func(c *sandbox.Command)) sandbox.Command {
		c := shell("echo it ran")
		change(&c)
		return c
	}
	tests := []struct {
		name    string
		command sandbox.Command
		want    string
	}{
		{"no arguments", sandbox.Command{}, "no program"},
		{"empty name", sandbox.Command{Args: []string{""}}, "no program"},
		{"NUL in an argument", sandbox.Command{Args: []string{"echo", "a\x00b"}}, "NUL"},
		{"variable without a name", run(func(c *sandbox.Command) { c.Env = []string{"=x"} }), "NAME=value"},
		{"missing folder", run(func(c *sandbox.Command) { c.Dir = "/no/such/folder" }), "/no/such/folder"},
		{"file for a folder", run(func(c *sandbox.Command) { c.Dir = file }), "is a file"},
		{"missing path to show", run(func(c *sandbox.Command) { c.ReadOnly = []string{"/no/such/path"} }), "/no/such/path"},
		{"the root to write", run(func(c *sandbox.Command) { c.Writable = []string{"/"} }), "sandbox's own"},
		{"/tmp as a whole", run(func(c *sandbox.Command) { c.ReadOnly = []string{"/tmp"} }), "sandbox's own"},
		{"/proc", run(func(c *sandbox.Command) { c.ReadOnly = []string{"/proc"} }), "sandbox's own"},
		{"negative limit", run(func(c *sandbox.Command) { c.Limits.MemoryBytes = -1 }), "negative"},
	}
	eachBackend(t, func(t *testing.T, box *sandbox.Sandbox) {
		for _, test := range tests {
			t.Run(test.name, func(t *testing.T) {
				r, err := box.Run(t.Context(), test.command)
				if err == nil || !strings.Contains(err.Error(), test.want) {
					t.Errorf("error %v, want one with %q", err, test.want)
				}
				if len(r.Stdout) > 0 {
					t.Errorf("it ran all the same: %q", r.Stdout)
				}
			})
		}
	})
}

func TestUnknownBackend(t *testing.T) {
	if _, err := sandbox.New(t.Context(), sandbox.Options{Backend: "chroot"}); !errors.Is(err, sandbox.ErrUnavailable) {
		t.Errorf("error %v", err)
	}
}

func TestOutputIsCut(t *testing.T) {
	eachBackend(t, func(t *testing.T, box *sandbox.Sandbox) {
		c := shell("yes")
		c.Limits.OutputBytes = 1000
		r := mustRun(t, box, c)
		if !r.Truncated || r.Exceeded != sandbox.ExceededOutput || len(r.Stdout) != 1000 || r.Signal != "SIGKILL" {
			t.Errorf("%d bytes, truncated %v, exceeded %q, signal %q", len(r.Stdout), r.Truncated, r.Exceeded, r.Signal)
		}
	})
}

func TestFolderKeepsChanges(t *testing.T) {
	eachBackend(t, func(t *testing.T, box *sandbox.Sandbox) {
		c := shell("mkdir d; cat in > d/out; rm in")
		c.Dir = t.TempDir()
		mustWrite(t, filepath.Join(c.Dir, "in"), "text")
		mustRun(t, box, c)
		if got := mustRead(t, filepath.Join(c.Dir, "d/out")); got != "text" {
			t.Errorf("the file holds %q", got)
		}
		if _, err := os.Stat(filepath.Join(c.Dir, "in")); !os.IsNotExist(err) {
			t.Errorf("the deleted file: %v", err)
		}
	})
}

// What a child used is first its own, then its parents', or nobody's. It counts once.
func TestChildrenCountOnce(t *testing.T) {
	needs(t, "python3")
	const script = `
import os, time
def nested(depth):
    if depth == 0:
        end = time.process_time() + 0.1
        with open("/sandbox/x", "wb") as f: f.write(b"x" * 8000000)
        while time.process_time() < end: pass
    elif os.fork() == 0: nested(depth - 1); os._exit(0)
    else: os.wait()
for i in range(12): nested(i % 4)
print("whole")`
	eachBackend(t, func(t *testing.T, box *sandbox.Sandbox) {
		c := sandbox.Command{Args: []string{"/usr/bin/python3", "-c", script}, Dir: t.TempDir(), Limits: small}
		c.Limits.Wall, c.Limits.CPU = time.Minute, 2*time.Second // of which 1.2 s are used, and of 129 MB to write 96 MB
		if r := mustRun(t, box, c); string(r.Stdout) != "whole\n" {
			t.Errorf("exit %d %s %q, CPU %v, output %q %q", r.ExitCode, r.Signal, r.Exceeded, r.CPU, r.Stdout, r.Stderr)
		}
	})
}

func TestManyAtOnce(t *testing.T) {
	eachBackend(t, func(t *testing.T, box *sandbox.Sandbox) {
		left := newRemains(t)
		var all sync.WaitGroup
		for i := range 20 {
			all.Go(func() {
				c := shell(fmt.Sprintf("echo %d > /tmp/x; sleep 0.2; cat /tmp/x; exit %d", i, i))
				c.Env, c.Limits.Wall = []string{left.mark}, time.Minute
				r, err := box.Run(t.Context(), c)
				if err != nil || r.ExitCode != i || string(r.Stdout) != fmt.Sprintln(i) {
					t.Errorf("run %d: %v, exit %d, output %q %q", i, err, r.ExitCode, r.Stdout, r.Stderr)
				}
			})
		}
		all.Wait()
		left.check(t)
	})
}

func TestCancel(t *testing.T) {
	eachBackend(t, func(t *testing.T, box *sandbox.Sandbox) {
		left := newRemains(t)
		// From before the start to well after it.
		for i := range 20 {
			ctx, cancel := context.WithTimeout(t.Context(), time.Duration(i)*2*time.Millisecond)
			begin := time.Now()
			_, err := box.Run(ctx, sandbox.Command{Args: []string{"sh", "-c", "sleep 1000 & sleep 1000"}, Env: []string{left.mark}, Limits: sandbox.Limits{Wall: time.Minute}})
			cancel()
			if !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("error %v", err)
			}
			if time.Since(begin) > 10*time.Second {
				t.Errorf("it took %v to stop", time.Since(begin))
			}
			left.check(t)
		}
	})
}

// inCaller runs a script in a sandbox where this is a test's own program, run once more by mustCall; ok tells whether it is.
func inCaller(t *testing.T, script string) (r sandbox.Result, ok bool) {
	t.Helper()
	name := os.Getenv("SECCODER_TEST_CALLER")
	if name == "" {
		return r, false
	}
	box, err := sandbox.New(t.Context(), sandbox.Options{Backend: name})
	if err != nil {
		t.Fatal(err)
	}
	c := shell("echo > begun; " + script)
	c.Dir, c.Env, c.Limits.Wall = os.Getenv("SECCODER_TEST_DIR"), []string{os.Getenv("SECCODER_TEST_MARK")}, time.Minute
	return mustRun(t, box, c), true
}

// mustCall starts this test's own program once more, at the head of a process group, and waits until its sandbox's program has begun, in dir.
func mustCall(t *testing.T, box *sandbox.Sandbox, left remains, dir string) *exec.Cmd {
	t.Helper()
	test, _, _ := strings.Cut(t.Name(), "/")
	caller := exec.Command(os.Args[0], "-test.run=^"+test+"$")
	caller.Env = append(os.Environ(), "SECCODER_TEST_CALLER="+box.Backend(), "SECCODER_TEST_DIR="+dir, "SECCODER_TEST_MARK="+left.mark)
	caller.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := caller.Start(); err != nil {
		t.Fatal(err)
	}
	for i := 0; ; i++ {
		if _, err := os.Stat(filepath.Join(dir, "begun")); err == nil {
			return caller
		} else if i > 3000 {
			t.Fatal("the program has not begun after 30 s")
		}
		time.Sleep(10 * time.Millisecond)
	}
}

// Ctrl-C in a terminal reaches the caller alone, which decides what it means: a program that was ended by it would be judged as one that ends so.
func TestInterruptIsTheCallers(t *testing.T) {
	interrupts := make(chan os.Signal, 1)
	signal.Notify(interrupts, os.Interrupt)
	defer signal.Stop(interrupts)
	if r, ok := inCaller(t, "until [ -e go ]; do sleep 0.01; done; echo whole"); ok {
		if string(r.Stdout) != "whole\n" {
			t.Errorf("exit %d %s %q, output %q", r.ExitCode, r.Signal, r.Exceeded, r.Stdout)
		}
		select {
		case <-interrupts:
		case <-time.After(time.Minute):
			t.Error("the caller was not interrupted")
		}
		return
	}
	eachBackend(t, func(t *testing.T, box *sandbox.Sandbox) {
		left, dir := newRemains(t), t.TempDir()
		caller := mustCall(t, box, left, dir)
		if err := syscall.Kill(-caller.Process.Pid, syscall.SIGINT); err != nil {
			t.Fatal(err)
		}
		mustWrite(t, filepath.Join(dir, "go"), "")
		if err := caller.Wait(); err != nil {
			t.Errorf("the caller: %v", err)
		}
		left.check(t)
	})
}

// TestCallerDies kills this test's own program, run once more, while it waits for a sandbox.
func TestCallerDies(t *testing.T) {
	if _, ok := inCaller(t, "setsid sleep 1000 & sleep 1000"); ok {
		return
	}
	eachBackend(t, func(t *testing.T, box *sandbox.Sandbox) {
		left, dir := newRemains(t), t.TempDir()
		caller := mustCall(t, box, left, dir)
		if err := caller.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = caller.Wait() // killed, as it should be
		// Nobody waits for the sandbox now, so it is given a moment.
		for i := 0; i < 500 && marked(left.mark); i++ {
			time.Sleep(10 * time.Millisecond)
		}
		left.check(t)
	})
}

// marked says whether a process with the mark runs.
func marked(mark string) bool {
	environments, _ := filepath.Glob("/proc/[0-9]*/environ")
	for _, path := range environments {
		if text, err := os.ReadFile(path); err == nil && bytes.Contains(text, []byte(mark)) {
			return true
		}
	}
	return false
}

func BenchmarkStart(b *testing.B) {
	for _, name := range []string{sandbox.Bubblewrap, sandbox.Namespaces} {
		b.Run(name, func(b *testing.B) {
			box, dir := mustOpen(b, name), b.TempDir()
			for b.Loop() {
				mustRun(b, box, sandbox.Command{Args: []string{"true"}, Dir: dir})
			}
		})
	}
}
