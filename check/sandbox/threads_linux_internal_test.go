//go:build amd64 || arm64

package sandbox

import (
	"os"
	"testing"
)

// TestMakeThreads: threads that were made stay, so later work needs no new ones.
func TestMakeThreads(t *testing.T) {
	makeThreads(40)
	threads, err := os.ReadDir("/proc/self/task")
	if err != nil {
		t.Fatal(err)
	}
	if len(threads) < 40 {
		t.Errorf("the process has %d threads after 40 were made", len(threads))
	}
}
