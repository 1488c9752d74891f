//go:build amd64 || arm64

package sandbox

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"syscall"

	"golang.org/x/sys/unix"
)

// bubblewrap makes the sandbox with the program bwrap.
type bubblewrap struct {
	program    string // absolute path of bwrap
	executable string // of this process
	system     []step
	// bounded puts bwrap into a process namespace of its own, whose process numbers are few. Root's processes are not bound by RLIMIT_NPROC, so
	// that a fork bomb could slow the whole machine down before the watch gets its turn. The highest number is each namespace's own since
	// Linux 6.14; before, it is the machine's.
	bounded bool
}

// boundScript sets the highest process number, which can only be done from inside, and becomes bwrap.
const boundScript = `echo "$0" >/proc/sys/kernel/pid_max && exec "$@"`

// errNotBounded is the reason for the next best way, and no news to anybody.
var errNotBounded = errors.New("process numbers cannot be bounded here")

func newBubblewrap(executable string, bounded bool) (backend, error) {
	if bounded && (os.Geteuid() != 0 || !kernelIs(6, 14)) {
		return nil, errNotBounded
	}
	program, err := exec.LookPath("bwrap")
	if err != nil {
		return nil, errors.New("the program bwrap is not installed")
	}
	return &bubblewrap{program: program, executable: executable, system: systemSteps(), bounded: bounded}, nil
}

func (b *bubblewrap) name() string { return Bubblewrap }

func (b *bubblewrap) run(ctx context.Context, c Command) (Result, error) {
	return run(ctx, c, b.launch)
}

// launch is the bwrap call for c. The control socket becomes descriptor 3.
func (b *bubblewrap) launch(c Command, control *os.File) (*launch, error) {
	own, err := commandSteps(c, b.executable)
	if err != nil {
		return nil, err
	}
	l := &launch{files: []*os.File{control}}
	args := []string{
		b.program, "--unshare-user", "--uid", strconv.Itoa(insideID), "--gid", strconv.Itoa(insideID), "--unshare-all", "--cap-drop", "ALL",
		"--hostname", "sandbox", "--new-session", "--die-with-parent", "--as-pid-1",
	}
	// A process group of its own: a terminal's Ctrl-C would end bwrap, and with it the program, as if that had been killed.
	sys := &syscall.SysProcAttr{Setpgid: true}
	if b.bounded {
		// To kill bwrap is to kill all in its namespace.
		sys.Cloneflags, sys.Pdeathsig = unix.CLONE_NEWPID, syscall.SIGKILL
		args = append([]string{"/bin/sh", "-c", boundScript, strconv.FormatInt(highestProcess(c.Limits), 10)}, args...)
	} else {
		status, inner, err := os.Pipe()
		if err != nil {
			return nil, fmt.Errorf("sandbox: status pipe: %w", err)
		}
		l.status, l.files = status, append(l.files, inner)
		args = append(args, "--json-status-fd", "4")
	}
	for _, s := range slices.Concat(b.system, own) {
		switch s.Kind {
		case "ro":
			args = append(args, "--ro-bind", s.Source, s.Target)
		case "rw":
			args = append(args, "--bind", s.Source, s.Target)
		case "tmpfs":
			args = append(args, "--size", strconv.FormatInt(s.Size, 10), "--perms", "1777", "--tmpfs", s.Target)
		case "link":
			args = append(args, "--symlink", s.Source, s.Target)
		case "file":
			content, err := filled(s.Source)
			if err != nil {
				l.close()
				return nil, err
			}
			l.files = append(l.files, content)
			args = append(args, "--perms", "0444", "--file", strconv.Itoa(2+len(l.files)), s.Target)
		case "proc", "dev":
			args = append(args, "--"+s.Kind, s.Target)
		case "seal":
			args = append(args, "--remount-ro", s.Target)
		}
	}
	args = append(args, "--chdir", "/", "--", initPath)
	l.cmd = &exec.Cmd{Path: args[0], Args: args, Env: firstEnv, ExtraFiles: l.files, SysProcAttr: sys}
	return l, nil
}

// filled is the read end of a pipe that already holds text, which is far smaller than a pipe's buffer.
func filled(text string) (*os.File, error) {
	r, w, err := os.Pipe()
	if err != nil {
		return nil, fmt.Errorf("sandbox: pipe: %w", err)
	}
	defer w.Close()
	if _, err := w.WriteString(text); err != nil {
		r.Close()
		return nil, fmt.Errorf("sandbox: pipe: %w", err)
	}
	return r, nil
}
