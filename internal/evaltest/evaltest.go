// Package evaltest sets up what tests of evaluations need: the sandbox, a Python
// environment, and the data that is not part of this repository.
//
//	func mustOracles(t *testing.T) sven.Oracles {
//		t.Helper()
//		return sven.Oracles{
//			Sandbox: evaltest.Sandbox(t),
//			Python:  evaltest.Python(t, evaltest.CacheDir(t, "seccoder"), ""),
//		}
//	}
//
//	func TestLoad(t *testing.T) {
//		suite, err := sven.Load(evaltest.SVEN(t), mustOracles(t))
//		…
//	}
//
// A test is skipped where something is not there; what goes wrong otherwise fails it. A
// test that passes [Required] of t instead of t fails where SECCODER_TEST_REQUIRE is 1:
//
//	box := evaltest.Sandbox(evaltest.Required(t))
//
// The file .ci/skipped knows the words of the reasons that may hold on any machine. The
// checkers' tools are found by package checktest, models by package enginetest.
package evaltest

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"

	"github.com/seccoder/seccoder/check/sandbox"
	"github.com/seccoder/seccoder/eval/pyenv"
)

// box is for all tests of a package. It outlives each of them, so it has no test's context.
var box = sync.OnceValues(func() (*sandbox.Sandbox, error) {
	return sandbox.New(context.Background(), sandbox.Options{})
})

// Sandbox is one sandbox for all tests of a package.
func Sandbox(t testing.TB) *sandbox.Sandbox {
	t.Helper()
	b, err := box()
	check(t, err, sandbox.ErrUnavailable)
	return b
}

// environment names a Python environment.
type environment struct{ cacheDir, requirements string }

// environments holds a function for each environment, which makes it once.
var environments sync.Map

// Python is the environment with the packages of requirements in a cache folder, made
// once for all tests of a package. Without requirements it is that of SVEN's scenarios.
func Python(t testing.TB, cacheDir, requirements string) pyenv.Env {
	t.Helper()
	ensure, _ := environments.LoadOrStore(environment{cacheDir, requirements}, sync.OnceValues(func() (pyenv.Env, error) {
		return pyenv.Ensure(context.Background(), cacheDir, pyenv.Options{Requirements: requirements})
	}))
	env, err := ensure.(func() (pyenv.Env, error))()
	check(t, err, pyenv.ErrNoPython)
	return env
}

// SystemPython is the system's own Python, for programs that need no packages.
func SystemPython(t testing.TB) pyenv.Env {
	t.Helper()
	const python = "/usr/bin/python3"
	if _, err := os.Stat(python); err != nil {
		t.Skip("no Python in /usr/bin")
	}
	return pyenv.Env{Python: python, Version: "system"}
}

// Programs skips a test where one of the programs is not in PATH.
func Programs(t testing.TB, names ...string) {
	t.Helper()
	for _, name := range names {
		if _, err := exec.LookPath(name); err != nil {
			t.Skipf("%s is not installed", name)
		}
	}
}

// CacheDir is the folder with the name in the user's cache. Environments and build caches
// stay there from run to run.
func CacheDir(t testing.TB, name string) string {
	t.Helper()
	dir, err := os.UserCacheDir()
	if err != nil {
		t.Fatal(err)
	}
	return filepath.Join(dir, name)
}

// check skips the test for the error that says that something is missing, and ends it for
// any other.
func check(t testing.TB, err, missing error) {
	t.Helper()
	switch {
	case errors.Is(err, missing):
		t.Skip(err)
	case err != nil:
		t.Fatal(err)
	}
}
