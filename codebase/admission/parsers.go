package admission

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"github.com/seccoder/seccoder/check"
	"github.com/seccoder/seccoder/check/tool"
	"github.com/seccoder/seccoder/codebase"
)

// A scripted parser is a program that runs a script of ours over a folder of files,
// <n>.src, and prints a JSON object: number to what is wrong, where something is.
type scripted struct {
	program  *tool.Program
	args     []string
	language string
}

func newPython() scripted {
	return scripted{&tool.Program{Name: "python3", Get: "install Python 3"}, []string{"-I", "-S", "-c", pythonScript}, "Python"}
}

func newNode() scripted {
	return scripted{&tool.Program{Name: "node", Get: "install Node.js"},
		[]string{"--no-warnings", "--experimental-vm-modules", "-e", nodeScript}, "JavaScript"}
}

// pythonScript parses and does not run. An indented method is parsed inside a block.
const pythonScript = `import ast, json, os, sys, warnings
warnings.simplefilter("ignore")
wrong = {}
folder = sys.argv[1]
for name in os.listdir(folder):
    with open(os.path.join(folder, name), encoding="utf-8", newline="") as file:
        text = file.read()
    try:
        ast.parse(text)
    except SyntaxError as e:
        wrong[name] = "line %s: %s" % (e.lineno, e.msg)
    except (RecursionError, MemoryError, ValueError) as e:
        wrong[name] = "?" + type(e).__name__
print(json.dumps(wrong))
`

// nodeScript compiles and does not run: as a script, a module, the inside of a function,
// and a member of a class.
const nodeScript = `const vm = require("vm"), fs = require("fs"), path = require("path");
const wrong = {}, folder = process.argv[1];
for (const name of fs.readdirSync(folder)) {
  const text = fs.readFileSync(path.join(folder, name), "utf8");
  const ways = [t => new vm.Script(t), t => new vm.SourceTextModule(t),
    t => new vm.Script("(async function* () {" + t + "\n})"), t => new vm.Script("(class {" + t + "\n})"), t => new vm.Script("({" + t + "\n})")];
  let first = null, good = false;
  for (const way of ways) {
    try { way(text); good = true; break; } catch (e) { first = first || String(e.message); }
  }
  if (!good) wrong[name] = first;
}
console.log(JSON.stringify(wrong));
`

func (s scripted) parse(ctx context.Context, examples []codebase.Example) ([]codebase.Outcome, error) {
	if _, err := s.program.Probe(ctx); err != nil {
		return missing(examples, err)
	}
	var wrong map[string]string
	err := inFolder(examples, func(i int, e codebase.Example) (string, string) {
		return strconv.Itoa(i) + ".src", outdented(e.Language, e.Code)
	}, func(dir string) error {
		out, err := s.program.Run(ctx, tool.Command{Args: append(s.args[:len(s.args):len(s.args)], dir), Dir: dir})
		if err != nil {
			return err
		}
		if out.Code != 0 {
			return s.program.Failed(out, "could not parse %s", s.language)
		}
		return json.Unmarshal(bytes.TrimSpace(out.Stdout), &wrong)
	})
	if err != nil {
		return nil, err
	}
	outcomes := make([]codebase.Outcome, len(examples))
	for i := range examples {
		why, bad := wrong[strconv.Itoa(i)+".src"]
		switch {
		case !bad:
			outcomes[i] = accepts("")
		case strings.HasPrefix(why, "?"):
			outcomes[i] = unsure("the parser gave up: %s", why[1:])
		default:
			outcomes[i] = rejects("it does not parse: %s", why)
		}
	}
	return outcomes, nil
}

// missing is the answer where the parser is not on this machine.
func missing(examples []codebase.Example, err error) ([]codebase.Outcome, error) {
	if _, not := errors.AsType[*check.MissingError](err); !not {
		return nil, err
	}
	outcomes := make([]codebase.Outcome, len(examples))
	for i := range outcomes {
		outcomes[i] = unsure("the brackets match; %v", err)
	}
	return outcomes, nil
}

// inFolder writes each example into a new folder, under the name that place says, and
// removes it after do.
func inFolder(examples []codebase.Example, place func(i int, e codebase.Example) (name, code string), do func(dir string) error) (err error) {
	dir, err := os.MkdirTemp("", "seccoder-admission-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	for i, e := range examples {
		name, code := place(i, e)
		if err := writeCode(filepath.Join(dir, name), code); err != nil {
			return err
		}
	}
	return do(dir)
}

