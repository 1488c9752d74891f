package admission

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strings"

	"github.com/seccoder/seccoder/check"
	"github.com/seccoder/seccoder/check/tool"
	"github.com/seccoder/seccoder/codebase"
)

// A scripted parser is a program that runs a script of ours over a file with a JSON array of
// texts, and prints a JSON object: place in the array to what is wrong, where something is.
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
const pythonScript = `import ast, json, sys, warnings
warnings.simplefilter("ignore")
wrong = {}
with open(sys.argv[1], encoding="utf-8") as file:
    texts = json.load(file)
for place, text in enumerate(texts):
    try:
        ast.parse(text)
    except SyntaxError as e:
        wrong[place] = "line %s: %s" % (e.lineno, e.msg)
    except (RecursionError, MemoryError, ValueError) as e:
        wrong[place] = "?" + type(e).__name__
print(json.dumps(wrong))
`

// nodeScript compiles and does not run: as a script, a module, the inside of a function,
// and a member of a class.
const nodeScript = `const vm = require("vm"), fs = require("fs"), wrong = {};
for (const [place, text] of JSON.parse(fs.readFileSync(process.argv[1], "utf8")).entries()) {
  const ways = [t => new vm.Script(t), t => new vm.SourceTextModule(t),
    t => new vm.Script("(async function* () {" + t + "\n})"), t => new vm.Script("(class {" + t + "\n})"), t => new vm.Script("({" + t + "\n})")];
  let first = null, good = false;
  for (const way of ways) {
    try { way(text); good = true; break; } catch (e) { first = first || String(e.message); }
  }
  if (!good) wrong[place] = first;
}
console.log(JSON.stringify(wrong));
`

func (s scripted) parse(ctx context.Context, examples []codebase.Example) ([]codebase.Outcome, error) {
	if _, err := s.program.Probe(ctx); err != nil {
		return missing(examples, err)
	}
	texts := make([]string, len(examples))
	for i, e := range examples {
		texts[i] = outdented(e.Language, e.Code)
	}
	content, err := json.Marshal(texts)
	if err != nil {
		return nil, err
	}
	var wrong map[int]string
	err = inFolder(func(dir string) error {
		if err := writeCode(filepath.Join(dir, "texts.json"), string(content)); err != nil {
			return err
		}
		out, err := s.program.Run(ctx, tool.Command{Args: append(s.args[:len(s.args):len(s.args)], "texts.json"), Dir: dir})
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
		why, bad := wrong[i]
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

// inFolder makes a new folder, and removes it after do.
func inFolder(do func(dir string) error) (err error) {
	dir, err := os.MkdirTemp("", "seccoder-admission-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
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
