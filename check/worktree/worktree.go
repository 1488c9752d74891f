// Package worktree finds the files to check: those below some folders in the languages
// that are known, without what git ignores, and with [Changes] the lines that changed.
//
//	found, err := worktree.Find(ctx, dir, []string{"."})
//	changes, err := worktree.Since(ctx, dir, "main")
//	found = changes.Only(found)
//	if changes.Touches(finding) { … }
//
// It runs git where there is a repository, without the programs that a repository's
// configuration may name, and changes and fetches nothing.
package worktree

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/seccoder/seccoder/check"
	"github.com/seccoder/seccoder/lang"
)

// MaxBytes is the size above which a file is not looked at: source that people write is
// smaller, and some tools take hours for more.
const MaxBytes = 4 << 20

// A Found is what there is to check.
type Found struct {
	// Files are in the order of their paths, each once.
	Files []check.File
	// Unchecked are files in a known language that cannot be looked at: unreadable ones,
	// and those above MaxBytes; and files that were named and are in no known language.
	Unchecked []check.Unchecked
	// Skipped are folders that were not entered, and symbolic links.
	Skipped []Skipped
	// Others are the files of source code below the folders that are in no known language.
	Others []Other
}

// A Skipped is what was passed over, and why.
type Skipped struct {
	Path string `json:"path"`
	Why  string `json:"why"`
}

// passedOver are the folders that hold what others wrote or a program made.
var passedOver = map[string]string{
	".git": "git's own files", ".hg": "Mercurial's own files", ".svn": "Subversion's own files",
	"node_modules": "dependencies", "vendor": "dependencies", "bower_components": "dependencies", "site-packages": "dependencies",
	".venv": "a Python environment", "venv": "a Python environment", ".tox": "a Python environment", ".nox": "a Python environment",
	"__pycache__": "a cache", ".mypy_cache": "a cache", ".pytest_cache": "a cache", ".ruff_cache": "a cache", ".gradle": "a cache",
}

// Find looks for files. Paths are those of files and folders, relative to dir or
// absolute; dir is absolute. A path that is not there is an error.
func Find(ctx context.Context, dir string, paths []string) (Found, error) {
	f := finder{dir: dir, seen: map[string]bool{}}
	var folders []string
	for _, p := range paths {
		full := filepath.Clean(p)
		if !filepath.IsAbs(full) {
			full = filepath.Join(dir, p)
		}
		info, err := os.Stat(full)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return Found{}, fmt.Errorf("%s: there is no such file or folder", p)
		case err != nil:
			return Found{}, err
		case info.IsDir():
			folders = append(folders, full)
		default:
			f.file(full, true)
		}
	}
	// After all files that were named, so that one below a folder is known to be so in any order.
	for _, full := range folders {
		if err := f.folder(ctx, full); err != nil {
			return Found{}, err
		}
	}
	slices.SortFunc(f.found.Files, func(a, b check.File) int { return strings.Compare(a.Path, b.Path) })
	slices.SortFunc(f.found.Unchecked, func(a, b check.Unchecked) int { return strings.Compare(a.Path, b.Path) })
	slices.SortFunc(f.found.Skipped, func(a, b Skipped) int { return strings.Compare(a.Path, b.Path) })
	f.found.Skipped = slices.Compact(f.found.Skipped)
	slices.SortFunc(f.found.Others, func(a, b Other) int { return strings.Compare(a.Path, b.Path) })
	return f.found, nil
}

// A finder collects what is found.
type finder struct {
	dir   string
	seen  map[string]bool
	found Found
}

// name is a path as results show it.
func (f *finder) name(full string) string {
	rel, err := filepath.Rel(f.dir, full)
	if err != nil {
		return full // another volume on Windows
	}
	return filepath.ToSlash(rel)
}

const irregular = "it is no regular file"

// file takes a file in. named says that the user named it.
func (f *finder) file(full string, named bool) {
	name := f.name(full)
	if f.seen[name] {
		return
	}
	f.seen[name] = true
	language, known := lang.FromPath(name)
	if !known {
		f.unknown(full, name, named)
		return
	}
	info, err := os.Lstat(full)
	if named {
		info, err = os.Stat(full)
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return // git has it, the user has deleted it
	case err == nil && info.Mode()&fs.ModeSymlink != 0:
		f.found.Skipped = append(f.found.Skipped, Skipped{name, "a symbolic link"})
		return
	case err == nil && !info.Mode().IsRegular():
		err = errors.New(irregular)
	case err == nil && info.Size() > MaxBytes:
		err = fmt.Errorf("it is larger than %d MB", MaxBytes>>20)
	}
	if err == nil {
		var opened *os.File
		if opened, err = os.Open(full); err == nil {
			opened.Close()
		}
	}
	if err != nil {
		f.found.Unchecked = append(f.found.Unchecked, check.Unchecked{Path: name, Why: reason(err)})
		return
	}
	f.found.Files = append(f.found.Files, check.File{Path: name, Language: language})
}

