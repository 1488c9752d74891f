package cli_test

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/seccoder/seccoder/internal/enginetest"
)

// A started is the program while it runs.
type started struct {
	t     *testing.T
	cmd   *exec.Cmd
	lines chan string // of standard error
	said  strings.Builder
	out   io.Reader
}

// mustStart starts the program on an app.py in a new folder, with no models but those of
// this machine.
func mustStart(t *testing.T, stdin io.Reader, args ...string) *started {
	t.Helper()
	cache, err := linkCache(t.TempDir(), mustCacheDir(t))
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("seccoder", args...)
	cmd.Env = append(os.Environ(), environment(t.TempDir(), cache)...)
	cmd.Stdin = stdin
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	errOut, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	s := &started{t: t, cmd: cmd, lines: make(chan string, 1000), out: out}
	go func() {
		defer close(s.lines)
		for scanner := bufio.NewScanner(errOut); scanner.Scan(); {
			s.lines <- scanner.Text()
		}
	}()
	t.Cleanup(func() { _ = cmd.Process.Kill() })
	return s
}

// mustSay waits for a line on standard error.
func (s *started) mustSay(pattern string) {
	s.t.Helper()
	timeout := time.After(time.Minute)
	for {
		select {
		case line, open := <-s.lines:
			if !open {
				s.t.Fatalf("ended without saying %q:\n%s", pattern, s.said.String())
			}
			s.said.WriteString(line + "\n")
			if regexp.MustCompile(pattern).MatchString(line) {
				return
			}
		case <-timeout:
			s.t.Fatalf("did not say %q:\n%s", pattern, s.said.String())
		}
	}
}

// mustHaveWorkers waits until the program has started processes, and returns them.
func (s *started) mustHaveWorkers() []int {
	s.t.Helper()
	for end := time.Now().Add(time.Minute); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		if found := children(s.cmd.Process.Pid); len(found) > 0 {
			return found
		}
	}
	s.t.Fatal("the program started no worker")
	return nil
}

// children lists the processes that a process started and that run another command. (Go
// makes copies of the process that end at once, to see what the system can do.)
func children(pid int) []int {
	var found []int
	own := commandLine(pid)
	lists, _ := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/children", pid))
	for _, list := range lists {
		text, _ := os.ReadFile(list)
		for _, word := range strings.Fields(string(text)) {
			var child int
			if _, err := fmt.Sscan(word, &child); err == nil && commandLine(child) != own && commandLine(child) != "" {
				found = append(found, child)
			}
		}
	}
	return found
}

func commandLine(pid int) string {
	text, _ := os.ReadFile(fmt.Sprintf("/proc/%d/cmdline", pid))
	return string(text)
}

// mustCompute waits until a process has used a tenth of a second more of the processor.
func mustCompute(t *testing.T, pid int) {
	t.Helper()
	used := func() (ticks int) { // hundredths of a second
		text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
		if err != nil {
			t.Fatal(err)
		}
		fields := strings.Fields(string(text[bytes.LastIndexByte(text, ')')+1:]))
		for _, field := range fields[11:13] { // utime and stime
			n, err := strconv.Atoi(field)
			if err != nil {
				t.Fatal(err)
			}
			ticks += n
		}
		return ticks
	}
	before := used()
	for end := time.Now().Add(time.Minute); used() < before+10; time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("process %d computes nothing", pid)
		}
	}
}

// mustInterrupt does what a terminal does at Ctrl-C: all processes get the signal.
func (s *started) mustInterrupt() {
	s.t.Helper()
	if err := syscall.Kill(-s.cmd.Process.Pid, syscall.SIGINT); err != nil {
		s.t.Fatal(err)
	}
}

// mustTerminate does what service managers and kill do: the program alone gets the signal.
func (s *started) mustTerminate() {
	s.t.Helper()
	if err := s.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		s.t.Fatal(err)
	}
}

// mustEnd waits for the program's end and checks the exit code.
func (s *started) mustEnd(code int) {
	s.t.Helper()
	timer := time.AfterFunc(time.Minute, func() { _ = s.cmd.Process.Kill() })
	defer timer.Stop()
	_, _ = io.Copy(io.Discard, s.out)
	for line := range s.lines {
		s.said.WriteString(line + "\n")
	}
	_ = s.cmd.Wait()
	if got := s.cmd.ProcessState.ExitCode(); got != code {
		s.t.Errorf("exit code %d (%s), want %d:\n%s", got, s.cmd.ProcessState, code, s.said.String())
	}
}

// mustBeGone waits until the processes have ended. Who adopts them may never ask for
// their exit codes, so zombies count as ended.
func mustBeGone(t *testing.T, pids []int) {
	t.Helper()
	for _, pid := range pids {
		for end := time.Now().Add(20 * time.Second); ; time.Sleep(10 * time.Millisecond) {
			status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
			if err != nil || strings.Contains(string(status), "State:\tZ") {
				break
			}
			if time.Now().After(end) {
				t.Errorf("worker %d is still there:\n%s", pid, status)
				break
			}
		}
	}
}

