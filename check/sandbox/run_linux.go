//go:build amd64 || arm64

package sandbox

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strings"
	"time"

	"golang.org/x/sys/unix"
)

// setUpWithin is how long the sandbox may take until its program runs. It is far more than a busy machine needs, so that who waits longer waits
// for something that hangs.
const setUpWithin = time.Minute

// launch is a sandbox that is about to start.
type launch struct {
	cmd    *exec.Cmd
	files  []*os.File    // descriptors 3 and up inside, ours only until the start
	status *os.File      // where bwrap says the first process's id; nil when cmd is that process itself
	steps  []step        // what the first process is to mount
	within time.Duration // in place of setUpWithin, for tests
}

// close closes what the launch holds on this side.
func (l *launch) close() {
	for _, f := range l.files {
		f.Close()
	}
	if l.status != nil {
		l.status.Close()
	}
}

// prepare makes a launch whose control socket is the given file.
type prepare func(c Command, control *os.File) (*launch, error)

// run carries out one command from beginning to end.
func run(ctx context.Context, c Command, prepare prepare) (Result, error) {
	if err := c.check(); err != nil {
		return Result{}, err
	}
	if err := ctx.Err(); err != nil {
		return Result{}, fmt.Errorf("sandbox: %s was not run: %w", c.Args[0], err)
	}
	ours, theirs, err := socketPair()
	if err != nil {
		return Result{}, err
	}
	defer ours.Close()
	l, err := prepare(c, theirs)
	if err != nil {
		theirs.Close()
		return Result{}, err
	}
	defer l.close()
	output, err := newOutput(c.Limits.OutputBytes)
	if err != nil {
		return Result{}, err
	}
	defer output.close()
	if len(c.Stdin) > 0 {
		l.cmd.Stdin = bytes.NewReader(c.Stdin)
	}
	l.cmd.Stdout, l.cmd.Stderr = output.inner[0], output.inner[1]

	begin := time.Now()
	started, ended := make(chan error, 1), make(chan struct{})
	go func() {
		// The kernel kills the sandbox when the thread that started it ends, so this thread stays until the sandbox is gone.
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		err := l.cmd.Start()
		started <- err
		if err == nil {
			_ = l.cmd.Wait() // how it ended is what the first process says
			close(ended)
		}
	}()
	if err := <-started; err != nil {
		return Result{}, fmt.Errorf("sandbox: start %s: %w", l.cmd.Path, err)
	}
	for _, f := range l.files {
		f.Close()
	}
	output.started()
	reports := converse(ours, l.steps, c.order())
	kill := newKiller(l)

	var said report // all reports in one
	reason, late := "", false
	within := cmp.Or(l.within, setUpWithin)
	setUp, wall := time.After(within), (<-chan time.Time)(nil)
	for open := true; open; {
		select {
		case r, more := <-reports:
			if !more {
				reports = nil // it has died or is about to; wait for its end
				continue
			}
			said.merge(r)
			if r.Started {
				// What came before was not the program's doing, so its time begins now.
				begin, setUp, wall = time.Now(), nil, time.After(c.Limits.Wall)
			}
		case <-setUp:
			late = true
			kill.now()
		case <-output.exceeded:
			reason = ExceededOutput
			output.exceeded = nil
			kill.now()
		case <-wall:
			reason = ExceededWall
			kill.now()
		case <-ctx.Done():
			kill.now()
			<-ended
			kill.close()
			output.wait()
			return Result{}, fmt.Errorf("sandbox: %s was ended: %w", c.Args[0], ctx.Err())
		case <-ended:
			open = false
		}
	}
	kill.close()
	output.wait()
	for r := range orNone(reports) {
		said.merge(r)
	}
	if late && !said.Ended {
		return Result{}, fmt.Errorf("sandbox: %s was not run, since the sandbox was not ready within %v; give the machine less to do at once or, if it is idle, see whether bwrap or a folder that is shown inside hangs: %s",
			c.Args[0], within, strings.TrimSpace(output.text[1].String()))
	}
	result := Result{Stdout: output.text[0].Bytes(), Stderr: output.text[1].Bytes(), Truncated: output.cut, Wall: time.Since(begin)}
	result.CPU = l.cmd.ProcessState.UserTime() + l.cmd.ProcessState.SystemTime()
	return result.finish(said, reason, output.cut)
}

// merge takes in a further report.
func (r *report) merge(next report) {
	started, cpu := r.Started || next.Started, max(r.CPU, next.CPU)
	if next.Ended || next.Failure != "" {
		*r = next
	}
	r.Started, r.CPU = started, cpu
}

