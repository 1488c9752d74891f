// Package gosec checks Go with gosec, which looks at whole packages with their types and
// follows input through them.
//
//	c := gosec.New(gosec.Options{})
//	report, err := c.Check(ctx, check.Request{Dir: dir, Files: []check.File{{Path: "main.go", Language: lang.Go}}})
//
// gosec needs the go command. The network stays off: a module that a package needs and
// that is not in the module cache is not fetched, and the package's files count as not
// checked. So do files that the build leaves out here, as main_windows.go on Linux, files that
// import "C", which gosec passes over, and those of packages that do not compile here or need one
// that does not: gosec looks at a part of its rules then.
// gosec's own "#nosec" comments are not obeyed: they need no reason. What is to be passed
// over is said by SecCoder's comment, for all checkers in one way.
package gosec

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"go/build"
	"os"
	"path/filepath"
	"runtime"
	"slices"

	"github.com/seccoder/seccoder/check"
	"github.com/seccoder/seccoder/check/tool"
	"github.com/seccoder/seccoder/lang"
)

// Options say how to run gosec. The zero value takes gosec from PATH.
type Options struct {
	// Path is the program.
	Path string
}

// A Checker runs gosec.
type Checker struct{ gosec, golang tool.Program }

// New makes a checker.
func New(o Options) *Checker {
	return &Checker{
		gosec: tool.Program{
			Name: "gosec", Path: o.Path, Get: "go install github.com/securego/gosec/v2/cmd/gosec@latest",
			VersionArgs: []string{"--version"}, Version: `(?m)^Version: v?(\S+)`,
		},
		golang: tool.Program{
			Name: "go", Get: "install Go from https://go.dev/dl", VersionArgs: []string{"version"}, Version: `go version go(\S+)`,
		},
	}
}

// Name is "gosec".
func (*Checker) Name() string { return "gosec" }

// Languages are Go only.
func (*Checker) Languages() []lang.Language { return []lang.Language{lang.Go} }

// Probe returns gosec's version, "dev" for one that go install built.
func (c *Checker) Probe(ctx context.Context) (string, error) {
	version, err := c.gosec.Probe(ctx)
	if err == nil {
		_, err = c.golang.Probe(ctx)
	}
	return version, err
}

// Check looks at the packages that the files belong to, a module at a time.
func (c *Checker) Check(ctx context.Context, r check.Request) (check.Report, error) {
	version, err := c.Probe(ctx)
	if err != nil {
		return check.Report{}, err
	}
	report := check.Report{Version: version}
	modules := map[string]*module{}
	for _, file := range r.Files {
		path := file.Path
		if !filepath.IsAbs(path) {
			path = filepath.Join(r.Dir, filepath.FromSlash(path))
		}
		dir, name := filepath.Split(path)
		dir = filepath.Clean(dir)
		if built, err := build.Default.MatchFile(dir, name); err == nil && !built {
			report.Unchecked = append(report.Unchecked, check.Unchecked{Path: file.Path, Why: fmt.Sprintf("the build leaves it out on %s/%s", runtime.GOOS, runtime.GOARCH)})
			continue
		}
		root := rootOf(dir)
		pkg, err := filepath.Rel(root, dir)
		if err != nil {
			return check.Report{}, err
		}
		pkg = "./" + filepath.ToSlash(pkg)
		m := modules[root]
		if m == nil {
			m = &module{root: root, asked: map[string]string{}}
			modules[root] = m
		}
		m.asked[path] = file.Path
		if !slices.Contains(m.packages, pkg) {
			m.packages = append(m.packages, pkg)
		}
	}
	for _, m := range modules {
		if err := c.module(ctx, m, &report); err != nil {
			return check.Report{}, err
		}
	}
	return report, nil
}

// A module is what gosec is to look at in one run.
type module struct {
	root     string
	packages []string
	asked    map[string]string // absolute path → the request's
}

// rootOf is the nearest folder above that has a go.mod, else the folder itself.
func rootOf(dir string) string {
	for at := dir; ; at = filepath.Dir(at) {
		if _, err := os.Stat(filepath.Join(at, "go.mod")); err == nil {
			return at
		}
		if at == filepath.Dir(at) {
			return dir
		}
	}
}

// module runs gosec in the root of a module.
func (c *Checker) module(ctx context.Context, m *module, report *check.Report) error {
	// One package after the other, so that the log tells which one a message is of.
	args := append([]string{"-fmt=json", "-nosec", "-tests", "-no-fail", "-concurrency=1"}, m.packages...)
	out, err := c.gosec.Run(ctx, tool.Command{
		Dir: m.root, Args: args,
		Env: []string{"GOPROXY=off", "GOSUMDB=off", "GOTOOLCHAIN=local", "GOVCS=*:off"},
	})
	if err != nil {
		return err
	}
	var all output
	if err := json.Unmarshal(out.Stdout, &all); err != nil {
		if out.Code != 0 {
			return c.gosec.Failed(out, "failed in %s", m.root)
		}
		return c.gosec.Failed(out, "did not write JSON (%v)", err)
	}
	if all.Issues == nil {
		return errors.New("gosec writes JSON without issues: this version is not known here")
	}
	report.Unchecked = append(report.Unchecked, m.unchecked(all, follow(out.Stderr))...)
	report.Findings = append(report.Findings, m.findings(all)...)
	return nil
}
