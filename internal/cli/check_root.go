package cli

import (
	"context"
	"path/filepath"
	"slices"

	"github.com/seccoder/seccoder/check"
	"github.com/seccoder/seccoder/check/worktree"
)

// A checkRoot turns the paths of a run, which are seen from the working folder, into places
// seen from a folder that stays the same wherever check runs, and back.
type checkRoot struct{ dir, root string } // both without symbolic links

// root chooses the folder: that of the baseline, which says where it is; else the repository's
// topmost one; else the working folder. A baseline that was copied to where none of the files
// to check is below its folder is one of this repository, too.
func (o checkOptions) root(ctx context.Context, dir string, files []check.File, baseline *check.Baseline) (checkRoot, error) {
	r := checkRoot{worktree.Resolved(dir), worktree.Resolved(dir)}
	if baseline != nil {
		if baseline.Root == "" {
			return r, nil // an older program wrote it, with paths seen from the working folder
		}
		file, err := filepath.Abs(o.baseline)
		if err != nil {
			return r, err
		}
		r.root = filepath.Join(worktree.Resolved(filepath.Dir(file)), filepath.FromSlash(baseline.Root))
		if len(files) == 0 || slices.ContainsFunc(files, func(f check.File) bool { return r.holds(f.Path) }) {
			return r, nil
		}
		r.root = r.dir
	}
	if root, err := worktree.Root(ctx, dir); err == nil {
		r.root = worktree.Resolved(root)
	} else if ctx.Err() != nil {
		return r, ctx.Err()
	}
	return r, nil
}

// holds reports whether a path of the run is below the folder.
func (r checkRoot) holds(path string) bool {
	return filepath.IsLocal(filepath.FromSlash(seenFrom(r.root, absoluteIn(r.dir, path))))
}

// place is a path of the run as it is seen from the folder. One that is absolute and not
// below the folder, as of a system's header, stays so.
func (r checkRoot) place(path string) string {
	if filepath.IsAbs(path) {
		full := worktree.Resolved(path)
		if rel := seenFrom(r.root, full); filepath.IsLocal(filepath.FromSlash(rel)) {
			return rel
		}
		return path
	}
	return seenFrom(r.root, absoluteIn(r.dir, path))
}

// path is a place as the run has it.
func (r checkRoot) path(place string) string {
	if filepath.IsAbs(place) {
		return place
	}
	return seenFrom(r.dir, absoluteIn(r.root, place))
}

// from is the folder as it is seen from that of a file.
func (r checkRoot) from(file string) (string, error) {
	file, err := filepath.Abs(file)
	if err != nil {
		return "", err
	}
	return seenFrom(worktree.Resolved(filepath.Dir(file)), r.root), nil
}

// seenFrom is an absolute path as it is seen from a folder, with slashes; on another volume of
// Windows it stays absolute.
func seenFrom(dir, full string) string {
	if rel, err := filepath.Rel(dir, full); err == nil {
		full = rel
	}
	return filepath.ToSlash(full)
}
