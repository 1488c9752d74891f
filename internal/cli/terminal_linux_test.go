package cli_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

// Whatever a model writes, a terminal shows it and does not obey it. A program gets it
// as it is.
func TestHostileCompletion(t *testing.T) {
	const text = "    return \"\x1b[2J\u009b31m\"\n"
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var asked struct{ N int }
		if err := json.NewDecoder(r.Body).Decode(&asked); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		var choices []any
		for i := range max(asked.N, 1) {
			choices = append(choices, map[string]any{"index": i, "text": text, "finish_reason": "stop"})
		}
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(map[string]any{"choices": choices})
	}))
	defer server.Close()
	app := mustWrite(t, "app.py", appText)
	variables := append(environment(t.TempDir(), ""), "SECCODER_SERVER="+server.URL+"/v1", "SECCODER_SERVER_MODEL=m", "SECCODER_RETRIEVER=none")
	for _, n := range []string{"1", "2"} {
		t.Run("n="+n, func(t *testing.T) {
			args := []string{"complete", app, "--quiet", "--n", n}
			if got := mustRun(t, variables, args...); !strings.HasPrefix(got.out, text) {
				t.Errorf("a pipe gets %q, want %q\n%s", got.out, text, got.errOut)
			}
			got := mustRunOnTerminal(t, variables, args...)
			if want := `    return "\x1b[2J\u009b31m"`; !strings.HasPrefix(got, want) || strings.ContainsAny(got, "\x1b\u009b") {
				t.Errorf("a terminal gets %q, want %q", got, want)
			}
		})
	}
}

// mustRunOnTerminal runs the program with a terminal as standard output, and returns
// what that gets.
func mustRunOnTerminal(t *testing.T, variables []string, args ...string) string {
	t.Helper()
	screen, err := os.OpenFile("/dev/ptmx", os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Skipf("no terminals here: %v", err)
	}
	defer screen.Close()
	if err := unix.IoctlSetPointerInt(int(screen.Fd()), unix.TIOCSPTLCK, 0); err != nil {
		t.Fatal(err)
	}
	number, err := unix.IoctlGetInt(int(screen.Fd()), unix.TIOCGPTN)
	if err != nil {
		t.Fatal(err)
	}
	terminal, err := os.OpenFile(fmt.Sprintf("/dev/pts/%d", number), os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	var errOut bytes.Buffer
	cmd := exec.Command("seccoder", args...)
	cmd.Env = append(os.Environ(), variables...)
	cmd.Stdout, cmd.Stderr = terminal, &errOut
	err = cmd.Run()
	terminal.Close()
	if err != nil {
		t.Fatalf("%v\n%s", err, errOut.String())
	}
	// The text is shorter than what a terminal holds. Its end is an error of the device.
	shown, _ := io.ReadAll(screen)
	return string(shown)
}
