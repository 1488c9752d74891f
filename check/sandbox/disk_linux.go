//go:build amd64 || arm64

package sandbox

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"golang.org/x/sys/unix"
)

// folders sums the watched folders, until the sum is over a bound.
func (w *watch) folders(bound int64) int64 {
	var sum int64
	for _, dir := range w.order.Watched {
		_ = filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
			if err != nil {
				return nil // it vanished, or is closed to all; what is written there counts as written
			}
			info, err := d.Info()
			if err != nil {
				return nil
			}
			size := int64(fileCost)
			if s, ok := info.Sys().(*syscall.Stat_t); ok {
				size = max(size, s.Blocks*512)
			}
			if sum += size; sum > bound {
				return filepath.SkipAll
			}
			return nil
		})
	}
	return sum
}

// deleted sums the files that processes hold open and that are in no watched folder any more. Threads share their descriptors: see the filter.
func (w *watch) deleted(tasks []string) int64 {
	var sum int64
	counted := map[[2]uint64]bool{}
	for _, task := range tasks {
		folder := "/proc/" + task + "/fd"
		dir, err := os.Open(folder)
		if err != nil {
			continue // it has ended, or hides, which is looked for elsewhere
		}
		names, _ := dir.Readdirnames(-1)
		dir.Close()
		for _, name := range names {
			var s unix.Stat_t
			path := filepath.Join(folder, name)
			if unix.Stat(path, &s) != nil || s.Nlink > 0 || s.Mode&unix.S_IFMT != unix.S_IFREG {
				continue
			}
			if id := [2]uint64{s.Dev, s.Ino}; !counted[id] && w.watches(path) {
				counted[id] = true
				sum += s.Blocks * 512
			}
		}
	}
	return sum
}

// watches says whether an open file was in a watched folder. In doubt, as for a path that is too long to be told, it was.
func (w *watch) watches(descriptor string) bool {
	path, err := os.Readlink(descriptor)
	if err != nil {
		return true
	}
	for _, dir := range w.order.Watched {
		if strings.HasPrefix(path, dir) {
			return true
		}
	}
	return false
}
