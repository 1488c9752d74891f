package lang_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seccoder/seccoder/lang"
)

// list writes a set of names in order.
func list[V any](set map[string]V) string {
	return strings.Join(slices.Sorted(maps.Keys(set)), " ")
}

// summary writes what a NameSet holds, leaving out what is empty.
func summary(n lang.NameSet) map[string]string {
	all := map[string]string{
		"functions": list(n.Functions), "methods": list(n.Methods), "types": list(n.Types), "macros": list(n.Macros),
		"globals": list(n.Globals), "locals": list(n.Locals), "wildcards": list(n.Wildcards), "headers": list(n.Headers),
	}
	var imports []string
	for _, name := range slices.Sorted(maps.Keys(n.Imports)) {
		imports = append(imports, name+"="+n.Imports[name])
	}
	all["imports"] = strings.Join(imports, " ")
	maps.DeleteFunc(all, func(_, names string) bool { return names == "" })
	return all
}

func TestNames(t *testing.T) {
	tests := []struct {
		name string
		l    lang.Language
		src  string
		want map[string]string
	}{
		{
			"python imports", lang.Python,
			"import os, a.b, numpy as np\nfrom x import (y as z,\n  w)\nfrom .q import *\nfrom . import r\ntry:\n    import s.t as u\nexcept ImportError: pass\n",
			map[string]string{"imports": "a=a np=numpy os=os r=.r u=s.t w=x.w z=x.y", "wildcards": ".q"},
		},
		{
			"python definitions", lang.Python,
			"A: int = 1\nb = c, (d, e[0]) = f(g=1)\nb.x = 2\nclass K(Base, meta=M):\n    attr = 1\n    async def m(self, p, *args, q: int = h(r=1), **kw) -> T:\n        with open(p) as fd, x as (g, h):\n            for i, (j, k) in y: t = 1\n            l = [v for v in z if (w := v)]\n        except_ = lambda aa, bb=1: aa\n        def inner(): pass\ndef top(a, /, b2): return b2\nif A: last = 1",
			map[string]string{
				"globals": "A b c d last", "types": "K", "methods": "m", "functions": "inner top",
				"locals": "a aa args attr b2 bb except_ fd g h i j k kw l p q self t v w",
			},
		},
		{
			"python match", lang.Python, "def f(x):\n    match x:\n        case Point(a, [b, *c]) if a:\n            pass\n",
			map[string]string{"functions": "f", "locals": "a b c x"},
		},
		{
			"c", lang.C,
			"#include <stdio.h>\n#include \"own.h\"\n#define MAX 10\n# define SQ(x) ((x)*(x))\nextern int g, *h;\nstatic const char *names[] = {\"a\"};\nint proto(int);\ntypedef unsigned long ulong_t;\ntypedef struct node { int v; struct node *next; } node_t, *node_p;\nenum color { RED, GREEN = 2 };\ntypedef int (*cb_t)(int);\nstruct pt *make(struct pt *a, int (*cb)(int), char b[10])\n{\n    size_t n = 1, *m;\n    for (int i = 0; i < n; i++) { uint8_t c; foo(c); }\n    x = 3;\n    return make(n * m);\n}\nint old(void) { int (*fp)(int) = proto; if (a) char z; else int y; }\n",
			map[string]string{
				"headers": "own.h stdio.h", "macros": "MAX SQ", "functions": "make old proto", "types": "cb_t color node node_p node_t ulong_t",
				"globals": "GREEN RED g h names", "locals": "a b c cb fp i m n next v y",
			},
		},
		{
			"c++", lang.CPP,
			"#include <vector>\nusing namespace std;\nusing std::string;\nusing Map = std::map<int, int>;\nnamespace n {\ntemplate <class T> class Box : public Base<T> {\npublic:\n  Box(int a) : a_(a) {}\n  int get() const { return a_; }\nprivate:\n  int a_;\n};\n}\nstd::vector<int> Box::all(const std::string &name, int k = 2) {\n  auto [x, y] = f();\n  for (const auto &e : v) { std::unique_ptr<T> p(new T); }\n  auto l = [&](int q) { return q; };\n  int r{1};\n}\n",
			map[string]string{
				"headers": "vector", "wildcards": "std", "imports": "string=std::string", "types": "Box Map", "methods": "Box all get",
				"locals": "a a_ e k l name p q r x y",
			},
		},
		{
			"go", lang.Go,
			"package a\n\nimport \"fmt\"\n\nimport (\n\tstr \"strings\"\n\t_ \"embed\"\n\t\"gopkg.in/yaml.v3\"\n\t\"a/b/v2\"\n\t. \"c/d\"\n)\n\nvar x, y = 1, 2\n\nconst (\n\tA = iota\n\tB\n)\n\ntype T[K any] struct {\n\tf int\n}\n\ntype (\n\tU int\n\tV interface{ M() }\n)\n\nfunc F(a, b int, c ...string) (n int, err error) {\n\tk, ok := m[1]\n\tvar z int\n\tfor i := range 3 {\n\t}\n\tg := func(w *T) {}\n}\n\nfunc (r *T[K]) M(p func(int)) {}\n",
			map[string]string{
				"imports": "b=a/b/v2 fmt=fmt str=strings yaml=gopkg.in/yaml.v3", "wildcards": "c/d", "globals": "A B x y", "types": "T U V",
				"functions": "F", "methods": "M", "locals": "a b c err g i k n ok p r w z",
			},
		},
		{
			"javascript", lang.JavaScript,
			"import d, {a as b, c} from 'm';\nimport * as ns from \"n\";\nimport 'side';\nconst {e, f: g} = require('r'), h = require(\"s\");\nconst i = await import('t')\nlet j = 1, [k, , ...l] = x, {m: {n}, o = p} = q\nfunction* fn(a1, {a2, a3: a4 = z} = {}, ...a5) { var loc = (b1) => b2 => b1; try {} catch (err) {} }\nclass K extends L { static async me(c1) { for (const c2 of c3) {} } get [x]() {} }\nconst obj = { meth(d1) {}, prop: async function (d2) {} };\napp.get('/', async (req, res) => { const inner = 1; });\nbare = 1\n",
			map[string]string{
				"imports": "b=m.a c=m.c d=m e=r.e g=r.f h=s i=t ns=n", "functions": "fn", "types": "K", "methods": "[] me meth",
				"globals": "bare j k l n o obj", "locals": "a1 a2 a4 a5 b1 b2 c1 c2 d1 d2 err inner loc req res",
			},
		},
		{
			"typescript", lang.TypeScript,
			"import type { A } from './a';\nimport fs = require('fs');\ninterface I { x: string }\ntype U<T> = T | null;\nenum E { P }\nexport const f = async <T>(a: string, b?: Map<T, U>): Promise<void> => {};\nclass C { constructor(private readonly s: S) {} }\n",
			map[string]string{
				"imports": "A=./a.A fs=fs", "types": "C E I U", "globals": "f", "methods": "constructor", "locals": "a b s",
			},
		},
		{
			"java", lang.Java,
			"package a.b;\nimport java.util.List;\nimport static java.lang.Math.max;\nimport java.io.*;\n@Service(\"x\")\npublic class A<T> extends B {\n    private static final Map<String, List<T>> CACHE = new HashMap<>();\n    int[] n = {1}, o;\n    @Override\n    public String f(final String p, @Valid List<T> q, int... r) throws E {\n        String[] parts = p.split(\",\");\n        for (String s : parts) { g(s); }\n        try (Reader in = h(); var out = k()) { } catch (IOException | E e) { }\n        list.forEach((u, v) -> { int w = u; });\n        run(x -> x);\n        return max(1, 2);\n    }\n    enum Color { RED, BLUE }\n    record P(int px, int py) {}\n}\n",
			map[string]string{
				"imports": "List=java.util.List max=java.lang.Math.max", "wildcards": "java.io", "types": "A Color P", "methods": "f",
				"globals": "BLUE CACHE RED n o", "locals": "e in out p parts px py q r s u v w x",
			},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, summary(lang.Names(test.l, test.src))); diff != "" {
				t.Errorf("Names (-want +got):\n%s", diff)
			}
		})
	}
}

func TestNameSetHas(t *testing.T) {
	n := lang.Names(lang.Python, "import os\nA = 1\nclass B:\n    def c(self): pass\n")
	for name, want := range map[string]bool{"os": true, "A": true, "B": true, "c": true, "self": true, "d": false} {
		if got := n.Has(name); got != want {
			t.Errorf("Has(%q) = %t, want %t", name, got, want)
		}
	}
}
