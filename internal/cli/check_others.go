package cli

import (
	"os"
	"slices"
	"strings"

	"github.com/seccoder/seccoder/check"
	"github.com/seccoder/seccoder/check/worktree"
	"github.com/seccoder/seccoder/lang"
)

// ofNoLanguage are the files that are in no known language: those below folders and those that
// were named. What is no regular file, as a pipe, is not among them.
func ofNoLanguage(dir string, found worktree.Found) []check.File {
	var files []check.File
	take := func(path string) {
		_, known := lang.FromPath(path)
		if info, err := os.Stat(absoluteIn(dir, path)); !known && err == nil && info.Mode().IsRegular() {
			files = append(files, check.File{Path: path})
		}
	}
	for _, o := range found.Others {
		take(o.Path)
	}
	for _, u := range found.Unchecked {
		take(u.Path)
	}
	return files
}

// coverOthers makes files to check of those in no known language that a tool looked at. Of the
// others, those that were named are told of with what a tool says of them.
func coverOthers(found *worktree.Found, others []check.File, result *check.Result) {
	covered := map[string]bool{}
	for _, file := range others {
		looked := slices.ContainsFunc(result.Checkers, func(r check.CheckerRun) bool {
			_, ok := slices.BinarySearch(r.Also, file.Path)
			return ok
		})
		if covered[file.Path] = looked; looked {
			found.Files = append(found.Files, file)
		}
	}
	slices.SortFunc(found.Files, func(a, b check.File) int { return strings.Compare(a.Path, b.Path) })
	found.Others = slices.DeleteFunc(found.Others, func(o worktree.Other) bool { return covered[o.Path] })
	found.Unchecked = slices.DeleteFunc(found.Unchecked, func(u check.Unchecked) bool { return covered[u.Path] })
	result.Partly = slices.DeleteFunc(result.Partly, func(p check.Unchecked) bool {
		looked, other := covered[p.Path]
		if !other || looked {
			return false
		}
		if i := slices.IndexFunc(found.Unchecked, func(u check.Unchecked) bool { return u.Path == p.Path && u.Checker == "" }); i >= 0 {
			found.Unchecked[i].Checker, found.Unchecked[i].Why = p.Checker, p.Checker+": "+p.Why
		}
		return true
	})
}
