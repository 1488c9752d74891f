package integration_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/integration"
	"github.com/seccoder/seccoder/lang"
)

var update = flag.Bool("update", false, "write the golden files")

// benign has an ordinary example for each language, and the beginning of a user's
// code.
var benign = map[lang.Language]struct{ example, prompt string }{
	lang.Python: {
		"def user_by_name(db, name):\n    return db.execute(\"SELECT * FROM users WHERE name = ?\", (name,)).fetchone()\n",
		"def order_by_id(db, order_id):\n",
	},
	lang.C: {
		"/* Returns the element, or -1. */\nint element(const int *array, size_t length, size_t i)\n{\n\treturn i < length ? array[i] : -1;\n}\n",
		"int sum(const int *array, size_t length)\n{\n",
	},
	lang.CPP: {
		"std::string read(std::istream &in) {\n  std::string line; // don't use a fixed buffer\n  std::getline(in, line);\n  return line;\n}\n",
		"std::string ask(const std::string &question) {\n",
	},
	lang.Go: {
		"// Open opens a file below root.\nfunc Open(root *os.Root, name string) (*os.File, error) {\n\treturn root.Open(name)\n}\n",
		"package files\n\nfunc Read(root *os.Root, name string) ([]byte, error) {\n",
	},
	lang.JavaScript: {
		"/**\n * Escapes text for HTML.\n */\nfunction escape(text /* any */) {\n  return text.replace(/[&<>]/g, (c) => `&#${c.charCodeAt(0)};`);\n}\n",
		"#!/usr/bin/env node\nfunction page(title) {\n",
	},
	lang.TypeScript: {
		"export function same(a: Buffer, b: Buffer): boolean {\n  return a.length === b.length && timingSafeEqual(a, b);\n}\n",
		"export function check(token: string): boolean {\n",
	},
	lang.Java: {
		"class Greeting {\n    /** Says \"gr\\u00fc\\u00dfe\". */\n    String text = \"gr\\u00fc\\u00dfe\";\n    char end = '\\u0000';\n}\n",
		"class Farewell {\n",
	},
}

func TestGolden(t *testing.T) {
	for _, l := range lang.All() {
		t.Run(string(l), func(t *testing.T) {
			got := join(l, benign[l].prompt, benign[l].example)
			path := filepath.Join("testdata", string(l)+".golden")
			if *update {
				if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatalf("%v (write it with -update)", err)
			}
			if diff := cmp.Diff(string(want), got); diff != "" {
				t.Errorf("prompt differs from %s (-want +got):\n%s", path, diff)
			}
		})
	}
}

// TestShownAsItIs: code that cannot leave the template is not touched.
func TestShownAsItIs(t *testing.T) {
	tests := []struct {
		name     string
		language lang.Language
		code     string
	}{
		{"docstring", lang.Python, "def f():\n    \"\"\"Doc.\"\"\"\n    return '\\n'"},
		{"the other docstring", lang.Python, "def f():\n    '''Doc.'''\n    return r'\\d'"},
		{"tokens of models", lang.Python, "x = '<|fim_middle|><|im_start|>system'"},
		{"indented method", lang.Python, "    def f(self):\n        return 1"},
		{"nested conditionals", lang.C, "#ifdef A\n# if B\nint x;\n# else\nint y;\n# endif\n#elif C\nint z;\n#endif"},
		{"macro of several lines", lang.C, "#define MAX(a, b) \\\n\t((a) > (b) ? (a) : (b))\n\nint x = MAX(1, 2);"},
		{"comments and quotes", lang.C, "/* don't #endif */\nchar c = '\"', q = '\\'', w = L'x'; // don't\nconst char *s = \"/* \\\" // \\\\\";"},
		{"headers", lang.C, "#include <sys/types.h>\n#include \"a.h\"\nint x;"},
		{"words beyond ASCII", lang.CPP, "// größer\nauto s = u8\"größer\";"},
		{"backslashes in Java", lang.Java, "String s = \"C:\\\\users\\n\";"},
		{"quoted comment in Go", lang.Go, "var s = `/*`"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := join(test.language, "", test.code)
			if !strings.Contains(got, "\n"+test.code+"\n") {
				t.Errorf("the code was changed:\n%s", got)
			}
		})
	}
}

func TestShownChanged(t *testing.T) {
	tests := []struct {
		name       string
		language   lang.Language
		code, want string
	}{
		{"invisible characters", lang.Python, "a\u202e = \u2066b\u200b\U000E0041\x00", "a = b"},
		{"line ends", lang.Python, "\r\n\na = 1\r\nb = 2\rc = 3 \n\n", "a = 1\nb = 2\nc = 3"},
		{"not UTF-8", lang.Python, "a = '\xff\xfe'", "a = '\uFFFD'"},
		{"both docstrings", lang.Python, "a = '''\\'''\nb = \"\"\"\"\"\"", "a = '''\\\\'''\nb = \\\"\\\"\\\"\\\"\\\"\\\""},
		{"unbalanced endif", lang.C, "#endif\n\n\tint x; /* \\", "// #endif\n//\n// \tint x; / * \\ //"},
		{"block comments", lang.JavaScript, "  /**\n   * A.\n   *\n   * B.\n   */\n  f(a /* b */, '/* c */'); /* d */", "  // A.\n  //\n  // B.\n  f(a, '/* c *\\/'); // d"},
		{"comment between words", lang.JavaScript, "return/* a */b", "return b"},
		{"pattern", lang.TypeScript, "s.match(/a*/)", "s.match(/a*\\/)"},
		{"quoted end in Go", lang.Go, "var s = `*/`", "var s = `* /`"},
		{"escapes in Java", lang.Java, `"\u00e9\\u002a\u002a\uuuu2028\\\u00E9"`, `"é\\u002a\\u002a\\uuuu2028\\é"`},
		{"text block", lang.Java, "s = \"\"\"\n  \" /* a */\n  \"\"\"; /* b */", "s = \"\"\"\n  \" /* a * /\n  \"\"\"; // b"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := join(test.language, "", test.code)
			if !strings.Contains(got, "\n"+test.want+"\n") {
				t.Errorf("got\n%s\nwant in it\n%s", got, test.want)
			}
		})
	}
}

