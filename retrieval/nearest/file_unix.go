//go:build unix

package nearest

import (
	"fmt"
	"math"
	"runtime"

	"golang.org/x/sys/unix"
)

// readFile maps a file into memory, until nobody holds the memory any more. Where that
// cannot be done, as on some network file systems, it reads the file.
func readFile(path string) (*memory, error) {
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
	m := &memory{data}
	runtime.AddCleanup(m, func(data []byte) { _ = unix.Munmap(data) }, data)
	return m, nil
}
