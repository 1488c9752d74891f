package lang_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seccoder/seccoder/lang"
)

// show writes the significant tokens as "kind:text", and comments too.
func show(l lang.Language, src string) []string {
	var shown []string
	for _, t := range lang.Lex(l, src) {
		if t.Kind != lang.Space && t.Kind != lang.Newline {
			shown = append(shown, t.Kind.String()+":"+t.Text)
		}
	}
	return shown
}

func TestLex(t *testing.T) {
	tests := []struct {
		name string
		l    lang.Language
		src  string
		want []string
	}{
		{"python comment", lang.Python, "x = 1 # it's\ny", []string{"ident:x", "punct:=", "number:1", "comment:# it's", "ident:y"}},
		{"python prefixes", lang.Python, `r"\" rb'' BR"x" u'é' f"" Rf"{x}" b"\x00"`, []string{`string:r"\" rb'' BR"`, "ident:x", `string:" u'é' f"`, `string:" Rf"`, "punct:{", "ident:x", "punct:}", `string:" b"`, `punct:\`, "ident:x00", `string:"`}},
		{"python raw", lang.Python, `r'\d' + rb"\"" bu''`, []string{`string:r'\d'`, "punct:+", `string:rb"\""`, "ident:bu", "string:''"}},
		{"python triple", lang.Python, "'''a\n'b''c'''d", []string{"string:'''a\n'b''c'''", "ident:d"}},
		{"python triple with escaped quote", lang.Python, `"""a\"""b"""c`, []string{`string:"""a\"""b"""`, "ident:c"}},
		{"python unterminated", lang.Python, "'abc\nd \"\"\"e\nf", []string{"string:'abc", "ident:d", "string:\"\"\"e\nf"}},
		{"python line continuation in string", lang.Python, "'a\\\nb' c", []string{"string:'a\\\nb'", "ident:c"}},
		{"python f-string", lang.Python, `f"{a['k']!r:>{w}} {{" x`, []string{`string:f"{a['k']!r:>{w}} {{"`, "ident:x"}},
		{"python f-string, same quotes within", lang.Python, `f"{d["k"]} {f"{x}"}" y`, []string{`string:f"{d["k"]} {f"{x}"}"`, "ident:y"}},
		{"python f-string, quote as fill", lang.Python, `f"{x:'>9}" y`, []string{`string:f"{x:'>9}"`, "ident:y"}},
		{"python f-string, broken", lang.Python, "f\"{x[\"\ny", []string{`string:f"{x["`, "ident:y"}},
		{"python f-string, triple", lang.Python, "f'''{x\n+ '}'}\n''' y", []string{"string:f'''{x\n+ '}'}\n'''", "ident:y"}},
		{"python operators", lang.Python, "a//=b:=c->d", []string{"ident:a", "punct://", "punct:=", "ident:b", "punct::=", "ident:c", "punct:->", "ident:d"}},
		{"c comments", lang.C, "a /* * / */ b // c \\\n d\ne", []string{"ident:a", "comment:/* * / */", "ident:b", "comment:// c \\\n d", "ident:e"}},
		{"c strings", lang.C, `L"a\"b" u8"x" '\'' '"' "a` + "\\\n" + `b"`, []string{`string:L"a\"b"`, `string:u8"x"`, `string:'\''`, `string:'"'`, "string:\"a\\\nb\""}},
		{"c has no raw strings", lang.C, `R"x(a)x"`, []string{"ident:R", `string:"x(a)x"`}},
		{"cpp raw string", lang.CPP, "R\"x(a)\"\n)x\" LR\"()\" b", []string{"string:R\"x(a)\"\n)x\"", `string:LR"()"`, "ident:b"}},
		{"cpp raw string without a right delimiter", lang.CPP, `R"a b(" c`, []string{`string:R"a b("`, "ident:c"}},
		{"cpp digits", lang.CPP, "1'000 0x1p-3 'a' 1e+5f", []string{"number:1'000", "number:0x1p-3", "string:'a'", "number:1e+5f"}},
		{"c directives", lang.C, "#include <a.h> // x\n # define A(x) \"#\" \\\n {\na # b", []string{"directive:#include", "string:<a.h>", "comment:// x", "directive:# define", "ident:A", "punct:(", "ident:x", "punct:)", `string:"#"`, "punct:{", "ident:a", "punct:#", "ident:b"}},
		{"c unterminated", lang.C, "'a\n\"b\n/* c", []string{"string:'a", `string:"b`, "comment:/* c"}},
		{"go", lang.Go, "`a\\`+'\\''+\"\\\"\" x:=<-c", []string{"string:`a\\`", "punct:+", `string:'\''`, "punct:+", `string:"\""`, "ident:x", "punct::=", "punct:<", "punct:-", "ident:c"}},
		{"js template", lang.JavaScript, "`a${b + `}${'`'}` /* } */}c` d", []string{"string:`a${b + `}${'`'}` /* } */}c`", "ident:d"}},
		{"js template, braces and regexp", lang.TypeScript, "`${f({a: /}`/})}` d", []string{"string:`${f({a: /}`/})}`", "ident:d"}},
		{"js regexp", lang.JavaScript, "a = /[/]\\/'/g; b / c / d; (e) / f; return /x/", []string{"ident:a", "punct:=", `string:/[/]\/'/g`, "punct:;", "ident:b", "punct:/", "ident:c", "punct:/", "ident:d", "punct:;", "punct:(", "ident:e", "punct:)", "punct:/", "ident:f", "punct:;", "ident:return", "string:/x/"}},
		{"jsx", lang.JavaScript, "<p>{x}</p><br/>", []string{"punct:<", "ident:p", "punct:>", "punct:{", "ident:x", "punct:}", "punct:<", "punct:/", "ident:p", "punct:>", "punct:<", "ident:br", "punct:/", "punct:>"}},
		{"js hashbang", lang.JavaScript, "#!/usr/bin/env node\na", []string{"comment:#!/usr/bin/env node", "ident:a"}},
		{"java text block", lang.Java, "\"\"\"\n \"a\" \\\"\"\" \"\"\" b \"\" c", []string{"string:\"\"\"\n \"a\" \\\"\"\" \"\"\"", "ident:b", `string:""`, "ident:c"}},
		{"unknown bytes", lang.Go, "a\xff\x00é", []string{"ident:a", "punct:\xff", "punct:\x00", "ident:é"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, show(test.l, test.src)); diff != "" {
				t.Errorf("Lex(%q) (-want +got):\n%s", test.src, diff)
			}
		})
	}
}

func TestLexLineEndings(t *testing.T) {
	tokens := lang.Lex(lang.C, "a\r\n\r b\n")
	var kinds []string
	for _, token := range tokens {
		kinds = append(kinds, token.Kind.String())
	}
	want := []string{"ident", "newline", "space", "ident", "newline"}
	if diff := cmp.Diff(want, kinds); diff != "" {
		t.Errorf("kinds (-want +got):\n%s", diff)
	}
}

// hostile are texts on which a careless lexer is slow or does not end.
func hostile() map[string]string {
	const size = 1 << 13
	texts := map[string]string{}
	for _, piece := range []string{`"`, "'", `\`, "`", "`${", "/*", "//", "/", `R"x(`, `"""`, "f'{", "f\"{'", "{", "}", "(", "{}", "x{} ", "x(){", "#if\n{", "\n#", "a b ", "[](){", "=>{", "func(){", "for x in ", "lambda ", "<a", "def f():\n ", "\\\r\n", "import ("} {
		texts[piece] = strings.Repeat(piece, size/len(piece))
	}
	return texts
}

func TestHostileText(t *testing.T) {
	for name, src := range hostile() {
		for _, l := range lang.All() {
			t.Run(string(l)+" "+name, func(t *testing.T) {
				mustJoin(t, l, src)
				lang.NewConstruct(l, src).End(src[:len(src)/2])
				lang.Names(l, src)
				lang.Foreign(l, src, src[:len(src)/2], src)
			})
		}
	}
}

func mustJoin(t *testing.T, l lang.Language, src string) {
	t.Helper()
	var joined strings.Builder
	for _, token := range lang.Lex(l, src) {
		if token.Text == "" || token.Offset != joined.Len() {
			t.Fatalf("%s: token %q at %d, after %d bytes", l, token.Text, token.Offset, joined.Len())
		}
		joined.WriteString(token.Text)
	}
	if joined.String() != src {
		t.Fatalf("%s: the tokens of %q join to %q", l, src, joined.String())
	}
}

func FuzzLex(f *testing.F) {
	for _, seed := range []string{"", "f\"{x['a']:{w}}\" '''", "`${`${a}`}`/x/", "R\"d(x)d\" 1'0 'a\\\n", "#include <x\r\n\\\r", "\xff\"\"\"é"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, src string) {
		for _, l := range lang.All() {
			mustJoin(t, l, src)
			lang.Words(l, src)
			lang.Identifiers(l, src)
			lang.Names(l, src)
		}
	})
}

func TestIdentifiers(t *testing.T) {
	src := "def read_File(p):\n    # open It\n    return open(p, 'rb', key=True)\n"
	want := []string{"read_File", "p", "open", "p", "key"}
	if diff := cmp.Diff(want, lang.Identifiers(lang.Python, src)); diff != "" {
		t.Errorf("Identifiers (-want +got):\n%s", diff)
	}
	words := []string{"read_file", "p", "open", "it", "open", "p", "rb", "key"}
	if diff := cmp.Diff(words, lang.Words(lang.Python, src)); diff != "" {
		t.Errorf("Words (-want +got):\n%s", diff)
	}
	words = []string{"stdio", "puts", "hello", "world"}
	if diff := cmp.Diff(words, lang.Words(lang.C, "#include <stdio.h>\nputs(\"\\nHello, %s World\");")); diff != "" {
		t.Errorf("Words (-want +got):\n%s", diff)
	}
}

func BenchmarkLex(b *testing.B) {
	src := strings.Repeat("int main(int argc, char **argv) { /* x */ printf(\"%d\\n\", argc + 1); }\n", 1000)
	b.SetBytes(int64(len(src)))
	for b.Loop() {
		lang.Lex(lang.C, src)
	}
}
