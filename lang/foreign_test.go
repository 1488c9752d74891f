package lang_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/seccoder/seccoder/lang"
)

func TestForeign(t *testing.T) {
	const handler = "from flask import Flask, request\nimport os\n\napp = Flask(__name__)\n\n@app.route('/ls')\ndef ls():\n    # run"
	const cMain = "#include <stdio.h>\n#include <stdlib.h>\n\nextern int getMonthlySales(int month);\n\nint main(int argc, char *argv[]) {\n    // sum the"
	tests := []struct {
		name                            string
		l                               lang.Language
		demonstration, user, completion string
		want                            []string
	}{
		{
			"python helper and imports", lang.Python,
			"import subprocess\nfrom markupsafe import escape as esc, Markup\nLIMIT = 3\ndef safe_name(x):\n    return clean_up(x)\n",
			handler,
			"\n    name = safe_name(request.args['n'])\n    subprocess.run(['ls', name], check=LIMIT)\n    print(clean_up(name))\n    return f\"{esc(name)}\" + os.path.join(name)\n",
			[]string{"safe_name", "subprocess", "LIMIT", "clean_up", "esc"},
		},
		{
			"python, all its own", lang.Python,
			"import subprocess\nimport json as j\ndef run(cmd, out): pass\ndef helper(): pass\nx = 1\n",
			handler,
			"\n    import subprocess\n    x = subprocess.run('ls', run=2, out=x)\n    self.helper()\n    # helper()\n    'helper()'\n    for run in x: j = run\n    def helper(j): return j\n    return str(len(x))\n",
			nil,
		},
		{
			"python mention", lang.Python, "def helper(): pass\nother()\n", "from a import other\nhelper()\nx = ", "helper() + other()", nil,
		},
		{
			"python mention in a comment is none", lang.Python, "def helper(): pass\n", "# call helper\nx = ", "helper()", []string{"helper"},
		},
		{
			"python wildcard import", lang.Python, "from flask import escape\nother()\ndef helper(): pass\n", "from flask import *\nx = ", "escape(other(helper()))", []string{"helper"},
		},
		{
			"python word cut by the cursor", lang.Python, "def helper(): pass\n", "x = hel", "per()", []string{"helper"},
		},
		{
			"python decorator", lang.Python, "from a import login_required\n", "import b\n\n", "@login_required\ndef f(): pass\n", []string{"login_required"},
		},
		{
			"c helper that is only called", lang.C,
			"#include <limits.h>\n#include <stdint.h>\n#define LIMIT 12\ntypedef struct { int a; } sale;\nint f(void) {\n    int v = read_sensor(1);\n    if (v > INT_MAX - 1) abort();\n    memcpy(a, b, SIZE_MAX);\n    return checked(v);\n}\n",
			cMain,
			" sales\n    sale s;\n    int v = read_sensor(getMonthlySales(1));\n    if (v > INT_MAX - 1) { exit(LIMIT); }\n    s.checked(v);\n    memcpy(&v, &v, 1);\n    return 0;\n}\n",
			[]string{"sale", "read_sensor", "INT_MAX", "LIMIT"},
		},
		{
			"c headers", lang.C,
			"#include <limits.h>\n#include <string.h>\nint f(char *s) { return strlen(s) > INT_MAX; }\n",
			"#include <stdint.h>\n#include <string.h>\nvoid g(char *s) {\n",
			"    size_t n = strlen(s);\n    if (n > SIZE_MAX || n > INT_MAX) return;\n    uint8_t c;\n}\n",
			[]string{"INT_MAX"},
		},
		{
			"c own version of a known function", lang.C,
			"size_t strlcpy(char *d, const char *s, size_t n) { return n; }\n", "#include <stdio.h>\nvoid g(char *s) {\n", "    strlcpy(s, s, 1);\n}", []string{"strlcpy"},
		},
		{
			"c header in common", lang.C,
			"#include <openssl/evp.h>\nvoid f(void) { EVP_MD_CTX_new(); }\n", "#include <openssl/evp.h>\nvoid g(void) {\n", "    EVP_MD_CTX_new();\n}\n", nil,
		},
		{
			"c defined by the completion", lang.C,
			"static int add(int a) { return a; }\n", "int x;\n", "int add(int a) {\n    int r = a;\n    return r;\n}\n", nil,
		},
		{
			"c++", lang.CPP,
			"#include <climits>\n#include <string>\nnamespace util { int twice(int); }\nint f() { return util::twice(INT_MAX) + clamp_it(3); }\nclass Guard {};\n",
			"#include <string>\nint g() {\n",
			"    Guard guard;\n    x->clamp_it();\n    return std::clamp_it(INT_MAX) + clamp_it(1);\n}\n",
			[]string{"Guard", "clamp_it"},
		},
		{
			"go", lang.Go,
			"package a\n\nimport (\n\t\"html\"\n\t\"os\"\n)\n\nfunc safe(s string) string { return html.EscapeString(clean(s)) }\n",
			"package b\n\nimport \"os\"\n\nfunc f(s string) string {\n\t",
			"s = html.EscapeString(s)\n\tos.Exit(len(s))\n\tx := T{safe: s}\n\tx.clean()\n\treturn clean(safe(string(s)))\n}\n",
			[]string{"html", "clean", "safe"},
		},
		{
			"javascript", lang.JavaScript,
			"const path = require('path');\nimport { escapeHtml, other } from './util';\nfunction helper() { return check(1); }\n",
			"const fs = require('fs');\napp.get('/', (req, res) => {\n",
			"  const { other } = req;\n  const p = path.join(other, { helper: 1, check: 2 });\n  res.send(`<p>${escapeHtml(p)} ${`${helper()}`} escapeHtml</p>`);\n  this.check(); JSON.parse(p); check();\n});",
			[]string{"path", "escapeHtml", "helper", "check"},
		},
		{
			"java", lang.Java,
			"import java.util.List;\nimport java.nio.file.Path;\nclass A { private static final int MAX = 1; String clean(String s) { return inherited(s); } }\n",
			"import java.util.List;\nclass B {\n  String f(String s) {\n",
			"    List<String> a = null;\n    Path p = Path.of(s);\n    s.inherited();\n    String t = String.valueOf(clean(s)) + MAX;\n    return inherited(t);\n  }\n",
			[]string{"Path", "clean", "MAX", "inherited"},
		},
		{"no demonstration", lang.C, " \n", "int f() {", "g();", nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := lang.Foreign(test.l, test.demonstration, test.user, test.completion)
			if diff := cmp.Diff(test.want, got, cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("Foreign (-want +got):\n%s", diff)
			}
		})
	}
}

func FuzzForeign(f *testing.F) {
	f.Add("def f(): g()", "x = 1\n", "f(g())")
	f.Add("#include <a.h>\nint f(", "typedef struct {", "} a, *b; for (")
	f.Add("import {a as", "const {x: [", "`${`${a}`}`")
	f.Fuzz(func(t *testing.T, demonstration, user, completion string) {
		for _, l := range lang.All() {
			for _, name := range lang.Foreign(l, demonstration, user, completion) {
				if !strings.Contains(user+completion, name) {
					t.Errorf("%s: %q is not in the code (demonstration %q, user %q, completion %q)", l, name, demonstration, user, completion)
				}
			}
		}
	})
}
