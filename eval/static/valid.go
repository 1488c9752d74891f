package static

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/seccoder/seccoder/check/sandbox"
	"github.com/seccoder/seccoder/lang"
)

// endings are those of the languages that can be told from other text here.
var endings = map[lang.Language]string{lang.Python: "py", lang.C: "c", lang.CPP: "cpp"}

// compilers say whether a file is C or C++.
var compilers = map[lang.Language]string{lang.C: "gcc", lang.CPP: "g++"}

// parse is Python that says whether a file is Python.
const parse = `import sys
try:
    compile(open(sys.argv[1], "rb").read(), sys.argv[1], "exec", dont_inherit=True)
except (SyntaxError, ValueError, RecursionError, MemoryError) as e:
    sys.exit("%s: %s" % (type(e).__name__, e))`

// complaint is what the compiler says about a file in dir that is no program; empty for
// those that are.
func (j judge) complaint(ctx context.Context, dir, name string) (string, error) {
	if j.Sandbox == nil {
		return "", sandbox.ErrUnavailable
	}
	command := sandbox.Command{Dir: dir, Limits: sandbox.Limits{Wall: 60 * time.Second, CPU: 20 * time.Second}}
	switch j.Language {
	case lang.Python:
		if j.Python.Python == "" {
			return "", errors.New("no Python environment was given; make one with pyenv.Ensure")
		}
		command.Args = []string{j.Python.Python, "-I", "-W", "ignore", "-c", parse, name}
		command.ReadOnly = j.Python.ReadOnly
	case lang.C, lang.CPP:
		command.Args = []string{compilers[j.Language], "-fsyntax-only", "-w"}
		if j.Standard != "" {
			command.Args = append(command.Args, "-std="+j.Standard)
		}
		command.Args = append(command.Args, name)
	default:
		return "", fmt.Errorf("%s cannot be told from other text here (known: Python, C, C++)", j.Language)
	}
	result, err := j.Sandbox.Run(ctx, command)
	switch {
	case err != nil:
		return "", err
	case result.ExitCode == 127 || result.ExitCode == 126:
		return "", fmt.Errorf("%s could not be started in the sandbox (%s); install it", command.Args[0], firstLine(result.Stderr))
	case result.Exceeded != "":
		return "The compiler passed its limit: " + result.Exceeded, nil
	case result.ExitCode != 0:
		return "It does not compile: " + or(errorLine(result.Stderr), "no reason was given"), nil
	}
	return "", nil
}

// errorLine finds a compiler's first complaint, else its first line.
func errorLine(output []byte) string {
	for line := range strings.Lines(string(output)) {
		if strings.Contains(line, "error:") {
			return strings.TrimSpace(line)
		}
	}
	return firstLine(output)
}

func firstLine(output []byte) string {
	first, _, _ := strings.Cut(strings.TrimSpace(strings.ToValidUTF8(string(output), "?")), "\n")
	return first
}
