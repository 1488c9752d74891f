package integration

import (
	"os/exec"
	"strings"
	"testing"
)

// TestHarmlessHeaders asks the preprocessor for all macros of the table's headers.
func TestHarmlessHeaders(t *testing.T) {
	compiler, err := exec.LookPath("g++")
	if err != nil {
		t.Skipf("g++ is not installed: %v", err)
	}
	var source strings.Builder
	for header := range harmlessHeaders {
		// Some are for C only, and some for newer compilers.
		if header != "stdatomic.h" && header != "threads.h" && header != "tgmath.h" {
			source.WriteString("#if __has_include(<" + header + ">)\n#include <" + header + ">\n#endif\n")
		}
	}
	cmd := exec.Command(compiler, "-E", "-dM", "-w", "-std=c++20", "-x", "c++", "-")
	cmd.Stdin = strings.NewReader(source.String())
	macros, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(macros)) {
		if strings.Contains(line, "__LINE__") || strings.Contains(line, "__builtin_LINE") {
			t.Errorf("a macro sees line numbers: %s", line)
		}
	}
}
