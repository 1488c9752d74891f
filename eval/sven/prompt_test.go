package sven

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/seccoder/seccoder/internal/evaltest"
)

// mustPrompt reads a scenario's prompt, which is not part of this repository.
func mustPrompt(t *testing.T, scenario string) string {
	t.Helper()
	dir := evaltest.SVEN(t)
	root, _, err := find(dir)
	if err != nil {
		t.Skipf("no scenarios in %s: %v", dir, err)
	}
	// A scenario's name ends as its files do: cwe-125/0-c.
	ending := "." + scenario[strings.LastIndexByte(scenario, '-')+1:]
	var prompt strings.Builder
	for _, name := range []string{"file_context", "func_context"} {
		part, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(scenario), name+ending))
		if err != nil {
			t.Fatal(err)
		}
		prompt.Write(part)
	}
	return prompt.String()
}
