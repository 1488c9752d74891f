package gitmine

import (
	"context"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/seccoder/seccoder/codebase"
)

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