// longText is code that takes the small model a while to read, and that goes on and on.
func longText() string {
	var text strings.Builder
	for i := range 600 {
		fmt.Fprintf(&text, "x%d = %d\n", i, i)
	}
	return text.String()
}

// Ctrl-C or SIGTERM at any moment ends the program and its worker, and writes nothing into the file.
func TestInterrupt(t *testing.T) {
	enginetest.Libraries(t)
	enginetest.Model(t, enginetest.SmallModel)
	options := []string{"--retriever", "none", "--max-tokens", "4000", "--temperature", "0"}
	tests := map[string]struct {
		text    string
		options []string
		wait    func(*started)
		stop    func(*started)
	}{
		"while the model is loaded":      {appText, []string{"--in-place"}, func(*started) {}, (*started).mustInterrupt},
		"while an empty store is filled": {appText, []string{"--in-place", "--retriever", "dense"}, func(*started) {}, (*started).mustInterrupt},
		"while the prompt is read": {longText(), []string{"--in-place", "--context", "0"}, func(s *started) {
			time.Sleep(time.Second)
		}, (*started).mustInterrupt},
		"while text is written": {longText()[:200], nil, func(s *started) {
			if _, err := s.out.Read(make([]byte, 1)); err != nil {
				s.t.Fatal(err)
			}
		}, (*started).mustInterrupt},
		"by SIGTERM": {longText(), []string{"--in-place", "--context", "0"}, func(s *started) {
			time.Sleep(time.Second)
		}, (*started).mustTerminate},
		"while several texts are written": {longText()[:200], []string{"--in-place", "--n", "3"}, func(s *started) {
			time.Sleep(time.Second)
		}, (*started).mustInterrupt},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			app := mustWrite(t, "app.py", test.text)
			s := mustStart(t, nil, append(append([]string{"complete", app}, options...), test.options...)...)
			workers := s.mustHaveWorkers()
			test.wait(s)
			test.stop(s)
			s.mustEnd(130)
			if !strings.HasSuffix(s.said.String(), "seccoder: stopped\n") || strings.Contains(s.said.String(), "hint") {
				t.Errorf("it said:\n%s", s.said.String())
			}
			mustBeGone(t, workers)
			if now := mustRead(t, app); now != test.text {
				t.Errorf("the file is now:\n%s", now)
			}
		})
	}
}

// Ctrl-C also ends the wait for standard input, where nothing was computed yet.
func TestInterruptInput(t *testing.T) {
	in, feed, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer feed.Close()
	s := mustStart(t, in, "complete", "--lang", "python")
	// A pipe does not hold this much: once it is written, the program is reading.
	if _, err := feed.WriteString(strings.Repeat("#", 200<<10)); err != nil {
		t.Fatal(err)
	}
	s.mustInterrupt()
	s.mustEnd(130)
	if got := s.said.String(); got != "seccoder: stopped\n" {
		t.Errorf("it said %q", got)
	}
}

// A worker that is killed fails the completion with a clear error, and the file stays.
func TestWorkerKilled(t *testing.T) {
	enginetest.Libraries(t)
	enginetest.Model(t, enginetest.SmallModel)
	app := mustWrite(t, "app.py", longText())
	s := mustStart(t, nil, "complete", app, "--in-place", "--retriever", "random", "--context", "0", "--max-tokens", "4000")
	workers := s.mustHaveWorkers()
	s.mustSay("^demonstration: ") // the prompt is made, and what a worker computes from here on is the completion
	for _, worker := range workers {
		mustCompute(t, worker)
		if err := syscall.Kill(worker, syscall.SIGKILL); err != nil {
			t.Fatal(err)
		}
	}
	s.mustEnd(1)
	t.Log(s.said.String())
	if got := s.said.String(); !regexp.MustCompile(`(?m)^seccoder: .*(killed|ended)`).MatchString(got) {
		t.Errorf("it said:\n%s", got)
	}
	if mustRead(t, app) != longText() {
		t.Error("the file was changed")
	}
}

// A file that somebody else changes while the model writes stays as they left it.
func TestChangedMeanwhile(t *testing.T) {
	asked, changed := make(chan struct{}, 9), make(chan struct{})
	quick := newServer(t)
	model := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked <- struct{}{}
		<-changed
		quick.Config.Handler.ServeHTTP(w, r)
	}))
	defer model.Close()
	app := mustWrite(t, "app.py", appText)
	s := mustStart(t, nil, "complete", app, "--in-place", "--retriever", "none", "--server", model.URL+"/v1", "--server-model", "m")
	select {
	case <-asked:
	case <-time.After(time.Minute):
		t.Error("the model was not asked")
	}
	const other = "somebody else was here\n"
	err := os.WriteFile(app, []byte(other), 0o600)
	close(changed)
	if err != nil {
		t.Fatal(err)
	}
	s.mustEnd(1)
	if got := s.said.String(); !strings.Contains(got, "app.py was changed while the model was writing: nothing was written") {
		t.Errorf("it said:\n%s", got)
	}
	if now := mustRead(t, app); now != other {
		t.Errorf("the file is now:\n%s", now)
	}
}

func mustRead(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
