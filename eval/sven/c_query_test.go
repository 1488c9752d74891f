package sven

import (
	"math"
	"strings"
	"testing"
)

// TestQueries checks the models of the queries, with the line they find something at: 0 for
// nothing.
func TestQueries(t *testing.T) {
	tests := []struct {
		name, scenario, body string
		found                bool
	}{
		{"array in a loop", "cwe-125/0-c", "int a[3]; for (int i = 0; i < 3; i++) a[i] = i;", false},
		{"array in a loop, one too many", "cwe-125/0-c", "int a[3]; for (int i = 0; i <= 3; i++) a[i] = i;", true},
		{"array, counting down", "cwe-125/0-c", "int a[3]; int i = 2; while (i >= 0) { a[i] = 1; i--; }", false},
		{"array, after a loop that asks", "cwe-125/0-c", "int a[3], i; do { scanf(\"%d\", &i); } while (i < 0 || i > 2); a[i] = 1;", false},
		{"array in sizeof", "cwe-125/0-c", "int a[3], i; i = rand(); return sizeof(a[i]);", false},
		{"array with a remainder", "cwe-125/0-c", "int a[3]; unsigned i = rand(); a[i % 3] = 1;", false},
		{"index below size", "cwe-125/2-c", "int index = argc, size = 3, *array = 0; if (index > -1 && size > index) return array[index];", false},
		{"index not below size", "cwe-125/2-c", "int index = argc, *array = 0; if (index < 0) return 0; return array[index];", true},
		{"random sum of a variable", "cwe-190/0-c", "int n = rand(); return n + 5;", true},
		{"random sum of an unsigned variable", "cwe-190/0-c", "unsigned n = rand(); n += 1001; return n > 5;", true},
		{"random difference", "cwe-190/0-c", "int n = rand(); return n - 1000;", true},
		{"random difference, bounded", "cwe-190/0-c", "int n = rand(); n %= 5000; return n - 1000;", false},
		{"random sum after a division", "cwe-190/0-c", "int n = rand() / 10; return n + 5;", false},
		{"random remainder assigned", "cwe-190/0-c", "int n = rand(); n %= 100; return n + 5;", false},
		{"argument plus one, guarded", "cwe-190/1-c", "int v = atoi(argv[1]); if (v < 10) v = v + 1; return v;", false},
		{"argument plus one", "cwe-190/1-c", "int v = atoi(argv[1]); v = v + 1; return v;", true},
		{"wide sum of an argument", "cwe-190/1-c", "int v = atoi(argv[1]); return (long) v + 1 > 5;", false},
		{"sum in a call", "cwe-190/2-c", "printf(\"%d\", getMonthlySales(1) + getMonthlySales(2));", false},
		{"free in a loop", "cwe-416/0-c", "char *p = malloc(9); while (argc--) { p[0] = 1; free(p); }", true},
		{"free, then another value", "cwe-416/0-c", "char *p = malloc(9); free(p); p = argv[0]; p[0] = 1;", false},
		{"free in an exit", "cwe-416/0-c", "char *p = malloc(9); if (argc) { free(p); exit(1); } p[0] = 1;", false},
		{"null by copy", "cwe-476/0-c", "char *p = malloc(9); char *q = p; q[0] = 1;", true},
		{"null by a conditional", "cwe-476/0-c", "char *p = malloc(9); return p ? p[0] : 0;", false},
		{"null, tested by goto", "cwe-476/0-c", "char *p = malloc(9); if (!p) goto out; p[0] = 1; out: return 0;", false},
		{"null, by reference", "cwe-476/0-c", "char *p = NULL; set(&p); p[0] = 1;", false},
		{"number that may be 0", "cwe-476/0-c", "int n = 0; char b[9]; return b[n] + *(b + n);", false},
		{"sprintf of an int", "cwe-787/0-c", "char b[12]; sprintf(b, \"%d\", argc);", false},
		{"sprintf of two ints", "cwe-787/0-c", "char b[12]; sprintf(b, \"%d%d\", argc, argc);", true},
		{"sprintf of a string", "cwe-787/0-c", "char b[2]; sprintf(b, \"%s\", argv[0]);", false},
		{"sprintf with a width", "cwe-787/0-c", "char b[12]; sprintf(b, \"%*f\", 3, 1.0);", false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			p := mustParseC(t, "int main(int argc, char *argv[]) {\n"+test.body+"\n}\n")
			if why := cScenarios[test.scenario].query(p); (why != "") != test.found {
				t.Errorf("found %q", why)
			}
		})
	}
}

