package cli_test

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/seccoder/seccoder/internal/enginetest"
	"github.com/seccoder/seccoder/model"
)

var update = flag.Bool("update", false, "write what the program prints into the scripts' golden files")

// Scripts in the folder alone need no models.
func TestScripts(t *testing.T) {
	runScripts(t, "alone", filepath.Join(t.TempDir(), "no-models"))
}

// Scripts in the folder small complete with the small model.
func TestScriptsWithModel(t *testing.T) {
	enginetest.Libraries(t)
	enginetest.Embedder(t)
	enginetest.Model(t, enginetest.SmallModel)
	runScripts(t, "small", mustCacheDir(t))
}

// Scripts in the folder infill complete with a model that can fill in the middle, or with the
// default one.
func TestScriptsWithInfillModel(t *testing.T) {
	enginetest.Libraries(t)
	enginetest.Embedder(t)
	enginetest.Model(t, enginetest.InfillModel)
	enginetest.Model(t, model.DefaultGenerator)
	runScripts(t, "infill", mustCacheDir(t))
}

// runScripts runs the scripts of a folder. Each has a home of its own, with a store that
// holds the starter examples already.
func runScripts(t *testing.T, folder, cacheDir string) {
	t.Helper()
	store := mustFillStore(t)
	testscript.Run(t, testscript.Params{
		Dir:           filepath.Join("testdata", "script", folder),
		UpdateScripts: *update,
		Setup: func(env *testscript.Env) error {
			home := filepath.Join(env.WorkDir, ".home")
			cache, err := linkCache(home, cacheDir)
			if err != nil {
				return err
			}
			env.Vars = append(env.Vars, environment(home, cache)...)
			return os.WriteFile(filepath.Join(home, "codebase.db"), store, 0o644)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits":     exits,
			"shape":     shape,
			"valid":     valid,
			"field":     field,
			"mode":      mode,
			"lineends":  lineEnds,
			"copymodel": copyModel,
			"head":      head,
			"flip":      flip,
			"pragma":    pragma,
			"sql":       sqlStatement,
		},
	})
}

// linkCache makes a cache folder that has the models of another one and the oracles'
// Python, and nothing else that the program keeps there.
func linkCache(home, from string) (string, error) {
	cache := filepath.Join(home, "cache")
	if err := os.MkdirAll(cache, 0o755); err != nil {
		return "", err
	}
	for _, folder := range []string{"engine", "models", "eval"} {
		if _, err := os.Stat(filepath.Join(from, folder)); err != nil {
			continue
		}
		if err := os.Symlink(filepath.Join(from, folder), filepath.Join(cache, folder)); err != nil {
			return "", err
		}
	}
	return cache, nil
}

// environment keeps what this machine's user has set up away from the program.
func environment(home, cacheDir string) []string {
	return []string{
		"HOME=" + home,
		"XDG_CONFIG_HOME=" + filepath.Join(home, "config"),
		"XDG_DATA_HOME=" + filepath.Join(home, "data"),
		"SECCODER_STORE=" + filepath.Join(home, "codebase.db"),
		"SECCODER_CACHE_DIR=" + cacheDir,
		"SECCODER_MODEL=" + enginetest.SmallModel,
		"OPENAI_API_KEY=",
		"NO_COLOR=",
		"USER=tester",
		// The race detector sleeps a second at each exit unless it is told not to.
		"GORACE=atexit_sleep_ms=0",
	}
}

// mustFillStore makes a store with the starter examples and returns its file.
func mustFillStore(t *testing.T) []byte {
	t.Helper()
	home := t.TempDir()
	mustRun(t, environment(home, home), "base", "list", "--cwe", "1")
	store, err := os.ReadFile(filepath.Join(home, "codebase.db"))
	if err != nil {
		t.Fatal(err)
	}
	return store
}

func mustCacheDir(t *testing.T) string {
	t.Helper()
	if dir := os.Getenv("SECCODER_CACHE_DIR"); dir != "" {
		return dir
	}
	dir, err := model.DefaultDir()
	if err != nil {
		t.Fatal(err)
	}
	return dir
}
