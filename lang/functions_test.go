package lang_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seccoder/seccoder/lang"
)

func TestFunctions(t *testing.T) {
	tests := []struct {
		name string
		l    lang.Language
		src  string
		want []string
	}{
		{"Python", lang.Python, "class A(B):\n    @staticmethod\n    def f(x):\n        def g():\n            pass\n        return g\n\nasync def h(\n    x):\n    pass\n\nx = 1\n", []string{"A.f", "g", "h"}},
		{"C", lang.C, "#define X 1\nstatic int\nf(int x) {\n}\nint y = 3;\nstruct s { int a; };\nMACRO(int) g(void)\n{\n}\nPREFIX(h)(int x)\n{\n}\nint i(int a) NOTNULL(1)\n{ }\n", []string{"f", "g", "PREFIX(h)", "i"}},
		{"C of old", lang.C, "local int f(strm, n)\n    z_streamp strm;\n    int n;\n{\n    return 0;\n}\n\nint *g(a)\nchar *a;\n{ }\n", []string{"f", "g"}},
		{"C's conditions", lang.C, "#ifdef A\nint f(int x) {\n#else\nint f(long x) {\n#endif\n  return 0;\n}\nint g(void) { return 1; }\n", []string{"f", "g"}},
		{"C++", lang.CPP, "namespace n {\nA::A(int x) : y(x), z{1} {\n}\nA::~A() {}\nbool A::operator==(const A& o) const { return true; }\nclass B { int f() const { return 1; } };\ntemplate <class T> T h(T x) { auto l = [&] { return 1; }; return l(); }\n}\nID(\"x\")\nvoid i() {}\n", []string{"A::A", "A::~A", "A::operator==", "B::f", "h", "i"}},
		{"Go", lang.Go, "package a\n\nfunc (t *T[K]) M(x int) (int, error) {\n\tf := func() {}\n\tf()\n\treturn 0, nil\n}\n\nfunc F[T any](x T) {}\n\nvar V = func() {}\n", []string{"T.M", "F"}},
		{"Java", lang.Java, "class A {\n  @Override public int f(int x) { return x; }\n  A() {}\n  static class B { void g() {} }\n}\n", []string{"A.f", "A.A", "B.g"}},
		{"JavaScript", lang.JavaScript, "res.send = function send(x) { return 1; };\nvar f = function (a) { function g() {} };\nconst h = async (x) => { };\nclass A { m() {} }\nvar o = { p: function () {}, q() {} };\napp.get('/', (req, res) => { res.end(); });\n(function () { })();\n", []string{"res.send", "f", "g", "h", "A.m", "p", "q", "app.get('/')"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var got []string
			for _, f := range lang.Functions(test.l, test.src) {
				got = append(got, f.Name)
				if text := test.src[f.Start:f.End]; strings.HasPrefix(text, "\n") || !strings.ContainsAny(text[len(text)-1:], "};)gsx") {
					t.Errorf("%s is %q", f.Name, text)
				}
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestFunctionsOfGo compares with Go's own parser, on a part of the standard library.
func TestFunctionsOfGo(t *testing.T) {
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Skipf("no go command here: %v", err)
	}
	files, err := filepath.Glob(filepath.Join(strings.TrimSpace(string(root)), "src", "net", "http", "*.go"))
	if err != nil || len(files) == 0 {
		t.Skip("the standard library's source is not here")
	}
	for _, file := range files {
		if info, err := os.Stat(file); err != nil || info.Size() > 100_000 {
			continue
		}
		src, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		set := token.NewFileSet()
		parsed, err := parser.ParseFile(set, file, src, parser.SkipObjectResolution)
		if err != nil {
			continue
		}
		var want, got []string
		for _, d := range parsed.Decls {
			if f, ok := d.(*ast.FuncDecl); ok && f.Body != nil {
				want = append(want, string(src[set.Position(f.Type.Pos()).Offset:set.Position(f.End()).Offset]))
			}
		}
		for _, f := range lang.Functions(lang.Go, string(src)) {
			got = append(got, string(src[f.Start:f.End]))
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %.2000s", file, diff)
		}
	}
}

func FuzzFunctions(f *testing.F) {
	f.Add("int f(a) int a; { } #if X\n int g() { ", 1)
	f.Add("class A:\n @x\n def f():\n  pass", 0)
	f.Add("app.get('/', () => { (function() {})() })", 4)
	f.Fuzz(func(t *testing.T, src string, which int) {
		l := lang.All()[uint(which)%uint(len(lang.All()))]
		functions := lang.Functions(l, src)
		for i, g := range functions {
			if g.Start < 0 || g.End > len(src) || g.Start >= g.End || g.Outer >= i {
				t.Errorf("%d: %+v", i, g)
			}
		}
	})
}
