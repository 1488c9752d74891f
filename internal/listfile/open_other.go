//go:build !unix

package listfile

// open reads a file: Windows does not let a file be replaced while it is mapped.
func open(path string) (*File, error) { return inMemory(path) }
