package sven_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/seccoder/seccoder/eval"
	"github.com/seccoder/seccoder/eval/sven"
	"github.com/seccoder/seccoder/internal/evaltest"
)

// All scenarios of SVEN's authors have an oracle here, and none that they do not have.
func TestIDs(t *testing.T) {
	suite, err := sven.Load(evaltest.SVEN(t), sven.Oracles{})
	if err != nil {
		t.Fatal(err)
	}
	var loaded []string
	for _, s := range suite.Scenarios {
		loaded = append(loaded, s.ID)
	}
	if ids := sven.IDs(); len(ids) != 24 || strings.Join(ids, " ") != strings.Join(loaded, " ") {
		t.Errorf("known are %d: %v; loaded were %v", len(ids), ids, loaded)
	}
}

// A folder's mistakes are told all at once, each with its place, as mistakes of the input.
func TestLoadErrors(t *testing.T) {
	if _, err := sven.Load(t.TempDir(), sven.Oracles{}); err == nil || !strings.Contains(err.Error(), "no scenarios in") {
		t.Errorf("an empty folder: %v", err)
	}
	dir := t.TempDir()
	for name, text := range map[string]string{
		"cwe-022/0-py/info.json":       "{\n  \"language\": \"py\",\n  \"cwe\": \"CWE-22\",\n}\n",
		"cwe-022/1-py/info.json":       "{\n  \"language\": \"rs\",\n  \"cwe\": \"none\"\n}\n",
		"cwe-078/0-py/info.json":       "{\n  \"cwe\": 78\n}\n",
		"cwe-022/2-py/info.json":       "{\"language\": \"py\", \"cwe\": \"cwe-022\"}",
		"cwe-022/2-py/file_context.py": "import os\n",
		"cwe-999/0-c/info.json":        "{\"language\": \"c\", \"cwe\": \"cwe-999\"}",
		"cwe-999/0-c/file_context.c":   "",
		"cwe-999/0-c/func_context.c":   "",
	} {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	_, err := sven.Load(dir, sven.Oracles{})
	if _, ok := errors.AsType[*eval.BadSuiteError](err); !ok {
		t.Fatalf("error %v is of type %T", err, err)
	}
	for _, want := range []string{
		"cwe-022/0-py/info.json:4: invalid character", "cwe-022/1-py/info.json:2: language \"rs\" has no oracles", "cwe-022/1-py/info.json:3: ",
		"cwe-022/2-py/func_context.py: ", "cwe-078/0-py/info.json:2: cwe: expected a string, found number", "cwe-999/0-c: scenario cwe-999/0-c has no oracle here",
	} {
		if !strings.Contains(filepath.ToSlash(err.Error()), want) {
			t.Errorf("no %q in:\n%v", want, err)
		}
	}
}
