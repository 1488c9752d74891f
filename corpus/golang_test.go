package corpus_test

import (
	"errors"
	"fmt"
	"go/ast"
	"go/format"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/seccoder/seccoder/internal/evaltest"
)

// TestCompileGo checks the types of every Go example and twin, as the compiler does. What
// they import, which is the standard library, comes compiled from one call of the go
// command. They must be formatted, too.
func TestCompileGo(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("go"); err != nil {
		evaltest.Required(t).Skipf("the check needs go: %v", err)
	}
	fset := token.NewFileSet()
	files := map[string]*ast.File{}
	var imports []string
	for name, code := range codeOf(t, "go") {
		file, err := parser.ParseFile(fset, name, code, parser.SkipObjectResolution)
		if err != nil {
			t.Error(err)
			continue
		}
		if formatted, err := format.Source([]byte(code)); err != nil || string(formatted) != code {
			t.Errorf("%s is not as gofmt writes it (%v)", name, err)
		}
		files[name] = file
		for _, spec := range file.Imports {
			imports = append(imports, strings.Trim(spec.Path.Value, `"`))
		}
	}
	slices.Sort(imports)
	config := types.Config{Importer: compiled(t, fset, slices.Compact(imports))}
	for name, file := range files {
		if _, err := config.Check(file.Name.Name, fset, []*ast.File{file}, nil); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// compiled imports packages from what the go command has compiled of them.
func compiled(t *testing.T, fset *token.FileSet, imports []string) types.Importer {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "go", append([]string{"list", "-export", "-deps", "-f", "{{.ImportPath}} {{.Export}}"}, imports...)...)
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0", "GOFLAGS=")
	out, err := cmd.Output()
	if err != nil {
		var exit *exec.ExitError
		if errors.As(err, &exit) {
			err = fmt.Errorf("%w: %s", err, exit.Stderr)
		}
		t.Fatalf("find the compiled standard library: %v", err)
	}
	paths := map[string]string{}
	for line := range strings.Lines(string(out)) {
		path, file, _ := strings.Cut(strings.TrimSpace(line), " ")
		paths[path] = file
	}
	return importer.ForCompiler(fset, "gc", func(path string) (io.ReadCloser, error) {
		return os.Open(paths[path])
	})
}
