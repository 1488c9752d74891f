//go:build unix

package tool

import (
	"errors"
	"os"
	"os/exec"
	"syscall"
)

// ownGroup makes the program the head of a process group, so that all that it starts can
// be ended with it, and Ctrl-C reaches it by way of this process only.
func ownGroup(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} }

// endGroup kills the group.
func endGroup(p *os.Process) error {
	if err := syscall.Kill(-p.Pid, syscall.SIGKILL); err != nil && !errors.Is(err, syscall.ESRCH) {
		return err
	}
	return nil
}

// endRest kills what is left of the group after the program itself has ended.
func endRest(p *os.Process) { _ = endGroup(p) }
