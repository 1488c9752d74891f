// Package gcc checks C with the static analyzer of GCC (-fanalyzer), which follows the
// ways through a file's functions: use after free, double free, leaks, null pointers,
// files, signal handlers, writes outside of arrays in later releases.
//
//	c := gcc.New(gcc.Options{})
//	report, err := c.Check(ctx, check.Request{Dir: dir, Files: []check.File{{Path: "a.c", Language: lang.C}}})
//
// It needs GCC 10 or later. The analyzer is made for C: GCC's manual says that for C++ it is not
// fit yet, so C++ is left to check/clang and check/cppcheck. A file that does not compile
// here, for want of a header or a macro, is not checked, and the report says so; a
// compilation database (see check/compiledb) helps.
package gcc

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"

	"github.com/seccoder/seccoder/check"
	"github.com/seccoder/seccoder/check/compiledb"
	"github.com/seccoder/seccoder/check/tool"
	"github.com/seccoder/seccoder/lang"
)

// oldest is the first release with the analyzer, firstSARIF the first that writes SARIF
// in place of its own JSON, which later releases do not have any more.
const (
	oldest     = 10
	firstSARIF = 13
)

// Options say how to run GCC. The zero value takes gcc from PATH.
type Options struct {
	// Path is the compiler.
	Path string
}

// A Checker runs gcc -fanalyzer.
type Checker struct {
	gcc   tool.Program
	build compiledb.Cache
}

// New makes a checker.
func New(o Options) *Checker {
	return &Checker{gcc: tool.Program{
		Name: "gcc", Path: o.Path, Get: "apt install gcc (or your system's package of it)",
		// -dumpfullversion is refused by a clang that is installed under the name gcc.
		VersionArgs: []string{"-dumpfullversion"}, Version: `^(\d+\.\d+\S*)\s*$`,
	}}
}

// Name is "gcc".
func (*Checker) Name() string { return "gcc" }

// Languages are C only; see the package's comment.
func (*Checker) Languages() []lang.Language { return []lang.Language{lang.C} }

// BatchSize is one: the analyzer takes long, and one file's error must not touch others.
func (*Checker) BatchSize() int { return 1 }

// Probe returns GCC's version. On a Mac, gcc is Apple's clang: that is as if none were there, and
// so is a release without the analyzer. The other checkers of C are not held up by it.
func (c *Checker) Probe(ctx context.Context) (string, error) {
	version, err := c.gcc.Probe(ctx)
	switch {
	case errors.Is(err, tool.ErrNoVersion):
		return "", c.missing(err.Error())
	case err != nil:
		return "", err
	case major(version) < oldest:
		return "", c.missing(fmt.Sprintf("gcc %s has no analyzer: version %d or later is needed", version, oldest))
	}
	return version, nil
}

func (c *Checker) missing(why string) error {
	return &check.MissingError{Tool: c.gcc.Name, Get: c.gcc.Get, Why: why}
}

func major(version string) int {
	first, _, _ := strings.Cut(version, ".")
	n, _ := strconv.Atoi(first)
	return n
}

// Check looks at each file.
func (c *Checker) Check(ctx context.Context, r check.Request) (check.Report, error) {
	version, err := c.Probe(ctx)
	if err != nil {
		return check.Report{}, err
	}
	report := check.Report{Version: version}
	for _, file := range r.Files {
		if why := tool.TooLarge(r.Dir, file); why != "" {
			report.Unchecked = append(report.Unchecked, check.Unchecked{Path: file.Path, Why: why})
			continue
		}
		findings, err := c.file(ctx, r.Dir, file, version)
		if broken, ok := errors.AsType[notCompiled](err); ok {
			report.Unchecked = append(report.Unchecked, check.Unchecked{Path: file.Path, Why: broken.Error()})
			continue
		}
		if err != nil {
			return check.Report{}, err
		}
		report.Findings = append(report.Findings, findings...)
	}
	return report, nil
}

// notCompiled is the first error of a file that does not compile.
type notCompiled string

func (e notCompiled) Error() string { return "it does not compile here: " + string(e) }

func (c *Checker) file(ctx context.Context, dir string, file check.File, version string) ([]check.Finding, error) {
	flags, err := c.build.Flags(dir, file.Path)
	if err != nil {
		return nil, err
	}
	format := "json"
	if major(version) >= firstSARIF {
		format = "sarif-stderr"
	}
	// The analyzer runs late in the compilation, so that -fsyntax-only is not enough.
	args := []string{
		"-x", "c", "-fanalyzer", "-Wformat", "-Wformat-security", "-S", "-o", os.DevNull,
		"-fdiagnostics-format=" + format,
	}
	args = append(append(args, flags...), file.Arg())
	out, err := c.gcc.Run(ctx, tool.Command{Dir: dir, Args: args})
	if err != nil {
		return nil, err
	}
	read := readJSON
	if format != "json" {
		read = readSARIF
	}
	findings, broken, err := read(out.Stderr)
	switch {
	case err != nil:
		return nil, c.gcc.Failed(out, "did not write what was expected for %s (%v)", file.Path, err)
	case broken != "":
		return nil, notCompiled(broken)
	case out.Code != 0:
		return nil, c.gcc.Failed(out, "failed on %s", file.Path)
	}
	return findings, nil
}
