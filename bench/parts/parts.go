// Package parts is what the measurements share that run each of their parts in a process of its
// own, so that the memory and the time that it reports are its own.
package parts

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"strings"
)

// Main runs a program until it ends or Ctrl-C stops it. Its error is printed with the program's name, and
// ends the process with status 1.
func Main(name string, run func(ctx context.Context) error) {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx)
	stop()
	if err != nil {
		fmt.Fprintf(os.Stderr, "%s: %v\n", name, err)
		os.Exit(1)
	}
}

// Folder is the folder given, or else a new one among the temporary files, which remove
// removes unless it is to be kept. A folder that was given stays.
func Folder(given string, keep bool) (dir string, remove func() error, err error) {
	remove = func() error { return nil }
	if given != "" {
		return given, remove, nil
	}
	if dir, err = os.MkdirTemp("", "seccoder-bench"); err != nil {
		return "", nil, err
	}
	if !keep {
		remove = func() error { return os.RemoveAll(dir) }
	}
	return dir, remove, nil
}

// Peak is the largest resident memory of this process, where the system tells it.
func Peak() string {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return "not known here"
	}
	for line := range strings.Lines(string(status)) {
		var kB int
		if _, err := fmt.Sscanf(line, "VmHWM: %d kB", &kB); err == nil {
			return fmt.Sprintf("%d MB", kB/1000)
		}
	}
	return "not known here"
}
