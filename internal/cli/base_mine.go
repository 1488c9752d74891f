package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/codebase/admission"
	"github.com/seccoder/seccoder/codebase/gitmine"
)

const minedSchema = "seccoder.mined/1"

// A minedReport is the JSON of base mine.
type minedReport struct {
	Schema       string           `json:"schema"`
	DryRun       bool             `json:"dry_run"`
	Repositories []gitmine.Report `json:"repositories"`
}

type mineOptions struct {
	gateOptions
	revision, since, words         string
	limit, maxLines, maxFunctions  int
	minScore                       float64
	dryRun, again, explain, asJSON bool

	findByChecker  bool
	checkerScore   float64
	checkerCommits int
	checkerTime    time.Duration
}

func newBaseMine(a *app) *cobra.Command {
	var o mineOptions
	cmd := &cobra.Command{
		Use:   "mine REPO…",
		Short: "Find security fixes in the histories of git repositories",
		Long: `Look through the histories of git repositories on this machine for security fixes, and
add the functions that they mended as examples, each with how it was before. A commit
is taken by the vulnerabilities that it names (CVE, GHSA and others), by the words of
its message, and by what it changes; --explain says why each was taken or refused.

With --find-by-checker, commits of any message are found by --checker, too: by what it
finds in a function before and not after. That takes seconds a commit; what is left when
--checker-commits or --checker-time is reached is for the next run.

The next run looks at new commits only. Nothing of a repository is run, and nothing is
fetched. What does not pass admission goes into quarantine (seccoder base review);
checkers look at it where --checker names them, which takes some seconds an example.
Whether a fix mends what it says is yours to judge: look at what was found.`,
		Example: `  seccoder base mine ~/src/project --dry-run --explain
  seccoder base mine ~/src/* --since 2020-01-01
  seccoder base mine ~/src/project --checker bandit --find-by-checker --explain`,
		Args: argCount(1, -1),
		RunE: func(cmd *cobra.Command, args []string) error { return a.runMine(cmd.Context(), args, o) },
	}
	flags := cmd.Flags()
	flags.StringVar(&o.revision, "revision", "", "commit, branch or tag whose history is looked at (default: what is checked out)")
	flags.StringVar(&o.since, "since", "", "leave out commits before this day, as in 2020-01-31")
	flags.StringVar(&o.words, "words", "", "TOML file of phrases that count beside the program's own, or in their place")
	flags.IntVar(&o.limit, "limit", 0, "stop after so many new examples of a repository")
	flags.Float64Var(&o.minScore, "min-score", gitmine.DefaultMinScore, "score from which on a commit that names no vulnerability is taken")
	flags.IntVar(&o.maxLines, "max-lines", gitmine.DefaultMaxLines, "leave out functions with more lines")
	flags.IntVar(&o.maxFunctions, "max-functions", gitmine.DefaultMaxFunctions, "leave out fixes that change more functions")
	flags.BoolVar(&o.dryRun, "dry-run", false, "add nothing and remember nothing")
	flags.BoolVar(&o.again, "again", false, "look at commits that an earlier run has looked at, too")
	flags.BoolVar(&o.explain, "explain", false, "say of each candidate why it was taken or refused")
	flags.BoolVar(&o.asJSON, "json", false, "print what was found as JSON, with all explanations")
	flags.BoolVar(&o.findByChecker, "find-by-checker", false, "find fixes by what --checker finds before a commit and not after it, too")
	flags.Float64Var(&o.checkerScore, "checker-score", gitmine.DefaultCheckerScore, "what a checker's finding that is gone counts; of high severity 2 more")
	flags.IntVar(&o.checkerCommits, "checker-commits", gitmine.DefaultMaxChecked, "ask checkers about so many commits of a repository, the newest first")
	flags.DurationVar(&o.checkerTime, "checker-time", gitmine.DefaultCheckTime, "longest time to ask checkers about the commits of a repository")
	o.addManyFlags(flags, []string{"none"})
	oneRun(flags)
	return cmd
}

