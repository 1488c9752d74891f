package model

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/gofrs/flock"
)

// Status says what the cache has of an artifact.
type Status struct {
	Artifact Artifact
	// Dir is where its files lie, or would.
	Dir string
	// Pulled is true when all files, the derived ones too, are there with the right
	// size. Nothing is hashed to tell: see [Cache.Verify].
	Pulled bool
	// Bytes is what the folder takes on the disk; PartialBytes is the share of it that
	// an unfinished pull left.
	Bytes, PartialBytes int64
}

// List returns the status of each artifact of the catalogue that has a build for
// the platform, in the catalogue's order.
func (c Cache) List() ([]Status, error) {
	var all []Status
	for _, name := range c.catalogue().Names() {
		a, dir, err := c.find(name)
		if _, none := errors.AsType[*NoBuildError](err); none {
			continue
		}
		if err != nil {
			return nil, err
		}
		all = append(all, status(a, dir))
	}
	return all, nil
}

func status(a Artifact, dir string) Status {
	s := Status{Artifact: a, Dir: dir, Pulled: true}
	for _, f := range a.Files {
		info, err := os.Stat(filepath.Join(dir, f.Name))
		s.Pulled = s.Pulled && err == nil && info.Size() == f.Size
	}
	for _, d := range a.Derived {
		_, err := os.Stat(filepath.Join(dir, d.Name))
		s.Pulled = s.Pulled && err == nil
	}
	s.Bytes = folderBytes(dir)
	partials, _ := filepath.Glob(filepath.Join(dir, "*"+partialEnding))
	for _, path := range partials {
		if info, err := os.Stat(path); err == nil {
			s.PartialBytes += info.Size()
		}
	}
	return s
}

// Remove deletes what the cache has of an artifact, unfinished pulls included.
// To remove what is not there is no error. While another process pulls the
// artifact, the error wraps [ErrBusy].
func (c Cache) Remove(ctx context.Context, name string) error {
	a, dir, err := c.find(name)
	if err != nil {
		return err
	}
	lock, err := c.lock(a)
	if err != nil {
		return err
	}
	held, err := lock.TryLock()
	if err != nil {
		return fmt.Errorf("remove %s: lock %s: %w", name, lock.Path(), err)
	}
	if !held {
		return fmt.Errorf("remove %s: %w", name, ErrBusy)
	}
	defer lock.Unlock()
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := os.RemoveAll(dir); err != nil {
		return fmt.Errorf("remove %s: %w", name, err)
	}
	return nil
}

// lock returns the artifact's lock, not held yet. Its file lies apart from the
// artifact's folder and is never deleted: deleting a lock file while another
// process waits for it would let two of them in.
func (c Cache) lock(a Artifact) (*flock.Flock, error) {
	root, err := c.root()
	if err != nil {
		return nil, err
	}
	dir := filepath.Join(root, "locks")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, fmt.Errorf("make the cache folder: %w", err)
	}
	name := strings.ReplaceAll(a.folder(), "/", "-") + ".lock"
	return flock.New(filepath.Join(dir, name)), nil
}

// folderBytes adds up the sizes of the files below dir. What vanishes meanwhile
// counts nothing.
func folderBytes(dir string) int64 {
	var sum int64
	_ = filepath.WalkDir(dir, func(_ string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return nil
		}
		if info, err := entry.Info(); err == nil {
			sum += info.Size()
		}
		return nil
	})
	return sum
}
