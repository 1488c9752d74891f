package cweval

import (
	"errors"
	"fmt"
	"go/parser"
	"go/scanner"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/lang"
)

// The marks of a task's file.
const (
	beginPrompt     = "BEGIN PROMPT"
	beginSolution   = "BEGIN SOLUTION"
	beginEntryPoint = "BEGIN ENTRYPOINT"
)

// task is one of CWEval's.
type task struct {
	// id is "core/py/cwe_022_0" or "core/c/cwe_022_0_c"; folder is "core/py", name the rest.
	id, folder, name string
	ending           string // ".py"
	language         lang.Language
	cwe              codebase.CWE
	// prompt is what a model is shown, entry what is put behind its program: the line with
	// BEGIN ENTRYPOINT and all that follows, or nothing.
	prompt, entry string
	// test is the authors', in Python whatever the task's language; reference their solution,
	// the whole file.
	test, reference string
	// needs are the modules, headers and packages from elsewhere that the reference solution
	// and, in Python, the test name: "jwt", "sqlite3.h", "github.com/golang-jwt/jwt/v5".
	needs []string
	// imports are those of a Go task, as written: `_ "github.com/mattn/go-sqlite3"`.
	imports []string
	// tools are the programs of the checkout that the test runs, as "third_party/recheck".
	tools []string
}

var nameForm = regexp.MustCompile(`^cwe_(\d+)_\d+(?:_[a-z]+)?$`)

// readTask reads a task and its test. What is wrong with them is told all at once.
func readTask(root, name string) (task, error) {
	t := task{folder: path.Dir(name), ending: path.Ext(name)}
	t.name = strings.TrimSuffix(strings.TrimSuffix(path.Base(name), t.ending), "_task")
	t.id = t.folder + "/" + t.name
	t.language = languages[t.ending]
	file := filepath.Join(root, filepath.FromSlash(name))
	var errs []error
	if m := nameForm.FindStringSubmatch(t.name); m == nil {
		errs = append(errs, fmt.Errorf("%s: the name is not of the form cwe_022_0_c_task.c", file))
	} else if cwe, err := codebase.ParseCWE(m[1]); err != nil {
		errs = append(errs, fmt.Errorf("%s: %w", file, err))
	} else {
		t.cwe = cwe
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return t, errors.Join(append(errs, err)...)
	}
	t.reference = string(data)
	if line, err := t.cut(t.reference); err != nil && line > 0 {
		errs = append(errs, fmt.Errorf("%s:%d: %w", file, line, err))
	} else if err != nil {
		errs = append(errs, fmt.Errorf("%s: %w", file, err))
	}
	testFile := filepath.Join(root, filepath.FromSlash(t.folder), t.name+"_test.py")
	test, err := os.ReadFile(testFile)
	if errors.Is(err, fs.ErrNotExist) {
		return t, errors.Join(append(errs, absent(testFile))...)
	}
	if err != nil {
		return t, errors.Join(append(errs, err)...)
	}
	t.test = string(test)
	for _, mark := range []string{"functionality", "security"} {
		if !strings.Contains(t.test, "mark."+mark) {
			errs = append(errs, fmt.Errorf("%s: no test has the mark %s", testFile, mark))
		}
	}
	for _, m := range checkoutTool.FindAllStringSubmatch(t.test, -1) {
		t.tools = append(t.tools, m[1])
	}
	slices.Sort(t.tools)
	t.tools = slices.Compact(t.tools)
	if t.language == lang.Python {
		t.needs = append(t.needs, pythonModules(t.test)...)
	}
	slices.Sort(t.needs)
	t.needs = slices.Compact(t.needs)
	return t, errors.Join(errs...)
}

// absent is a file that is not there.
type absent string

func (a absent) Error() string { return string(a) + ": it is missing" }
func (absent) Unwrap() error   { return fs.ErrNotExist }

