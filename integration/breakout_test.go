package integration_test

import (
	"testing"

	"github.com/seccoder/seccoder/lang"
)

// breakouts are examples that leave the paper's template as it is printed. The
// language's first prompt by name serves where prompt is empty.
var breakouts = []struct {
	name     string
	language lang.Language
	code     string
	prompt   string
}{
	{"docstring", lang.Python, "def f():\n    \"\"\"Doc.\"\"\"\n    return 1\n", "function"},
	{"docstring with code behind", lang.Python, "\"\"\"\nimport os; os.abort()\n\"\"\"\n", "function"},
	{"both kinds of docstring", lang.Python, "a = '''x'''\nb = \"\"\"y\"\"\"\n'''", "function"},
	{"both kinds and escapes", lang.Python, "a = '''\\N{'''\nb = \"\"\"\\\"\"\"\"\\\\\n", "function"},
	{"escape without a name", lang.Python, `s = "\N{nothing}"`, "function"},
	{"short hex escape", lang.Python, `s = rb"\xg"`, "function"},
	{"short unicode escape", lang.Python, `s = r"\u12"`, "function"},
	{"NUL", lang.Python, "s = '\x00'", "function"},
	{"not UTF-8", lang.Python, "s = '\xff\xfe'", "function"},
	{"lone surrogate", lang.Python, "s = '\xed\xa0\x80'", "function"},
	{"any code and future imports", lang.Python, "x = 1", "docstring and future"},
	{"before a byte order mark", lang.Python, "x = 1", "byte order mark"},

	{"unbalanced endif", lang.C, "int x;\n#endif\nint y;\n", "function"},
	{"unbalanced if", lang.C, "#ifdef X\nint y;\n", "function"},
	{"else", lang.C, "int x;\n#else\nint y;\n", "function"},
	{"elif", lang.C, "int x;\n#elif 1\nint y;\n", "function"},
	{"unclosed comment", lang.C, "int x; /* never closed\n", "function"},
	{"comment between # and endif", lang.C, "# /* \n */ endif\nint evil;\n", "function"},
	{"digraph", lang.C, "%:endif\nint evil;\n", "function"},
	{"trigraph", lang.C, "??=endif\nint evil;\n", "function"},
	{"trigraph at the end", lang.C, "#define A ??/", "function"},
	{"splice in endif", lang.C, "#en\\\ndif\nint evil;\n", "function"},
	{"splice behind #", lang.C, "#\\\nendif\nint evil;\n", "function"},
	{"backslash at the end", lang.C, "// \\", "function"},
	{"backslash and space at the end", lang.C, "#define A \\  ", "function"},
	{"open raw string", lang.C, "const char *s = R\"x(\n", "function"},
	{"comment in a C90 line comment", lang.C, "int a; // see /* this\n", "function"},
	{"comment after slashes in C90", lang.C, "int a; //* b\n", "function"},
	{"carriage return", lang.C, "int a; // b\r#endif\rint evil;\n#if 1\nint b;\n#endif", "function"},
	{"hidden by a digit separator", lang.CPP, "int a = 1'0 /* '; */ 0'1;\n#if 0 /* '\n", "function"},
	{"endif and a letter that C90 lacks", lang.C, "int a;\n#endif\u00e9\nint evil;\n", "function"},
	{"space that C++ lacks", lang.CPP, "int\u00a0a;", "function"},
	{"surrogate in a name", lang.C, `int \uD800;`, "function"},
	{"line numbers", lang.C, "int x;\n", "line"},
	{"open raw string in C++", lang.CPP, "auto s = u8R\"(\n", "function"},
	{"unbalanced endif in C++", lang.CPP, "#endif\nint evil;\n#if 0\n", "function"},

	{"comment", lang.Go, "/* a */\nfunc f() {}\n", "package"},
	{"NUL in Go", lang.Go, "var s = `\x00`", "package"},
	{"byte order mark inside", lang.Go, "var s = `\uFEFF`", "package"},
	{"documents the package", lang.Go, "Package evil.", "package"},
	{"before an old constraint", lang.Go, "var x int", "byte order mark"},
	{"comment in JavaScript", lang.JavaScript, "/** a */\nfunction f() {}\n", "function"},
	{"pattern", lang.JavaScript, "s.replace(/.*/, '')\n", "function"},
	{"hashbang", lang.JavaScript, "var x", "hashbang"},
	{"comment in TypeScript", lang.TypeScript, "let a: number /* b */ = 1", "function"},
	{"comment in Java", lang.Java, "/** a */ class B {}", "class"},
	{"escaped end in Java", lang.Java, `String s = "\u002a\u002f int evil;"`, "class"},
	{"escaped twice in Java", lang.Java, `String s = "\\\uu002a/ int evil;"`, "class"},
	{"broken escape in Java", lang.Java, `String s = "\uXYZ";`, "class"},
}

func TestBreakouts(t *testing.T) {
	judges := map[lang.Language]judge{}
	for _, l := range lang.All() {
		t.Run(string(l), func(t *testing.T) {
			judges[l] = mustJudge(t, l)
			for _, b := range breakouts {
				if b.language != l {
					continue
				}
				t.Run(b.name, func(t *testing.T) {
					prompt, ok := prompts[l][b.prompt]
					if !ok {
						t.Fatalf("no prompt %q", b.prompt)
					}
					if judges[l](printed(l, prompt, b.code), prompt) == "" {
						t.Errorf("the paper's template withstands this example, so it shows nothing:\n%q", b.code)
					}
					if got := judges[l](join(l, prompt, b.code), prompt); got != "" {
						t.Errorf("%s\n%s", got, join(l, prompt, b.code))
					}
				})
			}
		})
	}
}
