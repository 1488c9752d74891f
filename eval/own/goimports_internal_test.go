package own

import "testing"

func TestGoImports(t *testing.T) {
	tests := []struct{ name, source, want string }{
		{
			"adds what is missing on the line of the package",
			"package p\n\nfunc f() error { return errors.New(strings.Repeat(\"x\", 3)) }\n",
			"package p; import \"errors\"; import \"strings\"\n\nfunc f() error { return errors.New(strings.Repeat(\"x\", 3)) }\n",
		},
		{
			"keeps what is not used, without a name",
			"package p\n\nimport (\n\t\"fmt\"\n\tx \"os\"\n)\n\nfunc f() {}\n",
			"package p\n\nimport (\n\t_ \"fmt\"\n\t_ \"os\"\n)\n\nfunc f() {}\n",
		},
		{
			"leaves what is right",
			"package p\n\nimport (\n\t\"fmt\"\n\t\"math/rand/v2\"\n)\n\nfunc f() { fmt.Println(rand.IntN(3)) }\n",
			"package p\n\nimport (\n\t\"fmt\"\n\t\"math/rand/v2\"\n)\n\nfunc f() { fmt.Println(rand.IntN(3)) }\n",
		},
		{
			"knows variables, parameters, receivers and results",
			"package p\n\ntype T struct{ n int }\n\nfunc (strings T) f(bytes T) (errors T) {\n\tlog := T{}\n\treturn T{strings.n + bytes.n + errors.n + log.n}\n}\n",
			"package p\n\ntype T struct{ n int }\n\nfunc (strings T) f(bytes T) (errors T) {\n\tlog := T{}\n\treturn T{strings.n + bytes.n + errors.n + log.n}\n}\n",
		},
		{
			"an imported package whose name a variable has too",
			"package p\n\nimport \"net/url\"\n\nfunc f(s string) string {\n\turl, _ := url.Parse(s)\n\treturn url.Host\n}\n",
			"package p\n\nimport \"net/url\"\n\nfunc f(s string) string {\n\turl, _ := url.Parse(s)\n\treturn url.Host\n}\n",
		},
		{
			"takes the secure random numbers where they fit",
			"package p\n\nfunc f(b []byte) { rand.Read(b) }\n",
			"package p; import \"crypto/rand\"\n\nfunc f(b []byte) { rand.Read(b) }\n",
		},
		{
			"takes the others where those fit",
			"package p\n\nfunc f() int { return rand.Intn(6) }\n",
			"package p; import \"math/rand\"\n\nfunc f() int { return rand.Intn(6) }\n",
		},
		{"leaves unknown names", "package p\n\nfunc f() { nothing.Known() }\n", "package p\n\nfunc f() { nothing.Known() }\n"},
		{"leaves what does not parse", "package p\n\nfunc f( {\n", "package p\n\nfunc f( {\n"},
		{"leaves nothing", "", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := goImports(test.source); got != test.want {
				t.Errorf("got:\n%s\nwant:\n%s", got, test.want)
			}
		})
	}
}
