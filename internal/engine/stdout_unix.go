//go:build unix

package engine

import (
	"os"

	"golang.org/x/sys/unix"
)

// takeStdout returns standard output for the protocol alone: what the program or the
// library prints from here on goes to standard error.
func takeStdout() *os.File {
	out := os.Stdout
	if fd, err := unix.Dup(unix.Stdout); err == nil {
		unix.CloseOnExec(fd)
		if unix.Dup2(unix.Stderr, unix.Stdout) == nil {
			out = os.NewFile(uintptr(fd), "protocol")
		}
	}
	os.Stdout = os.Stderr
	return out
}
