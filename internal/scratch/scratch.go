// Package scratch gives a process a temporary folder that does not outlast it for long. What
// the process, its tools and its compilers would leave in the system's temporary folder when
// they are killed lies in one folder, which the process holds a lock on; a later process
// removes those that nobody holds. On Windows the temporary folder stays the system's.
//
//	defer scratch.Use()()
package scratch

import (
	"fmt"
	"hash/fnv"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/gofrs/flock"
)

// prefix begins the names of this machine's folders: on a file system that several machines
// share, a lock may hold on one of them alone.
func prefix() string {
	host, _ := os.Hostname()
	sum := fnv.New32a()
	_, _ = sum.Write([]byte(host))
	return fmt.Sprintf("seccoder-process-%08x-", sum.Sum32())
}

// Use makes a folder and has TMPDIR name it, for os.MkdirTemp and for programs that are
// started. leave removes it. Where none can be had, the temporary folder stays what it was.
// It is for main, before anything looks at the environment, which it changes.
func Use() (leave func()) {
	parent, err := filepath.Abs(os.TempDir())
	if err != nil || !removable {
		return func() {}
	}
	sweep(parent)
	dir, lock := open(parent)
	if lock == nil {
		return func() {}
	}
	before, had := os.LookupEnv(variable)
	_ = os.Setenv(variable, dir)
	return func() {
		if had {
			_ = os.Setenv(variable, before)
		} else {
			_ = os.Unsetenv(variable)
		}
		RemoveAll(dir)
		_ = lock.Unlock()
	}
}

const variable = "TMPDIR"

// open makes a folder and locks it; a nil lock says that there is none.
func open(parent string) (dir string, lock *flock.Flock) {
	for range 10 { // another process may remove it before it is locked
		dir, err := os.MkdirTemp(parent, prefix())
		if err != nil {
			return "", nil
		}
		lock := lockOf(dir)
		if locked, err := lock.TryLock(); err != nil || !locked {
			_ = os.Remove(dir)
			continue
		}
		if _, err := os.Lstat(dir); err == nil {
			return dir, lock
		}
		_ = lock.Unlock()
	}
	return "", nil
}

// lockOf is a lock on the folder itself, so that nothing lies beside it.
func lockOf(dir string) *flock.Flock { return flock.New(dir, flock.SetFlag(os.O_RDONLY)) }

// sweep removes the folders of this user whose process has ended. What it cannot remove stays.
func sweep(parent string) {
	entries, _ := os.ReadDir(parent)
	begin := prefix()
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), begin) || !e.IsDir() { // a link is no folder
			continue
		}
		if info, err := e.Info(); err != nil || !info.IsDir() || !isOwn(info) {
			continue
		}
		dir := filepath.Join(parent, e.Name())
		lock := lockOf(dir)
		if locked, err := lock.TryLock(); err != nil || !locked {
			continue
		}
		RemoveAll(dir)
		_ = lock.Unlock()
	}
}

// RemoveAll removes a folder that a program may have left in any state. It follows no links, and
// what cannot be removed stays.
func RemoveAll(dir string) {
	if os.RemoveAll(dir) == nil {
		return
	}
	_ = filepath.WalkDir(dir, func(name string, d fs.DirEntry, _ error) error {
		if d != nil && d.IsDir() {
			_ = os.Chmod(name, 0o700) // a folder without permissions cannot be emptied
		}
		return nil
	})
	_ = os.RemoveAll(dir)
}
