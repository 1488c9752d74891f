//go:build linux || darwin

package model

import "golang.org/x/sys/unix"

// diskFull are the system's errors for a full disk and an exhausted quota.
var diskFull = []error{unix.ENOSPC, unix.EDQUOT}

// freeBytes is the space that this user may still fill on the disk of dir.
func freeBytes(dir string) (free int64, known bool) {
	var stat unix.Statfs_t
	if err := unix.Statfs(dir, &stat); err != nil {
		return 0, false
	}
	return int64(stat.Bavail) * int64(stat.Bsize), true //nolint:unconvert // Bsize is a uint32 on darwin
}
