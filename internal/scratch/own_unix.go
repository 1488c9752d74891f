//go:build unix

package scratch

import (
	"io/fs"
	"os"
	"syscall"
)

// removable says that folders have owners and locks here.
const removable = true

// isOwn reports whether a file is this user's.
func isOwn(info fs.FileInfo) bool {
	stat, ok := info.Sys().(*syscall.Stat_t)
	return ok && int(stat.Uid) == os.Geteuid()
}
