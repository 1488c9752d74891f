package cli

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/seccoder/seccoder/eval/pyenv"
	"github.com/seccoder/seccoder/internal/evaltest"
)

// A suite that only what judges can tell the scenarios of is loaded with that, though
// nothing is to be judged; what is missing is named.
func TestSuiteThatNeedsOracles(t *testing.T) {
	evaltest.Sandbox(t)
	path := t.TempDir()
	if program, err := exec.LookPath("bwrap"); err == nil { // a sandbox may need it
		if err := os.Symlink(program, filepath.Join(path, "bwrap")); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("PATH", path)
	a := &app{out: &output{w: &strings.Builder{}}, err: &strings.Builder{}}
	a.settings.cacheDir = t.TempDir()
	loader := suites{app: a, unjudged: true}
	if _, err := loader.load(t.Context(), "cweval:../../eval/cweval/testdata/checkout"); !errors.Is(err, pyenv.ErrNoPython) {
		t.Errorf("CWEval: error %v, expected that there is no Python", err)
	}
	suite, err := loader.load(t.Context(), "own")
	if err != nil || suite.Content == "" || suite.Content != suite.Digest {
		t.Errorf("own: content %q, digest %q, %v; expected one digest, and no need of Python", suite.Content, suite.Digest, err)
	}
}

// What is wrong with a checkout is told before its tests' modules are installed.
func TestCheckoutsAreReadFirst(t *testing.T) {
	o := oracles{benchmarks: func(context.Context) (pyenv.Env, error) {
		t.Error("the modules were asked for")
		return pyenv.Env{}, nil
	}}
	for suite, want := range map[string]string{"codeguard": "name a checkout of CodeGuard+", "cweval": "no tasks in"} {
		if _, err := suiteLoaders[suite].load(t.Context(), t.TempDir(), o); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error %v, expected that it is no checkout", suite, err)
		}
	}
}
