package model

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// A job is one pull, by the process that holds the lock.
type job struct {
	puller   *Puller
	artifact Artifact
	dir      string
	work     string
	checker  *checker
}

func (j *job) run(ctx context.Context) error {
	pending, err := j.pending(ctx)
	if err != nil {
		return err
	}
	if len(pending) > 0 {
		if note := j.artifact.note(); note != "" {
			j.puller.report(Progress{Artifact: j.artifact.Name, Phase: PhaseNote, Note: note})
		}
		var need int64
		for _, f := range pending {
			need += remaining(f, j.partial(f))
		}
		if err := checkSpace(j.dir, need); err != nil {
			return fmt.Errorf("pull %s: %w", j.artifact.Name, err)
		}
		if err := j.fetchAll(ctx, pending); err != nil {
			return err
		}
	}
	return j.build(ctx)
}

// fetchAll tries the sources in order until nothing is pending.
func (j *job) fetchAll(ctx context.Context, pending []File) error {
	failed := &SourcesError{Name: j.artifact.Name}
	for _, source := range j.artifact.Sources {
		err := j.fetchTwice(ctx, source, pending)
		if err == nil {
			return nil
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if isFull(err) {
			var need int64
			for _, f := range pending {
				need += remaining(f, j.partial(f))
			}
			return fmt.Errorf("pull %s: %w", j.artifact.Name, asNoSpace(err, j.dir, need))
		}
		failed.Tried = append(failed.Tried, &SourceError{Source: source, Err: err})
		j.puller.report(Progress{
			Artifact: j.artifact.Name, Phase: PhaseSkipping, Source: source.String(), Note: err.Error(),
		})
		if pending, err = j.pending(ctx); err != nil {
			return err
		}
	}
	return failed
}

// fetchTwice fetches from one source, and once more from the first byte when the
// hash is wrong but part of the file was there before: that part may have been
// the wrong one, left by another source or by a crash.
func (j *job) fetchTwice(ctx context.Context, source Source, pending []File) error {
	resumed := false
	for _, f := range pending {
		resumed = resumed || remaining(f, j.partial(f)) < f.Size
	}
	err := j.fetch(ctx, source, pending)
	if _, wrong := errors.AsType[*hashError](err); !wrong || !resumed {
		return err
	}
	if pending, err = j.pending(ctx); err != nil {
		return err
	}
	return j.fetch(ctx, source, pending)
}

func (j *job) fetch(ctx context.Context, source Source, pending []File) error {
	switch source.Kind {
	case SourceURL:
		return j.fetchURL(ctx, source, pending)
	case SourcePip:
		return j.fetchPip(ctx, source, pending)
	case SourceNPM:
		return j.fetchNPM(ctx, source, pending)
	}
	return fmt.Errorf("unknown kind of source %q", source.Kind)
}

// pending returns the files that are missing, or altered.
func (j *job) pending(ctx context.Context) ([]File, error) {
	var pending []File
	for _, f := range j.artifact.Files {
		err := j.checker.one(ctx, f.Name, f.Size, f.SHA256)
		switch {
		case err == nil:
		case errors.Is(err, ErrAltered), errors.Is(err, fs.ErrNotExist):
			pending = append(pending, f)
		default:
			return nil, err
		}
	}
	return pending, nil
}

// partial is where a file grows until it is checked.
func (j *job) partial(f File) string {
	return filepath.Join(j.dir, f.Name+partialEnding)
}

// meter reports the bytes of a file.
func (j *job) meter(phase Phase, f File, source string) *meter {
	return &meter{report: j.puller.Progress, event: Progress{
		Artifact: j.artifact.Name, Phase: phase, File: f.Name, Total: f.Size, Source: source,
	}}
}

// finish checks a complete partial file and gives it its name.
func (j *job) finish(ctx context.Context, f File) error {
	return j.accept(ctx, j.partial(f), f.Name, f.SHA256)
}

// accept gives a file its final name when it has the wanted hash; an empty hash
// takes any. A file with the wrong one is thrown away.
func (j *job) accept(ctx context.Context, partial, name, want string) error {
	file, err := os.Open(partial)
	if err != nil {
		return err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return err
	}
	got, err := hashFile(ctx, file, j.meter(PhaseVerifying, File{Name: name, Size: info.Size()}, ""))
	if err != nil {
		return err
	}
	_ = file.Close() // Windows renames no open file
	if want != "" && got != want {
		err = &hashError{name: name, got: got, want: want}
		return errors.Join(err, os.Remove(partial), removeTag(partial))
	}
	final := filepath.Join(j.dir, name)
	if err := os.Rename(partial, final); err != nil {
		return err
	}
	_ = removeTag(partial)
	if info, err = os.Stat(final); err != nil {
		return err
	}
	j.checker.proofs[name] = proof{Size: info.Size(), Modified: info.ModTime().UnixNano(), SHA256: got}
	return j.checker.saveProofs()
}
