package sven

import (
	"strings"
	"testing"
)

func mustParseC(t *testing.T, source string) *cProgram {
	t.Helper()
	p, err := parseC(source)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestParseC(t *testing.T) {
	tests := []struct{ name, body, want string }{
		{"call", `printf("a" "b", x[1] << 2);`, `printf("ab", x[1] << 2)`},
		{"cast", `p = (char *)malloc(sizeof(char) * 10);`, `p = (char*)malloc(sizeof(char) * 10)`},
		{"precedence", `x = a + b * c - d << 1 == e && f | g;`, `x = a + b * c - d << 1 == e && f | g`},
		{"conditional", `x = a ? b : c ? d : e;`, `x = a ? b : c ? d : e`},
		{"members", `p->next->name[0] = q.a;`, `p->next->name[0] = q.a`},
		{"steps", `*p++ = --n;`, `*p++ = --n`},
		{"macro", `x = LIMIT;`, `x = 10 + 1`},
		{"enum", `x = GREEN;`, `x = 6`},
		{"sizeof", `x = sizeof x + sizeof(int);`, `x = sizeof(x) + sizeof(int)`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			p := mustParseC(t, "#define LIMIT 10 + 1\nenum color { RED = 5, GREEN };\nvoid f(void) { "+test.body+" }")
			if got := p.function("f").Body.Kids[0].Kids[0].show(); got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
}

func TestParseCAccepts(t *testing.T) {
	for name, source := range map[string]string{
		"declarations": "typedef struct { char name[100]; int status; } person;\nint main(void) { person *person = malloc(sizeof(person)), other = {0}; unsigned long long int x = 5ull, *y[3]; return 0; }",
		"statements": "int main(void) { int i; for (;;) break; for (int j = 0; j < 3; j++) continue; do i = 1; while (i < 1); switch (i) { case 1: case 2: i++; break; default: ; }" +
			" if (i) goto out; else { } while (i) { } out: return 0; }",
		"function pointer":          "int apply(int (*f)(int), int x) { return f(x); }\nstatic int (*table[2])(int);",
		"initializers":              "struct point { int x, y; };\nint main(void) { struct point p = { .x = 1, .y = 2 }; int a[] = { [1] = 5, 6 }; char s[] = \"abc\"; return a[0] + p.x; }",
		"conditions":                "#ifdef _WIN32\nbroken {{{\n#else\nint x;\n#endif\n#if 0\nalso broken )\n#endif\nint main(void) { return x; }",
		"type of a header":          "int main(void) { pid_t child = fork(); size_t n = (ssize_t) 5; struct tm t; va_list list; DIR *d = opendir(\".\"); return child > 0; }",
		"declaration of a function": "int f(int a, char *b[], ...);\nint main(void) { int g(void); return f(1, 0); }",
		"old shift":                 "int main(void) { int x = 1; x <<= 2; x >>= 1; return x << 1 >> 1; }",
		"literals":                  "int main(void) { char c = '\\n', d = '\\''; const char *s = \"a\\\"b\"; return c + d + s[0] + 0x1F + 1e3f; }",
	} {
		t.Run(name, func(t *testing.T) { mustParseC(t, source) })
	}
}

func TestParseCRefuses(t *testing.T) {
	for name, source := range map[string]string{
		"open block":  "int main(void) { return 0;",
		"garbage":     ")(*&^",
		"deep":        "int x = " + strings.Repeat("(", 2000) + "1" + strings.Repeat(")", 2000) + ";",
		"many tokens": strings.Repeat("int x; ", cMostTokens),
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := parseC(source); err == nil {
				t.Error("it was accepted")
			}
		})
	}
}

// FuzzAnalyse lets all that looks at the text of a program look at anything.
func FuzzAnalyse(f *testing.F) {
	for _, seed := range []string{
		"", "int main(void) { return 0; }", "int main(int argc, char *argv[]) { char *p = malloc(4); if (!p) return 1; free(p); p[0] = 1; while (p) { p--; } }",
		"void f(int a[3]) { for (int i = 0; i < 3; i++) a[i] = a[i + 1] + 5; goto x; x: switch (a[0]) { case 1: break; } }",
		"#define X (X\nint f() { do { x: ; } while (0 && 1 || !2); return a ? b : c; }", "int chunk[10]; f() { chunk[i] = rand() % 5 + 1; sprintf(b, \"%*d %.3f\", 1, 2); }",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, source string) {
		opaqueLimits(source)
		p, err := parseC(source)
		if err != nil {
			return
		}
		for _, s := range cScenarios {
			s.query(p)
			s.idle(p)
			s.cases(p)
		}
	})
}
