package semgrep_test

import (
	"context"
	"errors"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/seccoder/seccoder/check"
	"github.com/seccoder/seccoder/check/checktest"
	"github.com/seccoder/seccoder/check/semgrep"
	"github.com/seccoder/seccoder/lang"
)

const weak = "def f(x):\n    return eval(x)  # nosemgrep\n"

// mustWrite makes a folder with files and asks for them.
func mustWrite(t *testing.T, files map[string]string) check.Request {
	t.Helper()
	r := check.Request{Dir: t.TempDir()}
	checktest.Write(t, r.Dir, files)
	for name := range files {
		language, ok := lang.FromPath(name)
		if !ok {
			language = lang.Python
		}
		r.Files = append(r.Files, check.File{Path: name, Language: language})
	}
	return r
}

// Odd names and broken files: all that can be is checked, and the rest is named.
func TestOddFiles(t *testing.T) {
	checktest.Tool(t, "semgrep")
	r := mustWrite(t, map[string]string{
		"-dash.py": weak, "@at.py": weak, "with space.py": weak, "tests/a.py": weak, "node_modules/b.py": weak, "vendor/c.py": weak,
		".hidden/d.py": weak, "ignored.py": weak, ".gitignore": "ignored.py\n", ".semgrepignore": "ignored.py\n",
		"broken.py": "def f(:\n eval(\n", "nul.py": "\x00\x00eval(x)\n", "empty.py": "", "latin.py": "# \xff\xfe\n" + weak,
		"no-ending": weak, "large.py": weak + strings.Repeat("# much text\n", 100_000),
	})
	r.Files = append(r.Files, check.File{Path: "missing.py", Language: lang.Python}, check.File{Path: "tests", Language: lang.Python})
	outside := filepath.Join(t.TempDir(), "outside.py")
	if err := os.WriteFile(outside, []byte(weak), 0o644); err != nil {
		t.Fatal(err)
	}
	r.Files = append(r.Files, check.File{Path: outside, Language: lang.Python})
	result := checktest.Run(t, semgrep.New(semgrep.Options{}), r)
	if run := result.Checkers[0]; run.State != check.Worked {
		t.Fatalf("%+v", run)
	}
	got := map[string]bool{}
	for _, f := range result.Findings {
		got[f.Path] = true
	}
	for _, path := range []string{"-dash.py", "@at.py", "with space.py", "tests/a.py", "node_modules/b.py", "vendor/c.py", ".hidden/d.py", "ignored.py", "latin.py", outside} {
		if !got[path] {
			t.Errorf("nothing found in %s", path)
		}
	}
	why := map[string]string{}
	for _, u := range result.Partly {
		why[u.Path] = u.Why
	}
	for path, says := range map[string]string{
		"broken.py": "", "no-ending": "ending", "large.py": "1 MB", "missing.py": "exist", "tests": "regular",
	} {
		if why[path] == "" || !strings.Contains(why[path], says) {
			t.Errorf("%s: not checked because %q, expected something with %q", path, why[path], says)
		}
	}
}

// trap is an address that counts who comes.
func trap(t *testing.T) (url string, visits *atomic.Int32) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	visits = new(atomic.Int32)
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			visits.Add(1)
			conn.Close()
		}
	}()
	return "http://" + listener.Addr().String(), visits
}

