package semgrep_test

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/seccoder/seccoder/check"
	"github.com/seccoder/seccoder/check/checktest"
	"github.com/seccoder/seccoder/check/semgrep"
)

// broken are programs that their own languages refuse. Semgrep's parsers put in what is
// missing in some of them, and a scan says nothing then.
var broken = map[string]string{
	"bracket.js":     "function f(a {\n  return a;\n}\n",
	"operand.js":     "function f() {\n  return 1 +;\n}\n",
	"type.ts":        "let x: = 3;\n",
	"semicolon.cpp":  "int f() {\n  return 1\n}\n",
	"semicolon.c":    "int f(void) {\n  return 1\n}\n",
	"Semicolon.java": "class Semicolon {\n  int f() { return 1 }\n}\n",
	"operand.go":     "package a\n\nfunc f() int {\n\treturn 1 +\n}\n",
	"brace.go":       "package a\n\nfunc f() {\n",
	"bracket.py":     "def f(:\n    pass\n",
	"operand.py":     "x = 1 +\ny = 2\n",
	"-dash.js":       "function f(a {\n  return a;\n}\n",
	"a folder/b.js":  "function f(a {\n  return a;\n}\n",
}

// whole are programs with forms that take a parser some doing.
var whole = map[string]string{
	"whole.js":   "const f = async ({ a, ...b } = {}) => { for await (const c of b.x ?? []) yield_(`${a}${/[)}]/.test(c)}`); };\nlet s = 'a'\nclass A { #x = 1; }\n",
	"whole.jsx":  "const A = ({ x }) => <b title=\"a\">{x} and</b>;\n",
	"whole.tsx":  "const A = (x: string): JSX.Element => <b>{x as any}</b>;\n",
	"whole.ts":   "abstract class A<T extends object = {}> { constructor(private readonly x?: T) {} }\nlet s = 'a'\n",
	"whole.cpp":  "#include <vector>\ntemplate <class... T> auto f(T &&...x) { return [=]() mutable { return (x + ...); }; }\n",
	"whole.c":    "#include <stdio.h>\n#define N 3\nstatic int (*f)(int, char *[N]) = 0;\nint main(void) { return f ? sizeof(int[N]) : 0; }\n",
	"Whole.java": "record Whole(int a) {\n  int f() { return switch (a) { case 1 -> 2; default -> { yield 3; } }; }\n}\n",
	"whole.go":   "package a\n\nfunc f[T ~int](x ...T) (r T) {\n\tfor range x {\n\t}\n\treturn\n}\n",
	"whole.py":   "def f(a, /, *, b: int = 1) -> str:\n    match a:\n        case [1, *_]:\n            return f\"{b!r:>{a}}\"\n    return (c := b)\n",
	"empty.py":   "",
	"header.h":   "struct a { int b; };\n",
}

// What Semgrep guessed at is not passed off as checked, and what is whole is.
func TestGuesses(t *testing.T) {
	checktest.Tool(t, "semgrep")
	all := map[string]string{}
	for _, files := range []map[string]string{broken, whole} {
		for name, text := range files {
			all[name] = text
		}
	}
	result := checktest.Run(t, semgrep.New(semgrep.Options{}), mustWrite(t, all))
	if run := result.Checkers[0]; run.State != check.Worked {
		t.Fatalf("%+v", run)
	}
	why := map[string]string{}
	for _, u := range result.Unchecked {
		why[u.Path] = u.Why
	}
	for name := range broken {
		if why[name] == "" {
			t.Errorf("%s counts as checked", name)
		}
	}
	for name := range whole {
		if why[name] != "" {
			t.Errorf("%s is not checked: %s", name, why[name])
		}
	}
}

