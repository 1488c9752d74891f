// Package clang checks C and C++ with the Clang static analyzer, which follows the ways
// through a file's functions: use after free, null pointers, values that are not
// initialised, C's string functions, writes outside of arrays.
//
//	c := clang.New(clang.Options{})
//	report, err := c.Check(ctx, check.Request{Dir: dir, Files: []check.File{{Path: "a.cpp", Language: lang.CPP}}})
//
// Beside what Clang switches on by itself it uses a few experimental checks ("alpha")
// about buffers, sizes and input from outside: without them the analyzer sees no write
// behind the end of an array. A file that does not compile here is not checked, and the
// report says so; a compilation database (see check/compiledb) helps.
package clang

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/seccoder/seccoder/check"
	"github.com/seccoder/seccoder/check/compiledb"
	"github.com/seccoder/seccoder/check/tool"
	"github.com/seccoder/seccoder/lang"
)

// Options say how to run Clang. The zero value takes clang from PATH.
type Options struct {
	// Path is the compiler.
	Path string
}

// A Checker runs clang --analyze.
type Checker struct {
	clang tool.Program
	build compiledb.Cache

	mu    sync.Mutex
	known string
}

// New makes a checker.
func New(o Options) *Checker {
	return &Checker{clang: tool.Program{
		Name: "clang", Path: o.Path, Get: "apt install clang (or your system's package of it)",
		VersionArgs: []string{"--version"}, Version: `clang version (\d+\.\d+\S*)`,
	}}
}

// Name is "clang".
func (*Checker) Name() string { return "clang" }

// Languages are C and C++.
func (*Checker) Languages() []lang.Language { return []lang.Language{lang.C, lang.CPP} }

// BatchSize is one: the analyzer takes long, and one file's error must not touch others.
func (*Checker) BatchSize() int { return 1 }

// Probe returns Clang's version.
func (c *Checker) Probe(ctx context.Context) (string, error) { return c.clang.Probe(ctx) }

// Check looks at each file.
func (c *Checker) Check(ctx context.Context, r check.Request) (check.Report, error) {
	version, err := c.Probe(ctx)
	if err != nil {
		return check.Report{}, err
	}
	checks, err := c.checks(ctx)
	if err != nil {
		return check.Report{}, err
	}
	report := check.Report{Version: version}
	for _, file := range r.Files {
		if why := tool.TooLarge(r.Dir, file); why != "" {
			report.Unchecked = append(report.Unchecked, check.Unchecked{Path: file.Path, Why: why})
			continue
		}
		flags, err := c.build.Flags(r.Dir, file.Path)
		if err != nil {
			return check.Report{}, err
		}
		language := "c"
		if file.Language == lang.CPP {
			language = "c++"
			if !slices.ContainsFunc(flags, func(f string) bool { return strings.HasPrefix(f, "-std=") }) {
				flags = append(slices.Clone(flags), "-std="+standard)
			}
		}
		args := []string{
			"--analyze", "-x", language, "-fno-color-diagnostics", "-fno-caret-diagnostics", "-ferror-limit=1", "-Wno-everything",
			"-Xclang", "-analyzer-output=text", "-Xclang", "-analyzer-checker=" + checks,
		}
		out, err := c.clang.Run(ctx, tool.Command{Dir: r.Dir, Args: append(append(args, flags...), file.Arg())})
		if err != nil {
			return check.Report{}, err
		}
		findings, broken := read(string(out.Stderr))
		switch {
		case broken != "":
			report.Unchecked = append(report.Unchecked, check.Unchecked{Path: file.Path, Why: "it does not compile here: " + broken})
		case out.Code != 0:
			return check.Report{}, c.clang.Failed(out, "failed on %s", file.Path)
		}
		report.Findings = append(report.Findings, findings...)
	}
	return report, nil
}

// wanted are the checks to switch on, by the names of several releases; the analyzer
// refuses to work when it is given one that it does not know.
var wanted = []string{
	"core", "unix", "cplusplus", "nullability",
	"security.insecureAPI.UncheckedReturn", "security.insecureAPI.getpw", "security.insecureAPI.gets", "security.insecureAPI.mkstemp",
	"security.insecureAPI.mktemp", "security.insecureAPI.rand", "security.insecureAPI.strcpy", "security.insecureAPI.vfork",
	"security.ArrayBound", "alpha.security.ArrayBoundV2", "alpha.security.MallocOverflow", "alpha.security.ReturnPtrRange",
	"security.MmapWriteExec", "alpha.security.MmapWriteExec", "security.PutenvStackArray", "security.SetgidSetuidOrder", "unix.Chroot", "alpha.unix.Chroot",
	"optin.taint.TaintPropagation", "optin.taint.TaintedAlloc", "alpha.security.taint.TaintPropagation",
	"alpha.unix.cstring.OutOfBounds",
}

// standard is that of C++ where the build names none: what most code is written in by
// now is more than Clang's own default, which was C++14 for long.
const standard = "gnu++20"

// listed is a name in the analyzer's list of its checks.
var listed = regexp.MustCompile(`(?m)^  ([a-zA-Z]\w*(?:\.\w+)+)`)

// checks are those of the wanted ones that this release has.
func (c *Checker) checks(ctx context.Context) (string, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.known != "" {
		return c.known, nil
	}
	var known []string
	for _, list := range []string{"-analyzer-checker-help", "-analyzer-checker-help-alpha"} {
		out, err := c.clang.Run(ctx, tool.Command{Args: []string{"-cc1", list}})
		if err != nil {
			return "", err
		}
		for _, m := range listed.FindAllSubmatch(out.Stdout, -1) {
			known = append(known, string(m[1]))
		}
	}
	var there []string
	for _, name := range wanted {
		for _, k := range known {
			if k == name || strings.HasPrefix(k, name+".") {
				there = append(there, name)
				break
			}
		}
	}
	if len(there) == 0 {
		return "", fmt.Errorf("the clang here has no static analyzer (clang -cc1 -analyzer-checker-help lists nothing): install the full package")
	}
	c.known = strings.Join(there, ",")
	return c.known, nil
}
