package evaltest

import (
	"os"
	"path/filepath"
	"testing"
)

// SVEN is the folder of the SVEN data set, which SECCODER_SVEN names.
func SVEN(t testing.TB) string {
	t.Helper()
	dir := os.Getenv("SECCODER_SVEN")
	if dir == "" {
		t.Skip("no scenarios in SECCODER_SVEN: it is not set")
	}
	return dir
}

// Checkout is the folder of somebody else's benchmark, which the variable names.
func Checkout(t testing.TB, variable string) string {
	t.Helper()
	dir := os.Getenv(variable)
	if dir == "" {
		t.Skipf("no checkout in reach: %s names none", variable)
	}
	return dir
}

// Copy copies a folder and then writes files into it, by their paths with slashes; a file
// without content is removed.
func Copy(t testing.TB, from string, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(from)); err != nil {
		t.Fatal(err)
	}
	for name, content := range files {
		file := filepath.Join(dir, filepath.FromSlash(name))
		err := os.MkdirAll(filepath.Dir(file), 0o755)
		switch {
		case err != nil:
		case content == "":
			err = os.Remove(file)
		default:
			err = os.WriteFile(file, []byte(content), 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return dir
}