// TestFence: Markdown, too, must see one block. The paper's fence ends at the
// first line of backticks in the code.
func TestFence(t *testing.T) {
	const code = "s = '''\n```\n````\n'''"
	got := join(lang.Python, "x = 1\n", code)
	if want := "`````python\n" + code + "\n`````\n"; !strings.Contains(got, want) {
		t.Errorf("got\n%s\nwant in it\n%s", got, want)
	}
}

func TestDemonstrationOfSeveral(t *testing.T) {
	tests := []struct {
		language lang.Language
		want     string
	}{
		{lang.Python, "\"\"\"\n```python\na\n```\n\n```python\nb\n```\n\"\"\"\n"},
		{lang.C, "#if 0\na\n\nb\n#endif\n"},
		{lang.Java, "/*\na\n\nb\n*/\n"},
		{lang.Go, "/*\na\n\nb\n*/\n\n"},
	}
	for _, test := range tests {
		t.Run(string(test.language), func(t *testing.T) {
			if got := join(test.language, "", "a\n", " \n", "b\n"); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestDemonstrationOfNothing(t *testing.T) {
	examples := []codebase.Example{{Code: "x"}}
	for _, l := range lang.All() {
		if got := integration.Demonstration(l, "x", nil); got != "" {
			t.Errorf("%s: no examples give %q", l, got)
		}
		if got := integration.Demonstration(l, "x", []codebase.Example{{Code: " \n\u200b\x00"}}); got != "" {
			t.Errorf("%s: an example without code gives %q", l, got)
		}
	}
	if got := integration.Demonstration("cobol", "x", examples); got != "" {
		t.Errorf("an unknown language gives %q", got)
	}
	if got := integration.Demonstration(lang.JavaScript, "#!/usr/bin/env no", examples); got != "" {
		t.Errorf("an unfinished first line gives %q", got)
	}
}

func TestDemonstrationKeepsLineNumbers(t *testing.T) {
	for _, prompt := range []string{
		"int a = __LINE__;\n", "int a = __LI\\\nNE__;\n", "\tassert(p);\n",
		"#include \"log.h\"\n", "#include <log.h>\n", "#include <assert.h>\n", "#include <cassert>\n", "#include \"stdio.h\"\n",
		"#include <stdio.h>\n  #  include\t\"log.h\"\n", "#import \"log.h\"\n", "#include LOG_H\n", "#include_next <stdio.h>\n",
		"%:include \"log.h\"\n", "??=include \"log.h\"\n", "#inc\\\nlude \"log.h\"\n", "#inc??/ \nlude \"log.h\"\n",
		"# /*\n*/ include \"log.h\"\n", "/* a */ #include \"log.h\"\n", "#include <stdio.h>\r#include \"log.h\"\r",
		"#include ", "import \"log.h\";\n", "export import <log.h>;\n",
	} {
		if got := join(lang.C, prompt, "int x;"); !strings.HasSuffix(got, "#endif\n#line 1\n"+prompt) {
			t.Errorf("no #line: %q", got)
		}
	}
	for _, prompt := range []string{
		"int a;\n", "#include <stdio.h>\n#include <stdlib.h>\n# include  <string.h> // for strlen\n", "#include <vector>\r\n",
		"#include <sys/types.h>\n", "/* Files to include. */\nint included;\n#define N 3\n", "// import the names\n",
	} {
		if got := join(lang.C, prompt, "int x;"); strings.Contains(got, "#line") {
			t.Errorf("a #line without need: %q", got)
		}
	}
}

func TestHead(t *testing.T) {
	tests := []struct {
		name         string
		language     lang.Language
		prefix, want string
	}{
		{"nothing", lang.Python, "import os\n", ""},
		{"byte order mark", lang.C, "\uFEFFint x;\n", "\uFEFF"},
		{"shebang", lang.Python, "#!/usr/bin/python\nimport os\n", "#!/usr/bin/python\n"},
		{"coding on the second line", lang.Python, "# a\n# vim: set fileencoding=utf-8 :\nimport os\n", "# a\n# vim: set fileencoding=utf-8 :\n"},
		{"coding behind code", lang.Python, "x = 1\n# coding: latin-1\n", ""},
		{"coding on the third line", lang.Python, "\n\n# coding: latin-1\n", ""},
		{"unfinished coding line", lang.Python, "# coding: latin-1", ""},
		{"hashbang", lang.JavaScript, "\uFEFF#!/usr/bin/env node\r\nlet x\n", "\uFEFF#!/usr/bin/env node\r\n"},
		{"hashbang in TypeScript", lang.TypeScript, "#!/usr/bin/env bun\nlet x\n", "#!/usr/bin/env bun\n"},
		{"no hashbang in Java", lang.Java, "#!/usr/bin/java\n", ""},
		{"build constraints", lang.Go, "// Copyright\n\n//go:build a\n// +build a\n\n// Package b\npackage b\n", "// Copyright\n\n//go:build a\n// +build a\n\n"},
		{"a comment about building", lang.Go, "// Package b\npackage b\n\n// +build x\n", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := test.prefix[:integration.Head(test.language, test.prefix)]; got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}
