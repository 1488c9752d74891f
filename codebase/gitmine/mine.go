package gitmine

import (
	"context"
	"fmt"
	"io"
	"maps"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/seccoder/seccoder/codebase"
)

// Mine looks through the history of the repository that a folder is, or lies in. What was
// kept before an error, or before ctx ended, stays kept; the next run begins where this
// one began.
func Mine(ctx context.Context, path string, o Options) (Report, error) {
	o.fill()
	r, err := open(ctx, path, o.Revision)
	if err != nil {
		return Report{}, err
	}
	m := &miner{repository: r, options: o, report: Report{
		Repository: r.name, Tip: r.tip, After: []string{}, Candidates: []Candidate{}, Withdrawn: []Withdrawn{}, Notes: append([]string{}, r.notes...),
	}}
	if r.tip == "" {
		return m.report, nil
	}
	if err := m.mine(ctx); err != nil {
		if ctx.Err() != nil {
			err = context.Cause(ctx)
		}
		return m.report, fmt.Errorf("mine %s: %w", path, err)
	}
	return m.report, nil
}

func (o *Options) fill() {
	if o.MinScore == 0 {
		o.MinScore = DefaultMinScore
	}
	if o.MaxFunctions == 0 {
		o.MaxFunctions = DefaultMaxFunctions
	}
	if o.MaxLines == 0 {
		o.MaxLines = DefaultMaxLines
	}
	if o.MaxBytes == 0 {
		o.MaxBytes = DefaultMaxBytes
	}
	if o.Words == nil {
		o.Words = StandardWords()
	}
	if o.Now.IsZero() {
		o.Now = time.Now().UTC()
	}
}

// A miner is one run over one repository.
type miner struct {
	*repository
	options Options
	report  Report
	history *history
	leads   []*lead
	merges  []commit
}

func (m *miner) mine(ctx context.Context) error {
	after, err := m.remembered(ctx, &m.options)
	if err != nil {
		return err
	}
	m.report.After = append(m.report.After, after...)
	if err := m.read(ctx, after); err != nil {
		return err
	}
	objects, err := m.objects(ctx, m.options.MaxBytes)
	if err != nil {
		return err
	}
	defer objects.close()
	tip, err := m.openTip(ctx, m.tip, objects)
	if err != nil {
		return err
	}
	x := &examiner{repository: m.repository, options: m.options, objects: objects, tip: tip, licences: map[string]string{}}
	if err := m.examine(ctx, x); err != nil {
		return err
	}
	superseded(m.leads)
	whole, err := m.keep(ctx, x)
	if err != nil {
		return err
	}
	if err := m.withdraw(ctx, x); err != nil {
		return err
	}
	if !whole || !m.options.Since.IsZero() {
		return nil // there is more to be found another time
	}
	return m.remember(ctx, &m.options, m.tip)
}

// read reads the commits and keeps those that something speaks for.
func (m *miner) read(ctx context.Context, after []string) error {
	m.history = newHistory()
	take := func(c commit) {
		m.report.Commits++
		if m.report.Commits%progressEvery == 0 {
			m.progress(Reading, m.report.Commits, 0)
		}
		m.history.see(&c)
		if len(c.parents) > 1 {
			if len(vulnerabilities(c.subject+"\n"+c.body)) > 0 {
				m.merges = append(m.merges, c)
			}
			return
		}
		subject, body := ownWords(&c)
		if msg := m.options.Words.read(subject, body, nil); msg.named() || msg.score >= floor {
			m.leads = append(m.leads, &lead{commit: c, message: msg})
		}
	}
	if err := m.commits(ctx, m.tip, after, m.options.Since, take); err != nil {
		return err
	}
	m.progress(Reading, m.report.Commits, m.report.Commits)
	m.history.resolve()
	if err := m.inherit(ctx); err != nil {
		return err
	}
	if err := m.restore(ctx); err != nil {
		return err
	}
	m.refuseReverts()
	return nil
}

// progressEvery is after how many commits progress is told.
const progressEvery = 1000

func (m *miner) progress(stage Stage, done, total int) {
	if m.options.Progress != nil {
		m.options.Progress(stage, done, total)
	}
}

