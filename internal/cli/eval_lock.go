package cli

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/gofrs/flock"
)

// lockRun keeps two processes from running one run at the same time, which would
// generate everything twice. The system lets go of the lock however a process ends.
func lockRun(dir, id string) (unlock func(), err error) {
	path := filepath.Join(dir, "locks", id+".lock")
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return nil, fmt.Errorf("lock run %s: %w", id, err)
	}
	lock := flock.New(path)
	locked, err := lock.TryLock()
	if err != nil {
		return nil, fmt.Errorf("lock run %s: %w", id, err)
	}
	if !locked {
		return nil, fmt.Errorf("run %s is going on in another process; wait for its end", id)
	}
	return func() { _ = lock.Unlock() }, nil
}
