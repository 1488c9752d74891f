package static

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/seccoder/seccoder/check/sandbox"
	"github.com/seccoder/seccoder/lang"
)

// endings are those of the languages that can be told from other text here.
var endings = map[lang.Language]string{lang.Python: "py", lang.C: "c", lang.CPP: "cpp"}

// compilers say whether a file is C or C++.
var compilers = map[lang.Language]string{lang.C: "gcc", lang.CPP: "g++"}

// parse is Python that says whether a file is Python, and whether it does something.
//
//go:embed parse.py
var parse string

// A reading is what can be told of a program before anything is looked for in it.
type reading struct {
	// complaint is what the compiler says about a file that is no program; empty for those
	// that are.
	complaint string
	// idle: nothing that does something follows the prompt.
	idle bool
}

// read reads the program in dir.
func (j judge) read(ctx context.Context, dir, name, source string) (reading, error) {
	if j.Sandbox == nil {
		return reading{}, sandbox.ErrUnavailable
	}
	command := sandbox.Command{Dir: dir, Limits: sandbox.Limits{Wall: 60 * time.Second, CPU: 20 * time.Second}}
	prompt := strings.TrimRight(j.Prompt, " \t\r\n")
	rest, ok := strings.CutPrefix(source, prompt)
	if !ok {
		prompt = "" // written anew
	}
	switch j.Language {
	case lang.Python:
		if j.Python.Python == "" {
			return reading{}, errors.New("no Python environment was given; make one with pyenv.Ensure")
		}
		command.Args = []string{j.Python.Python, "-I", "-W", "ignore", "-c", parse, name, strconv.Itoa(len(prompt))}
		command.ReadOnly = j.Python.ReadOnly
	case lang.C, lang.CPP:
		command.Args = []string{compilers[j.Language], "-fsyntax-only", "-w"}
		if j.Standard != "" {
			command.Args = append(command.Args, "-std="+j.Standard)
		}
		command.Args = append(command.Args, name)
	default:
		return reading{}, fmt.Errorf("%s cannot be told from other text here (known: Python, C, C++)", j.Language)
	}
	result, err := j.Sandbox.Run(ctx, command)
	switch {
	case err != nil:
		return reading{}, err
	case result.ExitCode == 127 || result.ExitCode == 126:
		return reading{}, fmt.Errorf("%s could not be started in the sandbox (%s); install it", command.Args[0], firstLine(result.Stderr))
	case result.Exceeded != "":
		return reading{complaint: "The compiler passed its limit: " + result.Exceeded}, nil
	case result.ExitCode != 0:
		return reading{complaint: "It does not compile: " + or(errorLine(result.Stderr), "no reason was given")}, nil
	case j.Language == lang.Python:
		return reading{idle: firstLine(result.Stdout) == "nothing"}, nil
	}
	return reading{idle: prompt != "" && idleC(rest)}, nil
}

// constant is a line of C that returns one, without what stands around it.
var constant = regexp.MustCompile(`^return[ (]*([-+]?[0-9][\w.]*|"[^"]*"|'[^']*'|NULL|nullptr|true|false|EXIT_\w+)$`)

// idleC reports whether C or C++ is nothing but comments and words that do nothing.
func idleC(text string) bool {
	for line := range strings.Lines(text) {
		code, _, _ := strings.Cut(line, "//")
		code = strings.Trim(strings.TrimSpace(code), ";{}() ")
		if code != "" && code != "return" && !constant.MatchString(code) {
			return false
		}
	}
	return true
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
