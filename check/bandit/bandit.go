// Package bandit checks Python with Bandit, which knows calls and values that are risky:
// shells, SQL put together from text, weak hashes, unsafe deserialisation.
//
//	c := bandit.New(bandit.Options{})
//	report, err := c.Check(ctx, check.Request{Dir: dir, Files: []check.File{{Path: "app.py", Language: lang.Python}}})
//
// Bandit's own "# nosec" comments are not obeyed: they need no reason. What is to be
// passed over is said by SecCoder's comment, for all checkers in one way.
package bandit

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/seccoder/seccoder/check"
	"github.com/seccoder/seccoder/check/tool"
	"github.com/seccoder/seccoder/lang"
)

// Options say how to run Bandit. The zero value takes bandit from PATH.
type Options struct {
	// Path is the program.
	Path string
}

// A Checker runs bandit.
type Checker struct{ bandit tool.Program }

// New makes a checker.
func New(o Options) *Checker {
	return &Checker{bandit: tool.Program{
		Name: "bandit", Path: o.Path, Get: "pip install bandit",
		VersionArgs: []string{"--version"}, Version: `bandit (\d+\.\d+\S*)`,
	}}
}

// Name is "bandit".
func (*Checker) Name() string { return "bandit" }

// Languages are Python only.
func (*Checker) Languages() []lang.Language { return []lang.Language{lang.Python} }

// BatchSize keeps command lines short enough for every system.
func (*Checker) BatchSize() int { return 100 }

// Probe returns Bandit's version.
func (c *Checker) Probe(ctx context.Context) (string, error) { return c.bandit.Probe(ctx) }

// output is Bandit's JSON.
type output struct {
	Errors []struct {
		File   string `json:"filename"`
		Reason string `json:"reason"`
	} `json:"errors"`
	// Metrics are by file, for each that was read.
	Metrics map[string]json.RawMessage `json:"metrics"`
	Results *[]struct {
		File       string `json:"filename"`
		Line       int    `json:"line_number"`
		Lines      []int  `json:"line_range"`
		Column     int    `json:"col_offset"`
		EndColumn  int    `json:"end_col_offset"`
		Severity   string `json:"issue_severity"`
		Confidence string `json:"issue_confidence"`
		Text       string `json:"issue_text"`
		ID         string `json:"test_id"`
		URL        string `json:"more_info"`
		CWE        struct {
			ID int `json:"id"`
		} `json:"issue_cwe"`
	} `json:"results"`
}

// Check looks at the files.
func (c *Checker) Check(ctx context.Context, r check.Request) (check.Report, error) {
	version, err := c.Probe(ctx)
	if err != nil {
		return check.Report{}, err
	}
	// By itself Bandit passes over any path with "CVS" or ".git" in it, files that are named, too.
	args := []string{"-f", "json", "-q", "--ignore-nosec", "-x", ""}
	for _, file := range r.Files {
		args = append(args, file.Arg())
	}
	out, err := c.bandit.Run(ctx, tool.Command{Dir: r.Dir, Args: args})
	if err != nil {
		return check.Report{}, err
	}
	if out.Code > 1 { // 1 says that something was found
		return check.Report{}, c.bandit.Failed(out, "failed")
	}
	var all output
	if err := json.Unmarshal(out.Stdout, &all); err != nil {
		return check.Report{}, c.bandit.Failed(out, "did not write JSON (%v)", err)
	}
	if all.Results == nil {
		return check.Report{}, fmt.Errorf("bandit %s writes JSON without results: this version is not known here", version)
	}
	report := check.Report{Version: version, Unchecked: all.unchecked(r)}
	for _, issue := range *all.Results {
		f := check.Finding{
			Rule: issue.ID, Message: issue.Text, URL: issue.URL, CWE: check.CWE(issue.CWE.ID), Severity: severity(issue.Severity, issue.Confidence),
			Path: issue.File, Line: issue.Line, Column: issue.Column + 1, EndLine: issue.Line,
		}
		if n := len(issue.Lines); n > 0 {
			f.EndLine = max(issue.Line, issue.Lines[n-1])
		}
		if issue.EndColumn > 0 {
			f.EndColumn = issue.EndColumn + 1
		}
		if known, ok := tests[issue.ID]; ok {
			f.Fix = known.fix
			if known.cwe != 0 {
				f.CWE = known.cwe
			}
		}
		report.Findings = append(report.Findings, f)
	}
	return report, nil
}

// unchecked are the files that Bandit could not read, and those of which it does not say that it
// looked at them.
func (o output) unchecked(r check.Request) []check.Unchecked {
	var list []check.Unchecked
	known, paths := map[string]bool{}, r.Paths()
	for _, e := range o.Errors {
		list = append(list, check.Unchecked{Path: e.File, Why: e.Reason})
		known[paths.Tidy(e.File)] = true
	}
	for name := range o.Metrics {
		known[paths.Tidy(name)] = true
	}
	for _, file := range r.Files {
		if !known[file.Path] {
			list = append(list, check.Unchecked{Path: file.Path, Why: "it does not say that it looked at it"})
		}
	}
	return list
}

// severity is Bandit's, a step less where Bandit has little confidence.
func severity(severity, confidence string) check.Severity {
	s, err := check.ParseSeverity(strings.ToLower(severity))
	if err != nil {
		s = check.Low // UNDEFINED
	}
	if confidence == "LOW" && s > check.Low {
		s--
	}
	return s
}