// mining turns the flags into options.
func (o *mineOptions) mining() (gitmine.Options, error) {
	m := gitmine.Options{
		Revision: o.revision, Limit: o.limit, MinScore: o.minScore, MaxLines: o.maxLines, MaxFunctions: o.maxFunctions,
		Again: o.again, By: userName(), Now: time.Now().UTC(),
	}
	switch {
	case o.limit < 0:
		return m, usagef("--limit %d: expected 0 or more examples", o.limit)
	case !(o.minScore > 0 && o.minScore <= 100):
		return m, usagef("--min-score %g: expected a number above 0, up to 100", o.minScore)
	case o.maxLines < 1:
		return m, usagef("--max-lines %d: expected 1 or more lines", o.maxLines)
	case o.maxFunctions < 1:
		return m, usagef("--max-functions %d: expected 1 or more functions", o.maxFunctions)
	}
	if o.since != "" {
		day, err := time.Parse(time.DateOnly, o.since)
		if err != nil {
			return m, usagef("--since %q: expected a day, as in 2020-01-31", o.since)
		}
		m.Since = day
	}
	if o.findByChecker {
		var err error
		if m.Checking, err = o.checking(); err != nil {
			return m, err
		}
	}
	if o.words != "" {
		text, err := os.ReadFile(o.words)
		if err != nil {
			return m, usagef("--words: %w", err)
		}
		if m.Words, err = gitmine.StandardWords().With(string(text)); err != nil {
			return m, usagef("--words %s: %w", o.words, err)
		}
	}
	return m, nil
}

// checking turns the flags of finding by checkers into options.
func (o *mineOptions) checking() (c gitmine.Checking, err error) {
	c = gitmine.Checking{Score: o.checkerScore, MaxCommits: o.checkerCommits, MaxTime: o.checkerTime, Timeout: o.timeout}
	switch {
	case !(o.checkerScore > 0 && o.checkerScore <= 100):
		return c, usagef("--checker-score %g: expected a number above 0, up to 100", o.checkerScore)
	case o.checkerCommits < 1:
		return c, usagef("--checker-commits %d: expected 1 or more commits", o.checkerCommits)
	case o.checkerTime <= 0:
		return c, usagef("--checker-time %s: expected more than 0", o.checkerTime)
	}
	if c.Checkers, err = o.chosen(); err == nil && len(c.Checkers) == 0 {
		err = usagef("--find-by-checker has no checker: give --checker, too, as in --checker bandit")
	}
	return c, err
}

func (a *app) runMine(ctx context.Context, repositories []string, o mineOptions) error {
	options, err := o.mining()
	if err != nil {
		return err
	}
	return a.withStore(ctx, func(store codebase.Store) error {
		gate, err := o.gate(store)
		if err != nil {
			return err
		}
		a.keepIn(store, gate, &options, o.dryRun)
		report := minedReport{Schema: minedSchema, DryRun: o.dryRun, Repositories: []gitmine.Report{}}
		added := 0
		var failed error
		for _, path := range repositories {
			r, err := a.mineOne(ctx, path, options)
			added += r.Examples
			if err != nil {
				failed = err
				break
			}
			report.Repositories = append(report.Repositories, r)
			if !o.asJSON {
				a.showMined(r, o)
			}
		}
		if o.asJSON {
			failed = errors.Join(failed, a.printJSON(report))
		}
		if added > 0 && !o.dryRun && ctx.Err() == nil {
			failed = errors.Join(failed, a.embedNew(ctx, store, "the examples' vectors are computed when they are first needed"))
		}
		return failed
	})
}

// keepIn makes the options keep examples and what is remembered in the store.
func (a *app) keepIn(store codebase.Store, gate *admission.Gate, o *gitmine.Options, dryRun bool) {
	if meta, ok := store.(codebase.MetaStore); ok && !dryRun {
		o.State = meta
	}
	o.Earlier = func(ctx context.Context, repository string) ([]codebase.Example, error) {
		var earlier []codebase.Example
		for e, err := range store.Examples(ctx, codebase.Filter{SourceKind: "git"}) {
			if err != nil {
				return nil, err
			}
			if e.Source.Repository == repository {
				earlier = append(earlier, e)
			}
		}
		return earlier, nil
	}
	if dryRun {
		return
	}
	o.Keep = func(ctx context.Context, e codebase.Example) (gitmine.Kept, error) {
		return admitMined(ctx, store, gate, e)
	}
	o.Withdraw = func(ctx context.Context, examples ...codebase.Example) error {
		ids := make([]string, len(examples))
		for i, e := range examples {
			ids[i] = e.ID
		}
		_, err := store.Remove(ctx, ids...)
		return err
	}
}

