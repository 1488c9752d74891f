package model

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"time"
)

// workName is the folder, inside an artifact's, in which packages are unpacked.
const workName = ".download"

// lockEvery is how often a waiting process looks whether the lock is free.
const lockEvery = 200 * time.Millisecond

// A Builder makes a derived file from an artifact's pulled files, which are given
// by name, and writes it to the destination.
type Builder func(ctx context.Context, files map[string]string, destination string) error

// A Puller gets artifacts into a cache. Its zero value works for artifacts
// without derived files.
type Puller struct {
	Cache
	// Client is used for HTTP; nil means one that gives up connecting after five
	// seconds, so that machines without a way out go on to the packages soon.
	Client *http.Client
	// Builders make the derived files, by the names in the catalogue.
	Builders map[string]Builder
	// Pip and NPM are the commands of the package clients; empty means the first that
	// is installed of python3 -m pip, python -m pip, py -m pip and pip, and npm.
	Pip, NPM []string
	// StallTimeout ends a connection on which nothing comes in; 0 means 30 s.
	StallTimeout time.Duration
	// RetryDelay is the pause before the second try of an HTTP download, doubled before
	// each further one; 0 means 1 s.
	RetryDelay time.Duration
}

// Pull gets all files of an artifact that are missing or not right, and builds
// its derived files. When it fails or ctx ends, what was fetched is kept, and the
// next Pull goes on from there. The error is a [*SourcesError] when no source had
// the files, a [*NoSpaceError] when the disk is full, and wraps ctx's when ctx
// ended.
func (p *Puller) Pull(ctx context.Context, name string) error {
	a, dir, err := p.find(name)
	if err != nil {
		return err
	}
	for _, d := range a.Derived {
		if p.Builders[d.Builder] == nil {
			return fmt.Errorf("pull %s: nothing here can build %s (no builder %q)", name, d.Name, d.Builder)
		}
	}
	release, err := p.acquire(ctx, a)
	if err != nil {
		return err
	}
	defer release()
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("pull %s: %w", name, asNoSpace(err, dir, a.Size()))
	}
	j := &job{
		puller:   p,
		artifact: a,
		dir:      dir,
		work:     filepath.Join(dir, workName),
		checker:  newChecker(p.Cache, a, dir),
	}
	// A process that was killed may have left its packages here.
	_ = os.RemoveAll(j.work)
	defer os.RemoveAll(j.work)
	err = j.run(ctx)
	if cause := ctx.Err(); cause != nil && err != nil {
		return fmt.Errorf("pull %s: stopped; what was fetched is kept: %w", name, cause)
	}
	return err
}

// acquire takes the artifact's lock, waiting for another process that has it.
func (p *Puller) acquire(ctx context.Context, a Artifact) (release func(), err error) {
	lock, err := p.lock(a)
	if err != nil {
		return nil, err
	}
	held, err := lock.TryLock()
	if err == nil && !held {
		p.report(Progress{Artifact: a.Name, Phase: PhaseWaiting, Note: ErrBusy.Error()})
		held, err = lock.TryLockContext(ctx, lockEvery)
	}
	if err != nil || !held {
		return nil, fmt.Errorf("pull %s: lock %s: %w", a.Name, lock.Path(), err)
	}
	return func() { _ = lock.Unlock() }, nil
}

func (p *Puller) report(event Progress) {
	if p.Progress != nil {
		p.Progress(event)
	}
}
