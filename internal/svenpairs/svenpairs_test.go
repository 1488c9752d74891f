package svenpairs_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/seccoder/seccoder/internal/svenpairs"
)

func TestRead(t *testing.T) {
	for _, layout := range []string{"data_train_val/val", "val"} {
		dir := t.TempDir()
		if _, err := svenpairs.Read(dir, "val"); !errors.Is(err, svenpairs.ErrNone) {
			t.Errorf("an empty folder: %v", err)
		}
		folder := filepath.Join(dir, filepath.FromSlash(layout))
		if err := os.MkdirAll(folder, 0o755); err != nil {
			t.Fatal(err)
		}
		for name, text := range map[string]string{
			"cwe-125.jsonl": `{"func_name": "get", "func_src_before": "a", "func_src_after": "b", "file_name": "a.c", "commit_link": "c"}` + "\n",
			"cwe-089.jsonl": "\n{\"func_name\": \"find\"}\n{\"func_name\": \n{\"func_name\": \"last\"}\n",
		} {
			if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		pairs, err := svenpairs.Read(dir, "val")
		if err == nil || strings.Count(err.Error(), "\n") != 0 || !strings.Contains(err.Error(), "cwe-089.jsonl:3: ") {
			t.Errorf("%s: error %v, want one with the place of the broken line", layout, err)
		}
		// In the order of files and lines, the broken one left out.
		var names []string
		for _, p := range pairs {
			names = append(names, p.CWE.String()+" "+p.Name)
		}
		if got := strings.Join(names, ", "); got != "CWE-089 find, CWE-089 last, CWE-125 get" {
			t.Errorf("%s: %s", layout, got)
		}
		last := pairs[len(pairs)-1]
		if want := (svenpairs.Pair{CWE: 125, Where: filepath.Join(folder, "cwe-125.jsonl") + ":1", Name: "get", Before: "a", After: "b", File: "a.c", Commit: "c"}); last != want {
			t.Errorf("%s: %+v", layout, last)
		}
	}
}
