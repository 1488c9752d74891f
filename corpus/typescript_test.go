package corpus_test

import (
	"testing"

	"github.com/evanw/esbuild/pkg/api"
)

// TestCompileTypeScript has a real parser accept the TypeScript. (It does not check
// types: the compiler that does would have to be downloaded.)
func TestCompileTypeScript(t *testing.T) {
	for name, code := range codeOf(t, "typescript") {
		result := api.Transform(code, api.TransformOptions{Loader: api.LoaderTS, Sourcefile: name, LogLevel: api.LogLevelSilent})
		for _, m := range append(result.Errors, result.Warnings...) {
			t.Errorf("%s:%d: %s", m.Location.File, m.Location.Line, m.Text)
		}
	}
}
