package enginetest_test

import (
	"runtime"
	"testing"
)

// A recorder takes down whether a test was skipped or failed instead of doing so.
type recorder struct {
	testing.TB
	skipped, failed bool
}

func (r *recorder) Helper() {}

func (r *recorder) Skip(...any) {
	r.skipped = true
	runtime.Goexit()
}

func (r *recorder) Fatal(...any) {
	r.failed = true
	runtime.Goexit()
}
