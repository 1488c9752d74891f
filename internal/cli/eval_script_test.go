package cli_test

import (
	"testing"

	"github.com/seccoder/seccoder/internal/enginetest"
	"github.com/seccoder/seccoder/internal/evaltest"
)

// mustOracles skips a test where programs cannot be judged, and makes the oracles' Python
// once for all scripts.
func mustOracles(t *testing.T) {
	t.Helper()
	required := evaltest.Required(t)
	evaltest.Sandbox(required)
	evaltest.Python(required, mustCacheDir(t), "")
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
