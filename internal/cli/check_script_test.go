package cli_test

import (
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/seccoder/seccoder/check/checktest"
)

// Scripts in the folder check run the real checkers.
func TestScriptsWithCheckers(t *testing.T) {
	checktest.Tool(t, "gcc", "clang", "cppcheck", "bandit", "gosec", "semgrep", "go", "git")
	// gosec has the standard library compiled; a cache of its own would take minutes.
	caches, err := exec.Command("go", "env", "GOCACHE", "GOMODCACHE").Output()
	if err != nil {
		t.Fatal(err)
	}
	cache, modules, _ := strings.Cut(strings.TrimSpace(string(caches)), "\n")
	testscript.Run(t, testscript.Params{
		Dir:           filepath.Join("testdata", "script", "check"),
		UpdateScripts: *update,
		Setup: func(env *testscript.Env) error {
			home := filepath.Join(env.WorkDir, ".home")
			env.Vars = append(env.Vars, environment(home, filepath.Join(home, "cache"))...)
			env.Vars = append(env.Vars, "GOCACHE="+cache, "GOMODCACHE="+strings.TrimSpace(modules), "GIT_CONFIG_NOSYSTEM=1")
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"exits": exits, "shape": shape},
	})
}
