package model

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// build makes the derived files that are missing or not right.
func (j *job) build(ctx context.Context) error {
	files := make(map[string]string, len(j.artifact.Files))
	for _, f := range j.artifact.Files {
		files[f.Name] = filepath.Join(j.dir, f.Name)
	}
	for _, d := range j.artifact.Derived {
		err := j.checker.one(ctx, d.Name, -1, d.SHA256)
		_, unproven := errors.AsType[*NotPulledError](err)
		switch {
		case err == nil:
			continue
		case unproven, errors.Is(err, ErrAltered), errors.Is(err, fs.ErrNotExist):
		default:
			return err
		}
		if err := j.buildOne(ctx, d, files); err != nil {
			if _, wrong := errors.AsType[*hashError](err); wrong {
				// The input is pinned, so this program builds something else than the catalogue says.
				return fmt.Errorf("build %s for %s: the builder %q made another file than the catalogue expects: %w",
					d.Name, j.artifact.Name, d.Builder, err)
			}
			return fmt.Errorf("build %s for %s: %w", d.Name, j.artifact.Name, asNoSpace(err, j.dir, j.artifact.Size()))
		}
	}
	return nil
}

func (j *job) buildOne(ctx context.Context, d Derived, files map[string]string) error {
	j.puller.report(Progress{Artifact: j.artifact.Name, Phase: PhaseBuilding, File: d.Name})
	partial := filepath.Join(j.dir, d.Name+partialEnding)
	if err := os.Remove(partial); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := j.puller.Builders[d.Builder](ctx, files, partial); err != nil {
		_ = os.Remove(partial)
		return err
	}
	if err := syncFile(partial); err != nil {
		return err
	}
	return j.accept(ctx, partial, d.Name, d.SHA256)
}

// syncFile brings a file to the disk, so that a crash right after its renaming
// cannot leave an empty file of that name.
func syncFile(path string) error {
	file, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return errors.Join(file.Sync(), file.Close())
}