// maxBranch is how many commits a merge may bring that names a vulnerability for them all.
const maxBranch = 12

// inherit makes leads of what a merge brings that names a vulnerability for all of its
// branch: of the commits that say themselves that they mend something, else of the branch
// as a whole.
func (m *miner) inherit(ctx context.Context) error {
	byID := map[string]*lead{}
	for _, l := range m.leads {
		byID[l.id] = l
	}
	for _, merge := range m.merges {
		if m.history.of[merge.id] != "" || len(merge.parents) != 2 || !m.has(ctx, merge.parents[0]) || !m.has(ctx, merge.parents[1]) {
			continue // a revert, an octopus, or cut off
		}
		var branch []commit
		err := m.commits(ctx, merge.parents[1], merge.parents[:1], m.options.Since, func(c commit) {
			// What an earlier run has looked at counts as looked at.
			if _, known := m.history.order[c.id]; known && len(branch) <= maxBranch && len(c.parents) == 1 {
				branch = append(branch, c)
			}
		})
		if err != nil {
			return err
		}
		if len(branch) == 0 || len(branch) > maxBranch {
			continue
		}
		ids := vulnerabilities(merge.subject + "\n" + merge.body)
		says := false
		for _, c := range branch {
			if l := byID[c.id]; l != nil && (l.named() || l.own >= leastWords) {
				says = true
				if !l.named() {
					subject, body := ownWords(&c)
					l.message = m.options.Words.read(subject, body, ids)
				}
			}
		}
		if !says {
			merge.parents = merge.parents[:1]
			l := &lead{commit: merge, message: m.options.Words.read(merge.subject, merge.body, nil), merge: true}
			byID[merge.id] = l
			m.leads = append(m.leads, l)
		}
	}
	slices.SortStableFunc(m.leads, func(a, b *lead) int { return m.history.order[a.id] - m.history.order[b.id] })
	return nil
}

// leastWords is the score from which on the words of a commit say that it mends something.
const leastWords = 2

// restore takes fixes in again that an earlier run has seen reverted, and whose revert
// was reverted since.
func (m *miner) restore(ctx context.Context) error {
	for _, by := range slices.Sorted(maps.Keys(m.history.of)) {
		target := m.history.of[by]
		if _, new := m.history.order[target]; new || !commitID.MatchString(target) || m.history.revertedBy(by) != "" || !m.has(ctx, target) {
			continue
		}
		old, err := m.one(ctx, target)
		if err != nil {
			return err
		}
		r, isRevert := revertOf(&old)
		if !isRevert || !commitID.MatchString(r.target) || !m.has(ctx, r.target) {
			continue
		}
		fix, err := m.one(ctx, r.target)
		if err != nil {
			return err
		}
		subject, body := ownWords(&fix)
		if msg := m.options.Words.read(subject, body, nil); msg.named() || msg.score >= floor {
			m.leads = append(m.leads, &lead{commit: fix, message: msg})
		}
	}
	return nil
}

// one reads one commit.
func (m *miner) one(ctx context.Context, id string) (c commit, err error) {
	err = m.stream(ctx, nil, func(out io.Reader) error {
		return readCommits(out, func(read commit) { c = read })
	}, "rev-list", "--header", "--parents", "--no-walk", "--end-of-options", id)
	return c, err
}

// refuseReverts refuses what was reverted, and the reverts of what is no lead itself
// unless they say a reason of their own.
func (m *miner) refuseReverts() {
	leads := map[string]bool{}
	for _, l := range m.leads {
		leads[l.id] = true
	}
	for _, l := range m.leads {
		if by := m.history.revertedBy(l.id); by != "" {
			l.refused = "it was reverted by " + by[:12]
		} else if target := m.history.of[l.id]; leads[target] {
			l.refused = "it reverts " + target[:12]
		}
	}
}

