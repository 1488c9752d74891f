package atomicfile_test

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/seccoder/seccoder/internal/atomicfile"
)

func put(text string) func(io.Writer) error {
	return func(w io.Writer) error {
		_, err := io.WriteString(w, text)
		return err
	}
}

// eachWrite runs a test of what the package's functions have in common.
func eachWrite(t *testing.T, test func(t *testing.T, write func(string, fs.FileMode, func(io.Writer) error) error)) {
	t.Run("synced", func(t *testing.T) { test(t, atomicfile.Write) })
	t.Run("unsynced", func(t *testing.T) { test(t, atomicfile.WriteUnsynced) })
}

func TestWriteReplacesTheWholeFileAndSetsTheMode(t *testing.T) {
	eachWrite(t, testReplaces)
}

func testReplaces(t *testing.T, write func(string, fs.FileMode, func(io.Writer) error) error) {
	path := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(path, []byte("a longer text than the new one"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := write(path, 0o640, put("new")); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(path)
	if err != nil || string(got) != "new" {
		t.Errorf("content is %q (%v), expected %q", got, err, "new")
	}
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if mode := info.Mode().Perm(); mode != 0o640 && runtime.GOOS != "windows" {
		t.Errorf("mode is %v, expected 0640", mode)
	}
}

func TestWriteThatFailsLeavesTheOldFileAlone(t *testing.T) {
	eachWrite(t, testFails)
}

func testFails(t *testing.T, write func(string, fs.FileMode, func(io.Writer) error) error) {
	dir := t.TempDir()
	path := filepath.Join(dir, "file")
	if err := os.WriteFile(path, []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	broken := errors.New("broken")
	err := write(path, 0o600, func(w io.Writer) error {
		_, _ = io.WriteString(w, "half of the n")
		return broken
	})
	if !errors.Is(err, broken) {
		t.Errorf("error is %v, expected %v", err, broken)
	}
	if got, _ := os.ReadFile(path); string(got) != "old" {
		t.Errorf("content is %q, expected the old one", got)
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 1 {
		t.Errorf("the folder holds %d entries (%v), expected the file alone", len(entries), err)
	}
}
