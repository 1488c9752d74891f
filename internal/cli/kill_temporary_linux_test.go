package cli_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// What a killed check has in the temporary folder, its tools' files among it, the next run of
// the program removes.
func TestKilledLeavesNothing(t *testing.T) {
	temporary, home := t.TempDir(), t.TempDir()
	variables := append(environment(home, filepath.Join(home, "cache")), "TMPDIR="+temporary)
	source := mustWrite(t, "app.py", "print(1)\n")
	begun := filepath.Join(home, "begun")
	tool := fmt.Sprintf("sh -c 'mktemp -d >/dev/null; echo >%s; while [ -e %s ]; do sleep 0.1; done'", begun, begun)
	cmd := exec.Command("seccoder", "check", source, "--checker", "none", "--sarif-command", tool)
	cmd.Env = append(os.Environ(), variables...)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	for end := time.Now().Add(time.Minute); ; time.Sleep(5 * time.Millisecond) {
		if _, err := os.Stat(begun); err == nil {
			break
		}
		if time.Now().After(end) {
			t.Fatal("the check's tool does not begin")
		}
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait()
	if left := mustGlob(t, temporary, "*/*"); len(left) < 2 {
		t.Errorf("the killed check left %v, want the folders of the checker and of its tool in one", left)
	}
	if r := mustRun(t, variables, "version"); r.code != 0 {
		t.Fatalf("exit code %d\n%s", r.code, r.errOut)
	}
	if left := mustGlob(t, temporary, "*"); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

func mustGlob(t *testing.T, dir, pattern string) []string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(dir, pattern))
	if err != nil {
		t.Fatal(err)
	}
	return found
}