// examine looks at what the leads changed.
func (m *miner) examine(ctx context.Context, x *examiner) error {
	byID := map[string]*lead{}
	var ids []string
	for _, l := range m.leads {
		switch {
		case l.refused != "":
		case len(l.parents) == 0 && m.shallow:
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
		err := m.changes(ctx, ids, func(id string, changes []change) {
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

// keep hands the examples on, the newest first. It is not whole where the limit stopped it.
func (m *miner) keep(ctx context.Context, x *examiner) (whole bool, err error) {
	from := map[string]string{}
	for _, l := range m.leads {
		if m.options.Limit > 0 && m.report.Examples >= m.options.Limit {
			m.report.Notes = append(m.report.Notes, fmt.Sprintf("stopped after %d examples; older commits are left for another run", m.report.Examples))
			return false, nil
		}
		taken := 0
		var refusals []string
		for i := range l.found {
			f := &l.found[i]
			if l.refused == "" && f.refused == "" {
				f.example = x.example(l, f)
				if err := m.keepOne(ctx, l, f, from); err != nil {
					return false, err
				}
			}
			if l.refused == "" && f.refused == "" {
				taken++
			} else if f.refused != "" {
				refusals = append(refusals, f.name+": "+f.refused)
			}
		}
		if taken == 0 && l.refused == "" {
			l.refused = strings.Join(refusals[:min(len(refusals), 3)], "; ")
		}
		m.report.Candidates = append(m.report.Candidates, l.candidate())
	}
	return true, nil
}

// keepOne hands one example on.
func (m *miner) keepOne(ctx context.Context, l *lead, f *found, from map[string]string) error {
	e := &f.example
	if by := from[f.path+"\x00"+f.name+"\x00"+strings.Join(f.added, "\n")]; by != "" {
		f.refused = "the same change was taken from " + by[:12]
		return nil
	}
	if by, twice := from[e.ID]; twice {
		f.refused = "the same code was taken from " + by[:12]
		return nil
	}
	if err := e.Validate(); err != nil {
		f.refused = err.Error()
		return nil
	}
	from[e.ID] = l.id
	from[f.path+"\x00"+f.name+"\x00"+strings.Join(f.added, "\n")] = l.id
	if m.options.Keep == nil {
		m.report.Examples++
		return nil
	}
	kept, err := m.options.Keep(ctx, *e)
	switch {
	case err != nil:
		return err
	case kept.Refused != "":
		f.refused = kept.Refused
	case kept.Known:
		m.report.Known++
	default:
		m.report.Examples++
	}
	return nil
}

// withdraw takes out what earlier runs took and what was taken back since.
func (m *miner) withdraw(ctx context.Context, x *examiner) error {
	if m.options.Earlier == nil {
		return nil
	}
	earlier, err := m.options.Earlier(ctx, m.name)
	if err != nil || len(earlier) == 0 {
		return err
	}
	reverted := map[string]string{}
	for target := range m.history.by {
		if by := m.history.revertedBy(target); by != "" {
			reverted[target] = by
		}
	}
	gone, examples := x.withdrawn(earlier, reverted)
	if len(gone) == 0 {
		return nil
	}
	m.report.Withdrawn = gone
	if m.options.Withdraw == nil {
		return nil
	}
	return m.options.Withdraw(ctx, examples...)
}

// candidate is a lead for the report.
func (l *lead) candidate() Candidate {
	c := Candidate{
		Commit: l.id, Date: l.date, Subject: l.subject, Taken: l.refused == "", Reason: l.refused, Score: l.score,
		Vulnerabilities: append([]string{}, l.ids...), CWEs: append([]codebase.CWE{}, l.cwes...),
		Evidence: append([]Evidence{}, l.evidence...), Functions: []Function{}, Skipped: append([]Skipped{}, l.skipped...),
	}
	if c.Taken {
		c.Reason = l.whyTaken()
	}
	if len(c.CWEs) == 0 {
		c.CWEs = append(c.CWEs, l.hinted[:min(len(l.hinted), maxCWEs)]...)
	}
	for i := range l.found {
		f := &l.found[i]
		g := Function{Path: f.path, Name: oneLine(f.name), Language: f.language, Taken: c.Taken && f.refused == "", Reason: f.refused, Evidence: append([]Evidence{}, f.evidence...)}
		if g.Taken {
			g.Example, g.Reason = f.example.ID, "its change shows a fix"
			if f.score < leastChange {
				g.Reason = "the fix changes it"
			}
		} else if g.Reason == "" {
			g.Reason = "the commit was not taken"
		}
		c.Functions = append(c.Functions, g)
	}
	return c
}
