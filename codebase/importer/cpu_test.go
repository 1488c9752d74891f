//go:build unix

package importer_test

import (
	"testing"

	"golang.org/x/sys/unix"
)

// processSeconds is the processor time that this process has used, in seconds.
func processSeconds(tb testing.TB) float64 {
	tb.Helper()
	var usage unix.Rusage
	if err := unix.Getrusage(unix.RUSAGE_SELF, &usage); err != nil {
		tb.Fatal(err)
	}
	return float64(usage.Utime.Nano()+usage.Stime.Nano()) / 1e9
}
