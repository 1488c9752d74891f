package importer

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/seccoder/seccoder/internal/gitobjects"
	"github.com/seccoder/seccoder/lang"
)

// clones are the repositories in which commits are looked for.
type clones struct{ all []*clone }

// A clone is a git repository on this machine, of which only what is stored is read.
type clone struct {
	*gitobjects.Repository
	objects *gitobjects.Objects
}

// openClones opens the repositories.
func openClones(ctx context.Context, dirs []string) (*clones, error) {
	cs := &clones{}
	for _, dir := range dirs {
		r, err := gitobjects.Open(ctx, dir)
		if err != nil {
			cs.close()
			return nil, &InputError{err}
		}
		cs.all = append(cs.all, &clone{r, r.Objects(ctx, maxRecord)})
	}
	return cs, nil
}

func (cs *clones) close() {
	for _, c := range cs.all {
		c.objects.Close()
	}
}

// object reads an object; ok is false where it is not there, or is longer than
// maxRecord.
func (c *clone) object(name string) (o gitobjects.Object, ok bool, err error) {
	o, err = c.objects.Read(name)
	switch {
	case gitobjects.Unread(err):
		return o, false, nil
	case err != nil:
		return o, false, fmt.Errorf("read %s: %w", c.Path, err)
	}
	return o, true, nil
}

var hexName = regexp.MustCompile(`^[0-9a-f]{7,64}$`)

// A commit is one with its first parent, by their whole ids.
type commit struct{ id, parent, message string }

// commit finds a commit by its id or the beginning of it; ok is false where the clone has
// not both, the commit and its parent.
func (c *clone) commit(name string) (found commit, ok bool, err error) {
	if !hexName.MatchString(name) {
		return found, false, nil
	}
	o, ok, err := c.object(name)
	if err != nil || !ok || o.Kind != "commit" {
		return found, false, err
	}
	head, message, _ := strings.Cut(string(o.Content), "\n\n")
	for line := range strings.Lines(head) {
		if parent, is := strings.CutPrefix(strings.TrimSpace(line), "parent "); is {
			p, ok, err := c.object(parent)
			return commit{o.ID, p.ID, message}, ok && p.Kind == "commit", err
		}
	}
	return found, false, nil
}

// changed lists the files that a commit changed and did not make or remove.
func (c *clone) changed(ctx context.Context, found commit) ([]gitobjects.Change, error) {
	var files []gitobjects.Change
	err := c.Changes(ctx, []string{found.id + " " + found.parent}, func(_ string, changes []gitobjects.Change) {
		for _, file := range changes {
			if file.Before != file.After && file.Regular() {
				files = append(files, file)
			}
		}
	})
	return files, err
}

// text reads a file's content; ok is false where it is no text.
func (c *clone) text(name string) (text string, ok bool, err error) {
	o, ok, err := c.object(name)
	if err != nil || !ok || !utf8.Valid(o.Content) || bytes.IndexByte(o.Content, 0) >= 0 {
		return "", false, err
	}
	return string(o.Content), true, nil
}

// maxFiles bounds the source files of a commit that are looked at.
const maxFiles = 50

const skipManyFiles = "the fix changes more than 50 source files, so what mends the weakness is not known"

// commitResults makes examples of the functions that the commits changed. found is
// false where no clone has any of them with its parent.
func (in *input) commitResults(ctx context.Context, cs *clones, f fix, commits []string) (results []result, found bool, err error) {
	total := 0
	for _, name := range commits {
		for _, c := range cs.all {
			commit, ok, err := c.commit(name)
			if err != nil {
				return nil, false, err
			}
			if !ok {
				continue
			}
			f.commit = name
			if f.note == "" {
				f.note = commit.message
			}
			one, err := in.oneCommit(ctx, c, f, commit)
			if err != nil {
				return nil, false, err
			}
			for _, r := range one {
				if r.skipped == "" {
					total++
				}
			}
			found, results = true, append(results, one...)
			break
		}
	}
	if total > maxFunctions {
		return []result{{skipped: skipTooMany}}, true, nil
	}
	return results, found, nil
}

func (in *input) oneCommit(ctx context.Context, c *clone, f fix, commit commit) ([]result, error) {
	changed, err := c.changed(ctx, commit)
	if err != nil {
		return nil, err
	}
	var sources []gitobjects.Change
	for _, file := range changed {
		if _, ok := lang.FromPath(file.Path); ok && !isTest(file.Path) {
			sources = append(sources, file)
		}
	}
	switch {
	case len(sources) > maxFiles:
		return []result{{skipped: skipManyFiles}}, nil
	case len(sources) == 0:
		return []result{{skipped: skipNoSource}}, nil
	}
	var results []result
	for _, file := range sources {
		before, isText, err := c.text(file.Before)
		if err != nil {
			return nil, err
		}
		after, alsoText, err := c.text(file.After)
		if err != nil {
			return nil, err
		}
		f.path, f.language = file.Path, ""
		if !isText || !alsoText {
			results = append(results, result{err: errors.New(file.Path + " is not UTF-8 text"), what: file.Path})
			continue
		}
		results = append(results, in.fileResults(f, before, after)...)
	}
	return results, nil
}

const skipNoSource = "its fix changes no source file of a language that seccoder knows, tests aside"