// What a test tells of a variable is not always what CodeQL makes of it.
func TestRangesOfTests(t *testing.T) {
	const least, most = math.MinInt32, math.MaxInt32
	tests := []struct {
		name, body  string
		real, query span
	}{
		{"unsigned bound", "if (i < 3u) a[i] = 1;", span{0, 2}, span{0, 2}},
		{"unsigned bound, the other way round", "if (9u <= i) return 0; a[i] = 1;", span{0, 8}, span{0, 8}},
		{"unsigned bound that is greater than all int", "if (i < 4000000000u) a[i] = 1;", span{least, most}, span{0, most}},
		{"above an unsigned bound", "if (i > 3u) a[i] = 1;", span{least, most}, span{4, most}},
		{"above an unsigned bound, not below zero", "if (i >= 0 && i > 3u) a[i] = 1;", span{4, most}, span{4, most}},
		{"wide sum", "if ((long)i + 5 <= 8) a[i] = 1;", span{least, 3}, span{least, 3}},
		{"unsigned sum", "if ((unsigned)i + 5 < 8) a[i] = 1;", span{least, most}, span{-5, 2}},
		{"cast to a smaller type", "if ((short)i == 3) a[i] = 1;", span{least, most}, span{least, most}},
		{"cast to a floating type", "if ((double)i < 3.5) a[i] = 1;", span{least, 3}, span{least, 2.5}},
		{"below a floating bound", "if (i < 3.5) a[i] = 1;", span{least, 3}, span{least, 2.5}},
		{"below a floating bound, a sum", "if ((float)i + 1 < 3.5f) a[i] = 1;", span{least, 2}, span{least, 1.5}},
		{"not above a floating bound", "if ((float)i > 3.5f) return 0; a[i] = 1;", span{least, 3}, span{least, 3.5}},
		{"above a floating bound, the other way round", "if (2.5 < i) a[i] = 1;", span{3, most}, span{3.5, most}},
		{"below a whole bound", "if (i < 3) a[i] = 1;", span{least, 2}, span{least, 2}},
		{"assert without its header", "assert(i < 3); a[i] = 1;", span{least, 2}, span{least, most}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			p := mustParseC(t, "int main(int i, char *a) {\n"+test.body+"\n}\n")
			main := p.function("main")
			e := main.Body.all(cIndex)[0]
			_, r := analysis(p, main)
			if got := r.at(e, e.Kids[1]); got != test.real {
				t.Errorf("really %v, want %v", got, test.real)
			}
			if _, r = queryAnalysis(p, main); r.at(e, e.Kids[1]) != test.query {
				t.Errorf("to the query %v, want %v", r.at(e, e.Kids[1]), test.query)
			}
		})
	}
}

func TestLongestOutput(t *testing.T) {
	tests := []struct {
		format  string
		want    int
		bounded bool
	}{
		{"", 1, true}, {"%%", 2, true}, {"%f", 318, true}, {"%.2f", 314, true}, {"%.0f", 311, true}, {"a%db", 14, true}, {"%5.1f %c", 315, true},
		{"%s", 0, false}, {"%.5s", 6, true}, {"%*d", 0, false}, {"%e", 15, true}, {"%400d", 401, true},
	}
	for _, test := range tests {
		if got, bounded := longestOutput(test.format); got != test.want && bounded || bounded != test.bounded {
			t.Errorf("%q: got %d, %v, want %d, %v", test.format, got, bounded, test.want, test.bounded)
		}
	}
}

func TestOpaqueLimits(t *testing.T) {
	source := "#include <limits.h>\nint a[5000];\n#define BIG 100000000\nint main(void) {\n  static int s = 5000;\n  int b[4096];\n  switch (a[0]) { case INT_MAX: return 1; }\n" +
		"  if (s + 100000000 > INT_MAX || s == 'x' + 5) return 1.5e6;\n  s = INT_MAX - 100000000;\n  return \"100000000\"[0];\n}\n"
	got := opaqueLimits(source)
	for _, want := range []string{"int a[5000];", "static int s = 5000;", "int b[4096];", "case INT_MAX:", "s + (100000000 + seccoder_zero) > seccoder_int_max", "+ 5)", "1.5e6", "\"100000000\"[0]", "#define BIG (100000000 + seccoder_zero)", "INT_MAX - 100000000;"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
	if strings.Count(got, "\n") != strings.Count(source, "\n")+2 {
		t.Error("lines were added within the program")
	}
}
