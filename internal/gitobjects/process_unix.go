//go:build !windows

package gitobjects

import (
	"os/exec"
	"syscall"
)

// separate gives a process a group of its own, so that Ctrl-C on the terminal reaches it
// through this program only.
func separate(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} }
