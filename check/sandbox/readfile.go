package sandbox

import (
	"fmt"
	"io"
	"os"
	"syscall"
)

// ReadFile reads a file that a program left in a command's folder, as far as limit bytes. Such a folder is hostile: what looks like a result may be a
// link to a file of the host, a pipe that blocks its reader for ever, or larger than memory. All of these are errors here; os.ReadFile
// would follow, wait or swallow.
func ReadFile(dir, name string, limit int64) ([]byte, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("read what was left in %s: %w", dir, err)
	}
	defer root.Close()
	if info, err := root.Lstat(name); err != nil || !info.Mode().IsRegular() {
		if err == nil {
			err = fmt.Errorf("%s is no regular file", name)
		}
		return nil, fmt.Errorf("read what was left in %s: %w", dir, err)
	}
	// Nobody runs any more who could put something else in its place; if somebody did, it would not block and not lead out.
	file, err := root.OpenFile(name, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, fmt.Errorf("read what was left in %s: %w", dir, err)
	}
	defer file.Close()
	text, err := io.ReadAll(io.LimitReader(file, limit+1))
	if err != nil {
		return nil, fmt.Errorf("read what was left in %s: %w", dir, err)
	}
	if int64(len(text)) > limit {
		return nil, fmt.Errorf("read what was left in %s: %s is larger than %d bytes", dir, name, limit)
	}
	return text, nil
}
