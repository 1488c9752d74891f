package lang_test

import (
	"testing"

	"github.com/seccoder/seccoder/lang"
)

// In these tests ‸ stands where the construct ends; without it, it does not.
type constructTest struct {
	name       string
	prefix     string
	completion string
}

func testConstruct(t *testing.T, l lang.Language, tests []constructTest) {
	t.Helper()
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			completion, wantEnd, wantEnded := cut(test.completion)
			end, ended := lang.ConstructEnd(l, test.prefix, completion)
			if end != wantEnd || ended != wantEnded {
				t.Errorf("End = %d, %t; want %d, %t\nkept: %q\nwant: %q", end, ended, wantEnd, wantEnded, completion[:end], completion[:wantEnd])
			}
			mustGrow(t, l, test.prefix, completion)
		})
	}
}

// cut takes the mark out of a completion.
func cut(marked string) (completion string, end int, ended bool) {
	for i, r := range marked {
		if r == '‸' {
			return marked[:i] + marked[i+len("‸"):], i, true
		}
	}
	return marked, len(marked), false
}

// mustGrow checks that a completion which grows byte by byte ends once.
func mustGrow(t *testing.T, l lang.Language, prefix, completion string) {
	t.Helper()
	construct := lang.NewConstruct(l, prefix)
	first, seen := 0, false
	for n := range len(completion) + 1 {
		end, ended := construct.End(completion[:n])
		switch {
		case end < 0 || end > n || !ended && end != n:
			t.Fatalf("%s: End of %d bytes = %d, %t (prefix %q, completion %q)", l, n, end, ended, prefix, completion)
		case seen && (!ended || end != first):
			t.Fatalf("%s: the end moved from %d to %d, %t at %d bytes (prefix %q, completion %q)", l, first, end, ended, n, prefix, completion)
		}
		if ended {
			first, seen = end, true
		}
	}
}

func TestConstructPython(t *testing.T) {
	const handler = "from flask import Flask\n\napp = Flask(__name__)\n\n@app.route('/ls')\ndef ls():\n    name = request.args.get('dirname')\n"
	testConstruct(t, lang.Python, []constructTest{
		{"behind a comment", handler + "    # run the command", " with care\n    x = 1\n    if x:\n\n        return x\n\n    return 2\n‸\n\n@app.route('/')\ndef other():\n"},
		{"open", handler + "    # run", "\n    x = 1\n"},
		{"a comment ends it", handler + "    # run", "\n    x = 1\n‸# main\n    y = 2\n"},
		{"in an inner block", handler + "    if name:\n        for x in name:\n            ", "print(x)\n    return 1\n‸x = 2"},
		{"strings and brackets", handler + "    q = ", "\"\"\"\nselect\n\"\"\"\n    f(a,\nb, {\n}\n)\n    z\\\n= 1\n‸\nx"},
		{"CRLF", "def f():\r\n    # x", "\r\n    return 1\r\n‸\r\ndef g():"},
		{"tabs", "def f():\n\tif x:\n", "\t\treturn 1\n\treturn 2\n‸y"},
		{"method", "class A:\n    def f(self):\n        # go", "\n        return 1\n‸\n    def g(self):\n"},
		{"nested function", "def f():\n    def g():\n        ", "return 1\n‸    return g\n"},
		{"function within the completion", "def f():\n    # make g", "\n    def g():\n        return 1\n    return g\n‸\nf()"},
		{"class body", "class A:\n    x = 1\n    ", "y = 2\n\n    def f(self):\n        pass\n‸\nclass B:"},
		{"header", "def add(a, b):", "\n    return a + b\n‸\nprint(1)\n"},
		{"header, not whole", "class A:\n    def add(self, ", "a, b):\n        return a + b\n‸\n    def sub(self):\n"},
		{"header with line", "def add(a, b):\n", "    return a + b\n‸print(1)\n"},
		{"async header", "async def add(a, b) -> int:", "\n    return a + b\n‸print(1)\n"},
		{"no body", "def f():\n    # nothing", "\n‸\n\ndef g():\n"},
		{"behind a function", "def f():\n    return 1\n\n", "def g():\n    return 2\n‸\nx = 1"},
		{"top level statement", "import os\n\n", "x = os.getcwd()\ny = 2\n‸\nz"},
		{"top level, half a line", "import os\nx = ", "{\n\n'a': 1}\n‸\nz"},
		{"top level, whole line", "import os\nx = 1", "\n\ny = 2\n‸\n"},
		{"top level comment", "import os\n# the sum of\n# two", " numbers\n\ndef f(a, b):\n    return a\n‸\nf()"},
		{"decorator", "", "@a\n\n@b(1)\nasync def f():\n    return 1\n‸\n\n# x"},
		{"top level if", "", "if x:\n    a\nelif y:\n    b\nelse:\n    c\n‸d"},
		{"top level try in the prefix", "try:\n    ", "a\nexcept E:\n    b\nfinally:\n    c\n‸\nfin()"},
		{"top level block, name like else", "", "if x:\n    a\n‸elsewhere()"},
		{"top level with, no scope", "with a:\n    for b in c:\n        ", "d\n    e\n‸x"},
		{"half a word may be else", "", "if x:\n    a\nel"},
	})
}

