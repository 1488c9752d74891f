package gitmine

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/seccoder/seccoder/check"
	"github.com/seccoder/seccoder/lang"
)

func (c *Checking) fill() {
	if c.Score == 0 {
		c.Score = DefaultCheckerScore
	}
	if c.MaxCommits == 0 {
		c.MaxCommits = DefaultMaxChecked
	}
	if c.MaxTime == 0 {
		c.MaxTime = DefaultCheckTime
	}
}

// languages are those that some checker can look at.
func (c *Checking) languages() []lang.Language {
	var all []lang.Language
	for _, one := range c.Checkers {
		all = append(all, one.Languages()...)
	}
	return all
}

// probe returns the checkers' names with versions. That one cannot work is said before
// anything is done: not to find anything by it would look like there is nothing.
func (c *Checking) probe(ctx context.Context) ([]string, error) {
	var all []string
	for _, one := range c.Checkers {
		name := one.Name()
		if p, ok := one.(check.Prober); ok {
			version, err := p.Probe(ctx)
			if err != nil {
				return nil, fmt.Errorf("find fixes by %s: %w", name, err)
			}
			name += " " + version
		}
		all = append(all, name)
	}
	return all, nil
}

// ask asks checkers about the commits, the newest first, gives the leads what they say, and
// makes leads of other commits that they speak for. It is not whole where some are left for
// another run.
func (m *miner) ask(ctx context.Context, x *examiner) (whole bool, err error) {
	c := m.options.Checking
	if len(c.Checkers) == 0 {
		return true, nil
	}
	out := &Checked{Files: []UncheckedFile{}}
	m.report.Checked = out
	if out.Checkers, err = c.probe(ctx); err != nil {
		return false, err
	}
	q := &inquiry{miner: m, x: x, Checking: c, out: out, seen: map[string]*checked{}, failures: map[string][]string{}}
	if q.known, err = m.answered(ctx, &m.options); err != nil {
		return false, err
	}
	commits, err := q.commits(ctx)
	if err != nil {
		return false, err
	}
	if q.dir, err = os.MkdirTemp("", "seccoder-mine-"); err != nil {
		return false, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(q.dir)) }()
	if err := q.all(ctx, commits); err != nil {
		return false, err
	}
	for _, l := range m.others {
		if len(l.mended) > 0 {
			m.leads = append(m.leads, l)
		}
	}
	m.sortLeads()
	m.report.Notes = append(m.report.Notes, out.notes()...)
	return out.Left == 0 && out.Failed == 0, nil
}

// notes say what is not known although it was asked for.
func (c *Checked) notes() []string {
	var notes []string
	if c.Left > 0 {
		is := "are"
		if c.Left == 1 {
			is = "is"
		}
		notes = append(notes, fmt.Sprintf("checkers were asked about %d commits, and not about %d that %s left for another run", c.Commits, c.Left, is))
	}
	if c.Unchecked > 0 {
		first := c.Files[0]
		notes = append(notes, fmt.Sprintf("checkers could not look at all of %d of %d commits, so that they say nothing of these; the first: %s at %s of %.12s: %s",
			c.Unchecked, c.Commits, first.Checker, first.Path, first.Commit, first.Why))
	}
	if c.Failed > 0 {
		notes = append(notes, fmt.Sprintf("a checker failed at %d of these commits, which the next run asks about again", c.Failed))
	}
	return notes
}
