//go:build !windows

package model

import (
	"os/exec"
	"syscall"
)

// ownGroup starts the command in a process group of its own, and lets its end be
// the end of the whole group: pip and npm start helpers.
func ownGroup(command *exec.Cmd) {
	command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	command.Cancel = func() error {
		return syscall.Kill(-command.Process.Pid, syscall.SIGKILL)
	}
}
