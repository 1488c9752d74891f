package gitmine

import (
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"github.com/seccoder/seccoder/check"
	"github.com/seccoder/seccoder/internal/gitobjects"
	"github.com/seccoder/seccoder/lang"
)

// An inquiry asks checkers about commits.
type inquiry struct {
	*miner
	Checking
	x   *examiner
	out *Checked
	// dir is the private folder that holds what checkers look at.
	dir string
	// known is what they said of each commit, in this run and in earlier ones that left some.
	known map[string][]mended
	// seen is what they said of each version: what one commit made of a file is what the
	// next one found.
	seen map[string]*checked
	// failures are those of each checker at single files without a success between.
	failures map[string][]string
}

// commits are those to ask about, the newest first, with their changes: of one parent, not
// taken back, and with few files.
func (q *inquiry) commits(ctx context.Context) ([]*lead, error) {
	byID := map[string]*lead{}
	var ids []string
	for _, l := range slices.Concat(q.leads, q.others) {
		if !l.merge && len(l.parents) == 1 && q.history.revertedBy(l.id) == "" {
			byID[l.id] = l
			ids = append(ids, l.id)
		}
	}
	if len(ids) == 0 {
		return nil, nil
	}
	languages := q.languages()
	var commits []*lead
	err := q.Changes(ctx, ids, func(id string, changes []gitobjects.Change) {
		files, ours := 0, false
		for _, c := range changes {
			if passedOver(c) == "" {
				files++
				language, _ := lang.FromPath(c.Path)
				ours = ours || slices.Contains(languages, language)
			}
		}
		if l := byID[id]; l != nil && ours && files <= maxFiles {
			l.changes = changes
			commits = append(commits, l)
		}
	})
	slices.SortStableFunc(commits, q.history.compare)
	return commits, err
}

// Checkers take long to start, so they are run from so many versions of files on, or so many
// bytes of them: a batch is what progress is shown by, and what is lost when the time is over.
const (
	batchVersions = 60
	batchBytes    = 1 << 20
)

func isBatch(fresh map[string]source) bool {
	bytes := 0
	for _, s := range fresh {
		bytes += len(s.content)
	}
	return len(fresh) >= batchVersions || bytes >= batchBytes
}

// all asks about the commits until a bound is reached. What was learned is remembered as it
// goes, so that nothing is asked twice however the run ends.
func (q *inquiry) all(ctx context.Context, commits []*lead) error {
	limited, cancel := context.WithTimeout(ctx, q.MaxTime)
	defer cancel()
	var batch []question
	fresh, asked := map[string]source{}, 0
	for i, l := range commits {
		q.progress(Asking, i, len(commits))
		if mended, ok := q.known[l.id]; ok {
			q.out.Known++
			l.mended = mended
			continue
		}
		if limited.Err() != nil || asked >= q.MaxCommits {
			q.out.Left++
			continue
		}
		one, err := q.question(l)
		if err != nil {
			return err
		}
		if len(one.files) == 0 {
			q.known[l.id] = nil // to be read no more
			continue
		}
		asked++
		batch = append(batch, one)
		q.unseen(one, fresh)
		if isBatch(fresh) {
			if err := q.answer(ctx, limited, batch, fresh); err != nil {
				return err
			}
			batch, fresh = nil, map[string]source{}
		}
	}
	q.progress(Asking, len(commits), len(commits))
	return q.answer(ctx, limited, batch, fresh)
}

// A question is a commit that checkers are asked about. It has no files where it changes
// no function, or too many.
type question struct {
	*lead
	files []questionFile
}

// A questionFile is a file of a commit in a language of the checkers.
type questionFile struct {
	changedFile
	isNew bool
}

// A source is what a checker looks at.
type source struct {
	language lang.Language
	content  string
}

// versions are the names of a file's versions, of a new one the one that it has.
func (f *questionFile) versions() (before, after string) {
	if !f.isNew {
		before = string(f.language) + " " + f.Before
	}
	return before, string(f.language) + " " + f.After
}

// question reads what a commit changed. New files are a part of it, since what is gone from
// one file may have come up there.
func (q *inquiry) question(l *lead) (question, error) {
	one := question{lead: l}
	languages, functions := q.languages(), 0
	for _, c := range l.changes {
		isNew := c.Status == 'A'
		if isNew {
			c.Status, c.Before, c.OldMode = 'M', c.After, c.Mode
		}
		if passedOver(c) != "" {
			continue
		}
		file, why, err := q.x.read(c)
		if err != nil {
			return one, fmt.Errorf("commit %s: %w", l.id, err)
		}
		if why == "" && slices.Contains(languages, file.language) {
			functions += len(file.pairs)
			one.files = append(one.files, questionFile{file, isNew})
		}
	}
	if functions == 0 || functions > q.options.MaxFunctions || len(one.files) > maxFiles {
		one.files = nil
	}
	return one, nil
}

// unseen adds the versions of a commit's files that no checker was given yet.
func (q *inquiry) unseen(one question, fresh map[string]source) {
	for i := range one.files {
		f := &one.files[i]
		before, after := f.versions()
		for _, version := range []struct{ name, content string }{{before, f.before}, {after, f.after}} {
			if version.name != "" && q.seen[version.name] == nil {
				fresh[version.name] = source{f.language, version.content}
			}
		}
	}
}

