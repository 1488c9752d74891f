package admission

import (
	"context"
	"fmt"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"github.com/seccoder/seccoder/check/tool"
	"github.com/seccoder/seccoder/codebase"
)

// A compiler is gcc or g++, asked for the syntax only.
type compiler struct {
	program *tool.Program
	dialect string
}

func newCompiler(name, dialect string) compiler {
	return compiler{&tool.Program{Name: name, Get: "install " + name}, dialect}
}

var (
	compileError = regexp.MustCompile(`(?m)^(\d+)\.src:(\d+):(?:\d+:)? (?:fatal )?error: (.*)$`)
	// ofSyntax matches what only broken text gets; other errors come of what is not here.
	ofSyntax = regexp.MustCompile(`^(?:expected .* (?:before|at end of input)|expected .* at end|stray |missing terminating|unterminated )`)
	// ofAbsence matches what code gets that names something which is declared nowhere before it.
	ofAbsence = regexp.MustCompile(`^(?:unknown type name |invalid use of (?:undefined|incomplete) type |[‘'][^’']*[’'] (?:undeclared|was not declared|has not been declared|does not name a type))`)
	// ofClash matches what code gets that declares a name in another way than is done before it.
	ofClash = regexp.MustCompile(`redefin|redeclar|conflict|previous|different`)
)

func (c compiler) parse(ctx context.Context, examples []codebase.Example) ([]codebase.Outcome, error) {
	if _, err := c.program.Probe(ctx); err != nil {
		return missing(examples, err)
	}
	lacking, err := c.lacking(ctx, examples)
	if err != nil {
		return nil, err
	}
	outcomes := make([]codebase.Outcome, len(examples))
	var places []int
	var left []codebase.Example
	for i, e := range examples {
		if why := lacking[i]; why != "" {
			outcomes[i] = notByItself(why)
			continue
		}
		places = append(places, i)
		left = append(left, e)
	}
	found, err := c.parseEach(ctx, left)
	if err != nil {
		return nil, err
	}
	for n, i := range places {
		outcomes[i] = found[n]
	}
	return outcomes, nil
}

// lacking says of code without headers what it names that is declared nowhere, as nearly all
// functions do that were taken out of their programs: they are compiled as one file, which takes
// one process, where each alone takes one of its own. What another function declares is
// missing in none of them then, so that only those that lack something are told; the others
// are to be compiled alone. One that is not closed may hide those behind it: what nothing was
// said of is looked at again without the others.
func (c compiler) lacking(ctx context.Context, examples []codebase.Example) (map[int]string, error) {
	lacking := map[int]string{}
	var left []int
	for i, e := range examples {
		if !leavesTraces(e.Code) {
			left = append(left, i)
		}
	}
	for len(left) > 1 {
		said, err := c.together(ctx, examples, left)
		if err != nil {
			return nil, err
		}
		before := len(lacking)
		var silent []int
		for _, i := range left {
			if messages := said[i]; messages == nil {
				silent = append(silent, i)
			} else if why := absence(messages); why != "" {
				lacking[i] = why
			}
		}
		if len(lacking) == before {
			break
		}
		left = silent
	}
	return lacking, nil
}

// together compiles the examples at the places as one file, and returns what is wrong with
// each.
func (c compiler) together(ctx context.Context, examples []codebase.Example, places []int) (said map[int][]string, err error) {
	var all strings.Builder
	for _, i := range places {
		fmt.Fprintf(&all, "#line 1 \"%d.src\"\n%s\n;\n", i, examples[i].Code) // the semicolon ends what is open
	}
	err = inFolder(func(dir string) error {
		if err := writeCode(filepath.Join(dir, "all.src"), all.String()); err != nil {
			return err
		}
		out, err := c.program.Run(ctx, tool.Command{Args: c.args("-fmax-errors=0", "all.src"), Dir: dir})
		said = errorsOf(out.Stderr)
		return err
	})
	return said, err
}

// absence is the first message that says that something is declared nowhere, or "" where there
// is none, or where what other code declares may be why.
func absence(messages []string) string {
	first := ""
	for _, message := range messages {
		_, text, _ := strings.Cut(message, ": ")
		if ofClash.MatchString(text) {
			return ""
		}
		if first == "" && ofAbsence.MatchString(text) {
			first = message
		}
	}
	return first
}

// errorsOf are a compiler's errors by the number of the file, each as "line 3: what is wrong".
func errorsOf(stderr []byte) map[int][]string {
	of := map[int][]string{}
	for _, m := range compileError.FindAllStringSubmatch(string(stderr), -1) {
		if i, err := strconv.Atoi(m[1]); err == nil {
			of[i] = append(of[i], fmt.Sprintf("line %s: %s", m[2], m[3]))
		}
	}
	return of
}

// directive matches what may be a line for the preprocessor, wherever it stands.
var directive = regexp.MustCompile(`(?:#|%:|\?\?=)[ \t]*(\w+|[/\\]|)`)

// leavesTraces reports whether code may hold a line for the preprocessor that is one for
// the code behind it, too. Alternatives that end within the code are none.
func leavesTraces(code string) bool {
	if !strings.Contains(code, "#") && !strings.Contains(code, "%:") && !strings.Contains(code, "??=") {
		return false
	}
	open := 0
	for _, m := range directive.FindAllStringSubmatch(code, -1) {
		switch m[1] {
		case "if", "ifdef", "ifndef":
			open++
		case "endif":
			open--
		case "", "else", "elif":
		default:
			return true
		}
		if open < 0 {
			return true
		}
	}
	return open != 0
}

// parseEach compiles each example by itself.
func (c compiler) parseEach(ctx context.Context, examples []codebase.Example) ([]codebase.Outcome, error) {
	if len(examples) == 0 {
		return nil, nil
	}
	var wrong map[int][]string
	err := inFolder(func(dir string) error {
		args := c.args("-fmax-errors=20")
		for i, e := range examples {
			name := strconv.Itoa(i) + ".src"
			if err := writeCode(filepath.Join(dir, name), e.Code); err != nil {
				return err
			}
			args = append(args, name)
		}
		out, err := c.program.Run(ctx, tool.Command{Args: args, Dir: dir})
		if err == nil && out.Code != 0 && !compileError.Match(out.Stderr) {
			err = c.program.Failed(out, "could not compile")
		}
		wrong = errorsOf(out.Stderr)
		return err
	})
	if err != nil {
		return nil, err
	}
	outcomes := make([]codebase.Outcome, len(examples))
	for i := range examples {
		outcomes[i] = compiled(&examples[i], wrong[i])
	}
	return outcomes, nil
}

func (c compiler) args(more ...string) []string {
	return append([]string{"-fsyntax-only", "-w", "-fno-diagnostics-show-caret", "-x", c.dialect}, more...)
}

// compiled judges the errors of one file. An unknown type or macro makes errors of
// syntax too, so only a file that brings its headers and has no other errors is broken
// for certain.
func compiled(e *codebase.Example, wrong []string) codebase.Outcome {
	if len(wrong) == 0 {
		return accepts("it compiles")
	}
	for _, message := range wrong {
		if _, text, _ := strings.Cut(message, ": "); !ofSyntax.MatchString(text) || !includes.MatchString(e.Code) {
			return notByItself(message)
		}
	}
	return rejects("it does not compile: %s", wrong[0])
}

func notByItself(message string) codebase.Outcome {
	return unsure("the brackets match; it cannot be compiled by itself (%s)", message)
}

var includes = regexp.MustCompile(`(?m)^[ \t]*#[ \t]*include\b`)