func TestConstructC(t *testing.T) {
	const main = "#include <stdio.h>\n\nint helper(int a) {\n    return a;\n}\n\nint main(int argc, char *argv[]) {\n    int i;\n"
	testConstruct(t, lang.C, []constructTest{
		{"behind a comment", main + "    // if it is in bounds, {", "\n    if (i < 3) {\n        printf(\"}\"); // }\n    } else { /* } */ i = '}'; }\n    return 0;\n}‸\n\nint other(void) {}\n"},
		{"open", main, "    if (i) {\n    }\n"},
		{"in inner blocks", main + "    while (i) {\n        if (i) {\n            ", "break;\n        }\n    }\n    do { i--; } while (i);\n}‸\n"},
		{"brace on its own line", "static struct x *\nf(int a)\n{\n", "  return 0;\n}‸\nint x;"},
		{"header", "int f(int a)", "\n{\n  if (a) { a++; }\n  return a;\n}‸\n\nint g"},
		{"header, half", "int f(int a", ", int b) {\n  return a;\n}‸\n"},
		{"top level function", "int x;\n\n", "#define A {\n\n// f\nstatic int f(void) {\n  return 1;\n}‸\nint y;"},
		{"top level statements", "", "int a;\nint b = 1; // b‸\n\nint c;"},
		{"prototype", "int f(", "int a);‸\n\nint g() {}"},
		{"struct", "", "struct a {\n  int b;\n};‸\nint c;"},
		{"typedef", "", "typedef struct {\n  int b;\n} a,\n *b;‸\nint c;"},
		{"in a struct", "typedef struct {\n  int b;\n", "  int c;\n} a;‸\nint c;"},
		{"array", "", "int a[] = {\n 1, {2}\n};‸\nint b;"},
		{"conditional branches", main, "#ifdef A\n    if (i) {\n#else\n    if (!i) {\n#endif\n    }\n}‸\n"},
		{"brackets out of balance", main, "    if ((i) {\n    }\n}‸\n"},
		{"macro that loops", main, "    list_for_each(a, b) {\n    }\n    return 0;\n}‸"},
		{"attribute", "__attribute__((noreturn)) void f(void) {\n", "  exit(1);\n}‸\n"},
	})
}

func TestConstructCPP(t *testing.T) {
	testConstruct(t, lang.CPP, []constructTest{
		{"method", "namespace a {\nclass B : public C {\npublic:\n  int f() const noexcept override {\n", "    if (x) { y(); }\n    return R\"(})\";\n  }‸\n  int g();\n};\n}"},
		{"constructor", "B::B(int x) : x_(x), y_{1}, z_{2} {\n", "  go();\n}‸\n"},
		{"template and trailing type", "template <typename T = int>\nauto f(T a) -> std::vector<T> {\n", "  return {a};\n}‸\n"},
		{"operator", "bool operator==(const A &a, const A &b) {\n", "  return true;\n}‸\n"},
		{"lambda passed on", "int main() {\n  std::sort(a, b, [](int x, int y) {\n", "    return x < y;\n  });\n  return 0;\n}‸\n"},
		{"lambda with a name", "int main() {\n  auto f = [&](int x) -> int {\n", "    return x;\n  };‸\n  return 0;\n}\n"},
		{"class body", "class A {\n public:\n", "  A() : b{1} { go(); }‸\n  int b;\n};\n"},
		{"class", "", "class A {\n  void f() { g(); }\n};‸\nint x;"},
		{"try block", "void f() {\n  try {\n", "    g();\n  } catch (const std::exception &e) {\n  }\n}‸\n"},
	})
}

