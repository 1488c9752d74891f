//go:build !unix

package engine

import "os"

// takeStdout returns standard output for the protocol alone: what the program prints
// from here on goes to standard error. The library's own prints cannot be moved here.
func takeStdout() *os.File {
	out := os.Stdout
	os.Stdout = os.Stderr
	return out
}
