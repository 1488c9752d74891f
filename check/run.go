package check

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"
)

// DefaultTimeout is the longest that one call of a checker may take.
const DefaultTimeout = 5 * time.Minute

// ProbeTimeout is the longest that a tool may take to say its version: those in Python take
// seconds on a machine that is cold, and many more on one that is busy.
const ProbeTimeout = time.Minute

// maxFailures is the number of calls of a checker that may fail, without one that
// worked, before it is given up.
const maxFailures = 3

// A Batcher is a Checker that wants to be given few files at a time: because its tool
// looks at one after the other, so that several calls use several cores.
type Batcher interface {
	// BatchSize is the largest number of files for one call.
	BatchSize() int
}

// RunOptions say how to run checkers. The zero value is ready.
type RunOptions struct {
	// Parallel is how many calls run at the same time; 0 stands for the number of cores.
	Parallel int
	// Timeout is the longest that one call may take; 0 stands for DefaultTimeout. It bounds
	// the question for the version, too, where it is less than ProbeTimeout.
	Timeout time.Duration
	// Progress, where it is set, is told how many of all pairs of a file and a checker
	// are done. Calls do not overlap.
	Progress func(done, total int)
}

// State says what became of a checker.
type State string

// The states.
const (
	// Worked: it looked at its files (those aside that it names in Unchecked).
	Worked State = "worked"
	// Failed: some call of it, or all, came to an error.
	Failed State = "failed"
	// Missing: its tool is not on this machine.
	Missing State = "missing"
	// Unused: no file is in its languages.
	Unused State = "unused"
)

// A CheckerRun says what became of one checker.
type CheckerRun struct {
	Name    string `json:"name"`
	Version string `json:"version,omitempty"`
	State   State  `json:"state"`
	// Files is how many files it was given, or names itself, Checked how many of them it looked at.
	Files   int `json:"files"`
	Checked int `json:"checked"`
	// Why says what went wrong, Get how to get a tool that is missing.
	Why string `json:"why,omitempty"`
	Get string `json:"get,omitempty"`
	// Also are the files that it looked at beside those of the request in a known language, in order.
	Also []string `json:"-"`
}

// A Result is what all checkers found out.
type Result struct {
	// Findings are in the order of path, line, column, CWE and checker.
	Findings []Finding
	// Checkers are in the order in which they were given.
	Checkers []CheckerRun
	// Partly are the files that some checker could not look at, with the reason, although
	// another one may have.
	Partly []Unchecked
	// Unchecked are the files in known languages that no checker looked at.
	Unchecked []Unchecked
}

// Run runs the checkers over the files that are in their languages, several at a time.
// What goes wrong with a checker is in the result; the error is that of ctx.
func Run(ctx context.Context, checkers []Checker, r Request, o RunOptions) (Result, error) {
	if o.Parallel <= 0 {
		o.Parallel = runtime.NumCPU()
	}
	if o.Timeout <= 0 {
		o.Timeout = DefaultTimeout
	}
	u := &run{dir: r.Dir, paths: r.Paths(), options: o, jobs: make([]*job, len(checkers))}
	group := new(errgroup.Group)
	group.SetLimit(o.Parallel)
	for i, c := range checkers {
		u.jobs[i] = newJob(c, r.Files)
		u.total += len(u.jobs[i].files)
	}
	for _, j := range u.jobs {
		group.Go(func() error { j.probe(ctx, min(o.Timeout, ProbeTimeout)); return nil })
	}
	_ = group.Wait()
	for _, j := range u.jobs {
		if j.run.State != "" {
			u.progress(len(j.files))
			continue
		}
		if len(j.files) == 0 {
			group.Go(func() error { u.call(ctx, j, nil); return nil })
		}
		for batch := range slices.Chunk(j.files, j.batch) {
			group.Go(func() error { u.call(ctx, j, batch); return nil })
		}
	}
	_ = group.Wait()
	if ctx.Err() != nil {
		return Result{}, context.Cause(ctx)
	}
	return u.result(r.Files), nil
}

// A run is one call of Run.
type run struct {
	dir     string
	paths   Paths
	options RunOptions
	jobs    []*job
	total   int

	mu   sync.Mutex
	done int
}

func (u *run) progress(files int) {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.done += files
	if u.options.Progress != nil {
		u.options.Progress(u.done, u.total)
	}
}

// call gives a checker one batch of files.
func (u *run) call(ctx context.Context, j *job, files []File) {
	defer u.progress(len(files))
	if ctx.Err() != nil || j.givenUp(files) {
		return
	}
	limited, cancel := context.WithTimeout(ctx, u.options.Timeout)
	defer cancel()
	report, err := protect(limited, j.checker, Request{Dir: u.dir, Files: files})
	if errors.Is(err, context.DeadlineExceeded) && limited.Err() != nil && ctx.Err() == nil {
		err = fmt.Errorf("it did not end within %s", u.options.Timeout) // the cause would say the same in Go's words
	}
	j.add(u.paths, files, report, err)
}

// protect calls a checker, and makes an error of a panic in it.
func protect(ctx context.Context, c Checker, r Request) (report Report, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("checker %s failed: %v", c.Name(), p)
		}
	}()
	return c.Check(ctx, r)
}

// result puts together what the checkers found out.
func (u *run) result(files []File) Result {
	result := Result{Findings: []Finding{}, Checkers: make([]CheckerRun, len(u.jobs))}
	checked := map[string]bool{}
	missing := map[string][]string{} // by path: the checkers that would have looked at it
	unknown := map[string]bool{}     // by path: in no known language
	for _, file := range files {
		unknown[file.Path] = file.Language == ""
	}
	for i, j := range u.jobs {
		for _, path := range j.run.Also {
			if unknown[path] {
				j.run.Files++
				j.run.Checked++
			}
		}
		result.Findings = append(result.Findings, j.findings...)
		result.Partly = append(result.Partly, j.unchecked...)
		not := map[string]bool{}
		for _, file := range j.unchecked {
			not[file.Path] = true
		}
		for _, file := range j.files {
			switch {
			case j.run.State == Missing:
				missing[file.Path] = append(missing[file.Path], j.run.Name)
			case !not[file.Path]:
				checked[file.Path] = true
				j.run.Checked++
				if unknown[file.Path] {
					j.run.Also = append(j.run.Also, file.Path)
				}
			}
		}
		slices.Sort(j.run.Also)
		result.Checkers[i] = j.run
	}
	for _, file := range files {
		if checked[file.Path] || unknown[file.Path] {
			continue
		}
		result.Unchecked = append(result.Unchecked, u.nobody(file, missing[file.Path]))
	}
	result.Findings = tidy(result.Findings)
	slices.SortStableFunc(result.Partly, func(a, b Unchecked) int { return compare(a.Path, b.Path, a.Checker, b.Checker) })
	return result
}

// nobody says why no checker looked at a file, and which was the first that tried.
func (u *run) nobody(file File, missing []string) Unchecked {
	for _, j := range u.jobs {
		for _, not := range j.unchecked {
			if not.Path == file.Path {
				return Unchecked{Path: file.Path, Checker: j.run.Name, Why: j.run.Name + ": " + not.Why}
			}
		}
	}
	if len(missing) > 0 {
		return Unchecked{Path: file.Path, Why: "not on this machine: " + joined(missing)}
	}
	return Unchecked{Path: file.Path, Why: "no checker for " + string(file.Language)}
}
