package gitmine

import (
	"context"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/sync/errgroup"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/lang"
)

// A lead is a commit on its way to be taken or refused.
type lead struct {
	commit
	message
	changes []change
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
	score    float64
	refused  string
	licence  string
	example  codebase.Example
}

// An examiner looks at the changes of leads.
type examiner struct {
	*repository
	options Options
	objects *objects
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

func (l *lead) skip(c change, why string) {
	l.skipped = append(l.skipped, Skipped{Path: oneLine(c.path), Why: why})
}

// file looks at one file of a lead.
func (x *examiner) file(l *lead, c change) error {
	if !utf8.ValidString(c.path) || strings.ContainsFunc(c.path, unicode.IsControl) {
		l.skip(c, "its path is no plain text")
		return nil
	}
	var versions [2]string
	for i, id := range [2]string{c.before, c.after} {
		content, err := x.objects.read(id)
		if err != nil {
			tooLarge, large := errors.AsType[tooLargeError](err)
			if !errors.Is(err, errMissing) && !large {
				return err
			}
			why := err.Error()
			if large {
				why = fmt.Sprintf("%v, more than %d kB", tooLarge, x.objects.most/1000)
			}
			l.skip(c, why)
			return nil
		}
		var why string
		if versions[i], why = text(content); why != "" {
			l.skip(c, why)
			return nil
		}
	}
	language, ok := languageOf(c.path, versions[1])
	if !ok {
		return nil
	}
	pairs, fresh := changed(language, versions[0], versions[1])
	if len(pairs) == 0 && len(fresh) == 0 {
		l.skip(c, "no function of it changed")
	}
	for _, name := range fresh {
		l.skipped = append(l.skipped, Skipped{Path: oneLine(c.path), Why: "function " + oneLine(name) + " is new: there is nothing that it fixes"})
	}
	licence := ""
	for _, p := range pairs {
		f := found{pair: p, path: c.path, language: language}
		f.difference = differenceOf(language, p)
		f.evidence = signsOf(f.difference)
		f.score = sum(f.evidence)
		if f.refused = unfit(p, x.options.MaxLines); f.refused == "" {
			f.refused = layoutOnly(language, p, f.difference)
		}
		if licence == "" {
			licence = x.licence(l.id, versions[1])
		}
		f.licence = licence
		l.found = append(l.found, f)
	}
	return nil
}

// licence is that of a file at a commit.
func (x *examiner) licence(commit, content string) string {
	if own := headerLicence(content); own != "" {
		return own
	}
	tree, err := x.objects.read(commit + "^{tree}")
	if err != nil {
		return NoAssertion
	}
	name := licenceFile(parseTree(tree, len(commit)/2))
	if name == "" {
		return NoAssertion
	}
	text, err := x.objects.read(commit + ":" + name)
	if err != nil {
		return NoAssertion
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	known, ok := x.licences[string(text)]
	if !ok {
		known = licenceOf(string(text))
		x.licences[string(text)] = known
	}
	return known
}

// decide says of a lead whether it is a fix, and of each function whether it shows it.
func (x *examiner) decide(l *lead, files int) {
	left, best := 0, 0.0
	for i := range l.found {
		f := &l.found[i]
		if f.refused == "" {
			left++
			best = max(best, f.score)
		}
	}
	l.score += min(max(best, 0), mostChange)
	switch {
	case files == 0:
		l.refused = "it changes no code of a known language, tests and code of others aside"
	case files > maxFiles:
		l.refused = fmt.Sprintf("it changes %d files, too many for one fix", files)
	case left == 0:
		l.refused = l.nothingLeft()
	case !l.named() && l.score < x.options.MinScore:
		l.refused = fmt.Sprintf("its score is %.1f, less than %g", l.score, x.options.MinScore)
	case !l.named() && l.message.score < floorWords:
		l.refused = "its words say too little"
	case l.named() && l.message.score < 0:
		l.refused = "its words speak against a fix"
	}
	if l.refused != "" {
		return
	}
	kept := 0
	for i := range l.found {
		f := &l.found[i]
		switch {
		case f.refused != "":
		case f.score < leastChange && (best >= leastChange || !l.named() || l.inherited || l.merge):
			f.refused = "its change shows nothing of a fix"
		default:
			kept++
		}
	}
	switch {
	case kept == 0:
		l.refused = "no change of a function shows anything of a fix"
	case kept > x.options.MaxFunctions:
		l.refused = fmt.Sprintf("it changes %d functions, more than %d", kept, x.options.MaxFunctions)
	}
}

// nothingLeft says why none of the functions can be taken.
func (l *lead) nothingLeft() string {
	for _, f := range l.found {
		if !strings.HasPrefix(f.refused, "only ") {
			return f.name + ": " + f.refused
		}
	}
	return "it changes no function that was there before, but for layout and names"
}

const (
	// mostChange is the most that a change adds to a commit's score.
	mostChange = 3
	// leastChange is the least score of a change that shows a fix.
	leastChange = 1
	// floorWords is the least score that words must have without a change.
	floorWords = 2
)

// cwes are the weaknesses of a function's fix: those that the message numbers, else those
// that its words stand for, else what the change looks like.
func (l *lead) weaknesses(f *found) []codebase.CWE {
	switch {
	case len(l.cwes) > 0:
		return l.cwes[:min(len(l.cwes), maxCWEs)]
	case len(l.hinted) > 0:
		return l.hinted[:min(len(l.hinted), maxCWEs)]
	}
	best := Evidence{}
	for _, e := range f.evidence {
		if e.CWE != 0 && e.Score > best.Score {
			best = e
		}
	}
	if best.CWE == 0 {
		return nil
	}
	return []codebase.CWE{best.CWE}
}

// maxCWEs is how many weaknesses an example is given.
const maxCWEs = 2

// example makes an example of a function.
func (x *examiner) example(l *lead, f *found) codebase.Example {
	e := codebase.Example{
		Code: f.code, Insecure: f.insecure, Language: f.language, CWEs: slices.Clone(l.weaknesses(f)),
		Title: oneLine(f.name + " of " + path.Base(f.path)), Fix: l.subject,
		Source: codebase.Source{
			Kind: "git", Repository: x.name, Commit: l.id, Path: f.path, CVE: mainID(l.ids), Licence: f.licence,
		},
		AdmittedAt: x.options.Now, AdmittedBy: x.options.By,
	}
	if e.CWEs == nil {
		e.CWEs = []codebase.CWE{}
	}
	e.ID = e.Hash()
	return e
}

// whyTaken says in a line what speaks for a lead.
func (l *lead) whyTaken() string {
	if len(l.ids) > 0 {
		return "it names " + strings.Join(l.ids, ", ")
	}
	if len(l.cwes) > 0 {
		return "it names " + l.cwes[0].String()
	}
	var words []string
	for _, e := range l.evidence {
		if e.Score > 0 && len(words) < 4 {
			words = append(words, e.Text)
		}
	}
	return fmt.Sprintf("score %.1f: %s", l.score, strings.Join(words, ", "))
}