// parseGo parses a file, or declarations, or statements.
func parseGo(ctx context.Context, examples []codebase.Example) ([]codebase.Outcome, error) {
	outcomes := make([]codebase.Outcome, len(examples))
	for i, e := range examples {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		var first error
		for _, text := range []string{e.Code, "package p\n" + e.Code, "package p\nfunc _() {\n" + e.Code + "\n}"} {
			_, err := parser.ParseFile(token.NewFileSet(), "", text, parser.SkipObjectResolution)
			if err == nil {
				first = nil
				break
			}
			if first == nil || strings.Contains(first.Error(), "expected 'package'") {
				first = err
			}
		}
		if first != nil {
			outcomes[i] = rejects("it does not parse: %v", first)
			continue
		}
		outcomes[i] = accepts("")
	}
	return outcomes, nil
}

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
)

func (c compiler) parse(ctx context.Context, examples []codebase.Example) ([]codebase.Outcome, error) {
	if _, err := c.program.Probe(ctx); err != nil {
		return missing(examples, err)
	}
	var said []byte
	err := inFolder(examples, func(i int, e codebase.Example) (string, string) { return strconv.Itoa(i) + ".src", e.Code },
		func(dir string) error {
			args := []string{"-fsyntax-only", "-w", "-fmax-errors=20", "-x", c.dialect}
			for i := range examples {
				args = append(args, strconv.Itoa(i)+".src")
			}
			out, err := c.program.Run(ctx, tool.Command{Args: args, Dir: dir})
			if err == nil && out.Code != 0 && !compileError.Match(out.Stderr) {
				err = c.program.Failed(out, "could not compile")
			}
			said = out.Stderr
			return err
		})
	if err != nil {
		return nil, err
	}
	wrong := map[string][]string{}
	for _, m := range compileError.FindAllStringSubmatch(string(said), -1) {
		wrong[m[1]] = append(wrong[m[1]], fmt.Sprintf("line %s: %s", m[2], m[3]))
	}
	outcomes := make([]codebase.Outcome, len(examples))
	for i := range examples {
		outcomes[i] = compiled(&examples[i], wrong[strconv.Itoa(i)])
	}
	return outcomes, nil
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
			return unsure("the brackets match; it cannot be compiled by itself (%s)", message)
		}
	}
	return rejects("it does not compile: %s", wrong[0])
}

var includes = regexp.MustCompile(`(?m)^[ \t]*#[ \t]*include\b`)

// A javac parses Java, and goes no further than that.
type javac struct{ program *tool.Program }

func newJavac() javac { return javac{&tool.Program{Name: "javac", Get: "install a JDK"}} }

var (
	javaError = regexp.MustCompile(`(?m)^(?:.*[/\\])?(\d+)[/\\]Example\.java:(\d+): error: (.*)$`)
	javaType  = regexp.MustCompile(`\b(?:class|interface|enum|record|@interface)\s+\w+`)
)

func (j javac) parse(ctx context.Context, examples []codebase.Example) ([]codebase.Outcome, error) {
	if _, err := j.program.Probe(ctx); err != nil {
		return missing(examples, err)
	}
	var said []byte
	err := inFolder(examples, func(i int, e codebase.Example) (string, string) {
		code := e.Code
		if !javaType.MatchString(code) {
			code = "class Example {" + code + "\n}" // a method
		}
		return filepath.Join(strconv.Itoa(i), "Example.java"), code
	}, func(dir string) error {
		args := []string{"-proc:none", "-XDshould-stop.ifNoError=PARSE", "-XDshould-stop.ifError=PARSE", "-Xmaxerrs", "10000", "-encoding", "UTF-8", "-d", dir}
		for i := range examples {
			args = append(args, filepath.Join(strconv.Itoa(i), "Example.java"))
		}
		out, err := j.program.Run(ctx, tool.Command{Args: args, Dir: dir})
		if err == nil && out.Code != 0 && !javaError.Match(out.Stderr) {
			err = j.program.Failed(out, "could not parse")
		}
		said = out.Stderr
		return err
	})
	if err != nil {
		return nil, err
	}
	outcomes := make([]codebase.Outcome, len(examples))
	for i := range outcomes {
		outcomes[i] = accepts("")
	}
	for _, m := range javaError.FindAllStringSubmatch(string(said), -1) {
		if i, err := strconv.Atoi(m[1]); err == nil && i < len(outcomes) && outcomes[i].Answer == codebase.Accepts {
			outcomes[i] = rejects("it does not parse: line %s: %s", m[2], m[3])
		}
	}
	return outcomes, nil
}
