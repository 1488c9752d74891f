//go:build amd64 || arm64

package sandbox_test

import (
	"bytes"
	"crypto/rand"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/seccoder/seccoder/check/sandbox"
)

// eachBackend runs a test in every back end that this machine has.
func eachBackend(t *testing.T, f func(t *testing.T, box *sandbox.Sandbox)) {
	for _, name := range []string{sandbox.Bubblewrap, sandbox.Namespaces} {
		t.Run(name, func(t *testing.T) { f(t, mustOpen(t, name)) })
	}
}

// mustOpen opens a back end, or skips the test where the machine, not the package, is the reason that there is none.
func mustOpen(t testing.TB, name string) *sandbox.Sandbox {
	t.Helper()
	box, err := sandbox.New(t.Context(), sandbox.Options{Backend: name})
	if err == nil {
		return box
	}
	if !errors.Is(err, sandbox.ErrUnavailable) {
		t.Fatalf("error of New does not wrap ErrUnavailable: %v", err)
	}
	probe := exec.Command("/bin/true")
	probe.SysProcAttr = &syscall.SysProcAttr{
		Cloneflags:  syscall.CLONE_NEWUSER | syscall.CLONE_NEWNS | syscall.CLONE_NEWPID | syscall.CLONE_NEWNET,
		UidMappings: []syscall.SysProcIDMap{{ContainerID: 1000, HostID: os.Geteuid(), Size: 1}},
	}
	if probe.Run() != nil {
		t.Skip("no namespaces here")
	}
	if _, missing := exec.LookPath("bwrap"); missing != nil && name == sandbox.Bubblewrap {
		t.Skip("no bubblewrap here")
	}
	t.Fatal(err)
	return nil
}

// mustRun runs a command that the sandbox must not fail on.
func mustRun(t testing.TB, box *sandbox.Sandbox, c sandbox.Command) sandbox.Result {
	t.Helper()
	r, err := box.Run(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// shell is a command for sh.
func shell(script string) sandbox.Command {
	return sandbox.Command{Args: []string{"sh", "-c", script}}
}

// needs skips a test whose outside programs are missing from the system's own folders, which alone are seen inside.
func needs(t *testing.T, programs ...string) {
	t.Helper()
	for _, name := range programs {
		found := false
		for _, dir := range []string{"/usr/local/bin", "/usr/bin", "/bin", "/usr/local/go/bin"} {
			_, err := os.Stat(filepath.Join(dir, name))
			found = found || err == nil
		}
		if !found {
			t.Skipf("no %s in /usr here", name)
		}
	}
}

// remains watches for what a sandbox may leave on the host.
type remains struct {
	mark   string // in the environment of all that runs inside
	mounts string
}

// newRemains notes how the host is before.
func newRemains(t *testing.T) remains {
	t.Helper()
	return remains{mark: "SECCODER_SANDBOX_TEST=" + rand.Text(), mounts: mustRead(t, "/proc/self/mounts")}
}

// check fails the test if a process or a mount is left. Run returns when nothing is, so there is no waiting here.
func (r remains) check(t *testing.T) {
	t.Helper()
	environments, err := filepath.Glob("/proc/[0-9]*/environ")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range environments {
		// Processes of others cannot be read, and have not the mark.
		if text, err := os.ReadFile(path); err == nil && bytes.Contains(text, []byte(r.mark)) {
			line, _ := os.ReadFile(filepath.Join(filepath.Dir(path), "cmdline"))
			t.Errorf("%s is left: %q", filepath.Dir(path), line)
		}
	}
	if now := mustRead(t, "/proc/self/mounts"); now != r.mounts {
		t.Errorf("the mounts have changed:\n%s", now)
	}
}

func mustRead(t testing.TB, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func mustWrite(t testing.TB, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// small are limits that are soon reached.
var small = sandbox.Limits{
	Wall: 10 * time.Second, CPU: 5 * time.Second, MemoryBytes: 256 << 20, DiskBytes: 16 << 20, OutputBytes: 64 << 10, Processes: 32, OpenFiles: 128,
}

// outcome is a result in one word.
func outcome(r sandbox.Result) string {
	switch out := string(r.Stdout); {
	case strings.Contains(out, "ESCAPED"):
		return "escaped"
	case r.Exceeded != "":
		return r.Exceeded
	case strings.Contains(out, "denied"):
		return "denied"
	case r.Signal != "":
		return r.Signal
	case r.ExitCode != 0:
		return "failed"
	}
	return "fine"
}
