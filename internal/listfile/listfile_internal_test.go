package listfile

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const magic = "SecCoder tests "

type header struct{ Small, Large int }

func mustWrite(t *testing.T, small []uint8, large []uint64) string {
	t.Helper()
	var file bytes.Buffer
	w, err := NewWriter(&file, magic, "1", header{len(small), len(large)})
	if err != nil {
		t.Fatal(err)
	}
	w.Begin()
	w.Bytes(small)
	w.Begin()
	w.Bytes(BytesOf(large))
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(path, file.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func readLists(data []byte) (small []uint8, large []uint64, err error) {
	var h header
	r, err := NewReader(data, magic, "1", &h)
	if err != nil {
		return nil, nil, err
	}
	small, large = Take[uint8](r, h.Small), Take[uint64](r, h.Large)
	return small, large, r.End()
}

// TestRoundTrip reads a file that is mapped, and as systems without mapping do.
func TestRoundTrip(t *testing.T) {
	for _, test := range []struct {
		small []uint8
		large []uint64
	}{{nil, nil}, {[]uint8{1}, []uint64{2, 1 << 63}}, {make([]uint8, 64), []uint64{7}}, {make([]uint8, 65), nil}} {
		path := mustWrite(t, test.small, test.large)
		for name, open := range map[string]func(string) (*File, error){"mapped": Open, "read": inMemory} {
			file, err := open(path)
			if err != nil {
				t.Fatal(err)
			}
			small, large, err := readLists(file.Bytes)
			if err != nil || !slices.Equal(small, test.small) || !slices.Equal(large, test.large) {
				t.Errorf("%s: %d and %d items, error %v", name, len(small), len(large), err)
			}
		}
	}
}

func TestDamage(t *testing.T) {
	whole, err := os.ReadFile(mustWrite(t, []uint8{1, 2, 3}, []uint64{4, 5}))
	if err != nil {
		t.Fatal(err)
	}
	for n := range whole {
		if _, _, err := readLists(whole[:n]); !errors.Is(err, ErrUnusable) {
			t.Errorf("cut off after %d bytes: %v", n, err)
		}
		changed := bytes.Clone(whole)
		changed[n] ^= 1 << (n % 8)
		if _, _, err := readLists(changed); !errors.Is(err, ErrUnusable) {
			t.Errorf("byte %d changed: %v", n, err)
		}
	}
	for want, data := range map[string][]byte{
		"another version": bytes.Replace(whole, []byte(" 1\n"), []byte(" 2\n"), 1),
		"does not begin":  []byte("SQLite format 3\x00"),
		"expected":        append(bytes.Clone(whole), 0),
		"cut off":         bytes.Replace(whole, []byte(`"Large":2`), []byte(`"Large":9`), 1),
		"no end":          []byte(magic + "1\n{"),
		"its header":      []byte(magic + "1\n{\n"),
	} {
		if _, _, err := readLists(data); !errors.Is(err, ErrUnusable) || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want ErrUnusable with %q", err, want)
		}
	}
	if _, err := Open(filepath.Join(t.TempDir(), "none")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no file: %v", err)
	}
	if _, err := Open(t.TempDir()); !errors.Is(err, ErrUnusable) {
		t.Errorf("a folder: %v", err)
	}
}
