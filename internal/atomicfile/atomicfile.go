// Package atomicfile replaces files as a whole or not at all, on every system: whoever
// reads the path sees the old content or the new one, also after a crash.
package atomicfile

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// Write gives the file the content that write puts out, and the mode. It goes by way of
// a temporary file in the same folder, which is gone afterwards whatever happens short
// of a kill.
func Write(path string, mode fs.FileMode, write func(io.Writer) error) error {
	return replace(path, mode, write, (*os.File).Sync)
}

// WriteUnsynced is Write without the wait for the disk, for caches that tell a damaged
// file: after a power cut the file may be empty or hold a part.
func WriteUnsynced(path string, mode fs.FileMode, write func(io.Writer) error) error {
	return replace(path, mode, write, func(*os.File) error { return nil })
}

func replace(path string, mode fs.FileMode, write func(io.Writer) error, sync func(*os.File) error) error {
	out, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
	if err != nil {
		return err
	}
	err = write(out)
	if err == nil {
		err = out.Chmod(mode)
	}
	if err == nil {
		err = sync(out)
	}
	err = errors.Join(err, out.Close())
	if err == nil {
		err = os.Rename(out.Name(), path)
	}
	if err != nil {
		_ = os.Remove(out.Name())
	}
	return err
}
