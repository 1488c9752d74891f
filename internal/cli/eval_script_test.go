package cli_test

import (
	"errors"
	"os"
	"testing"

	"github.com/seccoder/seccoder/check/sandbox"
	"github.com/seccoder/seccoder/eval/pyenv"
	"github.com/seccoder/seccoder/internal/enginetest"
)

// mustOracles skips a test where programs cannot be judged, and makes the oracles' Python
// once for all scripts.
func mustOracles(t *testing.T) {
	t.Helper()
	_, err := sandbox.New(t.Context(), sandbox.Options{})
	if err == nil {
		_, err = pyenv.Ensure(t.Context(), mustCacheDir(t), pyenv.Options{})
	}
	missing := errors.Is(err, sandbox.ErrUnavailable) || errors.Is(err, pyenv.ErrNoPython)
	if missing && os.Getenv("SECCODER_TEST_REQUIRE") != "1" {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// Scripts in the folder judge need the sandbox, but no model.
func TestJudgeScripts(t *testing.T) {
	mustOracles(t)
	runScripts(t, "judge", mustCacheDir(t))
}

// Scripts in the folder eval complete with the small model and judge what it wrote.
func TestEvalScripts(t *testing.T) {
	mustOracles(t)
	enginetest.Libraries(t)
	enginetest.Embedder(t)
	enginetest.Model(t, enginetest.SmallModel)
	runScripts(t, "eval", mustCacheDir(t))
}