// finish fills in how the program ended: what the first process said, and the limit that was passed as seen from here.
func (r Result) finish(said report, reason string, cut bool) (Result, error) {
	switch {
	case said.Failure != "":
		return Result{}, fmt.Errorf("sandbox: %s", said.Failure)
	case said.Exceeded != "":
		reason = said.Exceeded
	case cut:
		reason = ExceededOutput
	case said.Ended:
		reason = "" // by itself, at the last moment
	case !said.Started && reason == "":
		return Result{}, fmt.Errorf("sandbox: it could not be set up: %s", strings.TrimSpace(string(r.Stderr)))
	}
	r.Exceeded, r.ExitCode, r.Signal = reason, said.ExitCode, said.Signal
	r.CPU = max(r.CPU, said.CPU)
	if reason != "" || !said.Ended {
		// Not ended and nothing passed: the out-of-memory killer, or somebody on the host, killed the first process.
		r.ExitCode, r.Signal = 128+int(unix.SIGKILL), "SIGKILL"
	}
	r.Stderr = append(r.Stderr, said.Note...)
	return r, nil
}

// check finds what is wrong with a command before anything is started.
func (c Command) check() error {
	if len(c.Args) == 0 || c.Args[0] == "" {
		return errors.New("sandbox: the command has no program; give Args")
	}
	for _, text := range append(append([]string{}, c.Args...), c.Env...) {
		if strings.ContainsRune(text, 0) {
			return fmt.Errorf("sandbox: the argument or variable %.40q holds a NUL byte", text)
		}
	}
	for _, pair := range c.Env {
		if name, _, ok := strings.Cut(pair, "="); !ok || name == "" {
			return fmt.Errorf("sandbox: the variable %.40q is not NAME=value", pair)
		}
	}
	l := c.Limits
	if l.Wall < 0 || l.CPU < 0 || l.MemoryBytes < 0 || l.DiskBytes < 0 || l.OutputBytes < 0 || l.Processes < 0 || l.OpenFiles < 0 {
		return fmt.Errorf("sandbox: a limit is negative: %+v", l)
	}
	return nil
}

// noLeaks switches the sanitizers' search for leaks off, which needs ptrace: a program without any fault would fail.
const noLeaks = "LSAN_OPTIONS=detect_leaks=0"

// order is what the first process is told.
func (c Command) order() order {
	o := order{Limits: c.Limits, Private: []string{"/tmp", homeDir, "/dev/shm"}}
	for _, path := range c.Writable {
		if path, _, err := hostPath(path); err == nil { // an error was reported with the steps
			o.Watched = append(o.Watched, path)
		}
	}
	for _, arg := range c.Args {
		o.Args = append(o.Args, []byte(arg))
	}
	for _, pair := range environment(c.Env) {
		o.Env = append(o.Env, []byte(pair))
	}
	if c.Dir == "" {
		o.Private = append(o.Private, workDir)
	} else {
		o.Watched = append(o.Watched, workDir)
	}
	o.Writable = append(append([]string{}, o.Private...), o.Watched...)
	return o
}

// environment is the base environment with what the caller sets in place of it or beside it.
func environment(set []string) []string {
	env := []string{"PATH=" + basePath, "HOME=" + homeDir, "LANG=C.UTF-8", "TMPDIR=/tmp", noLeaks}
	for _, pair := range set {
		name, _, _ := strings.Cut(pair, "=")
		env = slices.DeleteFunc(env, func(other string) bool { return strings.HasPrefix(other, name+"=") })
		env = append(env, pair)
	}
	return env
}

// converse sends the steps, where there are some, and the order, and returns the reports as they come, until the other side is gone.
func converse(control *os.File, steps []step, o order) chan report {
	reports := make(chan report, 8) // a first process sends three at most
	go func() {
		// A first process that dies early breaks the pipe, which its missing report tells.
		if steps != nil && sendSteps(control, steps) != nil {
			return
		}
		_ = json.NewEncoder(control).Encode(o)
	}()
	go func() {
		defer close(reports)
		for in := json.NewDecoder(control); ; {
			var r report
			if in.Decode(&r) != nil {
				return
			}
			reports <- r
		}
	}()
	return reports
}

// orNone is the channel, or one without content for nil.
func orNone(reports chan report) chan report {
	if reports == nil {
		reports = make(chan report)
		close(reports)
	}
	return reports
}
