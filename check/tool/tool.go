// Package tool runs the outside programs that checkers are built on: with a bound on
// what they write, without a terminal or standard input, in a process group that ends
// with them, and with errors that say what failed.
//
//	bandit := tool.Program{Name: "bandit", Get: "pip install bandit", VersionArgs: []string{"--version"}, Version: `bandit (\S+)`}
//	version, err := bandit.Probe(ctx)
//	out, err := bandit.Run(ctx, tool.Command{Dir: dir, Args: []string{"-f", "json", "app.py"}})
//
// The programs run as the user and see the user's files: this is no sandbox.
package tool

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"strings"
	"sync"
	"time"
)

// DefaultMaxOutput bounds standard output and standard error, each, in bytes.
const DefaultMaxOutput = 64 << 20

// patience is how long the streams may stay open after the program has ended: a child
// that it left behind may hold them.
const patience = 2 * time.Second

// A Command is one run of a program.
type Command struct {
	// Args are the arguments, without the program's name.
	Args []string
	// Dir is the folder that it runs in.
	Dir string
	// Env is added to the environment of this process, and wins over it.
	Env []string
	// MaxOutput bounds standard output and standard error, each, in bytes; 0 stands for
	// DefaultMaxOutput. A program that writes more is ended.
	MaxOutput int
}

// An Output is what a program wrote, and the code that it ended with.
type Output struct {
	Stdout, Stderr []byte
	Code           int
}

// errTooMuch ends a program that floods.
var errTooMuch = errors.New("too much output")

// A lateError says that a program did not end in time. It is context.DeadlineExceeded
// without Go's words for it.
type lateError struct{ name string }

func (e lateError) Error() string { return e.name + " took too long and was ended" }

func (e lateError) Is(target error) bool { return target == context.DeadlineExceeded }

// run runs the program at a path. An exit code is no error: many tools say by it that
// they found something. To be ended by a signal, to flood, or not to end before ctx does,
// is one.
func run(ctx context.Context, path, name string, c Command) (Output, error) {
	limit := c.MaxOutput
	if limit == 0 {
		limit = DefaultMaxOutput
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	stdout := &bounded{limit: limit, flooded: func() { cancel(errTooMuch) }}
	stderr := &bounded{limit: limit, flooded: func() { cancel(errTooMuch) }}
	cmd := exec.CommandContext(ctx, path, c.Args...)
	cmd.Dir, cmd.Stdout, cmd.Stderr, cmd.WaitDelay = c.Dir, stdout, stderr, patience
	// English messages without colours or line wrapping; whatever the user's locale is.
	// Environ has the folder as PWD, too: behind a symbolic link, tools call files as they were asked for.
	cmd.Env = append(cmd.Environ(), "LC_ALL=C.UTF-8", "LANGUAGE=", "NO_COLOR=1", "TERM=dumb", "PYTHONUTF8=1")
	cmd.Env = append(cmd.Env, c.Env...)
	ownGroup(cmd)
	cmd.Cancel = func() error { return endGroup(cmd.Process) }
	err := cmd.Run()
	if cmd.Process != nil {
		endRest(cmd.Process) // what it started and left behind
	}
	switch cause := context.Cause(ctx); {
	case errors.Is(cause, errTooMuch):
		return Output{}, fmt.Errorf("%s wrote more than %d MB and was ended", name, limit>>20)
	case errors.Is(cause, context.DeadlineExceeded):
		return Output{}, lateError{name}
	case cause != nil:
		return Output{}, fmt.Errorf("run %s: %w", name, cause)
	}
	out := Output{Stdout: stdout.buf.Bytes(), Stderr: stderr.buf.Bytes()}
	exit, ended := errors.AsType[*exec.ExitError](err)
	switch {
	case err == nil:
		return out, nil
	case errors.Is(err, exec.ErrWaitDelay):
		return out, nil // it has ended by itself; only a child held its streams open
	case !ended:
		return Output{}, fmt.Errorf("run %s: %w", name, err)
	case !exit.Exited():
		return Output{}, fmt.Errorf("%s crashed (%v)%s", name, exit.ProcessState, said(out))
	}
	out.Code = exit.ExitCode()
	return out, nil
}

// Failed is the error of a program whose exit code or output says that it did not work.
// It shows the end of what the program said.
func (p *Program) Failed(out Output, format string, args ...any) error {
	return fmt.Errorf("%s %s (exit code %d)%s", p.Name, fmt.Sprintf(format, args...), out.Code, said(out))
}

// maxSaid bounds how much of a program's words an error shows, in bytes.
const maxSaid = 300

// said is the last line that a program wrote for people, behind a colon.
func said(out Output) string {
	text := strings.TrimSpace(string(bytes.ToValidUTF8(out.Stderr, []byte("?"))))
	if text == "" {
		text = strings.TrimSpace(string(bytes.ToValidUTF8(out.Stdout, []byte("?"))))
	}
	line := strings.TrimSpace(text[strings.LastIndexByte(text, '\n')+1:])
	if line == "" {
		return ""
	}
	if len(line) > maxSaid {
		line = strings.ToValidUTF8(line[:maxSaid], "") + " …"
	}
	return ": " + line
}

// A bounded buffer keeps what fits and says once that there is more.
type bounded struct {
	buf     bytes.Buffer
	limit   int
	flooded func()
	once    sync.Once
}

func (b *bounded) Write(p []byte) (int, error) {
	if b.buf.Len()+len(p) > b.limit {
		b.once.Do(b.flooded)
		return 0, io.ErrShortWrite
	}
	return b.buf.Write(p)
}
