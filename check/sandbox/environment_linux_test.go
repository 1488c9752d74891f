//go:build amd64 || arm64

package sandbox_test

import (
	"strings"
	"testing"

	"github.com/seccoder/seccoder/check/sandbox"
)

func TestTheCallersEnvironmentReplacesTheBase(t *testing.T) {
	eachBackend(t, func(t *testing.T, box *sandbox.Sandbox) {
		r := mustRun(t, box, sandbox.Command{Args: []string{"/usr/bin/env"}, Env: []string{"PATH=/usr/bin", "COLOUR=blue=1", "PATH=/bin"}})
		var paths []string
		for line := range strings.Lines(string(r.Stdout)) {
			if strings.HasPrefix(line, "PATH=") {
				paths = append(paths, strings.TrimSpace(line))
			}
		}
		if len(paths) != 1 || paths[0] != "PATH=/bin" {
			t.Errorf("the program has %q, expected PATH=/bin alone", paths)
		}
		if out := string(r.Stdout); !strings.Contains(out, "COLOUR=blue=1\n") || !strings.Contains(out, "HOME=") {
			t.Errorf("the program has the environment\n%s", out)
		}
	})
}
