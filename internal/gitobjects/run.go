package gitobjects

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"time"
)

// stopGrace is how long git may take to end once it has been told to.
const stopGrace = 2 * time.Second

// switchedOff are settings of the repository that could run a program, or reach another
// machine, or change what is printed.
var switchedOff = []string{
	"core.hooksPath=/dev/null", "core.fsmonitor=false", "core.pager=cat", "core.sshCommand=false", "core.gitProxy=false",
	"core.askPass=false", "core.editor=false", "core.alternateRefsCommand=false", "core.untrackedCache=false",
	"credential.helper=", "diff.external=", "gpg.program=false", "log.showSignature=false", "protocol.allow=never",
	"core.quotePath=true", "core.commitGraph=true", "core.multiPackIndex=true", "core.attributesFile=/dev/null",
	"i18n.logOutputEncoding=UTF-8", "diff.renameLimit=1000", "maintenance.auto=false", "gc.auto=0", "trace2.eventTarget=", "trace2.normalTarget=", "trace2.perfTarget=",
}

// command is git with arguments, in an environment without the user's settings of git.
func (r *Repository) command(ctx context.Context, args ...string) *exec.Cmd {
	var all []string
	for _, setting := range switchedOff {
		all = append(all, "-c", setting)
	}
	for _, dir := range r.safe {
		all = append(all, "-c", "safe.directory="+dir)
	}
	all = append(all, "--no-pager", "--literal-pathspecs")
	if r.Dir != "" {
		all = append(all, "--git-dir="+r.Dir)
	} else {
		all = append(all, "-C", r.Path) // it is being opened
	}
	cmd := exec.CommandContext(ctx, r.program, append(all, args...)...)
	cmd.Env = environment()
	cmd.WaitDelay = stopGrace
	separate(cmd)
	return cmd
}

// environment is the process's without what steers git, and with what keeps it still.
func environment() []string {
	var env []string
	for _, variable := range os.Environ() {
		if !strings.HasPrefix(variable, "GIT_") && !strings.HasPrefix(variable, "SSH_ASKPASS") {
			env = append(env, variable)
		}
	}
	return append(env,
		"GIT_CONFIG_NOSYSTEM=1", "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_SYSTEM="+os.DevNull, "GIT_ATTR_NOSYSTEM=1",
		"GIT_OPTIONAL_LOCKS=0", "GIT_TERMINAL_PROMPT=0", "GIT_NO_LAZY_FETCH=1", "GIT_NO_REPLACE_OBJECTS=1",
		// A protocol that there is none of: also a git that does not know of lazy fetches fetches nothing.
		"GIT_ALLOW_PROTOCOL=none", "GIT_PAGER=cat", "GIT_FLUSH=0", "LC_ALL=C",
	)
}

// Output runs a command of git that prints what is stored, and returns what it prints.
func (r *Repository) Output(ctx context.Context, args ...string) (string, error) {
	var out bytes.Buffer
	err := r.Stream(ctx, nil, func(printed io.Reader) error {
		_, err := io.Copy(&out, printed)
		return err
	}, args...)
	return out.String(), err
}

// Stream runs a command of git that prints what is stored, gives it the input and hands
// what it prints to read. When read fails before git ends, git is stopped.
func (r *Repository) Stream(ctx context.Context, input io.Reader, read func(io.Reader) error, args ...string) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	cmd := r.command(ctx, args...)
	var said tail
	cmd.Stdin, cmd.Stderr = input, &said
	out, err := cmd.StdoutPipe()
	if err != nil {
		return fmt.Errorf("git %s: %w", args[0], err)
	}
	if err := cmd.Start(); err != nil {
		return fmt.Errorf("git %s: %w", args[0], err)
	}
	readErr := read(out)
	if readErr != nil {
		cancel()
	}
	waitErr := cmd.Wait()
	switch {
	case readErr != nil:
		return fmt.Errorf("git %s: %w", args[0], readErr)
	case waitErr != nil && ctx.Err() != nil:
		return context.Cause(ctx)
	case waitErr != nil:
		return &gitError{args[0], said.String(), waitErr}
	}
	return nil
}

// A gitError says that git failed.
type gitError struct {
	command, said string
	err           error
}

func (e *gitError) Error() string {
	if e.said == "" {
		return fmt.Sprintf("git %s: %v", e.command, e.err)
	}
	return fmt.Sprintf("git %s: %s", e.command, e.said)
}

func (e *gitError) Unwrap() error { return e.err }

// A tail keeps the end of what is written to it.
type tail struct{ kept []byte }

const tailBytes = 2000

func (t *tail) Write(p []byte) (int, error) {
	t.kept = append(t.kept, p...)
	if over := len(t.kept) - tailBytes; over > 0 {
		t.kept = append(t.kept[:0], t.kept[over:]...)
	}
	return len(p), nil
}

// String is what was kept, on one line.
func (t *tail) String() string {
	return strings.Join(strings.Fields(strings.ToValidUTF8(string(t.kept), "?")), " ")
}
