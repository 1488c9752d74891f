package sarif

import (
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/seccoder/seccoder/check"
	"github.com/seccoder/seccoder/check/compiledb"
	"github.com/seccoder/seccoder/check/tool"
	"github.com/seccoder/seccoder/lang"
)

// maxBytes bounds a SARIF file.
const maxBytes = 512 << 20

// A File is a checker that reads what another tool wrote before. A file of the request
// counts as checked only where the SARIF file names it.
type File struct{ path string }

// NewFile makes a checker of a SARIF file.
func NewFile(path string) *File { return &File{path} }

// Name is the file's base name.
func (f *File) Name() string { return filepath.Base(f.path) }

// Languages are all: the tool is not known.
func (*File) Languages() []lang.Language { return lang.All() }

// Standalone says that the file is read in any case: it may tell of files in languages that no
// other checker knows.
func (*File) Standalone() {}

// Check reads the file.
func (f *File) Check(_ context.Context, r check.Request) (check.Report, error) {
	info, err := os.Stat(f.path)
	if err != nil {
		return check.Report{}, err
	}
	if info.Size() > maxBytes {
		return check.Report{}, fmt.Errorf("%s is larger than %d MB", f.path, maxBytes>>20)
	}
	data, err := os.ReadFile(f.path)
	if err != nil {
		return check.Report{}, err
	}
	log, err := Parse(data)
	if err == nil {
		err = log.Failed
	}
	if err != nil {
		return check.Report{}, fmt.Errorf("%s: %w", f.path, err)
	}
	return log.report(r, f.path+" does not say that it was looked at"), nil
}

// report turns a log into a checker's report: files that it does not name are unchecked, others
// that it names were looked at, too.
func (l Log) report(r check.Request, why string) check.Report {
	report := check.Report{Version: strings.Join(l.Tools, ", "), Findings: l.Findings}
	named, paths := map[string]bool{}, r.Paths()
	for _, file := range l.Files {
		named[paths.Tidy(file)] = true
	}
	for _, file := range r.Files {
		if !named[file.Path] {
			report.Unchecked = append(report.Unchecked, check.Unchecked{Path: file.Path, Why: why})
		}
		delete(named, file.Path)
	}
	report.Also = slices.Collect(maps.Keys(named))
	return report
}

// A Command is a checker that runs a command that writes SARIF to standard output, or to
// a file.
type Command struct {
	program tool.Program
	args    []string
}

// The words of a command line that stand for something else.
const (
	filesWord  = "{files}"  // the files to check, each a word
	outputWord = "{output}" // the path of the file that the command writes; without it, standard output is read
)

// NewCommand makes a checker of a command line such as
//
//	mytool --format sarif {files}
//	mytool --out {output} .
//
// Words are parted as in a shell, for quotes and backslashes; no shell runs.
func NewCommand(line string) (*Command, error) {
	words := compiledb.Split(line)
	if len(words) == 0 {
		return nil, fmt.Errorf("the command is empty")
	}
	name := strings.TrimSuffix(filepath.Base(words[0]), ".exe")
	return &Command{
		program: tool.Program{Name: name, Path: words[0], Get: "install it, or correct the command " + words[0]},
		args:    words[1:],
	}, nil
}

// Name is the program's name.
func (c *Command) Name() string { return c.program.Name }

// Languages are all: the tool is not known.
func (*Command) Languages() []lang.Language { return lang.All() }

// Omnivore says that the tool may know languages that no other checker does.
func (*Command) Omnivore() {}

// Probe looks for the program. Its version is known only from what it writes.
func (c *Command) Probe(ctx context.Context) (string, error) { return c.program.Probe(ctx) }

// Check runs the command. It may end with any exit code: many tools say by it that they
// found something. Files that it was given as {files} count as checked, unless it lists
// others as those that it looked at.
func (c *Command) Check(ctx context.Context, r check.Request) (check.Report, error) {
	dir, err := os.MkdirTemp("", "seccoder-sarif-")
	if err != nil {
		return check.Report{}, err
	}
	defer os.RemoveAll(dir)
	written := filepath.Join(dir, "output.sarif")
	toFile := false
	var args []string
	for _, arg := range c.args {
		switch {
		case arg == filesWord:
			for _, file := range r.Files {
				args = append(args, file.Arg())
			}
		case strings.Contains(arg, outputWord):
			toFile = true
			args = append(args, strings.ReplaceAll(arg, outputWord, written))
		default:
			args = append(args, arg)
		}
	}
	out, err := c.program.Run(ctx, tool.Command{Dir: r.Dir, Args: args})
	if err != nil {
		return check.Report{}, err
	}
	data := out.Stdout
	if toFile {
		info, err := os.Stat(written)
		if err != nil {
			return check.Report{}, c.program.Failed(out, "wrote no file")
		}
		if info.Size() > maxBytes {
			return check.Report{}, fmt.Errorf("%s wrote more than %d MB", c.program.Name, maxBytes>>20)
		}
		if data, err = os.ReadFile(written); err != nil {
			return check.Report{}, err
		}
	}
	log, err := Parse(data)
	if err == nil {
		err = log.Failed
	}
	if err != nil {
		return check.Report{}, c.program.Failed(out, "wrote no SARIF that can be used (%v)", err)
	}
	report := log.report(r, "its SARIF does not say that it was looked at")
	if !log.lists && slices.Contains(c.args, filesWord) {
		report.Unchecked = nil // it was given them all
	}
	return report, nil
}
