// Package check asks: is this code secure? It runs checkers over files and brings what
// they find into one form. A [Checker] lives in a package of its own, named after the
// tool it runs: check/gcc, check/clang, check/cppcheck, check/bandit, check/semgrep,
// check/gosec, and check/sarif for any other tool that writes SARIF.
//
//	result, err := check.Run(ctx, []check.Checker{bandit.New(bandit.Options{})}, check.Request{
//		Dir:   "/home/me/project",
//		Files: []check.File{{Path: "app/views.py", Language: lang.Python}},
//	}, check.RunOptions{})
//	for _, f := range result.Findings {
//		fmt.Println(f.Path, f.Line, f.CWE, f.Severity, f.Message)
//	}
//	for _, u := range result.Unchecked {
//		fmt.Println("not checked:", u.Path, u.Why)
//	}
//
// A checker that fails is a line of the result and does not stop the others; a file that
// none could look at is named. Nothing unchecked is passed off as clean.
//
// The tools run on the user's own files and see what the user sees. Code that a model
// wrote is run in check/sandbox, by other packages.
package check

import (
	"context"
	"fmt"

	"github.com/seccoder/seccoder/lang"
)

// A Checker finds weaknesses in source files. It is safe for concurrent use.
type Checker interface {
	// Name is how users name the checker: "bandit".
	Name() string
	// Languages are those that the checker can look at.
	Languages() []lang.Language
	// Check looks at the files of the request, all of them in the checker's languages. A
	// file that cannot be looked at belongs into Report.Unchecked with the reason, and
	// the others are checked all the same. An error means that the checker as a whole
	// did not work ([MissingError] where its tool is not here); the Report then counts
	// for nothing.
	Check(ctx context.Context, r Request) (Report, error)
}

// A Prober is a Checker that can say, before it is used, whether it can work.
type Prober interface {
	// Probe returns the version of the tool that the checker runs, as in "1.7.5". The
	// error is a *MissingError where the tool is not on this machine.
	Probe(ctx context.Context) (version string, err error)
}

// A Standalone is a Checker that is called without a file, too: it reads what a tool found
// before, in files of whatever kind.
type Standalone interface{ Standalone() }

// An Omnivore is a Checker that is given files in no known language, too: nobody but its tool
// knows which ones it can look at.
type Omnivore interface{ Omnivore() }

// A Request says which files to look at.
type Request struct {
	// Dir is the absolute path of the folder in which tools run.
	Dir string
	// Files are never empty, but for a [Standalone].
	Files []File
}

// A File is a source file.
type File struct {
	// Path is relative to Request.Dir with slashes, or absolute where the file lies
	// outside. It may begin with a dash or hold spaces: tools are given it such that they
	// do not take it for an option (see [File.Arg]).
	Path string
	// Language is empty where it is none that is known: such a file is for an [Omnivore] only.
	Language lang.Language
}

// Arg is the path as an argument for a tool: it never begins with a dash.
func (f File) Arg() string {
	if len(f.Path) > 0 && (f.Path[0] == '-' || f.Path[0] == '@') {
		return "./" + f.Path
	}
	return f.Path
}

// A Report is what one checker found out.
type Report struct {
	// Version is that of the tool, as in "1.7.5".
	Version string
	// Findings need neither Checker nor Version, which [Run] fills in, and no order. Their
	// paths may be absolute or begin with "./": Run makes them as in the request.
	Findings []Finding
	// Unchecked are files of the request that the checker could not look at. All the
	// others count as checked.
	Unchecked []Unchecked
	// Also are files beside those of the request that the checker looked at.
	Also []string
}

// Unchecked is a file that was not looked at, and why.
type Unchecked struct {
	Path string `json:"path"`
	// Checker is the one that could not, or empty where none was there to try.
	Checker string `json:"checker,omitempty"`
	Why     string `json:"why"`
}

// A Finding is a weakness at a place.
type Finding struct {
	// CWE is the weakness, 0 where the tool's rule stands for none.
	CWE      CWE      `json:"cwe,omitzero"`
	Severity Severity `json:"severity"`
	// Path is as in the request. Lines and columns begin at 1, columns as the tool counts
	// them; 0 stands for not known. EndColumn is the column behind the last character.
	Path      string `json:"path"`
	Line      int    `json:"line"`
	Column    int    `json:"column,omitzero"`
	EndLine   int    `json:"end_line,omitzero"`
	EndColumn int    `json:"end_column,omitzero"`
	// Message says in a line what is wrong here, Fix what to do instead.
	Message string `json:"message"`
	Fix     string `json:"fix,omitempty"`
	// Rule is the tool's name of what it looked for, URL where it is explained.
	Rule string `json:"rule"`
	URL  string `json:"url,omitempty"`
	// Checker is the name of what found it, Version the version of its tool.
	Checker string `json:"checker"`
	Version string `json:"version"`
}

// A MissingError says that a checker's tool is not on this machine, or not in a form that is of use.
type MissingError struct {
	// Tool is the program's name, Get the command that gets it: "pip install bandit".
	Tool, Get string
	// Why says what is there instead, where something is.
	Why string
}

func (e *MissingError) Error() string {
	if e.Why != "" {
		return fmt.Sprintf("%s; get it by: %s", e.Why, e.Get)
	}
	return fmt.Sprintf("%s is not on this machine; get it by: %s", e.Tool, e.Get)
}
