package corpus_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// pythonParser parses the files that its arguments name and prints those that
// are no Python, with the reason.
const pythonParser = `
import ast, sys, warnings
warnings.simplefilter("ignore")
wrong = 0
for path in sys.argv[1:]:
    try:
        with open(path, "rb") as file:
            ast.parse(file.read(), path)
    except (SyntaxError, ValueError) as error:
        print(path, error)
        wrong = 1
sys.exit(wrong)
`

// TestCompile has a real parser accept every example and every twin, all of a
// language in one call.
func TestCompile(t *testing.T) {
	tests := []struct {
		language, ending, tool string
		args                   []string
	}{
		{"python", ".py", "python3", []string{"-c", pythonParser}},
		{"c", ".c", "gcc", []string{"-fsyntax-only", "-Wall", "-Wextra", "-Werror=implicit-function-declaration"}},
		{"cpp", ".cpp", "g++", []string{"-fsyntax-only", "-std=c++17"}},
	}
	for _, test := range tests {
		t.Run(test.language, func(t *testing.T) {
			t.Parallel()
			tool, err := exec.LookPath(test.tool)
			if err != nil {
				t.Skipf("the check needs %s: %v", test.tool, err)
			}
			folder := t.TempDir()
			args := test.args
			for _, e := range mustEntries(t) {
				if e.Language != test.language {
					continue
				}
				// Short names, so that the command line stays short.
				name := strings.ReplaceAll(strings.TrimPrefix(e.Path, e.Language+"/"), "/", "_")
				for suffix, code := range map[string]string{"": e.Code, "-insecure": e.Insecure} {
					file := name + suffix + test.ending
					if err := os.WriteFile(filepath.Join(folder, file), []byte(code), 0o600); err != nil {
						t.Fatal(err)
					}
					args = append(args, file)
				}
			}
			cmd := exec.CommandContext(t.Context(), tool, args...)
			cmd.Dir = folder
			var out bytes.Buffer
			cmd.Stdout, cmd.Stderr = &out, &out
			if err := cmd.Run(); err != nil {
				t.Errorf("%s: %v\n%s", test.tool, err, out.String())
			}
		})
	}
}