// answer asks the checkers and takes down what they say of each commit of a batch. Where the
// time is over before they have ended, the batch is left for another run.
func (q *inquiry) answer(ctx, limited context.Context, batch []question, fresh map[string]source) error {
	if err := q.look(limited, fresh); err != nil {
		if ctx.Err() == nil && limited.Err() != nil {
			q.out.Left += len(batch)
			return nil
		}
		return err
	}
	for _, one := range batch {
		q.out.Commits++
		files := make([]checkedFile, len(one.files))
		for i, f := range one.files {
			before, after := f.versions()
			files[i] = checkedFile{f.Path, f.language, f.pairs, q.seen[before], q.seen[after]}
		}
		one.mended = q.gone(files)
		if !q.complain(one.id, files) {
			q.known[one.id] = one.mended
		}
	}
	return q.rememberAnswers(ctx, &q.options, q.known)
}

// maxUnchecked is how many files that checkers could not look at are listed.
const maxUnchecked = 100

// complain notes what checkers could not look at, and reports whether one failed that might
// do better another time.
func (q *inquiry) complain(commit string, files []checkedFile) (failed bool) {
	unchecked := false
	for _, f := range files {
		for _, c := range q.Checkers {
			for _, side := range []*checked{f.before, f.after} {
				why := ""
				if side != nil {
					why = side.passed[c.Name()]
				}
				if why == "" {
					continue
				}
				unchecked, failed = true, failed || side.failed[c.Name()]
				if len(q.out.Files) < maxUnchecked {
					q.out.Files = append(q.out.Files, UncheckedFile{commit, f.path, c.Name(), why})
				}
				break // the other version is no news
			}
		}
	}
	if unchecked {
		q.out.Unchecked++
	}
	if failed {
		q.out.Failed++
	}
	return failed
}

// look runs the checkers over versions of files, each in a folder of its own, so that none
// is taken for a part of another.
func (q *inquiry) look(ctx context.Context, fresh map[string]source) error {
	if len(fresh) == 0 {
		return ctx.Err()
	}
	dir, err := os.MkdirTemp(q.dir, "")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	var files []check.File
	found := map[string]*checked{} // by path
	for _, name := range slices.Sorted(maps.Keys(fresh)) {
		s := fresh[name]
		file := check.File{Path: fmt.Sprintf("%04d/example%s", len(files), s.language.Ending()), Language: s.language}
		full := filepath.Join(dir, filepath.FromSlash(file.Path))
		if err := os.Mkdir(filepath.Dir(full), 0o700); err != nil {
			return err
		}
		if err := os.WriteFile(full, []byte(s.content), 0o600); err != nil {
			return err
		}
		files = append(files, file)
		found[file.Path] = &checked{passed: map[string]string{}, failed: map[string]bool{}}
		q.seen[name] = found[file.Path]
	}
	for _, c := range q.Checkers {
		ours := slices.DeleteFunc(slices.Clone(files), func(f check.File) bool { return !slices.Contains(c.Languages(), f.Language) })
		if err := q.run(ctx, c, dir, ours, found); err != nil {
			// What was looked at in part has not been seen.
			for name := range fresh {
				delete(q.seen, name)
			}
			return err
		}
	}
	return nil
}

// maxFailures is at how many files in turn a checker may fail before it is given up.
const maxFailures = 3

// run runs a checker. Where it fails, the files at which it did are tried again by halves:
// one of them may have brought it down, and the others are to be looked at all the same.
func (q *inquiry) run(ctx context.Context, c check.Checker, dir string, files []check.File, found map[string]*checked) error {
	if len(files) == 0 {
		return nil
	}
	name := c.Name()
	if failures := q.failures[name]; len(failures) >= maxFailures {
		for _, f := range files {
			found[f.Path].passed[name], found[f.Path].failed[name] = "not tried, as it had failed before: "+failures[0], true
		}
		return nil
	}
	result, err := check.Run(ctx, []check.Checker{c}, check.Request{Dir: dir, Files: files}, check.RunOptions{Timeout: q.Timeout})
	if err != nil {
		return err
	}
	why := map[string]string{}
	for _, u := range slices.Concat(result.Partly, result.Unchecked) {
		if why[u.Path] == "" {
			why[u.Path] = u.Why
		}
	}
	for _, f := range result.Findings {
		if to := found[f.Path]; to != nil && why[f.Path] == "" && f.CWE != 0 && f.Severity >= check.Medium {
			to.findings = append(to.findings, f)
		}
	}
	failed := result.Checkers[0].State != check.Worked
	files = slices.DeleteFunc(files, func(f check.File) bool { return why[f.Path] == "" })
	if failed && len(files) > 1 {
		half := len(files) / 2
		if err := q.run(ctx, c, dir, slices.Clone(files[:half]), found); err != nil {
			return err
		}
		return q.run(ctx, c, dir, slices.Clone(files[half:]), found)
	}
	if failed {
		q.failures[name] = append(q.failures[name], result.Checkers[0].Why)
	} else {
		delete(q.failures, name)
	}
	for _, f := range files {
		found[f.Path].passed[name], found[f.Path].failed[name] = why[f.Path], failed
	}
	return nil
}
