//go:build amd64 || arm64

package sandbox

import (
	"context"
	"os"
	"os/exec"
	"slices"
	"syscall"

	"golang.org/x/sys/unix"
)

// setupName is what this executable is called as when it makes a sandbox itself: see mounts_linux.go.
const setupName = "seccoder-sandbox-setup"

// namespaces makes the sandbox without any other program.
type namespaces struct {
	executable string
	system     []step
}

func newNamespaces(executable string) (backend, error) {
	return &namespaces{executable: executable, system: systemSteps()}, nil
}

func (n *namespaces) name() string { return Namespaces }

func (n *namespaces) run(ctx context.Context, c Command) (Result, error) {
	return run(ctx, c, n.launch)
}

// launch starts this executable as the first process of new namespaces, with the rights to set them up.
func (n *namespaces) launch(c Command, control *os.File) (*launch, error) {
	own, err := commandSteps(c, n.executable)
	if err != nil {
		return nil, err
	}
	cmd := exec.Command(n.executable)
	cmd.Args = []string{setupName}
	cmd.Env = firstEnv
	cmd.ExtraFiles = []*os.File{control}
	cmd.SysProcAttr = &syscall.SysProcAttr{
		Cloneflags:  newNamespaceFlags,
		UidMappings: []syscall.SysProcIDMap{{ContainerID: insideID, HostID: os.Geteuid(), Size: 1}},
		GidMappings: []syscall.SysProcIDMap{{ContainerID: insideID, HostID: os.Getegid(), Size: 1}},
		// Over the start of the executable, which is not uid 0 in there, rights only get this way. They hold in the new namespaces alone.
		AmbientCaps: []uintptr{unix.CAP_SYS_ADMIN, unix.CAP_NET_ADMIN, unix.CAP_SETPCAP},
		Setsid:      true,
		Pdeathsig:   syscall.SIGKILL,
	}
	l := &launch{cmd: cmd, files: cmd.ExtraFiles, steps: slices.Concat(n.system, own)}
	return l, nil
}
