package corpus_test

import (
	"bytes"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/seccoder/seccoder/internal/evaltest"
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

// nodeParser does the same for scripts as Node.js reads them.
const nodeParser = `
const fs = require("fs");
const vm = require("vm");
for (const file of process.argv.slice(1)) {
  try {
    vm.compileFunction(fs.readFileSync(file, "utf8"), ["exports", "require", "module", "__filename", "__dirname"]);
  } catch (error) {
    console.log(file, error.message);
    process.exitCode = 1;
  }
}
`

// TestCompile has a real parser accept every example and every twin, all of a
// language in one call. (Go's is below, and TypeScript's too.)
func TestCompile(t *testing.T) {
	tests := []struct {
		language, ending, tool string
		args                   []string
	}{
		{"python", ".py", "python3", []string{"-c", pythonParser}},
		{"c", ".c", "gcc", []string{"-fsyntax-only", "-Wall", "-Wextra", "-Werror=implicit-function-declaration"}},
		{"cpp", ".cpp", "g++", []string{"-fsyntax-only", "-std=c++17"}},
		{"javascript", ".js", "node", []string{"-e", nodeParser}},
		// The stand-ins are classes that no JDK has.
		{"java", ".java", "java", []string{
			"-XX:TieredStopAtLevel=1", absolute(t, "testdata/Compile.java"), absolute(t, "../eval/prove/standins/java/harness"),
		}},
	}
	for _, test := range tests {
		t.Run(test.language, func(t *testing.T) {
			t.Parallel()
			tool, err := exec.LookPath(test.tool)
			if err != nil {
				evaltest.Required(t).Skipf("the check needs %s: %v", test.tool, err)
			}
			folder, args := t.TempDir(), test.args
			code := codeOf(t, test.language)
			for _, name := range slices.Sorted(maps.Keys(code)) {
				file := name + test.ending
				if err := os.WriteFile(filepath.Join(folder, file), []byte(code[name]), 0o600); err != nil {
					t.Fatal(err)
				}
				args = append(args, file)
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

// codeOf gives the examples and the twins of a language by short names, so that command
// lines stay short: "cwe-089_user-by-name", "cwe-089_user-by-name-insecure".
func codeOf(t *testing.T, language string) map[string]string {
	t.Helper()
	code := map[string]string{}
	for _, e := range mustEntries(t) {
		if e.Language == language {
			name := strings.ReplaceAll(strings.TrimPrefix(e.Path, e.Language+"/"), "/", "_")
			code[name], code[name+"-insecure"] = e.Code, e.Insecure
		}
	}
	return code
}

func absolute(t *testing.T, path string) string {
	t.Helper()
	path, err := filepath.Abs(path)
	if err != nil {
		t.Fatal(err)
	}
	return path
}
