package sven_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/seccoder/seccoder/check/sandbox"
	"github.com/seccoder/seccoder/eval/pyenv"
	"github.com/seccoder/seccoder/eval/sven"
	"github.com/seccoder/seccoder/internal/evaltest"
)

// A judgement is kept under a digest that another Python, or another compiler, changes.
func TestDigestKnowsTheTools(t *testing.T) {
	dir := t.TempDir()
	scenario := filepath.Join(dir, "cwe-022", "0-py")
	if err := os.MkdirAll(scenario, 0o755); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"info.json":       `{"language": "py", "cwe": "CWE-22", "description": "show a file"}`,
		"file_context.py": "import os\n", "func_context.py": "def show(name):\n",
	} {
		if err := os.WriteFile(filepath.Join(scenario, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	evaltest.DigestKnowsTheTools(t, func(box *sandbox.Sandbox, env pyenv.Env) string {
		suite, err := sven.Load(dir, sven.Oracles{Sandbox: box, Python: env})
		if err != nil {
			t.Fatal(err)
		}
		return suite.Digest
	})
}