func TestConstructGo(t *testing.T) {
	testConstruct(t, lang.Go, []constructTest{
		{"function", "package a\n\nfunc F(a []string) (map[string]struct{}, error) {\n\t// go", " on\n\tfor _, x := range a {\n\t\t_ = `}`\n\t}\n\treturn nil, T{1}\n}‸\n\nfunc G() {}"},
		{"method", "func (r *T[K]) M() interface{} {\n\tif x := f(func() int { return 1 }); x > 0 {\n", "\t\treturn '}'\n\t}\n\treturn nil\n}‸\n"},
		{"passed function", "func main() {\n\thttp.HandleFunc(\"/\", func(w http.ResponseWriter, r *http.Request) {\n", "\t\tw.Write(nil)\n\t})\n\tserve()\n}‸\n"},
		{"named function", "func main() {\n\tf := func() error {\n", "\t\treturn nil\n\t}‸\n\tf()\n}\n"},
		{"header", "func F(a int) error", " {\n\tif a {\n\t}\n\treturn nil\n}‸\n\nfunc"},
		{"top level function", "package a\n\n", "// F does.\nfunc F() interface{} {\n\treturn 1\n}‸\n"},
		{"generic function", "func F[T any](a T) T {\n", "\treturn a\n}‸\n"},
		{"type", "", "type T struct {\n\ta struct{}\n}‸\n\nvar x"},
		{"types in a group", "", "type (\n\tT struct {\n\t\ta int\n\t}\n\tU int\n)‸\n\nvar x"},
		{"imports", "package a\n\n", "import (\n\t\"fmt\"\n\n\t\"os\"\n)‸\n\nvar x"},
		{"variable", "", "var a = []T{\n\t{1},\n}‸\nvar b"},
	})
}

func TestConstructScript(t *testing.T) {
	tests := []constructTest{
		{"function", "async function f(a, {b, c} = {}) {\n  // go", " on\n  const {d} = await g(`}${b}`);\n  if (/}/.test(d)) { return {d} }\n  return a / 2 }‸\n\nf()"},
		{"route at the top", "const app = express();\napp.get('/x', (req, res) => {\n", "  if (req.a) {\n    res.send('}');\n  }\n  res.end();\n});‸\n\napp.listen(1);\n"},
		{"route at the top, no semicolon", "app.get('/x', async function (req, res) {\n", "  res.end()\n})‸\n\napp.listen(1)\n"},
		{"callback in a function", "function f() {\n  a.then((x) => {\n", "    g(x);\n  }).catch(() => {});\n}‸\n"},
		{"arrow with a name", "const f = async (a) => {\n", "  return a;\n};‸\ng()"},
		{"exported function", "exports.f = function (a) {\n", "  return a\n}‸\ng()"},
		{"export default", "export default function () {\n", "  return 1;\n}‸\n"},
		{"method", "class A extends B {\n  x = 1\n  static async f(a) {\n", "    return this.x;\n  }‸\n\n  g() {}\n}"},
		{"method of an object", "const o = {\n  a: 1,\n  f(a) {\n", "    return a;\n  }‸,\n  g() {}\n};"},
		{"property function", "const o = {\n  f: (a) => {\n", "    return a;\n  }‸,\n  g() {}\n};"},
		{"header in a function", "function f() {\n  function g(a)", " {\n    return a;\n  }‸\n  return g;\n}"},
		{"top level route", "", "app.use((req, res, next) => {\n  next();\n});‸\napp.get()"},
		{"top level if", "", "if (a) {\n  b();\n} else if (c) {\n  d();\n}‸\ne();"},
		{"top level statement", "", "const a = require('a')\nconst b = 1‸\n\nconst c = 2"},
		{"top level object", "", "const a = {\n  b: {},\n};‸\nc();"},
		{"class", "", "class A {\n  f() { return 1; }\n}‸\nnew A()"},
		{"half a word may be else", "", "if (a) {\n  b();\n} el"},
	}
	testConstruct(t, lang.JavaScript, tests)
	testConstruct(t, lang.TypeScript, append(tests, []constructTest{
		{"types", "export async function f<T>(a: { b: string }, c?: T): Promise<{ d: T }> {\n", "  return { d: c! };\n}‸\n"},
		{"typed arrow", "const f = (a: string): { b: number } => {\n", "  return { b: 1 };\n};‸\n"},
		{"typed method", "export class A {\n  private async f<T>(a: T): Promise<void> {\n", "    g();\n  }‸\n}\n"},
		{"interface", "", "export interface A {\n  f(a: string): void;\n}‸\nlet x"},
		{"type", "", "type A = {\n  a: string;\n};‸\nlet x"},
	}...))
}