// unknown takes in a file that is in no known language. One that was named is not passed over
// in silence, whatever it is; below a folder, source code is not.
func (f *finder) unknown(full, name string, named bool) {
	language, code := otherLanguage(name)
	if named {
		why := "its ending tells no language that can be checked"
		if info, err := os.Stat(full); err == nil && !info.Mode().IsRegular() {
			why = irregular
		} else if code {
			why = "no checker for " + language
		}
		f.found.Unchecked = append(f.found.Unchecked, check.Unchecked{Path: name, Why: why})
		return
	}
	// Git may list what the user has deleted; and a link's target is looked at in its own place.
	if info, err := os.Lstat(full); code && err == nil && info.Mode().IsRegular() {
		f.found.Others = append(f.found.Others, Other{name, language})
	}
}

// reason is an error without the path, which is shown beside it.
func reason(err error) string {
	if p, ok := errors.AsType[*fs.PathError](err); ok {
		return p.Err.Error()
	}
	return err.Error()
}

// skips reports whether a path leads through a folder that is passed over, and notes it.
func (f *finder) skips(root, rel string) bool {
	at := root
	for part := range strings.SplitSeq(path.Dir(rel), "/") {
		at = filepath.Join(at, part)
		if why, ok := passedOver[part]; ok {
			f.skip(at, why)
			return true
		}
	}
	return false
}

func (f *finder) skip(full, why string) {
	s := Skipped{f.name(full), why}
	if !slices.Contains(f.found.Skipped, s) {
		f.found.Skipped = append(f.found.Skipped, s)
	}
}

// folder takes in what is below a folder: what git does not ignore where it is in a
// repository, else everything.
func (f *finder) folder(ctx context.Context, root string) error {
	listed, err := gitOutput(ctx, root, nil, "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", ".")
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil || len(listed.Stdout) == 0 {
		// No repository, or a folder that git ignores and that the user named.
		return f.walk(ctx, root)
	}
	if err := f.unopened(ctx, root, listed.Stderr); err != nil {
		return err
	}
	for rel := range strings.SplitSeq(strings.TrimSuffix(string(listed.Stdout), "\x00"), "\x00") {
		if rel == "" || f.skips(root, rel) {
			continue
		}
		full := filepath.Join(root, filepath.FromSlash(rel))
		// A submodule is a folder, and so is a repository inside that is not added.
		if info, err := os.Lstat(full); err == nil && info.IsDir() {
			if _, known := passedOver[filepath.Base(full)]; known && f.skips(root, rel+"/.") {
				continue
			}
			if _, err := os.Lstat(filepath.Join(full, ".git")); err != nil {
				continue // a submodule that is not checked out
			}
			if err := f.folder(ctx, full); err != nil {
				return err
			}
			continue
		}
		f.file(full, false)
	}
	return nil
}

// unopened takes in the folders below root that git warns of, which it names from its topmost one.
func (f *finder) unopened(ctx context.Context, root string, warnings []byte) error {
	folders := unopened(warnings)
	if len(folders) == 0 {
		return nil
	}
	prefix, err := git(ctx, root, "rev-parse", "--show-prefix")
	if err != nil {
		return err
	}
	prefix = strings.TrimSuffix(prefix, "\n")
	for folder, why := range folders {
		rel := strings.TrimSuffix(strings.TrimPrefix(folder+"/", prefix), "/") // empty for root itself
		name := f.name(filepath.Join(root, filepath.FromSlash(rel)))
		if f.seen[name] || f.skips(root, rel+"/.") {
			continue
		}
		f.seen[name] = true
		f.found.Unchecked = append(f.found.Unchecked, check.Unchecked{Path: name, Why: why})
	}
	return nil
}

func (f *finder) walk(ctx context.Context, root string) error {
	// With the separator a folder that is a link is entered, as the user named it.
	return filepath.WalkDir(root+string(filepath.Separator), func(full string, entry fs.DirEntry, err error) error {
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil:
			f.found.Unchecked = append(f.found.Unchecked, check.Unchecked{Path: f.name(full), Why: reason(err)})
			if entry != nil && entry.IsDir() {
				return fs.SkipDir
			}
			return nil
		case entry.IsDir():
			if why, ok := passedOver[entry.Name()]; ok && filepath.Clean(full) != root {
				f.skip(full, why)
				return fs.SkipDir
			}
			return nil
		}
		f.file(full, false)
		return nil
	})
}
