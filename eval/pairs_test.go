package eval_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/seccoder/seccoder/eval"
	"github.com/seccoder/seccoder/internal/evaltest"
	"github.com/seccoder/seccoder/lang"
)

func TestReadPairs(t *testing.T) {
	all, err := eval.ReadPairs("testdata/pairs", "train", -1)
	if err != nil {
		t.Fatal(err)
	}
	if len(all) != 3 {
		t.Fatalf("%d examples, want 3: one of the four pairs repeats a fixed function", len(all))
	}
	short, err := eval.ReadPairs("testdata/pairs", "train", 100)
	if err != nil || len(short) != 2 {
		t.Fatalf("%d examples of at most 100 characters (%v), want 2", len(short), err)
	}
	for _, e := range short {
		if e.Language == lang.C && (e.CWEs[0] != 125 || e.Title != "get" || e.Source.Path != "src/get.c" || e.Insecure == "") {
			t.Errorf("example %+v", e)
		}
	}
}

func TestReadPairsErrors(t *testing.T) {
	dir := t.TempDir()
	if _, err := eval.ReadPairs(dir, "train", 0); err == nil || !strings.Contains(err.Error(), "no pairs in "+dir) {
		t.Errorf("an empty folder: %v", err)
	}
	file := filepath.Join(dir, "train", "cwe-089.jsonl")
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	lines := "{\"func_name\": \n\n" + `{"func_name": "f", "func_src_after": "f()", "file_name": "f.cobol"}` + "\n"
	if err := os.WriteFile(file, []byte(lines), 0o644); err != nil {
		t.Fatal(err)
	}
	_, err := eval.ReadPairs(dir, "train", 0)
	for _, want := range []string{file + ":1: ", file + `:3: no known language has files like "f.cobol"`} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want one with %q", err, want)
		}
	}
}

// With the paper's filter the numbers of pairs are the paper's, one of which is there twice.
func TestPaperFilter(t *testing.T) {
	dir := evaltest.SVEN(t)
	if _, err := os.Stat(filepath.Join(dir, "train")); err != nil {
		t.Skipf("no scenarios in SECCODER_SVEN=%q", dir)
	}
	for split, want := range map[string]int{"train": 595, "val": 63} {
		if got, err := eval.ReadPairs(dir, split, eval.PaperMaxChars); err != nil || len(got) != want {
			t.Errorf("%s: %d examples (%v), want %d", split, len(got), err, want)
		}
	}
}
