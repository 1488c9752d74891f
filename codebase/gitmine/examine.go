package gitmine

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/sync/errgroup"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/internal/gitobjects"
	"github.com/seccoder/seccoder/lang"
)

// A lead is a commit on its way to be taken or refused.
type lead struct {
	commit
	message
	changes []gitobjects.Change
	// mended is what checkers say for it.
	mended []mended
	// merge is true for a merge that is looked at as one change of its first parent.
	merge bool
	// refused says why it is no fix, where that is known.
	refused string
	skipped []Skipped
	found   []found
	score   float64
}

// A found is a function that a lead changed.
type found struct {
	pair
	difference
	path     string
	language lang.Language
	evidence []Evidence
	// score is that of the change, checked that of what a checker found before.
	score   float64
	checked float64
	refused string
	licence string
	example codebase.Example
}

// An examiner looks at the changes of leads.
type examiner struct {
	*repository
	options Options
	objects *gitobjects.Objects
	tip     *tip

	mu       sync.Mutex
	licences map[string]string // by the id of the licence's text
}

// maxFiles is how many files of known languages a fix may change.
const maxFiles = 20

// examine looks at all leads, several at a time.
func (x *examiner) examine(ctx context.Context, leads []*lead, parallel int, done func()) error {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(parallel)
	for _, l := range leads {
		group.Go(func() error {
			if ctx.Err() != nil {
				return context.Cause(ctx)
			}
			err := x.lead(l)
			done()
			return err
		})
	}
	return group.Wait()
}

// lead looks at one.
func (x *examiner) lead(l *lead) error {
	l.score = l.message.score
	if l.refused != "" {
		return nil
	}
	files := 0
	for _, c := range l.changes {
		if why := passedOver(c); why != "" {
			l.skip(c, why)
			continue
		}
		if files++; files > maxFiles {
			continue
		}
		if err := x.file(l, c); err != nil {
			return fmt.Errorf("commit %s: %w", l.id, err)
		}
	}
	x.decide(l, files)
	if l.refused != "" {
		return nil
	}
	for i := range l.found {
		f := &l.found[i]
		if f.refused == "" {
			x.later(f)
		}
	}
	return nil
}

func (l *lead) skip(c gitobjects.Change, why string) {
	l.skipped = append(l.skipped, Skipped{Path: oneLine(c.Path), Why: why})
}

// file looks at one file of a lead.
func (x *examiner) file(l *lead, c gitobjects.Change) error {
	file, why, err := x.read(c)
	if err != nil {
		return err
	}
	if why != "" {
		l.skip(c, why)
		return nil
	}
	if len(file.pairs) == 0 && len(file.fresh) == 0 {
		l.skip(c, "no function of it changed")
	}
	for _, name := range file.fresh {
		l.skipped = append(l.skipped, Skipped{Path: oneLine(c.Path), Why: "function " + oneLine(name) + " is new: there is nothing that it fixes"})
	}
	licence := ""
	for _, p := range file.pairs {
		f := found{pair: p, path: c.Path, language: file.language}
		f.difference = differenceOf(f.language, p)
		f.evidence = signsOf(f.difference)
		f.score = sum(f.evidence)
		for _, m := range l.mended {
			if m.Path == f.path && m.Line == p.now.first {
				f.checked = m.Evidence[0].Score
				f.evidence = slices.Concat(m.Evidence, f.evidence)
			}
		}
		// A checker that finds another name or text to be a weakness knows better.
		if f.refused = unfit(p, x.options.MaxLines); f.refused == "" && f.checked == 0 {
			f.refused = layoutOnly(f.language, p, f.difference)
		}
		if licence == "" {
			licence = x.licence(l.id, file.after)
		}
		f.licence = licence
		l.found = append(l.found, f)
	}
	return nil
}

// A changedFile is a file before a commit and after it, as text.
type changedFile struct {
	gitobjects.Change
	language      lang.Language
	before, after string
	// pairs are its functions that changed, fresh the names of new ones.
	pairs []pair
	fresh []string
}

// read reads a file that a commit changed; why says why it is not looked at.
func (x *examiner) read(c gitobjects.Change) (f changedFile, why string, err error) {
	if !utf8.ValidString(c.Path) || strings.ContainsFunc(c.Path, unicode.IsControl) {
		return f, "its path is no plain text", nil
	}
	f.Change = c
	for _, side := range []struct {
		id   string
		into *string
	}{{c.Before, &f.before}, {c.After, &f.after}} {
		object, err := x.objects.Read(side.id)
		if gitobjects.Unread(err) {
			return f, err.Error(), nil
		}
		if err != nil {
			return f, "", err
		}
		if *side.into, why = text(object.Content); why != "" {
			return f, why, nil
		}
	}
	var ok bool
	if f.language, ok = languageOf(c.Path, f.after); !ok {
		return f, "no file of a known language", nil
	}
	f.pairs, f.fresh = changed(f.language, f.before, f.after)
	return f, "", nil
}

// licence is that of a file at a commit.
func (x *examiner) licence(commit, content string) string {
	if own := headerLicence(content); own != "" {
		return own
	}
	tree, err := x.objects.Read(commit + "^{tree}")
	if err != nil {
		return NoAssertion
	}
	name := licenceFile(gitobjects.ParseTree(tree.Content, len(commit)/2))
	if name == "" {
		return NoAssertion
	}
	file, err := x.objects.Read(commit + ":" + name)
	if err != nil {
		return NoAssertion
	}
	text := string(file.Content)
	x.mu.Lock()
	defer x.mu.Unlock()
	known, ok := x.licences[text]
	if !ok {
		known = licenceOf(text)
		x.licences[text] = known
	}
	return known
}

// examine looks at what the leads changed.
func (m *miner) examine(ctx context.Context, x *examiner) error {
	byID := map[string]*lead{}
	var ids []string
	for _, l := range m.leads {
		switch {
		case l.refused != "":
		case len(l.parents) == 0 && m.Shallow:
			l.refused = "the clone is shallow and its parent is not there"
		default:
			byID[l.id] = l
			if l.merge {
				ids = append(ids, l.id+" "+l.parents[0])
			} else {
				ids = append(ids, l.id)
			}
		}
	}
	if len(ids) > 0 {
		err := m.Changes(ctx, ids, func(id string, changes []gitobjects.Change) {
			if l := byID[id]; l != nil {
				l.changes = changes
			}
		})
		if err != nil {
			return err
		}
	}
	var mu sync.Mutex
	done := 0
	return x.examine(ctx, m.leads, runtime.GOMAXPROCS(0), func() {
		mu.Lock()
		defer mu.Unlock()
		done++
		m.progress(Examining, done, len(m.leads))
	})
}
