package main

import (
	"archive/zip"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/lang"
)

// mustWheel writes a package of the files.
func mustWheel(t *testing.T, path string, files map[string]string) {
	t.Helper()
	out, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	archive := zip.NewWriter(out)
	for name, content := range files {
		w, err := archive.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(content)); err != nil {
			t.Fatal(err)
		}
	}
	if err := archive.Close(); err != nil {
		t.Fatal(err)
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
}

// Every second function has the head of its file before it; short ones, functions in others and
// tests are no samples, and no package has more than its share.
func TestOrdinary(t *testing.T) {
	var source strings.Builder
	source.WriteString("import math\n\nLIMIT = 3\n\n\n")
	for i := range functionsEach + 5 {
		fmt.Fprintf(&source, "def long_%d(values):\n    def short(value):\n        return value\n", i)
		source.WriteString(strings.Repeat("    values = sorted(values)\n", 6) + "    return last\n\n")
	}
	source.WriteString("def short(value):\n    return value\n")
	folder := t.TempDir()
	mustWheel(t, filepath.Join(folder, "few-1.0-py3-none-any.whl"), map[string]string{
		"few/sums.py":       source.String(),
		"few/tests/sums.py": strings.ReplaceAll(source.String(), "long", "tested"),
		"few/data.txt":      "def long(): pass",
	})
	samples, err := ordinary(folder)
	if err != nil {
		t.Fatal(err)
	}
	if len(samples) != functionsEach {
		t.Errorf("%d samples, want %d", len(samples), functionsEach)
	}
	for i, s := range samples {
		at := strings.Index(s.Code, "def long_")
		if s.Near || !s.Unfinished || s.Language != lang.Python || s.Group != "few" || at < 0 || strings.Contains(s.Code, "return last") {
			t.Fatalf("sample %d is %+v", i, s)
		}
		if head := s.Code[:at]; (head != "") != (i%2 == 1) || head != "" && !strings.HasPrefix(head, "import math") {
			t.Errorf("sample %d has the head %q", i, head)
		}
	}
}

func TestOrdinaryFails(t *testing.T) {
	folder := t.TempDir()
	if _, err := ordinary(folder); err == nil || !strings.Contains(err.Error(), "no wheels in") {
		t.Errorf("got %v for an empty folder", err)
	}
	path := filepath.Join(folder, "broken-1.0-py3-none-any.whl")
	if err := os.WriteFile(path, []byte("PK no archive"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := ordinary(folder); err == nil || !strings.Contains(err.Error(), path) {
		t.Errorf("got %v for a broken package", err)
	}
}

func TestHeadOf(t *testing.T) {
	for source, want := range map[string]string{
		"import os\n\n@cached\ndef f():\n    pass\n":       "import os\n\n",
		"def f():\n    pass\n":                             "",
		strings.Repeat("a", longestHead) + "b\nclass C:\n": strings.Repeat("a", longestHead-1) + "b\n",
		"x = 1\n": "x = 1\n",
		"if True:\n    def f():\n        pass\nasync def g():\n    pass\n": "if True:\n    def f():\n        pass\n",
	} {
		if got := headOf(source); got != want[max(0, len(want)-longestHead):] {
			t.Errorf("the head of %.40q is %.40q, want %.40q", source, got, want)
		}
	}
}

// Of an example near a weakness, the fixed code is whole and its twin is cut; what is of one
// repository is one group.
func TestNearSamples(t *testing.T) {
	samples := nearSamples([]codebase.Example{
		{ID: "a", Language: lang.Python, Code: "one()\n", Insecure: "two()\nthree()\n\n", CWEs: []codebase.CWE{89}},
		{ID: "b", Language: lang.C, Code: "one();\n", Insecure: "two();\n", CWEs: []codebase.CWE{416}},
		{ID: "c", Language: lang.Python, Code: "four()\n", CWEs: []codebase.CWE{22}, Source: codebase.Source{Repository: "host/x/commit/1"}},
	})
	var got []string
	for _, s := range samples {
		got = append(got, fmt.Sprintf("%s %q %v %v", s.Group, s.Code, s.Near, s.Unfinished))
	}
	want := []string{`a "one()\n" true false`, `a "two()\nthree()\n" true true`, `host/x "four()\n" true false`}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}
