//go:build amd64 || arm64

package sandbox

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// eachSlow runs a test in every kind of sandbox that this machine has, each of which takes that many seconds longer to set up.
func eachSlow(t *testing.T, seconds int, f func(t *testing.T, prepare prepare)) {
	executable, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	for _, kind := range []string{"bubblewrap", "bubblewrap bounded", "namespaces"} {
		t.Run(kind, func(t *testing.T) {
			var slow prepare
			if name, bounded := strings.CutSuffix(kind, " bounded"); name == Bubblewrap {
				made, err := newBubblewrap(executable, bounded)
				if err != nil {
					t.Skip(err)
				}
				b := made.(*bubblewrap)
				script := fmt.Sprintf("#!/bin/sh\nsleep %d\nexec %s \"$@\"\n", seconds, b.program)
				b.program = filepath.Join(t.TempDir(), "bwrap")
				if err := os.WriteFile(b.program, []byte(script), 0o700); err != nil {
					t.Fatal(err)
				}
				slow = b.launch
			} else {
				bash, err := exec.LookPath("bash")
				if err != nil {
					t.Skip(err)
				}
				slow = func(c Command, control *os.File) (*launch, error) {
					made, err := newNamespaces(executable)
					if err != nil {
						return nil, err
					}
					l, err := made.(*namespaces).launch(c, control)
					if err == nil {
						l.cmd.Path, l.cmd.Args = bash, []string{"bash", "-c", fmt.Sprintf(`/bin/sleep %d; exec -a %s "$0"`, seconds, setupName), executable}
					}
					return l, err
				}
			}
			if _, err := New(t.Context(), Options{}); err != nil {
				t.Skip(err)
			}
			f(t, slow)
		})
	}
}

// The time to set the sandbox up is not the program's.
func TestSlowSetUp(t *testing.T) {
	eachSlow(t, 3, func(t *testing.T, slow prepare) {
		limits := defaultLimits
		limits.Wall = 2 * time.Second
		r, err := run(t.Context(), Command{Args: []string{"echo", "ran"}, Limits: limits}, slow)
		if err != nil || r.Exceeded != "" || string(r.Stdout) != "ran\n" {
			t.Fatalf("%v, exceeded %q, output %q %q", err, r.Exceeded, r.Stdout, r.Stderr)
		}
		if r.Wall >= limits.Wall {
			t.Errorf("the program took %v, of which the sandbox took 3 s", r.Wall)
		}
	})
}

// A program that was not run is not judged, and whoever waits for it is told what to do, or may give up at once.
func TestEndlessSetUp(t *testing.T) {
	eachSlow(t, 1000, func(t *testing.T, slow prepare) {
		impatient := func(c Command, control *os.File) (*launch, error) {
			l, err := slow(c, control)
			if err == nil {
				l.within = 300 * time.Millisecond
			}
			return l, err
		}
		c := Command{Args: []string{"true"}, Limits: defaultLimits}
		begin := time.Now()
		if r, err := run(t.Context(), c, impatient); err == nil || !strings.Contains(err.Error(), "true was not run") {
			t.Errorf("error %v, exceeded %q", err, r.Exceeded)
		}
		ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
		defer cancel()
		if _, err := run(ctx, c, slow); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("error %v", err)
		}
		if took := time.Since(begin); took > 8*time.Second {
			t.Errorf("it took %v to give up twice", took)
		}
	})
}
