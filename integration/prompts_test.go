package integration_test

import (
	"strings"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/integration"
	"github.com/seccoder/seccoder/lang"
)

// prompts are users' programs, whole so that parsers take them, that something
// put before them could change.
var prompts = map[lang.Language]map[string]string{
	lang.Python: {
		"function":             "import os\n\n\ndef f(x):\n    \"\"\"Doc.\"\"\"\n    return x\n",
		"docstring":            "\"\"\"The user's module.\"\"\"\n\nX = 1\n",
		"future":               "from __future__ import annotations\nimport os\n",
		"docstring and future": "\"\"\"The user's.\"\"\"\n# a comment\nfrom __future__ import annotations\n",
		"reads its docstring":  "'''Usage: x'''\nprint(__doc__)\n",
		"shebang":              "#!/usr/bin/env python3\nimport os\n",
		"shebang and coding":   "#!/usr/bin/env python3\n# -*- coding: utf-8 -*-\nX = 'é'\n",
		"ASCII only":           "# coding: ascii\nX = 1\n",
		"byte order mark":      "\uFEFFX = 1\n",
		"comment first":        "# hello\n\nX = r'''\n'''\n",
	},
	lang.C:          cPrompts,
	lang.CPP:        cPrompts,
	lang.JavaScript: jsPrompts,
	lang.TypeScript: jsPrompts,
	lang.Java: {
		"class":   "package a;\n\nimport java.util.List;\n\n/** Doc. */\npublic class A {\n    int x = 1 /* one */;\n}\n",
		"comment": "// hello\nclass A { String s = \"*/\"; }\n",
	},
	lang.Go: {
		"package":          "package a\n\nfunc F() int { return 1 }\n",
		"documented":       "// Package a is documented.\npackage a\n\n// F is too.\nfunc F() {}\n",
		"build constraint": "//go:build linux\n\npackage a\n",
		"old constraint":   "// Copyright\n\n// +build linux\n\npackage a\n",
		"cgo":              "package a\n\n// int x;\nimport \"C\"\n",
		"byte order mark":  "\uFEFFpackage a\n",
	},
}

var cPrompts = map[string]string{
	"function":      "#define N 3\nint f(int x)\n{\n#ifdef N\n\treturn x + N;\n#else\n\treturn x;\n#endif\n}\n",
	"line":          "int a = __LINE__;\nint b = __LINE__;\n",
	"string":        "const char *s = \"/* \\\" */\" /* c */;\n",
	"continuation":  "#define A \\\n\t1\nint a = A;\n",
	"header":        "#include <stddef.h>\n#include \"log.h\"\nvoid f(void)\n{\n\tLOG();\n}\n", // logHeader
	"open at start": "*/ endif /* x */ int a;\n",
}

var jsPrompts = map[string]string{
	"function": "'use strict';\nfunction f(x) { return /[*]\\//.test(x) ? `*/` : x; }\n",
	"hashbang": "#!/usr/bin/env node\nconst a = 1;\n",
	"comment":  "/** @type {number} */\nvar a;\n",
}

// join puts an example before a user's code, as the model reads it.
func join(l lang.Language, prompt string, codes ...string) string {
	var examples []codebase.Example
	for _, code := range codes {
		examples = append(examples, codebase.Example{Code: code, Language: l})
	}
	n := integration.Head(l, prompt)
	return prompt[:n] + integration.Demonstration(l, prompt, examples) + prompt[n:]
}

// printed puts an example before a user's code in the template as the paper
// prints it (arXiv 2410.01488, section 3.3), which trusts the example; for the
// languages that the paper has no template for, in a plain block comment.
func printed(l lang.Language, prompt, code string) string {
	code = strings.TrimSuffix(code, "\n")
	switch l {
	case lang.Python:
		return "\"\"\"\n```python\n" + code + "\n```\n\"\"\"\n" + prompt
	case lang.C, lang.CPP:
		return "#if 0\n" + code + "\n#endif\n" + prompt
	default:
		return "/*\n" + code + "\n*/\n" + prompt
	}
}
