// Package cppcheck checks C and C++ with Cppcheck, which also reads code that does not
// compile here: it skips headers that it cannot find.
//
//	c := cppcheck.New(cppcheck.Options{})
//	report, err := c.Check(ctx, check.Request{Dir: dir, Files: []check.File{{Path: "a.c", Language: lang.C}}})
//
// Errors, warnings and portability problems are reported, matters of style are not.
package cppcheck

import (
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/seccoder/seccoder/check"
	"github.com/seccoder/seccoder/check/compiledb"
	"github.com/seccoder/seccoder/check/tool"
	"github.com/seccoder/seccoder/lang"
)

// Options say how to run Cppcheck. The zero value takes cppcheck from PATH.
type Options struct {
	// Path is the program.
	Path string
}

// A Checker runs cppcheck.
type Checker struct {
	cppcheck tool.Program
	build    compiledb.Cache
}

// New makes a checker.
func New(o Options) *Checker {
	return &Checker{cppcheck: tool.Program{
		Name: "cppcheck", Path: o.Path, Get: "apt install cppcheck (or your system's package of it)",
		VersionArgs: []string{"--version"}, Version: `^Cppcheck (?:Premium )?(\d+\.\d+\S*)`,
	}}
}

// Name is "cppcheck".
func (*Checker) Name() string { return "cppcheck" }

// Languages are C and C++.
func (*Checker) Languages() []lang.Language { return []lang.Language{lang.C, lang.CPP} }

// BatchSize keeps several cores busy, without a process for each file.
func (*Checker) BatchSize() int { return 16 }

// Probe returns Cppcheck's version.
func (c *Checker) Probe(ctx context.Context) (string, error) { return c.cppcheck.Probe(ctx) }

// Check looks at the files; those with the same language and build flags in one go.
func (c *Checker) Check(ctx context.Context, r check.Request) (check.Report, error) {
	version, err := c.Probe(ctx)
	if err != nil {
		return check.Report{}, err
	}
	report := check.Report{Version: version}
	groups, err := c.groups(r)
	if err != nil {
		return check.Report{}, err
	}
	for _, g := range groups {
		out, err := c.cppcheck.Run(ctx, tool.Command{Dir: r.Dir, Args: g.args})
		if err != nil {
			return check.Report{}, err
		}
		if out.Code != 0 {
			return check.Report{}, c.cppcheck.Failed(out, "failed")
		}
		findings, unchecked, err := read(out.Stderr)
		if err != nil {
			return check.Report{}, c.cppcheck.Failed(out, "did not write what was expected (%v)", err)
		}
		report.Findings = append(report.Findings, findings...)
		report.Unchecked = append(report.Unchecked, ofGroup(unchecked, g.files)...)
	}
	return report, nil
}

// A group is one run.
type group struct {
	args, files []string
}

func (c *Checker) groups(r check.Request) ([]group, error) {
	var groups []group
	at := map[string]int{}
	for _, file := range r.Files {
		flags, err := c.build.Flags(r.Dir, file.Path)
		if err != nil {
			return nil, err
		}
		language := "c"
		if file.Language == lang.CPP {
			language = "c++"
		}
		args := append([]string{"--xml", "-q", "--enable=warning,portability", "--library=posix", "--language=" + language}, ours(flags)...)
		key := strings.Join(args, "\x00")
		i, ok := at[key]
		if !ok {
			i = len(groups)
			at[key] = i
			groups = append(groups, group{args: args})
		}
		groups[i].args = append(groups[i].args, file.Arg())
		groups[i].files = append(groups[i].files, file.Path)
	}
	return groups, nil
}

