package cli_test

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"strings"
	"testing"
)

// A run is what the program did.
type run struct {
	code        int
	out, errOut string
}

// mustRun runs the program, with variables added to this process's environment.
func mustRun(t *testing.T, variables []string, args ...string) run {
	t.Helper()
	cmd := exec.Command("seccoder", args...)
	cmd.Env = append(os.Environ(), variables...)
	var out, errOut bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errOut
	err := cmd.Run()
	if _, exited := errors.AsType[*exec.ExitError](err); err != nil && !exited {
		t.Fatalf("run seccoder %s: %v", strings.Join(args, " "), err)
	}
	return run{cmd.ProcessState.ExitCode(), out.String(), errOut.String()}
}
