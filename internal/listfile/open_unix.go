//go:build unix

package listfile

import (
	"fmt"
	"math"
	"runtime"

	"golang.org/x/sys/unix"
)

// open maps a file into memory, until nobody holds the memory any more. Where that
// cannot be done, as on some network file systems, it reads the file.
func open(path string) (*File, error) {
	in, size, err := openFile(path)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	if size == 0 || size > math.MaxInt {
		return nil, fmt.Errorf("%w: it is empty, or too large to be mapped", ErrUnusable)
	}
	data, err := unix.Mmap(int(in.Fd()), 0, int(size), unix.PROT_READ, unix.MAP_SHARED)
	if err != nil {
		return inMemory(path)
	}
	f := &File{data}
	runtime.AddCleanup(f, func(data []byte) { _ = unix.Munmap(data) }, data)
	return f, nil
}
