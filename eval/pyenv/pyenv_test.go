package pyenv_test

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/seccoder/seccoder/eval/pyenv"
)

func TestEnsureMakesAnEnvironmentOnce(t *testing.T) {
	cache := t.TempDir()
	var mu sync.Mutex
	installs := 0
	ensure := func() pyenv.Env {
		env, err := pyenv.Ensure(t.Context(), cache, pyenv.Options{OnInstall: func() {
			mu.Lock()
			installs++
			mu.Unlock()
		}})
		if errors.Is(err, pyenv.ErrNoPython) {
			t.Skip(err)
		}
		if err != nil {
			t.Error(err)
		}
		return env
	}
	var group sync.WaitGroup
	for range 2 {
		group.Go(func() { ensure() })
	}
	group.Wait()
	env := ensure()
	if installs != 1 {
		t.Errorf("installed %d times, expected once", installs)
	}
	out, err := exec.Command(env.Python, "-c",
		"import flask, yaml, sys; from flask import safe_join; print(flask.__version__, sys.version.split()[0])").CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	if got, want := strings.TrimSpace(string(out)), "2.0.3 "+env.Version; got != want {
		t.Errorf("got %q, expected %q", got, want)
	}
	if len(env.ReadOnly) == 0 {
		t.Error("an environment in a private folder needs that folder to be visible")
	}
}

func TestEnsureStartsAnewAfterABrokenInstall(t *testing.T) {
	cache := t.TempDir()
	ctx, cancel := context.WithCancel(t.Context())
	const none = "# none\n" // what is installed does not matter, and the registry need not answer
	_, err := pyenv.Ensure(ctx, cache, pyenv.Options{Requirements: none, OnInstall: cancel})
	if errors.Is(err, pyenv.ErrNoPython) {
		t.Skip(err)
	}
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("got error %v, expected that of the context", err)
	}
	if _, err := pyenv.Ensure(t.Context(), cache, pyenv.Options{Requirements: none}); err != nil {
		t.Fatal(err)
	}
}

func TestOtherRequirementsAreAnotherEnvironment(t *testing.T) {
	cache := t.TempDir()
	env, err := pyenv.Ensure(t.Context(), cache, pyenv.Options{Requirements: "# none\n"})
	if errors.Is(err, pyenv.ErrNoPython) {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command(env.Python, "-c", "import flask").CombinedOutput(); err == nil {
		t.Errorf("Flask is there: %s", out)
	}
	ctx, cancel := context.WithCancel(t.Context())
	if _, err := pyenv.Ensure(ctx, cache, pyenv.Options{OnInstall: cancel}); !errors.Is(err, context.Canceled) {
		t.Errorf("the environment of other requirements was taken: %v", err)
	}
}

// TestRequirementsArePinned holds every package to one version and to hashes.
func TestRequirementsArePinned(t *testing.T) {
	pinned := 0
	for entry := range strings.SplitSeq(strings.ReplaceAll(pyenv.Benchmarks, "\\\n", " "), "\n") {
		if entry == "" || strings.HasPrefix(entry, "#") {
			continue
		}
		pinned++
		if !strings.Contains(entry, "==") || !strings.Contains(entry, "--hash=sha256:") {
			t.Errorf("not pinned: %.60s", entry)
		}
	}
	if pinned < 30 {
		t.Errorf("%d packages only", pinned)
	}
}

func TestEnsureErrors(t *testing.T) {
	old := filepath.Join(t.TempDir(), "python3")
	script := "#!/bin/sh\necho 'Python 2.7.18 is too old, 3.8 is needed' >&2\nexit 1\n"
	if err := os.WriteFile(old, []byte(script), 0o755); err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct{ base, want string }{
		"missing": {filepath.Join(t.TempDir(), "nothing"), "no such file"},
		"old":     {old, "2.7.18 is too old"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := pyenv.Ensure(t.Context(), t.TempDir(), pyenv.Options{Base: test.base})
			if !errors.Is(err, pyenv.ErrNoPython) || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got error %v, expected ErrNoPython with %q", err, test.want)
			}
		})
	}
}
