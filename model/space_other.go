//go:build !linux && !darwin && !windows

package model

import "syscall"

// diskFull is the system's error for a full disk.
var diskFull = []error{syscall.ENOSPC}

// freeBytes is not known here; a full disk shows when it is written to.
func freeBytes(string) (free int64, known bool) { return 0, false }
