package cweval

import (
	"context"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/seccoder/seccoder/check/sandbox"
	"github.com/seccoder/seccoder/eval/own"
	"github.com/seccoder/seccoder/lang"
)

// built is what came of building a program.
type built struct {
	// invalid is the compiler's complaint about a program that is none, mismatch its
	// complaint about one that does not go together with the authors' entry point.
	invalid, mismatch string
}

// ownMain finds programs that come with an entry point of their own, such as the authors'
// references: they get no second.
var ownMain = map[lang.Language]*regexp.Regexp{
	lang.C:          regexp.MustCompile(`(?m)^[ \t]*(?:int|void)?[ \t]*main[ \t]*\(`),
	lang.CPP:        regexp.MustCompile(`(?m)^[ \t]*(?:int|auto|void)?[ \t]*main[ \t]*\(`),
	lang.Go:         regexp.MustCompile(`(?m)^func[ \t]+main[ \t]*\(`),
	lang.JavaScript: regexp.MustCompile(`\bprocess\.argv\b|\brequire\.main\b`),
	lang.Python:     regexp.MustCompile(`(?m)^if[ \t]+__name__\b`),
}

// whole is the program with the entry point behind it.
func (t task) whole(source string) string {
	if t.entry == "" || strings.Contains(source, beginEntryPoint) || ownMain[t.language].MatchString(source) {
		return source
	}
	return strings.TrimRight(source, "\r\n") + "\n\n" + t.entry
}

// build lays the program out in dir, and compiles it where there is something to compile.
func (j judge) build(ctx context.Context, dir, source string) (built, error) {
	t := j.task
	program := path.Join("benchmark", t.folder, t.name+"_task"+t.ending)
	files := map[string]string{
		path.Join("benchmark", t.folder, t.name+"_test.py"): t.test,
		program: t.whole(source),
	}
	switch t.language {
	case lang.C, lang.CPP:
		return j.buildC(ctx, dir, source, program, files)
	case lang.Go:
		return j.buildGo(ctx, dir, source, program, files)
	case lang.JavaScript:
		return j.checkJS(ctx, dir, program, files)
	}
	return built{}, lay(dir, files) // run.py says whether it is Python
}

// compileLimits bound a compiler.
var compileLimits = sandbox.Limits{Wall: 60 * time.Second, CPU: 30 * time.Second, MemoryBytes: 2 << 30, DiskBytes: 256 << 20}

func (j judge) buildC(ctx context.Context, dir, source, program string, files map[string]string) (built, error) {
	t := j.task
	var prelude strings.Builder
	for _, name := range j.machine.headers[t.language] {
		fmt.Fprintf(&prelude, "#include <%s>\n", name)
	}
	alone := "alone" + t.ending
	target := path.Join(path.Dir(program), "compiled", t.name+"_task")
	files["prelude.h"], files[alone], files[path.Join(path.Dir(target), ".keep")] = prelude.String(), source, ""
	if err := lay(dir, files); err != nil {
		return built{}, err
	}
	base := append([]string{compilers[t.language], "-w", "-include", "prelude.h"}, includeDirs...)
	if t.sanitized() {
		base = append(base, "-fsanitize=address")
	}
	args := append(slices.Clone(base), program, "-o", target)
	r, err := j.compile(ctx, dir, append(args, j.machine.libraries[t.language]...))
	if err != nil || r.ExitCode == 0 {
		return built{}, err
	}
	only, err := j.compile(ctx, dir, append(base, "-fsyntax-only", alone))
	if err != nil {
		return built{}, err
	}
	return complaints(r, only), nil
}

// sanitized says which programs the authors compile with AddressSanitizer: those about
// memory, but for the one task that allocates more than it allows.
func (t task) sanitized() bool {
	return strings.HasPrefix(t.folder, "lang/") && !strings.HasPrefix(t.name, "cwe_476_0_c")
}

