package prove

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/evanw/esbuild/pkg/api"

	"github.com/seccoder/seccoder/lang"
)

// runnable is the language that a harness runs a language's programs in.
func runnable(l lang.Language) lang.Language {
	if l == lang.TypeScript {
		return lang.JavaScript
	}
	return l
}

// toRun turns a program into the language that it is run in: TypeScript into JavaScript
// without its types, its imports into calls of require. name is for errors. Nothing checks the types.
func toRun(l lang.Language, name, source string) (string, error) {
	if l != lang.TypeScript {
		return source, nil
	}
	result := api.Transform(source, api.TransformOptions{
		Loader: api.LoaderTS, Format: api.FormatCommonJS, Platform: api.PlatformNode, Target: api.ES2022, LogLevel: api.LogLevelSilent,
	})
	if len(result.Errors) == 0 {
		return string(result.Code), nil
	}
	wrong := result.Errors[0]
	at := cmp.Or(wrong.Location, &api.Location{})
	return "", fmt.Errorf("%s is no TypeScript: line %d: %s (%s)", name, at.Line, wrong.Text, strings.TrimSpace(at.LineText))
}
