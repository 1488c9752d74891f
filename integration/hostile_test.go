package integration_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/seccoder/seccoder/lang"
)

// pieces are what hostile examples are put together from: whatever ends, opens or
// hides something in one of the languages.
var pieces = []string{
	`"""`, `'''`, `"`, `'`, "`", "```", "````python", `\`, `\\`, `\"""`, `\'`, `r"`, `f"`, `{`, `}`,
	`\x`, `\xg`, `\u12`, `\U00110000`, `\N{`, `\N{x}`, "\\\n", "\\ \n", "\\\t\n", "\\\r\n", "\\\x0c\n",
	"\x00", "\x01", "\x0b", "\x0c", "\x1a", "\x7f", "\x80", "\xff", "\xc3", "\xed\xa0\x80", "\uFEFF", "\uFFFE", "\u0085", "\u00A0",
	"\u2028", "\u2029", "\u200b", "\u200d", "\u202e", "\u2066", "\u00ad", "\U000E0041", "\uFE0F", "é", "漢", "🙂",
	"\n", "\n", "\n", "\r", "\r\n", " ", "\t", "\n\n",
	"#", "%:", "??=", "??/", "??/\n", "%:%:", "#if 1", "#if 0", "#ifdef X", "#ifndef X", "#elif 1", "#elifdef X", "#else", "#endif", "#endif.", "#endif$", "#endif-", "# endif", "\n#endif\n", "\n#else\n",
	"\n%:endif\n", "\n??=endif\n", "\n#\\\nendif\n", "\n#en\\\ndif\n", "\n# /**/ endif\n", "\n/**/#endif\n", "\n#if\n", "endif", "#include <x>", "#include <a'b\"c/*d>", "#include \"x", "#error don't", "#pragma once", "#define A \\", "#line 9", "# 3 \"x\"",
	"/*", "*/", "//", "/", "*", "/**/", "/*/", "*/*", "//*", "/\\\n*", "*\\\n/", "/\u200b*", "*\u200b/",
	`R"x(`, `R"(`, `)x"`, `)"`, `LR"(`, `u8R"--(`, `R\` + "\n" + `"(`, `L'`, `u8'`, `1'0`, `1e+'0'`, `1.'0`, `0x'1`, `""_s`, `'"'`, `"'"`,
	`\u002a`, `\u002f`, `\u002a\u002f`, `\\u002a/`, `\uuuu002a/`, `\u000a`, `\u005c`, `\uXYZ`, `\u00e9`, `\uD800`, `\u202e`, `\u`,
	"//go:build ignore\n", "// +build ignore\n", "package evil\n", "import \"C\"\n", "//line x:1\n", "#!/bin/sh\n", "<!--", "-->", "# coding: utf-16\n", "from __future__ import braces\n",
	"<|fim_middle|>", "<|im_start|>", "int x;", "x = 1\n", "def f():\n    pass\n", "class A {}", "evil", "(", ")", ";", "0", "L", "R", "u8", "$", "@", ".", "-", "+", "e", "\n    ", "#assert", "import x", "module;",
}

// hostile puts a few pieces together.
func hostile(r *rand.Rand) string {
	var b strings.Builder
	for range 1 + r.IntN(12) {
		b.WriteString(pieces[r.IntN(len(pieces))])
	}
	return b.String()
}

// TestHostile holds the package's rule: whatever the examples, the program is the
// user's.
func TestHostile(t *testing.T) {
	cases := map[lang.Language]int{lang.Python: 4000, lang.C: 80, lang.CPP: 80, lang.Go: 4000, lang.JavaScript: 3000, lang.TypeScript: 300, lang.Java: 1500}
	for _, l := range lang.All() {
		t.Run(string(l), func(t *testing.T) {
			t.Parallel()
			same := mustJudge(t, l)
			r := rand.New(rand.NewPCG(1, 2))
			names := sortedNames(prompts[l])
			n := cases[l]
			if testing.Short() {
				n /= 10
			}
			for i := range n {
				prompt := prompts[l][names[i%len(names)]]
				codes := []string{hostile(r), hostile(r)}[:1+r.IntN(2)]
				if got := same(join(l, prompt, codes...), prompt); got != "" {
					t.Fatalf("%q before %q: %s\n%s", codes, prompt, got, join(l, prompt, codes...))
				}
			}
		})
	}
}

// TestHostileInBulk asks the preprocessor about many demonstrations at once: each
// must vanish, so only the marks between them are left.
func TestHostileInBulk(t *testing.T) {
	for _, l := range []lang.Language{lang.C, lang.CPP} {
		t.Run(string(l), func(t *testing.T) {
			t.Parallel()
			same := mustJudge(t, l)
			r := rand.New(rand.NewPCG(3, 4))
			for range 5 {
				var shown, alone strings.Builder
				var codes []string
				for i := range 2000 {
					code := hostile(r)
					mark := fmt.Sprintf("mark%d\n", i)
					codes = append(codes, code)
					shown.WriteString(join(l, mark, code))
					alone.WriteString(mark)
				}
				if same(shown.String(), alone.String()) == "" {
					continue
				}
				for _, code := range codes {
					if got := same(join(l, "mark\n", code), "mark\n"); got != "" {
						t.Fatalf("%q: %s\n%s", code, got, join(l, "mark\n", code))
					}
				}
				t.Fatal("a demonstration leaves its block, though none does alone")
			}
		})
	}
}

func sortedNames(m map[string]string) []string {
	var names []string
	for name := range m {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

func FuzzPython(f *testing.F) { fuzz(f, lang.Python) }
func FuzzC(f *testing.F)      { fuzz(f, lang.C) }
func FuzzCPP(f *testing.F)    { fuzz(f, lang.CPP) }

// fuzz looks for an example that changes the user's program.
func fuzz(f *testing.F, l lang.Language) {
	same := mustJudge(f, l)
	for _, b := range breakouts {
		if b.language.Compatible(l) || l.Compatible(b.language) {
			f.Add(b.code)
		}
	}
	prompt := prompts[l]["function"]
	f.Fuzz(func(t *testing.T, code string) {
		if got := same(join(l, prompt, code), prompt); got != "" {
			t.Errorf("%s\n%s", got, join(l, prompt, code))
		}
	})
}