func (j judge) compile(ctx context.Context, dir string, args []string) (sandbox.Result, error) {
	return j.machine.Sandbox.Run(ctx, sandbox.Command{Args: args, Dir: dir, Limits: compileLimits})
}

// complaints tells a program that is none from one that does not fit.
func complaints(whole, alone sandbox.Result) built {
	switch {
	case alone.Exceeded != "":
		return built{invalid: "the compiler passed its limit: " + alone.Exceeded}
	case alone.ExitCode != 0:
		return built{invalid: errorLine(alone.Stderr)}
	case whole.Exceeded != "":
		return built{mismatch: "the compiler passed its limit: " + whole.Exceeded}
	}
	return built{mismatch: errorLine(whole.Stderr)}
}

var packageClause = regexp.MustCompile(`(?m)^package[ \t]+\w+`)

// goProgram gives a Go program that has no imports those of its task, and those of the standard
// library that it uses.
func (t task) goProgram(source string) string {
	at := packageClause.FindStringIndex(source)
	if at == nil {
		source = "package main\n" + source
		at = []int{0, len("package main")}
	}
	if !goImport.MatchString(source) && len(t.imports) > 0 {
		source = source[:at[1]] + "; import (" + strings.Join(t.imports, "; ") + ")" + source[at[1]:]
	}
	return own.GoImports(source)
}

var goImport = regexp.MustCompile(`(?m)^import\b`)

func (j judge) buildGo(ctx context.Context, dir, source, program string, files map[string]string) (built, error) {
	t := j.task
	if strings.Contains(source, `"C"`) && goImport.MatchString(source) {
		return built{invalid: "it is Go that brings C, which is not compiled here"}, nil
	}
	target := path.Join(path.Dir(program), "compiled", t.name+"_task")
	files[program] = t.goProgram(files[program])
	files["alone/main.go"] = t.goProgram(source)
	if !ownMain[lang.Go].MatchString(source) {
		files["alone/main.go"] += "\n\nfunc main() {}\n"
	}
	for name, text := range j.machine.goMod {
		files[name] = text
	}
	if err := lay(dir, files); err != nil {
		return built{}, err
	}
	cgo := slices.Contains(t.needs, sqlite)
	c := j.machine.goBuild(cgo, "-o", target, program)
	c.Dir = dir
	r, err := j.machine.Sandbox.Run(ctx, c)
	if err != nil || r.ExitCode == 0 {
		return built{}, err
	}
	c = j.machine.goBuild(cgo, "-o", "alone/program", "alone/main.go")
	c.Dir = dir
	only, err := j.machine.Sandbox.Run(ctx, c)
	if err != nil {
		return built{}, err
	}
	return complaints(r, only), nil
}

func (j judge) checkJS(ctx context.Context, dir, program string, files map[string]string) (built, error) {
	if err := lay(dir, files); err != nil {
		return built{}, err
	}
	r, err := j.compile(ctx, dir, []string{"node", "--check", program})
	if err != nil || r.ExitCode == 0 {
		return built{}, err
	}
	return built{invalid: or(syntaxError(r.Stderr), lastLines(r.Stderr))}, nil
}

// syntaxError is node's line about one.
func syntaxError(output []byte) string {
	for line := range strings.Lines(string(output)) {
		if strings.HasPrefix(line, "SyntaxError") {
			return strings.TrimSpace(line)
		}
	}
	return ""
}

// errorLine finds a compiler's first complaint.
func errorLine(output []byte) string {
	first := ""
	for line := range strings.Lines(strings.ToValidUTF8(string(output), "?")) {
		line = strings.TrimSpace(line)
		if strings.Contains(line, "error:") || strings.Contains(line, "undefined reference") {
			return line
		}
		if first == "" && line != "" && !strings.HasPrefix(line, "#") {
			first = line
		}
	}
	return or(first, "it gave no reason")
}

func or(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}
