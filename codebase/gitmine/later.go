package gitmine

import (
	"bufio"
	"context"
	"errors"
	"io"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/internal/gitobjects"
	"github.com/seccoder/seccoder/lang"
)

// A tip is the newest state of the repository: what has become of fixes.
type tip struct {
	*repository
	objects *gitobjects.Objects
	// files are the contents' ids by path, byStem the paths by the name alone.
	files  map[string]string
	byStem map[string][]string

	mu sync.Mutex
	// parsed are the files that were looked at.
	parsed map[string]tipFile
}

// A tipFile is a file as it is now.
type tipFile struct {
	content   string
	language  lang.Language
	functions []lang.Function
}

// openTip lists the files of the commit.
func (r *repository) openTip(ctx context.Context, commit string, o *gitobjects.Objects) (*tip, error) {
	t := &tip{repository: r, objects: o, files: map[string]string{}, parsed: map[string]tipFile{}, byStem: map[string][]string{}}
	err := r.Stream(ctx, nil, func(out io.Reader) error {
		records := bufio.NewReaderSize(out, 1<<16)
		for {
			record, err := gitobjects.ReadUntil(records, 0, gitobjects.MaxPath)
			if errors.Is(err, io.EOF) {
				return nil
			}
			if err != nil {
				return err
			}
			// "100644 blob <id>\t<path>"
			head, path, _ := strings.Cut(string(record), "\t")
			if fields := strings.Fields(head); len(fields) == 3 && fields[1] == "blob" {
				t.files[path] = fields[2]
				if s := stem(path); len(t.byStem[s]) < maxSameName && passedOver(gitobjects.Change{Mode: fields[0], Path: path}) == "" {
					t.byStem[s] = append(t.byStem[s], path)
				}
			}
		}
	}, "ls-tree", "-r", "-z", "--full-tree", commit)
	return t, err
}

// file reads a file as it is now. A file that is not there, or no text, has no functions.
func (t *tip) file(path string) tipFile {
	t.mu.Lock()
	defer t.mu.Unlock()
	if f, ok := t.parsed[path]; ok {
		return f
	}
	var f tipFile
	if id, ok := t.files[path]; ok {
		if o, err := t.objects.Read(id); err == nil {
			f.content, _ = text(o.Content)
			f.language, _ = languageOf(path, f.content)
			f.functions = lang.Functions(f.language, f.content)
		}
	}
	t.parsed[path] = f
	return f
}

// now are the paths that a file of a commit may have now: its own, or else those of files
// of the same name, whatever their folder and ending.
func (t *tip) now(path string) []string {
	if _, ok := t.files[path]; ok {
		return []string{path}
	}
	return t.byStem[stem(path)]
}

// maxSameName is how many files of one name are looked at for a file that was moved.
const maxSameName = 8

// stem is a file's name without its folder and ending.
func stem(file string) string {
	base := path.Base(file)
	return strings.TrimSuffix(base, path.Ext(base))
}

// later looks at what became of a fixed function: whether it is as insecure now as it was
// before the fix.
func (x *examiner) later(f *found) {
	for _, path := range x.tip.now(f.path) {
		file := x.tip.file(path)
		for _, g := range file.functions {
			if g.Name != f.name {
				continue
			}
			now := normalLines(file.language, dedent(file.content[g.Start:g.End]))
			if slices.Equal(now, f.after) {
				return
			}
			if brokenAgain(now, f) {
				f.refused = "it is again as it was before the fix"
			}
		}
	}
}

// brokenAgain reports whether a function is as it was before a fix: the same, or with all
// the lines that the fix took out and none of those that it brought.
func brokenAgain(now []string, f *found) bool {
	if slices.Equal(now, f.before) {
		return true
	}
	added, removed := distinct(f.added), distinct(f.removed)
	if len(added) == 0 || len(removed) == 0 {
		return false
	}
	has := func(line string) bool { return slices.Contains(now, line) }
	return all(removed, has) && !slices.ContainsFunc(added, has)
}

// distinct are the lines that say something: more than brackets and a word.
func distinct(lines []string) []string {
	var kept []string
	for _, line := range lines {
		if strings.Count(line, " ") >= 3 {
			kept = append(kept, line)
		}
	}
	return kept
}

// superseded refuses what a newer fix of the same vulnerability has mended: of several
// versions of a function the newest counts. Leads are the newest first.
func superseded(leads []*lead) {
	type key struct{ id, path, name string }
	newest := map[key]string{}
	for _, l := range leads {
		if l.refused != "" {
			continue
		}
		for i := range l.found {
			f := &l.found[i]
			if f.refused != "" {
				continue
			}
			if l.inherited {
				continue // the commits of one branch
			}
			for _, id := range l.ids {
				k := key{id, f.path, f.name}
				if by := newest[k]; by != "" && by != l.id {
					f.refused = "a later commit, " + by[:12] + ", goes on with the fix of " + id
					break
				}
				newest[k] = l.id
			}
		}
	}
}

// withdrawn finds the examples of earlier runs whose fix was taken back: by a revert, or
// by code that is again as it was before.
func (x *examiner) withdrawn(earlier []codebase.Example, reverted map[string]string) (gone []Withdrawn, examples []codebase.Example) {
	for _, e := range earlier {
		why := ""
		if by, ok := reverted[e.Source.Commit]; ok {
			why = "its fix was reverted by " + by[:12]
		} else {
			for _, path := range x.tip.now(e.Source.Path) {
				if e.Insecure != "" && x.tip.holds(path, e) {
					why = "the code is again as it was before the fix"
				}
			}
		}
		if why != "" {
			gone = append(gone, Withdrawn{Example: e.ID, Commit: e.Source.Commit, Why: why})
			examples = append(examples, e)
		}
	}
	return gone, examples
}

// holds reports whether a function of the file is the insecure one of an example, and
// none the secure one.
func (t *tip) holds(path string, e codebase.Example) bool {
	file := t.file(path)
	insecure, secure := normalLines(e.Language, e.Insecure), normalLines(e.Language, e.Code)
	broken := false
	for _, g := range file.functions {
		now := normalLines(file.language, dedent(file.content[g.Start:g.End]))
		if slices.Equal(now, secure) {
			return false
		}
		broken = broken || slices.Equal(now, insecure)
	}
	return broken
}
