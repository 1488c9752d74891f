//go:build amd64 || arm64

package sandbox_test

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/seccoder/seccoder/check/sandbox"
)

func TestReadFile(t *testing.T) {
	outside, dir := t.TempDir(), t.TempDir()
	mustWrite(t, filepath.Join(outside, "secret"), "secret")
	mustWrite(t, filepath.Join(dir, "result"), "text")
	if err := os.Mkdir(filepath.Join(dir, "folder"), 0o700); err != nil {
		t.Fatal(err)
	}
	mustWrite(t, filepath.Join(dir, "folder", "inner"), "deep")
	for name, to := range map[string]string{"link": filepath.Join(outside, "secret"), "up": outside, "near": "result"} {
		if err := os.Symlink(to, filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	if err := syscall.Mkfifo(filepath.Join(dir, "pipe"), 0o600); err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name  string
		limit int64
		want  string
		error string
	}{
		{"result", 4, "text", ""},
		{"folder/inner", 100, "deep", ""},
		{"result", 3, "", "larger than 3"},
		{"missing", 100, "", "no such file"},
		{"link", 100, "", "no regular file"},
		{"near", 100, "", "no regular file"},
		{"up/secret", 100, "", "escapes"},
		{"../" + filepath.Base(outside) + "/secret", 100, "", "escapes"},
		{"pipe", 100, "", "no regular file"},
		{"folder", 100, "", "no regular file"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := sandbox.ReadFile(dir, test.name, test.limit)
			if string(got) != test.want || (err == nil) != (test.error == "") || err != nil && !strings.Contains(err.Error(), test.error) {
				t.Errorf("%q, %v; want %q, %q", got, err, test.want, test.error)
			}
		})
	}
}
