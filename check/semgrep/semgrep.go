// Package semgrep checks Python, JavaScript, TypeScript, Go, Java, C and C++ with Semgrep
// and rules that were written for this project. Most of them follow data: from where a
// program gets input (a web framework's request, its arguments) to where input does harm
// (a shell, an SQL statement, a path), unless it is checked or escaped on the way.
//
//	c := semgrep.New(semgrep.Options{})
//	report, err := c.Check(ctx, check.Request{Dir: dir, Files: []check.File{{Path: "app.py", Language: lang.Python}}})
//
// The rules lie under rules, a folder a language, and are part of the program; [Config]
// gives them in the form in which Semgrep reads them. Their ids are
// "seccoder.<folder>.<name>". Semgrep's free engine follows data within a function only:
// what passes through a helper function is not seen.
//
// Semgrep is kept off the network: it gets no rules from its registry, sends no metrics
// and does not look for a newer version. Its own "nosemgrep" comments are not obeyed:
// they need no reason. What is to be passed over is said by SecCoder's comment, for all
// checkers in one way.
package semgrep

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"sync"

	"github.com/seccoder/seccoder/check"
	"github.com/seccoder/seccoder/check/tool"
	"github.com/seccoder/seccoder/lang"
)

// Options say how to run Semgrep. The zero value takes semgrep from PATH and the rules
// of this package.
type Options struct {
	// Path is the program.
	Path string
	// Rules are files and folders with more rules, on this machine. A name of Semgrep's
	// registry is an error.
	Rules []string
}

// A Checker runs semgrep.
type Checker struct {
	semgrep tool.Program
	rules   []string

	mu      sync.Mutex
	version string
	core    *string // the path of its core, empty where there is none; nil before it is looked for
}

// New makes a checker.
func New(o Options) *Checker {
	return &Checker{
		semgrep: tool.Program{Name: "semgrep", Path: o.Path, Get: "pip install semgrep"},
		rules:   slices.Clone(o.Rules),
	}
}

// Name is "semgrep".
func (*Checker) Name() string { return "semgrep" }

// Languages are all.
func (*Checker) Languages() []lang.Language { return lang.All() }

// BatchSize is large: Semgrep uses several cores by itself, and is slow to start. It
// keeps command lines short enough for every system.
func (*Checker) BatchSize() int { return 200 }

// oldest is the first version (1.oldest) that the rules and the reading of the output
// were tried with.
const oldest = 97

var versionForm = regexp.MustCompile(`(?m)^(\d+)\.(\d+)\.\d+\S*$`)

// Probe returns Semgrep's version. Semgrep is asked once.
func (c *Checker) Probe(ctx context.Context) (string, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.version != "" {
		return c.version, nil
	}
	if _, err := c.semgrep.Probe(ctx); err != nil {
		return "", err // it is not here
	}
	ctx, cancel := context.WithTimeout(ctx, check.ProbeTimeout)
	defer cancel()
	home, err := os.MkdirTemp("", "seccoder-semgrep-")
	if err != nil {
		return "", fmt.Errorf("make a folder for semgrep: %w", err)
	}
	defer os.RemoveAll(home)
	// Without the second argument it asks the network for a newer version first.
	out, err := c.semgrep.Run(ctx, tool.Command{Dir: home, Args: []string{"--version", "--disable-version-check"}, Env: environment(home)})
	if err != nil {
		return "", fmt.Errorf("ask semgrep for its version: %w", err)
	}
	m := versionForm.FindSubmatch(out.Stdout)
	if out.Code != 0 || m == nil {
		return "", c.semgrep.Failed(out, "does not say its version")
	}
	major, _ := strconv.Atoi(string(m[1]))
	minor, _ := strconv.Atoi(string(m[2]))
	if major < 1 || major == 1 && minor < oldest {
		return "", fmt.Errorf("semgrep %s is too old: version 1.%d or later is needed (pip install --upgrade semgrep)", m[0], oldest)
	}
	c.version = string(m[0])
	return c.version, nil
}

// Check looks at the files, all in one run of Semgrep.
func (c *Checker) Check(ctx context.Context, r check.Request) (check.Report, error) {
	version, err := c.Probe(ctx)
	if err != nil {
		return check.Report{}, err
	}
	report := check.Report{Version: version}
	var files []check.File
	for _, file := range r.Files {
		if why := unfit(r.Dir, file); why != "" {
			report.Unchecked = append(report.Unchecked, check.Unchecked{Path: file.Path, Why: why})
			continue
		}
		files = append(files, file)
	}
	if len(files) == 0 {
		return report, nil
	}
	found, err := c.scan(ctx, r.Dir, files, version)
	if err != nil {
		return check.Report{}, err
	}
	report.Findings = found.Findings
	report.Unchecked = append(report.Unchecked, found.Unchecked...)
	return report, nil
}

// unfit says why a file must not be given to Semgrep, which gives up on all files where
// one is missing.
func unfit(dir string, file check.File) string {
	path := filepath.FromSlash(file.Path)
	if !filepath.IsAbs(path) {
		path = filepath.Join(dir, path)
	}
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return "it does not exist"
	case err != nil:
		return err.Error()
	case !info.Mode().IsRegular():
		return "it is not a regular file"
	}
	// Some versions do not keep their own limit for files that are named, and then take minutes.
	return tool.TooLargeInfo(info)
}