// mustInstall makes a Semgrep as pip does, with a false front end and a false core.
func mustInstall(t *testing.T, front, core string) *semgrep.Checker {
	t.Helper()
	root := t.TempDir()
	path, script := filepath.Join(root, "bin", "semgrep"), checktest.Fake(t, "semgrep", answers+front)
	corePath, coreScript := filepath.Join(root, "lib", "python3.11", "site-packages", "semgrep", "bin", "semgrep-core"), checktest.Fake(t, "semgrep-core", core)
	for to, from := range map[string]string{path: script, corePath: coreScript} {
		if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.Rename(from, to); err != nil {
			t.Fatal(err)
		}
	}
	return semgrep.New(semgrep.Options{Path: path})
}

// silent is what a scan says of two files in which it finds nothing.
const silent = `echo '{"results": [], "errors": [], "paths": {"scanned": ["a.py", "b.py"]}}'`

func TestCore(t *testing.T) {
	tests := []struct{ name, core, want string }{
		{"one is broken", `[ "$*" = "-json -parsing_stats -lang python ./-a.py b.py" ] || exit 9
			echo '{"projects": [{"name": "./-a.py", "error_file_count": 1}, {"name": "b.py", "error_file_count": 0}]}'`, "-a.py"},
		{"it says nothing of them", `echo '{"projects": []}'`, ""},
		{"it does not know the option", `echo unknown option >&2; exit 2`, ""},
		{"it crashes", `kill -SEGV $$`, ""},
		{"it writes something else", `echo '[1]'`, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			r := mustWrite(t, map[string]string{"-a.py": "x\n"})
			r.Files = append(r.Files, mustWriteIn(t, r.Dir, "b.py"))
			c := mustInstall(t, strings.ReplaceAll(silent, `"a.py"`, `"./-a.py"`), test.core)
			report, err := c.Check(t.Context(), r)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, u := range report.Unchecked {
				got = append(got, u.Path)
				if !strings.Contains(u.Why, "does not parse") {
					t.Errorf("not checked because %q", u.Why)
				}
			}
			if strings.Join(got, " ") != test.want {
				t.Errorf("not checked: %v, expected %q", got, test.want)
			}
		})
	}
}

func mustWriteIn(t *testing.T, dir, name string) check.File {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, name), []byte("x\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	return check.File{Path: name, Language: "python"}
}

// A core that does not end is the end of the call, as a scan that does not end is.
func TestCoreHangs(t *testing.T) {
	c := mustInstall(t, silent, "sleep 600")
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
	defer cancel()
	if _, err := c.Check(ctx, mustWrite(t, map[string]string{"a.py": weak})); !errors.Is(err, context.DeadlineExceeded) {
		t.Error(err)
	}
}

// A front end that does not say in time where its core is leaves files unchecked, too.
func TestCoreIsNotFoundInTime(t *testing.T) {
	t.Setenv("PATH", "/usr/bin"+string(os.PathListSeparator)+"/bin") // without a core
	c := semgrep.New(semgrep.Options{Path: checktest.Fake(t, "semgrep", answers+`[ "$2" = --dump-engine-path ] && sleep 600`+"\n"+silent)})
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
	defer cancel()
	if _, err := c.Check(ctx, mustWrite(t, map[string]string{"a.py": weak})); !errors.Is(err, context.DeadlineExceeded) {
		t.Error(err)
	}
}

// Where the core is not beside the front end, as with the shims of pyenv, Semgrep says
// where it is.
func TestCoreElsewhere(t *testing.T) {
	checktest.Tool(t, "semgrep")
	real, err := exec.LookPath("semgrep")
	if err != nil {
		t.Fatal(err)
	}
	if real, err = filepath.Abs(real); err != nil {
		t.Fatal(err)
	}
	c := semgrep.New(semgrep.Options{Path: checktest.Fake(t, "semgrep", `exec "`+real+`" "$@"`)})
	report, err := c.Check(t.Context(), mustWrite(t, map[string]string{"a.js": broken["bracket.js"]}))
	if err != nil || len(report.Unchecked) != 1 {
		t.Errorf("%+v %v", report, err)
	}
}
