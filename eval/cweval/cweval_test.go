package cweval_test

import (
	"errors"
	"os"
	"os/exec"
	"testing"

	"github.com/seccoder/seccoder/check/sandbox"
	"github.com/seccoder/seccoder/eval/cweval"
	"github.com/seccoder/seccoder/eval/pyenv"
)

// mustOptions finds the sandbox and the environment, or skips the test.
func mustOptions(t *testing.T) cweval.Options {
	t.Helper()
	box, err := sandbox.New(t.Context(), sandbox.Options{})
	if errors.Is(err, sandbox.ErrUnavailable) {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		t.Fatal(err)
	}
	if dir := os.Getenv("SECCODER_CACHE"); dir != "" {
		cache = dir
	}
	env, err := pyenv.Ensure(t.Context(), cache, pyenv.Options{Requirements: pyenv.Benchmarks})
	if errors.Is(err, pyenv.ErrNoPython) {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	return cweval.Options{Sandbox: box, Python: env}
}

func mustRead(t *testing.T, file string) string {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func tool_(t *testing.T, names ...string) {
	t.Helper()
	for _, name := range names {
		if _, err := exec.LookPath(name); err != nil {
			t.Skipf("%s is missing", name)
		}
	}
}