// admitMined puts an example to admission.
func admitMined(ctx context.Context, store codebase.Store, gate *admission.Gate, e codebase.Example) (gitmine.Kept, error) {
	if _, err := store.Get(ctx, e.ID); err == nil {
		return gitmine.Kept{Known: true}, nil
	} else if !errors.Is(err, codebase.ErrNotFound) {
		return gitmine.Kept{}, err
	}
	verdict, err := gate.Judge(ctx, e)
	if err != nil {
		return gitmine.Kept{}, err
	}
	if _, err := admission.Keep(ctx, store, userName(), []admission.Verdict{verdict}); err != nil {
		return gitmine.Kept{}, err
	}
	return gitmine.Kept{Refused: strings.Join(verdict.Reasons(), "; ")}, nil
}

// mineOne looks through one repository and shows how far it is.
func (a *app) mineOne(ctx context.Context, path string, o gitmine.Options) (gitmine.Report, error) {
	var shown *progress
	var stage gitmine.Stage
	end := func() {
		if shown != nil {
			shown.end()
		}
	}
	defer func() { end() }()
	o.Progress = func(now gitmine.Stage, done, total int) {
		if shown == nil || now != stage {
			end()
			stage, shown = now, a.progress(string(now)+" of "+visible(path), "commits", int64(total))
		}
		shown.at(int64(done))
	}
	return gitmine.Mine(ctx, path, o)
}

// showMined prints what was found in a repository.
func (a *app) showMined(r gitmine.Report, o mineOptions) {
	for _, note := range r.Notes {
		a.note("%s: %s", visible(r.Repository), note)
	}
	taken := 0
	for i := range r.Candidates {
		c := &r.Candidates[i]
		if c.Taken {
			taken++
		}
		if c.Taken || o.explain {
			a.showCandidate(c, o.explain)
		}
	}
	for _, w := range r.Withdrawn {
		fmt.Fprintf(a.out, "withdrawn %.12s: %s\n", w.Example, w.Why)
	}
	verb := "added"
	if o.dryRun {
		verb = "would be added"
	}
	a.note("%s: %s read, %s looked at, %s taken; %s %s, %d known before", visible(r.Repository),
		counted(r.Commits, "commit"), counted(len(r.Candidates), "candidate"), counted(taken, "fix"), counted(r.Examples, "example"), verb, r.Known)
}

// showCandidate prints a commit and its functions; with why also what speaks for each.
func (a *app) showCandidate(c *gitmine.Candidate, why bool) {
	mark := "-"
	if c.Taken {
		mark = "+"
	}
	fmt.Fprintf(a.out, "%s %.12s %s %s\n", mark, c.Commit, c.Date.Format(time.DateOnly), visible(c.Subject))
	if why {
		fmt.Fprintf(a.out, "    %s\n", visible(c.Reason))
		for _, e := range c.Evidence {
			fmt.Fprintf(a.out, "    %+.1f %s\n", e.Score, visible(strings.TrimSpace(e.Kind+" "+e.Where+": "+e.Text)))
		}
		for _, s := range c.Skipped {
			fmt.Fprintf(a.out, "    passed over %s: %s\n", visible(s.Path), visible(s.Why))
		}
	}
	for _, f := range c.Functions {
		switch {
		case f.Taken:
			fmt.Fprintf(a.out, "    %.12s  %s  %s\n", f.Example, visible(f.Name), visible(f.Path))
		case why:
			fmt.Fprintf(a.out, "    not taken: %s  %s: %s\n", visible(f.Name), visible(f.Path), visible(f.Reason))
		default:
			continue
		}
		if why {
			for _, e := range f.Evidence {
				fmt.Fprintf(a.out, "        %+.1f %s\n", e.Score, visible(e.Text))
			}
		}
	}
}
