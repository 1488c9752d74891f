package lang_test

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seccoder/seccoder/lang"
)

// Each function is given as its name and its first and last line, as they stand in the code.
func TestFunctions(t *testing.T) {
	tests := map[string]struct {
		l    lang.Language
		src  string
		want []string
	}{
		"python": {lang.Python, `import os
x = 1
@app.route("/")
# why
@login
def index(a,
          b=lambda: 0):
    """def no(): """
    def inner():
        pass
    return 1  # said

class Box(Base):
    size = 0

    def put(self, x): return x

    @property
    async def get(self):
        if x:
            return (
1)

    class Lid:
        def open(self):
            pass
# end
def last():
    pass
`, []string{"index|@app.route(\"/\")|    return 1", "Box.put|    def put(self, x): return x|", "Box.get|    @property|1)", "Box.Lid.open|        def open(self):|            pass", "last|def last():|    pass"}},
		"c": {lang.C, `#include <a.h>
static int x = f(1);
struct s { int a; };
EXPORT_SYMBOL(old)
static inline int
add(int a, int b)
{
	if (a) { return b; }
	return a;
}
int table[] = { 1, 2 };
#ifdef A
int two(void) {
#else
int two(int x) {
#endif
	return 2;
}
int *__init(void) __attribute__((cold)) { return 0; }
int open(void) {
`, []string{"add|static inline int|}", "two|int two(int x) {|}", "__init|int *__init(void) __attribute__((cold)) { return 0; }|"}},
		"cpp": {lang.CPP, `namespace a { namespace b {
template <class T> class Stack : public Base {
public:
  Stack() : n(0) {}
  ~Stack() { free(p); }
  void push(const T& x) override {
    items.emplace_back([&] { return x; }());
  }
  bool operator==(const Stack& o) const { return true; }
};
}}
void Stack::pop() noexcept { n--; }
auto twice = [](int x) { return 2 * x; };
`, []string{"a::b::Stack::Stack|  Stack() : n(0) {}|", "a::b::Stack::~Stack|  ~Stack() { free(p); }|", "a::b::Stack::push|  void push(const T& x) override {|  }", "a::b::Stack::operator==|  bool operator==(const Stack& o) const { return true; }|", "Stack::pop|void Stack::pop() noexcept { n--; }|", "twice|auto twice = [](int x) { return 2 * x; }|"}},
		"go": {lang.Go, `package a

type T struct{ a int }

func (t *T[K]) Get(k K) (v V, err error) {
	go func() { f() }()
	return
}

func Plain() {}

var F = func(a int) int {
	return a
}
`, []string{"T.Get|func (t *T[K]) Get(k K) (v V, err error) {|}", "Plain|func Plain() {}|", "F|var F = func(a int) int {|}"}},
		"java": {lang.Java, `package a;
@Service
public class Box<T> implements Some {
    private final int[] a = {1};
    public Box(int n) { this.n = n; }
    @Override
    public List<T> all(@Nullable String s) throws IOException {
        return list.stream().map(x -> { return x; }).toList();
    }
    enum In { A; static void go() { run(); } }
}
`, []string{"Box.Box|    public Box(int n) { this.n = n; }|", "Box.all|    @Override|    }", "Box.In.go|static void go() { run(); }|"}},
		"javascript": {lang.JavaScript, `const express = require("express");
app.get("/x", auth, async (req, res) => {
  res.send(req.query.x);
});
export default function main() { return 1; }
const f = (a) => {
  return a;
};
module.exports.g = function (a) { return a; };
class A extends B {
  static async get(x) { return x; }
}
const o = { h(x) { return x; }, i: function () { return 1; } };
`, []string{`app.get("/x")|app.get("/x", auth, async (req, res) => {|});`, "main|export default function main() { return 1; }|", "f|const f = (a) => {|}", "module.exports.g|module.exports.g = function (a) { return a; }|", "A.get|  static async get(x) { return x; }|", "h|h(x) { return x; }|", "i|i: function () { return 1; }|"}},
		"typescript": {lang.TypeScript, `export async function load<T>(id: string): Promise<T> {
  return get(id);
}
@Injectable()
export class S {
  constructor(private a: A) {}
  public find(id?: number): X | undefined { return this.a.b(id); }
}
`, []string{"load|export async function load<T>(id: string): Promise<T> {|}", "S.constructor|  constructor(private a: A) {}|", "S.find|  public find(id?: number): X | undefined { return this.a.b(id); }|"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, f := range lang.Functions(test.l, test.src) {
				lines := strings.Split(test.src[f.Start:f.End], "\n")
				last := ""
				if len(lines) > 1 {
					last = lines[len(lines)-1]
				}
				got = append(got, f.Name+"|"+lines[0]+"|"+last)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("functions (-want +got):\n%s", diff)
			}
		})
	}
}

// This package's own files are all found, one function behind the other.
func TestFunctionsOfThisPackage(t *testing.T) {
	for _, file := range []string{"functions.go", "construct_brace.go", "lex.go"} {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		src := string(data)
		found := lang.Functions(lang.Go, src)
		if want := strings.Count("\n"+src, "\nfunc "); len(found) != want {
			t.Errorf("%s: %d functions, want %d", file, len(found), want)
		}
		for _, f := range found {
			if text := src[f.Start:f.End]; !strings.HasPrefix(text, "func ") || !strings.HasSuffix(text, "}") {
				t.Errorf("%s: %s is %q", file, f.Name, text)
			}
		}
	}
}

func FuzzFunctions(f *testing.F) {
	f.Add("def f():\n  return {\n}\nclass A:\n def g(self): pass")
	f.Add("int f(void) { if (x) { } }\nclass A { void g() {} };")
	f.Add("app.get('/', () => { f(`${a}`) });\nfunction* g() {}")
	f.Fuzz(func(t *testing.T, src string) {
		for _, l := range lang.All() {
			end := 0
			for _, f := range lang.Functions(l, src) {
				if f.Start < end || f.End <= f.Start || f.End > len(src) || f.Name == "" {
					t.Fatalf("%s: function %+v behind %d of %d bytes", l, f, end, len(src))
				}
				end = f.End
			}
		}
	})
}