// cut takes the parts out of the task's file. An error comes with its line; 0 where it is of
// no single one.
func (t *task) cut(source string) (int, error) {
	lines := strings.SplitAfter(source, "\n")
	at := func(mark string) int {
		return slices.IndexFunc(lines, func(l string) bool { return strings.Contains(l, mark) })
	}
	solution := at(beginSolution)
	if solution < 0 {
		return 0, fmt.Errorf("there is no line with %s", beginSolution)
	}
	begin := at(beginPrompt) + 1 // the file's first line where there is no mark
	if begin > solution {
		return begin, fmt.Errorf("%s stands behind %s", beginPrompt, beginSolution)
	}
	t.prompt = strings.TrimLeft(strings.Join(lines[begin:solution], ""), "\r\n")
	if strings.TrimSpace(t.prompt) == "" {
		return solution + 1, fmt.Errorf("nothing stands before %s", beginSolution)
	}
	if entry := at(beginEntryPoint); entry > solution {
		t.entry = strings.Join(lines[entry:], "")
	}
	switch t.language {
	case lang.C, lang.CPP:
		if t.entry == "" {
			return 0, fmt.Errorf("there is no line with %s", beginEntryPoint)
		}
		t.needs = headers(source)
	case lang.Go:
		if t.entry == "" {
			return 0, fmt.Errorf("there is no line with %s", beginEntryPoint)
		}
		t.prompt = "package main\n\n" + t.prompt
		return t.goImports(source)
	case lang.JavaScript:
		for _, m := range jsRequire.FindAllStringSubmatch(source, -1) {
			t.needs = append(t.needs, m[1])
		}
	case lang.Python:
		t.needs = pythonModules(source)
	}
	return 0, nil
}

var (
	jsRequire    = regexp.MustCompile(`\brequire\(\s*['"]([^'"./][^'"]*)['"]`)
	pythonImport = regexp.MustCompile(`(?m)^[ \t]*(?:from[ \t]+([A-Za-z_]\w*)[\w.]*[ \t]+import\b|import[ \t]+([A-Za-z_]\w*))`)
	include      = regexp.MustCompile(`(?m)^[ \t]*#[ \t]*include[ \t]*<([^>\n]+)>`)
	checkoutTool = regexp.MustCompile(`\./(third_party/[\w.-]+)`)
)

// pythonModules are the modules that a file imports, without the tasks themselves.
func pythonModules(source string) []string {
	var names []string
	for _, m := range pythonImport.FindAllStringSubmatch(source, -1) {
		if name := m[1] + m[2]; !strings.HasPrefix(name, "cwe_") {
			names = append(names, name)
		}
	}
	return names
}

func headers(source string) []string {
	var names []string
	for _, m := range include.FindAllStringSubmatch(source, -1) {
		names = append(names, m[1])
	}
	return names
}

// goImports reads the imports of a Go task. It gives errors as cut does.
func (t *task) goImports(source string) (int, error) {
	file, err := parser.ParseFile(token.NewFileSet(), t.name+".go", source, parser.ImportsOnly)
	var syntax scanner.ErrorList
	if errors.As(err, &syntax) && len(syntax) > 0 {
		return syntax[0].Pos.Line, errors.New(syntax[0].Msg)
	}
	if err != nil {
		return 0, err
	}
	for _, spec := range file.Imports {
		written := spec.Path.Value
		if spec.Name != nil {
			written = spec.Name.Name + " " + written
		}
		t.imports = append(t.imports, written)
		if p, err := strconv.Unquote(spec.Path.Value); err == nil {
			t.needs = append(t.needs, p)
		}
	}
	return 0, nil
}

// title is the first sentence of the task's description.
func (t task) title() string {
	text := ""
	for _, quote := range [][2]string{{`"""`, `"""`}, {"'''", "'''"}, {"/**", "*/"}} {
		if _, rest, ok := strings.Cut(t.prompt, quote[0]); ok && text == "" {
			text, _, _ = strings.Cut(rest, quote[1])
		}
	}
	words := strings.FieldsFunc(text, func(r rune) bool { return r == '*' || r == '\n' || r == '\r' || r == '\t' || r == ' ' })
	text = strings.Join(words, " ")
	if first, _, ok := strings.Cut(text, ". "); ok {
		text = first
	}
	if len(text) > 200 {
		text = strings.ToValidUTF8(text[:200], "") + "…"
	}
	if text == "" {
		return strings.ReplaceAll(t.name, "_", " ")
	}
	return text
}
