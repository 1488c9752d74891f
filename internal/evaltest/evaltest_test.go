package evaltest_test

import (
	"fmt"
	"os"
	"runtime"
	"strings"
	"testing"

	"github.com/seccoder/seccoder/internal/evaltest"
)

// A recorder takes down that a test was skipped or failed, and why, instead of doing so.
type recorder struct {
	testing.TB
	outcome string
}

func (r *recorder) Helper() {}

func (r *recorder) end(outcome string) {
	r.outcome = outcome
	runtime.Goexit()
}

func (r *recorder) Skip(args ...any) { r.end("skipped: " + fmt.Sprint(args...)) }
func (r *recorder) Skipf(format string, args ...any) {
	r.end("skipped: " + fmt.Sprintf(format, args...))
}
func (r *recorder) Fatal(args ...any) { r.end("failed: " + fmt.Sprint(args...)) }
func (r *recorder) Fatalf(format string, args ...any) {
	r.end("failed: " + fmt.Sprintf(format, args...))
}

// outcome is how a test ends that does nothing but f.
func outcome(t *testing.T, f func(t testing.TB)) string {
	t.Helper()
	r := &recorder{TB: t}
	done := make(chan struct{})
	go func() {
		defer close(done)
		f(r)
	}()
	<-done
	return r.outcome
}

// The words are those that .ci/skipped knows.
func TestMissing(t *testing.T) {
	for _, test := range []struct {
		name, want string
		need       func(t testing.TB)
	}{
		{"SVEN", "no scenarios in SECCODER_SVEN", func(t testing.TB) { evaltest.SVEN(t) }},
		{"checkout", "no checkout in reach: SECCODER_CWEVAL names none", func(t testing.TB) { evaltest.Checkout(t, "SECCODER_CWEVAL") }},
		{"program", "no-such-program is not installed", func(t testing.TB) { evaltest.Programs(t, "no-such-program") }},
		{"python", "no Python 3 interpreter found", func(t testing.TB) { evaltest.Python(t, t.TempDir(), "# none\n") }},
	} {
		t.Run(test.name, func(t *testing.T) {
			for _, variable := range []string{"SECCODER_SVEN", "SECCODER_CWEVAL", "PATH"} {
				t.Setenv(variable, "")
			}
			t.Setenv("SECCODER_TEST_REQUIRE", "1")
			if got := outcome(t, test.need); !strings.HasPrefix(got, "skipped: "+test.want) {
				t.Errorf("not required: %q, want skipped: %s", got, test.want)
			}
			required := func(t testing.TB) { test.need(evaltest.Required(t)) }
			if got := outcome(t, required); !strings.HasPrefix(got, "failed: "+test.want) {
				t.Errorf("required: %q, want failed: %s", got, test.want)
			}
			t.Setenv("SECCODER_TEST_REQUIRE", "")
			if got := outcome(t, required); !strings.HasPrefix(got, "skipped: "+test.want) {
				t.Errorf("required, but not on this machine: %q, want skipped: %s", got, test.want)
			}
		})
	}
}

func TestFolders(t *testing.T) {
	t.Setenv("SECCODER_SVEN", "a")
	t.Setenv("SECCODER_CWEVAL", "b")
	if got := evaltest.SVEN(t) + evaltest.Checkout(t, "SECCODER_CWEVAL"); got != "ab" {
		t.Errorf("folders %q", got)
	}
}

func TestCopy(t *testing.T) {
	first := evaltest.Copy(t, t.TempDir(), map[string]string{"kept": "1", "changed": "2", "removed": "3"})
	second := evaltest.Copy(t, first, map[string]string{"changed": "4", "removed": "", "new/file": "5"})
	var got []string
	for _, name := range []string{"kept", "changed", "removed", "new/file"} {
		data, err := os.ReadFile(second + "/" + name)
		if os.IsNotExist(err) {
			data, err = []byte("none"), nil
		}
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, string(data))
	}
	if strings.Join(got, " ") != "1 4 none 5" {
		t.Errorf("the files are %q", got)
	}
}