func TestConstructJava(t *testing.T) {
	const class = "package a;\n\n@Service(\"x\")\npublic class A<T> extends B implements C, D {\n    private int[] a = {1, 2};\n\n"
	testConstruct(t, lang.Java, []constructTest{
		{"method", class + "    @Override\n    public <K> Map<K, T> f(final String a, int... b) throws IOException, E {\n        // go", " on\n        try (var x = g()) {\n            h('}', \"\"\"\n }\"\"\");\n        } catch (E e) {\n        }\n        return null;\n    }‸\n\n    void g() {}\n}"},
		{"constructor", class + "    A() {\n", "        super();\n    }‸\n}"},
		{"anonymous class", class + "    void f() {\n        run(new Runnable() {\n            public void run() {\n", "                g();\n            }‸\n        });\n    }\n}"},
		{"in an anonymous class", class + "    void f() {\n        run(new Runnable() {\n", "            public void run() { g(); }\n        });\n    }‸\n}"},
		{"lambda passed on", class + "    void f() {\n        list.forEach(x -> {\n", "            g(x);\n        });\n    }‸\n}"},
		{"lambda with a name", class + "    void f() {\n        Runnable r = () -> {\n", "            g();\n        };‸\n    }\n}"},
		{"class body", class, "    @GetMapping({\"/a\"})\n    public String f() {\n        if (a) { b(); }\n        return \"\";\n    }‸\n\n    void g() {}\n}"},
		{"header", class + "    static int f(int a) throws E", " {\n        while (a) { b(); }\n    }‸\n}"},
		{"switch", class + "    int f() {\n        switch (a) {\n            case 1 -> {\n", "                return 1;\n            }\n            default: { }\n        }\n    }‸\n}"},
		{"record", "", "record P(int x, int y) {\n}‸\nclass Q"},
		{"class", "import a.B;\n\n", "public class A {\n  void f() { g(); }\n}‸\nclass B"},
	})
}

func TestConstructGrowsOnce(t *testing.T) {
	texts := []string{
		"\n    return 0;\n}\n\nint f(int a) {\n  return '}';\n}\n",
		"\r\n  x = `a${b}` / 2; // }\r\n} \\\r\nelse { }\n\nfoo\n\n",
		"if x:\n  'a\\\n'\n\n\\\nelse:\n  f\"{x}\"\n\nfoo()\n\nbar",
		"} /*\n*/ else\n{\n}\n(function() { })();\nR\"(}\n)\" }",
		"#if A\n}\n#else\n}\n#endif\n}\n",
	}
	prefixes := []string{"", "int main() {\n", "def f():\n    # x", "class A {\n", "f(() => {\n", "const x = function() {", "if (a) {", "if x:\n  ", "x = '", "/* "}
	for _, l := range lang.All() {
		for _, prefix := range prefixes {
			for _, completion := range texts {
				mustGrow(t, l, prefix, completion)
			}
		}
	}
}

func FuzzConstructEnd(f *testing.F) {
	f.Add("def f():\n    # x", "\n    return 1\n\nx = 1")
	f.Add("int main() {\n", "  if (a) { }\n}\n")
	f.Add("app.get('/', (a) => {", "  x();\n})\n\n")
	f.Add("if (a) {", "} \\\r\nelse")
	f.Fuzz(func(t *testing.T, prefix, completion string) {
		if len(prefix)+len(completion) > 400 {
			return
		}
		for _, l := range lang.All() {
			mustGrow(t, l, prefix, completion)
		}
	})
}

func BenchmarkConstructEnd(b *testing.B) {
	construct := lang.NewConstruct(lang.C, "int main(int argc, char **argv) {\n")
	completion := "    if (argc > 1) {\n        printf(\"%s\\n\", argv[1]);\n    }\n    return 0;\n"
	for b.Loop() {
		construct.End(completion)
	}
}
