package model

import (
	"errors"
	"os"
	"strings"
)

// spaceMargin is left free on the disk: other programs write, too.
const spaceMargin = 32 << 20

// checkSpace returns a [*NoSpaceError] when the disk of dir cannot take need
// more bytes. Where free space cannot be told it returns nil, and the write says
// it.
func checkSpace(dir string, need int64) error {
	free, known := freeBytes(dir)
	if !known || free >= need+spaceMargin {
		return nil
	}
	return &NoSpaceError{Dir: dir, Need: need + spaceMargin, Free: free}
}

// asNoSpace turns an error of a full disk into a [*NoSpaceError].
func asNoSpace(err error, dir string, need int64) error {
	if err == nil || !isFull(err) {
		return err
	}
	if already, ok := errors.AsType[*NoSpaceError](err); ok {
		return already
	}
	free, known := freeBytes(dir)
	if !known {
		free = -1
	}
	return &NoSpaceError{Dir: dir, Need: need, Free: free}
}

// isFull tells whether an error, of ours or in the words of a child process,
// comes from a full disk.
func isFull(err error) bool {
	if _, ok := errors.AsType[*NoSpaceError](err); ok {
		return true
	}
	for _, full := range diskFull {
		if errors.Is(err, full) {
			return true
		}
	}
	if failed, ok := errors.AsType[*commandError](err); ok {
		return strings.Contains(failed.output, "No space left on device") ||
			strings.Contains(failed.output, "ENOSPC")
	}
	return false
}

// remaining is the number of bytes of f that are still to come.
func remaining(f File, partial string) int64 {
	info, err := os.Stat(partial)
	if err != nil || info.Size() > f.Size {
		return f.Size
	}
	return f.Size - info.Size()
}
