package gitmine

import (
	"context"
	"fmt"
	"time"
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
	o.Checking.fill()
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
	// others are the commits for which their messages say too little, where checkers are to
	// be asked about them.
	others []*lead
	merges []commit
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
	objects := m.Objects(ctx, m.options.MaxBytes)
	defer objects.Close()
	tip, err := m.openTip(ctx, m.tip, objects)
	if err != nil {
		return err
	}
	x := &examiner{repository: m.repository, options: m.options, objects: objects, tip: tip, licences: map[string]string{}}
	asked, err := m.ask(ctx, x)
	if err != nil {
		return err
	}
	m.refuseReverts()
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
	return m.remember(ctx, &m.options, m.tip, asked)
}

// progressEvery is after how many commits progress is told.
const progressEvery = 1000

func (m *miner) progress(stage Stage, done, total int) {
	if m.options.Progress != nil {
		m.options.Progress(stage, done, total)
	}
}