// Semgrep does not try to reach the network: it works where there is none, and does not
// come where a proxy and a server of Semgrep's would be.
func TestNoNetwork(t *testing.T) {
	checktest.Tool(t, "semgrep")
	real, err := exec.LookPath("semgrep")
	if err != nil {
		t.Fatal(err)
	}
	real, err = filepath.Abs(real)
	if err != nil {
		t.Fatal(err)
	}
	r := mustWrite(t, map[string]string{"a.py": weak})
	finds := func(t *testing.T, script string) {
		t.Helper()
		result := checktest.Run(t, semgrep.New(semgrep.Options{Path: checktest.Fake(t, "semgrep", script)}), r)
		if len(result.Findings) != 1 {
			t.Errorf("%+v: %+v", result.Checkers[0], result.Findings)
		}
	}
	proxies := func(url string) string {
		return strings.ReplaceAll("export HTTP_PROXY=% HTTPS_PROXY=% ALL_PROXY=% http_proxy=% https_proxy=% all_proxy=% SEMGREP_URL=%\n", "%", url)
	}
	t.Run("nobody comes", func(t *testing.T) {
		url, visits := trap(t)
		finds(t, proxies(url)+`exec "`+real+`" "$@"`)
		if n := visits.Load(); n != 0 {
			t.Errorf("semgrep tried to reach the network %d times", n)
		}
	})
	t.Run("the trap catches", func(t *testing.T) {
		url, visits := trap(t)
		script := checktest.Fake(t, "semgrep", proxies(url)+`exec "`+real+`" "$@"`)
		rule := filepath.Join(t.TempDir(), "rule.yml")
		if err := os.WriteFile(rule, []byte("rules: [{id: a, message: a, severity: ERROR, languages: [python], pattern: eval(...)}]\n"), 0o644); err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		go func() { // it would try again and again
			for visits.Load() == 0 && ctx.Err() == nil {
				time.Sleep(50 * time.Millisecond)
			}
			cancel()
		}()
		cmd := exec.CommandContext(ctx, script, "scan", "--metrics=on", "--config", rule, "a.py")
		cmd.Dir, cmd.Env, cmd.WaitDelay = r.Dir, append(os.Environ(), "HOME="+t.TempDir(), "SEMGREP_SEND_METRICS=on"), time.Second
		out, err := cmd.CombinedOutput()
		if visits.Load() == 0 {
			t.Errorf("with metrics on nobody came either (%v): the test above shows nothing\n%s", err, out)
		}
	})
	t.Run("without a network", func(t *testing.T) {
		unshare, err := exec.LookPath("unshare")
		if err != nil || exec.Command(unshare, "-rn", "true").Run() != nil {
			t.Skip("unshare cannot make a network namespace here")
		}
		finds(t, `exec "`+unshare+`" -rn "`+real+`" "$@"`)
	})
}

// What Semgrep is started with: nothing of the user's own settings, a private folder that
// is gone afterwards.
func TestStart(t *testing.T) {
	log := filepath.Join(t.TempDir(), "log")
	t.Setenv("SEMGREP_APP_TOKEN", "secret")
	t.Setenv("SEMGREP_RULES", "p/python")
	r := mustWrite(t, map[string]string{"-a.py": weak})
	c := semgrep.New(semgrep.Options{Path: checktest.Fake(t, "semgrep", `{ echo "args $@"; env; ls -a "$HOME"; } >> `+log+`
[ "$1" = --version ] && { echo 1.182.0; exit; }
echo '{"results": [], "errors": [], "paths": {"scanned": ["./-a.py"]}}'`)})
	report, err := c.Check(t.Context(), r)
	if err != nil || len(report.Unchecked) != 0 {
		t.Fatalf("%+v %v", report, err)
	}
	text, err := os.ReadFile(log)
	if err != nil {
		t.Fatal(err)
	}
	var home string
	for _, line := range strings.Split(string(text), "\n") {
		switch {
		case strings.HasPrefix(line, "args --version"):
			if !strings.Contains(line, "--disable-version-check") {
				t.Error(line)
			}
		case strings.HasPrefix(line, "args scan --dump-engine-path"):
			if !strings.Contains(line, "--metrics=off") || !strings.Contains(line, "--disable-version-check") {
				t.Error(line)
			}
		case strings.HasPrefix(line, "args scan"):
			for _, want := range []string{"--metrics=off", "--disable-version-check", "--oss-only", "python.yml", " ./-a.py"} {
				if !strings.Contains(line, want) {
					t.Errorf("%s is not in %s", want, line)
				}
			}
		case strings.HasPrefix(line, "HOME="):
			home = strings.TrimPrefix(line, "HOME=")
			if !strings.HasPrefix(home, os.TempDir()) {
				t.Error(line)
			}
			if _, err := os.Stat(home); !errors.Is(err, os.ErrNotExist) {
				t.Errorf("%s is still there (%v)", home, err)
			}
		case strings.Contains(line, "secret"), strings.Contains(line, "p/python"):
			t.Error(line)
		}
	}
	if home == "" || !strings.Contains(string(text), "SEMGREP_SEND_METRICS=off") {
		t.Errorf("%s", text)
	}
}
