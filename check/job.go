package check

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"
)

// A job is one checker's part of a run.
type job struct {
	checker Checker
	files   []File
	batch   int

	mu        sync.Mutex
	run       CheckerRun
	failures  int
	successes int
	findings  []Finding
	unchecked []Unchecked
}

func newJob(c Checker, all []File) *job {
	j := &job{checker: c, run: CheckerRun{Name: c.Name()}}
	languages := c.Languages()
	_, omnivore := c.(Omnivore)
	for _, file := range all {
		if slices.Contains(languages, file.Language) || omnivore && file.Language == "" {
			j.files = append(j.files, file)
		}
	}
	j.run.Files = len(j.files)
	j.batch = max(1, len(j.files))
	if b, ok := c.(Batcher); ok {
		j.batch = max(1, b.BatchSize())
	}
	return j
}

// probe asks whether the checker can work, where it has work to do. It leaves the state
// empty if it can.
func (j *job) probe(ctx context.Context, timeout time.Duration) {
	if _, ok := j.checker.(Standalone); !ok && len(j.files) == 0 {
		j.run.State = Unused
		return
	}
	p, ok := j.checker.(Prober)
	if !ok {
		return
	}
	limited, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	version, err := p.Probe(limited)
	if err == nil {
		j.run.Version = version
		return
	}
	if errors.Is(err, context.DeadlineExceeded) && limited.Err() != nil && ctx.Err() == nil {
		err = fmt.Errorf("it did not say its version within %s", timeout)
	}
	j.run.Why = err.Error()
	if missing, ok := errors.AsType[*MissingError](err); ok {
		j.run.State, j.run.Get = Missing, missing.Get
		return
	}
	j.run.State = Failed
	j.skip(j.files, err.Error())
}

// givenUp reports whether the checker has failed so often that it is left alone, and
// counts the files as unchecked then.
func (j *job) givenUp(files []File) bool {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.successes > 0 || j.failures < maxFailures {
		return false
	}
	j.skip(files, "not tried, as it had failed before: "+j.run.Why)
	return true
}

// add takes the outcome of a call.
func (j *job) add(paths Paths, files []File, report Report, err error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if err != nil {
		j.failures++
		j.run.State = Failed
		if missing, ok := errors.AsType[*MissingError](err); ok {
			j.run.Get = missing.Get
		}
		if j.run.Why == "" {
			j.run.Why = oneLine(err.Error())
		}
		j.skip(files, oneLine(err.Error()))
		return
	}
	j.successes++
	if j.run.State == "" {
		j.run.State = Worked
	}
	if report.Version != "" {
		j.run.Version = report.Version
	}
	for _, f := range report.Findings {
		f.Checker, f.Version, f.Path = j.run.Name, j.run.Version, paths.Tidy(f.Path)
		f.Message, f.Fix = oneLine(f.Message), oneLine(f.Fix)
		if f.Fix == "" {
			f.Fix = f.CWE.Hint()
		}
		j.findings = append(j.findings, f)
	}
	for _, not := range report.Unchecked {
		not.Checker, not.Path, not.Why = j.run.Name, paths.Tidy(not.Path), oneLine(not.Why)
		j.unchecked = append(j.unchecked, not)
	}
	for _, path := range report.Also {
		j.run.Also = append(j.run.Also, paths.Tidy(path))
	}
	slices.Sort(j.run.Also)
	j.run.Also = slices.Compact(j.run.Also)
}

// skip counts files as not looked at.
func (j *job) skip(files []File, why string) {
	for _, file := range files {
		j.unchecked = append(j.unchecked, Unchecked{Path: file.Path, Checker: j.run.Name, Why: why})
	}
}

// maxText bounds a message, in bytes: tools quote what they read.
const maxText = 1000

// oneLine makes a text of a tool one line of valid UTF-8 that is not too long.
func oneLine(text string) string {
	text = strings.Join(strings.Fields(strings.ToValidUTF8(strings.ReplaceAll(text, "\x00", " "), "\uFFFD")), " ")
	if len(text) > maxText {
		text = strings.ToValidUTF8(text[:maxText], "") + " …"
	}
	return text
}
