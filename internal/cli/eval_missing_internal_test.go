package cli

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/seccoder/seccoder/eval/sven"
)

// mustMakeSVEN makes a folder of SVEN's form that has the scenarios.
func mustMakeSVEN(t *testing.T, ids []string) string {
	t.Helper()
	dir := t.TempDir()
	for _, id := range ids {
		folder := filepath.Join(dir, "scenarios", filepath.FromSlash(id))
		if err := os.MkdirAll(folder, 0o755); err != nil {
			t.Fatal(err)
		}
		cwe, rest, _ := strings.Cut(id, "/")
		_, language, _ := strings.Cut(rest, "-")
		for name, text := range map[string]string{
			"info.json":                fmt.Sprintf(`{"language": %q, "cwe": %q, "description": "a task"}`, language, cwe),
			"file_context." + language: "\n",
			"func_context." + language: "\n",
		} {
			if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	return dir
}

// A suite that has not all of its scenarios is loaded, and says so.
func TestMissingScenarios(t *testing.T) {
	without := func(begin string) func(string) bool {
		return func(id string) bool { return strings.HasPrefix(id, begin) }
	}
	tests := map[string]struct {
		drop func(string) bool
		want string
	}{
		"whole":      {without("none"), ""},
		"a hole":     {without("cwe-089/2-py"), " lacks 1 of its 24 scenarios, so its means are not those of the whole suite: cwe-089/2-py\n"},
		"a folder":   {without("cwe-125"), ": cwe-125/0-c, cwe-125/1-c, cwe-125/2-c\n"},
		"most of it": {func(id string) bool { return id != "cwe-022/0-py" }, " lacks 23 of its 24 scenarios, "},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			dir := mustMakeSVEN(t, slices.DeleteFunc(sven.IDs(), test.drop))
			said := &strings.Builder{}
			a := &app{out: &output{w: &strings.Builder{}}, err: said}
			loader := suites{app: a, unjudged: true}
			suite, err := loader.load(t.Context(), "sven:"+dir)
			if err != nil || len(suite.Scenarios) == 0 {
				t.Fatalf("%d scenarios, error %v", len(suite.Scenarios), err)
			}
			if test.want == "" && said.String() != "" || !strings.Contains(said.String(), test.want) {
				t.Errorf("warned %q, want %q", said, test.want)
			}
			if test.want != "" && !strings.HasPrefix(said.String(), "warning: suite sven:"+dir+" lacks ") {
				t.Errorf("warned %q", said)
			}
		})
	}
}
