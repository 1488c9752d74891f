//go:build !race

package cli_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestKeyPassword makes a key with a password and signs by it. That costs seconds and 1 GB of
// memory on purpose, and a minute or more with the race detector, under which it
// is left out; make test runs it without.
func TestKeyPassword(t *testing.T) {
	home := t.TempDir()
	key, file := filepath.Join(home, "team.key"), filepath.Join(home, "team.jsonl")
	variables := append(environment(home, home), "SECCODER_KEY_PASSWORD=right")
	for _, args := range [][]string{
		{"base", "key", key},
		{"base", "export", file, "--cwe", "476", "--sign", key},
		{"base", "verify", file, "--key", key + ".pub"},
	} {
		if got := mustRun(t, variables, args...); got.code != 0 {
			t.Fatalf("seccoder %s: exit code %d: %s", strings.Join(args, " "), got.code, got.errOut)
		}
	}
	content, err := os.ReadFile(key)
	if err != nil || !strings.HasPrefix(string(content), "untrusted comment: minisign encrypted secret key\n") {
		t.Errorf("the key's file: %.60q, %v", content, err)
	}
}
