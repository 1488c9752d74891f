package gitmine

import (
	"context"
	"io"
	"maps"
	"slices"

	"github.com/seccoder/seccoder/internal/gitobjects"
)

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
		m.consider(c)
	}
	if err := m.commits(ctx, m.tip, after, m.options.Since, take); err != nil {
		return err
	}
	m.progress(Reading, m.report.Commits, m.report.Commits)
	m.history.resolve()
	if err := m.inherit(ctx); err != nil {
		return err
	}
	return m.restore(ctx)
}

// consider makes a lead of a commit whose message says enough.
func (m *miner) consider(c commit) {
	subject, body := ownWords(&c)
	l := &lead{commit: c, message: m.options.Words.read(subject, body, nil)}
	switch {
	case l.named() || l.message.score >= floor:
		m.leads = append(m.leads, l)
	case len(m.options.Checking.Checkers) > 0:
		m.others = append(m.others, l)
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
		if m.history.of[merge.id] != "" || len(merge.parents) != 2 || !m.Has(ctx, merge.parents[0]) || !m.Has(ctx, merge.parents[1]) {
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
	m.sortLeads()
	return nil
}

// sortLeads puts the newest first.
func (m *miner) sortLeads() { slices.SortStableFunc(m.leads, m.history.compare) }

// leastWords is the score from which on the words of a commit say that it mends something.
const leastWords = 2

// restore takes fixes in again that an earlier run has seen reverted, and whose revert
// was reverted since.
func (m *miner) restore(ctx context.Context) error {
	for _, by := range slices.Sorted(maps.Keys(m.history.of)) {
		target := m.history.of[by]
		if _, new := m.history.order[target]; new || !gitobjects.IsID(target) || m.history.revertedBy(by) != "" || !m.Has(ctx, target) {
			continue
		}
		old, err := m.one(ctx, target)
		if err != nil {
			return err
		}
		r, isRevert := revertOf(&old)
		if !isRevert || !gitobjects.IsID(r.target) || !m.Has(ctx, r.target) {
			continue
		}
		fix, err := m.one(ctx, r.target)
		if err != nil {
			return err
		}
		m.consider(fix)
	}
	return nil
}

// one reads one commit.
func (m *miner) one(ctx context.Context, id string) (c commit, err error) {
	err = m.Stream(ctx, nil, func(out io.Reader) error {
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
