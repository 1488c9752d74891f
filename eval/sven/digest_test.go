package sven_test

import (
	"os"
	"path/filepath"
	"testing"

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
	digest := func(o sven.Oracles) string {
		t.Helper()
		suite, err := sven.Load(dir, o)
		if err != nil {
			t.Fatal(err)
		}
		return suite.Digest
	}
	listed := digest(sven.Oracles{})
	for name, env := range map[string]pyenv.Env{"interpreter": {Version: "3.13.1"}, "packages": {Packages: "other"}} {
		if other := digest(sven.Oracles{Python: env}); other == listed {
			t.Errorf("with another Python (%s) the digest is the same", name)
		}
	}
	box := evaltest.Sandbox(t)
	judged := digest(sven.Oracles{Sandbox: box})
	if judged == listed || judged != digest(sven.Oracles{Sandbox: box}) {
		t.Errorf("with a sandbox the digest is %s, without %s, expected another that stays the same", judged, listed)
	}
}