// ours turns the flags of a compiler into those of Cppcheck. With a macro defined,
// Cppcheck would look at one configuration only, so that --force has to go with it.
func ours(flags []string) []string {
	var kept []string
	for i := 0; i < len(flags); i++ {
		switch flag := flags[i]; {
		case flag == "-I" || flag == "-isystem" || flag == "-iquote" || flag == "-idirafter":
			i++
			kept = append(kept, "-I", flags[i])
		case flag == "-include":
			i++
			kept = append(kept, "--include="+flags[i])
		case strings.HasPrefix(flag, "-D"):
			kept = append(kept, flag, "--force")
		case strings.HasPrefix(flag, "-U"):
			kept = append(kept, flag)
		case strings.HasPrefix(flag, "-std="):
			kept = append(kept, "--std="+strings.Replace(strings.TrimPrefix(flag, "-std="), "gnu", "c", 1))
		}
	}
	return kept
}

// ofGroup keeps what concerns the files of a run. A problem with another file, such as a
// header, concerns them all.
func ofGroup(unchecked []check.Unchecked, files []string) []check.Unchecked {
	var kept []check.Unchecked
	for _, u := range unchecked {
		concerned := files
		for _, file := range files {
			if filepath.ToSlash(filepath.Clean(u.Path)) == file {
				concerned = []string{file}
			}
		}
		for _, file := range concerned {
			kept = append(kept, check.Unchecked{Path: file, Why: u.Why})
		}
	}
	return kept
}

// results is Cppcheck's XML, version 2.
type results struct {
	Version string `xml:"version,attr"`
	Errors  []struct {
		ID           string `xml:"id,attr"`
		Severity     string `xml:"severity,attr"`
		Message      string `xml:"msg,attr"`
		CWE          int    `xml:"cwe,attr"`
		Inconclusive bool   `xml:"inconclusive,attr"`
		File         string `xml:"file0,attr"`
		Locations    []struct {
			File   string `xml:"file,attr"`
			Line   int    `xml:"line,attr"`
			Column int    `xml:"column,attr"`
		} `xml:"location"`
	} `xml:"errors>error"`
}

// unread are the ids by which Cppcheck says that it could not read a file, or that it
// gave up on a part of it.
var unread = map[string]bool{
	"syntaxError": true, "internalAstError": true, "internalError": true, "preprocessorErrorDirective": true,
	"unknownMacro": true, "cppcheckError": true, "fileNotFound": true, "noFile": true, "instantiationError": true, "unhandledCodePoint": true,
	"unhandledChar": true, "invalidCode": true, "missingFile": true,
}

func read(data []byte) (findings []check.Finding, unchecked []check.Unchecked, err error) {
	var all results
	if err := xml.Unmarshal(data, &all); err != nil {
		return nil, nil, err
	}
	if all.Version != "2" {
		return nil, nil, errors.New("XML of another version than 2")
	}
	for _, e := range all.Errors {
		f := check.Finding{Rule: e.ID, Message: e.Message, CWE: check.CWE(e.CWE), Severity: check.Low, Path: e.File}
		if len(e.Locations) > 0 {
			at := e.Locations[0]
			f.Path, f.Line, f.Column = at.File, at.Line, at.Column
		}
		if unread[e.ID] {
			why := e.Message
			if f.Line > 0 {
				why = fmt.Sprintf("%s (%s:%d)", e.Message, f.Path, f.Line)
			}
			if e.File != "" {
				f.Path = e.File
			}
			unchecked = append(unchecked, check.Unchecked{Path: f.Path, Why: why})
			continue
		}
		if f.CWE == 0 || f.Path == "" {
			continue // about Cppcheck's own settings
		}
		switch {
		case e.Severity == "error" && !e.Inconclusive:
			f.Severity = check.High
		case e.Severity == "error" || e.Severity == "warning":
			f.Severity = check.Medium
		}
		if known, ok := rules[e.ID]; ok {
			f.Fix = known.fix
			if known.cwe != 0 {
				f.CWE = known.cwe
			}
			if known.severity != nil {
				f.Severity = *known.severity
			}
		}
		findings = append(findings, f)
	}
	return findings, unchecked, nil
}
