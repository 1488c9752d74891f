//go:build unix

package scratch_test

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/seccoder/seccoder/internal/scratch"
)

// asProgram has the test binary be a program that uses a folder: it says which one, and ends
// when its input does.
const asProgram = "SECCODER_SCRATCH_TEST"

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) == "" {
		os.Exit(m.Run())
	}
	leave := scratch.Use()
	dir, err := os.MkdirTemp("", "seccoder-oracle-")
	if err == nil {
		err = os.Mkdir(filepath.Join(dir, "closed"), 0o700)
	}
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, "closed", "program.c"), nil, 0o000)
	}
	if err == nil {
		err = os.Chmod(filepath.Join(dir, "closed"), 0o000)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Println(dir)
	_, _ = os.Stdin.Read(make([]byte, 1))
	leave()
	fmt.Println(os.TempDir())
}

// A program is one that runs.
type program struct {
	dir  string
	cmd  *exec.Cmd
	end  func() error // its input's
	said *bufio.Scanner
}

func mustStart(t *testing.T, temporary string) *program {
	t.Helper()
	p := &program{cmd: exec.Command(os.Args[0])}
	p.cmd.Env = append(os.Environ(), asProgram+"=1", "TMPDIR="+temporary)
	p.cmd.Stderr = os.Stderr
	in, err := p.cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.cmd.Process.Kill() })
	p.end, p.said = in.Close, bufio.NewScanner(out)
	if !p.said.Scan() {
		t.Fatal("the program did not say where it works")
	}
	p.dir = p.said.Text()
	return p
}

func (p *program) mustKill(t *testing.T) {
	t.Helper()
	if err := p.cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = p.cmd.Wait()
}

// mustEnd lets the program end by itself, and returns where it would have worked then.
func (p *program) mustEnd(t *testing.T) string {
	t.Helper()
	if err := p.end(); err != nil {
		t.Fatal(err)
	}
	p.said.Scan()
	if err := p.cmd.Wait(); err != nil {
		t.Fatal(err)
	}
	return p.said.Text()
}

// mustPrefix is how the names of this machine's folders begin.
func mustPrefix(t *testing.T) string {
	t.Helper()
	p := mustStart(t, t.TempDir())
	defer p.mustEnd(t)
	return strings.TrimRight(filepath.Base(filepath.Dir(p.dir)), "0123456789")
}

func mustList(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

// What a killed process left is removed by the next, what running ones have is not, and one
// that ends by itself leaves nothing.
func TestKilled(t *testing.T) {
	temporary := t.TempDir()
	killed, running := mustStart(t, temporary), mustStart(t, temporary)
	if !strings.HasPrefix(killed.dir, temporary+"/seccoder-process-") {
		t.Errorf("it works in %s, want a folder of its own in %s", killed.dir, temporary)
	}
	killed.mustKill(t)
	if got := mustList(t, temporary); len(got) != 2 {
		t.Fatalf("behind the kill there is %v, want two folders", got)
	}
	next := mustStart(t, temporary)
	if _, err := os.Stat(killed.dir); !os.IsNotExist(err) {
		t.Errorf("what the killed process left is there: %v", err)
	}
	for name, p := range map[string]*program{"running": running, "next": next} {
		if _, err := os.Stat(p.dir); err != nil {
			t.Errorf("the folder of the %s process: %v", name, err)
		}
		if before := p.mustEnd(t); before != temporary {
			t.Errorf("at its end TMPDIR is %s, want %s", before, temporary)
		}
	}
	if got := mustList(t, temporary); got != nil {
		t.Errorf("left behind: %v", got)
	}
}

// Links, files and folders of other names, as of other machines, stay, and so does what links lead to.
func TestNothingElseIsRemoved(t *testing.T) {
	temporary, elsewhere := t.TempDir(), t.TempDir()
	ours := mustPrefix(t)
	for _, dir := range []string{elsewhere + "/precious", temporary + "/seccoder-oracle-1", temporary + "/seccoder", temporary + "/seccoder-process-00000000-1"} {
		if err := os.Mkdir(dir, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(temporary+"/"+ours+"2", nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(elsewhere, temporary+"/"+ours+"3"); err != nil {
		t.Fatal(err)
	}
	want := mustList(t, temporary)
	killed := mustStart(t, temporary)
	if err := os.Symlink(elsewhere, filepath.Join(filepath.Dir(killed.dir), "link")); err != nil {
		t.Fatal(err)
	}
	killed.mustKill(t)
	mustStart(t, temporary).mustEnd(t)
	if got := mustList(t, temporary); strings.Join(got, " ") != strings.Join(want, " ") {
		t.Errorf("there is %v, want %v", got, want)
	}
	if got := mustList(t, elsewhere); len(got) != 1 {
		t.Errorf("behind the links there is %v, want what was there", got)
	}
}

// Another user's folder stays. Only root can make one.
func TestOtherUser(t *testing.T) {
	temporary := t.TempDir()
	other := temporary + "/" + mustPrefix(t) + "1"
	if err := os.Mkdir(other, 0o777); err != nil {
		t.Fatal(err)
	}
	if os.Chown(other, 12345, 12345) != nil {
		t.Skip("this user cannot give a folder away")
	}
	mustStart(t, temporary).mustEnd(t)
	if got := mustList(t, temporary); len(got) != 1 {
		t.Errorf("there is %v, want the other user's folder", got)
	}
}

// Processes that begin at one time take no folder from each other.
func TestManyAtOnce(t *testing.T) {
	temporary := t.TempDir()
	t.Run("all", func(t *testing.T) {
		for i := range 12 {
			t.Run(strconv.Itoa(i), func(t *testing.T) {
				t.Parallel()
				p := mustStart(t, temporary)
				if _, err := os.Stat(p.dir); err != nil {
					t.Error(err)
				}
				p.mustEnd(t)
			})
		}
	})
	if got := mustList(t, temporary); got != nil {
		t.Errorf("left behind: %v", got)
	}
}

// Where no folder can be made, the temporary folder stays what it was.
func TestNoFolder(t *testing.T) {
	missing := filepath.Join(t.TempDir(), "missing")
	t.Setenv("TMPDIR", missing)
	scratch.Use()()
	if got := os.TempDir(); got != missing {
		t.Errorf("TMPDIR is %s, want %s", got, missing)
	}
}
