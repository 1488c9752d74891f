//go:build unix

package engine_test

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/seccoder/seccoder/internal/engine"
)

func TestWorkerDiesDuringARequest(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		signal syscall.Signal
		state  string
		output string
	}{
		"killed": {syscall.SIGKILL, "signal: killed", ""},
		// A failed assertion of the library. Go's runtime sees the signal first.
		"aborted": {syscall.SIGABRT, "exit status 2", "SIGABRT: abort"},
		"faulted": {syscall.SIGSEGV, "exit status 2", "SIGSEGV"},
	}
	e := mustOpen(t, options(t))
	g := engine.Generation{Prefix: prefix, N: 2, MaxTokens: 5, Temperature: 1, TopP: 1}
	want := mustGenerate(t, e, g)
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := generate(t.Context(), e, g, func(index, tokens int) bool {
				if index == 0 && tokens == 2 {
					mustSignal(t, e.Pid(), test.signal)
				}
				return false
			})
			dead, ok := errors.AsType[*engine.WorkerError](err)
			if !ok {
				t.Fatalf("got the error %v", err)
			}
			if !strings.Contains(dead.State, test.state) || !strings.Contains(dead.Output, test.output) {
				t.Errorf("state %q, output %q", dead.State, dead.Output)
			}
			if got := mustGenerate(t, e, g); !slices.Equal(got.texts, want.texts) {
				t.Errorf("the next worker gave %q, the first %q", got.texts, want.texts)
			}
		})
	}
}

func TestWorkerDiesBetweenRequests(t *testing.T) {
	t.Parallel()
	e := mustOpen(t, options(t))
	mustSignal(t, e.Pid(), syscall.SIGKILL)
	eventually(t, "the engine sees that its worker is gone", func() bool { return e.Pid() == 0 })
	if _, err := e.CountTokens(t.Context(), "x"); err != nil {
		t.Error(err)
	}
	if e.Pid() == 0 {
		t.Error("no new worker runs")
	}
}

// A worker that hangs reads nothing: neither a command larger than the pipe nor a
// cancellation may wait for it.
func TestWorkerHangs(t *testing.T) {
	t.Parallel()
	for name, size := range map[string]int{"small request": 10, "large request": 1 << 20} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := mustOpen(t, options(t))
			mustSignal(t, e.Pid(), syscall.SIGSTOP)
			ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
			defer cancel()
			if _, err := e.CountTokens(ctx, strings.Repeat("x ", size)); !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("got the error %v", err)
			}
			if _, err := e.CountTokens(t.Context(), "x"); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestWorkerEndsWithItsParent(t *testing.T) {
	t.Parallel()
	for _, role := range []string{"idle", "busy"} {
		t.Run(role, func(t *testing.T) {
			t.Parallel()
			parent, output := mustStartRole(t, role)
			worker, err := strconv.Atoi(mustReadLine(t, output))
			if err != nil {
				t.Fatal(err)
			}
			if role == "busy" {
				time.Sleep(200 * time.Millisecond)
			}
			if !alive(worker) {
				t.Fatal("no worker runs")
			}
			mustSignal(t, parent.Process.Pid, syscall.SIGKILL)
			_ = parent.Wait()
			eventually(t, "the worker ends", func() bool { return !alive(worker) })
		})
	}
}

// Ctrl-C reaches parent and worker alike; what it means is the parent's to say.
func TestInterruptLeavesTheWorker(t *testing.T) {
	t.Parallel()
	parent, output := mustStartRole(t, "interrupted")
	worker := mustReadLine(t, output)
	mustSignal(t, -parent.Process.Pid, syscall.SIGINT)
	if got, want := mustReadLine(t, output), "true <nil> "+worker; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if err := parent.Wait(); err != nil {
		t.Error(err)
	}
}

func TestWorkerCommandIsNoWorker(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		command []string
		patient bool // waits as long as the engine does
		want    string
	}{
		"ends at once":       {[]string{"true"}, true, "true did not answer"},
		"ends with an error": {[]string{"sh", "-c", "echo no such thing >&2; exit 3"}, true, "(no such thing)"},
		"is killed":          {[]string{"sh", "-c", "kill -9 $$"}, true, "(signal: killed)"},
		"prints":             {[]string{"echo", "hello"}, true, "must call RunWorker first"},
		"prints much":        {[]string{"sh", "-c", "yes"}, true, "did not answer"},
		"says nothing":       {[]string{"cat"}, true, "cat did not answer"},
		"is given up":        {[]string{"cat"}, false, context.DeadlineExceeded.Error()},
		"leaves a child":     {[]string{"sh", "-c", "sleep 20 & wait"}, false, context.DeadlineExceeded.Error()},
		"is missing":         {[]string{"no-such-program-here"}, true, "no-such-program-here"},
		"is no program":      {[]string{os.DevNull}, true, os.DevNull},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ctx := t.Context()
			if !test.patient {
				var cancel context.CancelFunc
				ctx, cancel = context.WithTimeout(ctx, 200*time.Millisecond)
				defer cancel()
			}
			e := engine.New(engine.Options{LibraryDir: "nowhere", ModelPath: "nothing", WorkerCommand: test.command})
			defer e.Close()
			_, err := e.Open(ctx)
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got the error %v, want one with %q", err, test.want)
			}
			if e.Pid() != 0 {
				t.Error("it is kept")
			}
		})
	}
}

// mustStartRole starts this test's binary as a program with an engine, in a process
// group of its own.
func mustStartRole(t *testing.T, role string) (*exec.Cmd, *bufio.Reader) {
	t.Helper()
	o := options(t)
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	command := exec.Command(program, o.LibraryDir, o.ModelPath)
	command.Env = append(os.Environ(), roleVariable+"="+role)
	command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	command.Stderr = os.Stderr
	output, err := command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = command.Process.Kill() })
	return command, bufio.NewReader(output)
}

func mustSignal(t *testing.T, pid int, signal syscall.Signal) {
	t.Helper()
	if err := syscall.Kill(pid, signal); err != nil {
		t.Fatalf("signal process %d: %v", pid, err)
	}
}

// alive reports whether a process runs. One that has ended but that nobody has
// waited for yet does not.
func alive(pid int) bool {
	if syscall.Kill(pid, 0) != nil {
		return false
	}
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return true // no /proc here
	}
	_, rest, _ := bytes.Cut(stat, []byte(") "))
	return len(rest) > 0 && rest[0] != 'Z'
}

func eventually(t *testing.T, what string, happened func() bool) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); !happened(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("waited in vain: %s", what)
		}
	}
}
