package integration_test

import (
	"strings"
	"testing"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/integration"
	"github.com/seccoder/seccoder/lang"
)

func TestRewritten(t *testing.T) {
	tests := map[string]struct {
		language lang.Language
		code     string
		want     bool
	}{
		"plain Python":              {lang.Python, "x = 1\n", false},
		"a docstring":               {lang.Python, "def f():\n    \"\"\"Says.\"\"\"\n", false},
		"both kinds of docstrings":  {lang.Python, "a = '''x'''\nb = \"\"\"y\"\"\"\n", true},
		"plain C":                   {lang.C, "int f(void) { return 1; } /* it's */\n", false},
		"balanced conditionals":     {lang.C, "#ifdef A\nint a;\n#endif\n", false},
		"an #endif too many":        {lang.C, "#endif\nint a;\n", true},
		"an unclosed comment":       {lang.CPP, "int a; /* so\n", true},
		"a backslash at the end":    {lang.C, "int a; \\\n", true},
		"a Java comment":            {lang.Java, "/** Says. */\nclass A {}\n", false},
		"the end of a comment, Go":  {lang.Go, "var pattern = \"/**/*.go\"\n", true},
		"Java's escaped comment":    {lang.Java, "// \\u002a\\u002f int a;\n", true},
		"JavaScript's stray ending": {lang.JavaScript, "let a = 1; // */ let b\n", true},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if what := integration.Rewritten(test.language, test.code); (what != "") != test.want {
				t.Errorf("Rewritten = %q", what)
			}
		})
	}
}

// TestRewrittenAgreesWithDemonstration holds that what needs no rewriting is shown byte
// for byte.
func TestRewrittenAgreesWithDemonstration(t *testing.T) {
	examples, err := codebase.Starter()
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range examples {
		if integration.Rewritten(e.Language, e.Code) != "" {
			continue
		}
		shown := integration.Demonstration(e.Language, "", []codebase.Example{e})
		if !strings.Contains(shown, strings.TrimSpace(e.Code)) {
			t.Errorf("%s is not shown as it is", e.Source.Path)
		}
	}
}
