//go:build !unix

package nearest

// readFile reads a file: Windows does not let a file be replaced while it is mapped.
func readFile(path string) (*memory, error) { return inMemory(path) }
