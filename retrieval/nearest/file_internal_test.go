package nearest

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/internal/clustered"
	"github.com/seccoder/seccoder/internal/listfile"
	"github.com/seccoder/seccoder/lang"
)

// mustFile is the file of an index of n vectors.
func mustFile(t testing.TB, kind Kind, n int) []byte {
	t.Helper()
	source := clustered.New(kind.Dims, 9)
	index, err := Build(kind, func(yield func(Entry, error) bool) {
		for i := range n {
			yield(Entry{ID: ID{byte(i)}, Language: lang.All()[i%3], CWEs: []codebase.CWE{89, 79}[:i%3], Vector: source.Next()}, nil)
		}
	}, n)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "index")
	if err := index.Save(path); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// mend makes the checksum of a file right, in its place.
func mend(data []byte) []byte {
	if len(data) >= 4 {
		binary.LittleEndian.PutUint32(data[len(data)-4:], listfile.Sum(data))
	}
	return data
}

// TestDamage opens files that are not as they were written.
func TestDamage(t *testing.T) {
	kind := Kind{Embedder: "test", Dims: 70}
	whole := mustFile(t, kind, 6)
	path := filepath.Join(t.TempDir(), "index")
	open := func(t *testing.T, data []byte, kind Kind) error {
		t.Helper()
		// Files in use are replaced and never written into.
		_ = os.Remove(path)
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := Open(path, kind)
		return err
	}
	if err := open(t, whole, kind); err != nil {
		t.Fatalf("the whole file: %v", err)
	}
	for n := 0; n < len(whole); n += 3 {
		if err := open(t, whole[:n], kind); !errors.Is(err, ErrUnusable) {
			t.Fatalf("cut off after %d of %d bytes: %v", n, len(whole), err)
		}
		changed := bytes.Clone(whole)
		changed[n] ^= 1 << (n % 8)
		if err := open(t, changed, kind); !errors.Is(err, ErrUnusable) {
			t.Fatalf("with a bit of byte %d turned: %v", n, err)
		}
	}
	// Damage that a checksum does not tell, since whoever did it made a new one.
	replaced := func(old, by string) []byte { return mend(bytes.Replace(whole, []byte(old), []byte(by), 1)) }
	ids := bytes.Index(whole, append([]byte{1}, make([]byte, 31)...))
	swapped := bytes.Clone(whole)
	swapped[ids] = 9
	for name, test := range map[string]struct {
		data []byte
		kind Kind
		want string
	}{
		"more at the end":         {append(bytes.Clone(whole), make([]byte, 64)...), kind, "damaged"},
		"another embedder":        {whole, Kind{"other", 70}, "it has the vectors of test (70 numbers) and not of other (70)"},
		"another dimension":       {whole, Kind{"test", 71}, "and not of test (71)"},
		"another version":         {replaced("nearest 1\n", "nearest 2\n"), kind, "another version"},
		"another file":            {[]byte("SQLite format 3\x00"), kind, "does not begin"},
		"count":                   {replaced(`"count":6`, `"count":7`), kind, ""},
		"negative count":          {replaced(`"count":6`, `"count":-1`), kind, "header"},
		"a count past all bounds": {replaced(`"count":6,"cwes":6`, `"count":2147483647,"cwes":6`), kind, "cut off"},
		"no header":               {[]byte(fileMagic + fileVersion + "\n{"), kind, "no end"},
		"languages":               {replaced(`"languages":[`, `"tongues__":[`), kind, "language 0 of 0"},
		"ids out of order":        {mend(swapped), kind, "out of order"},
		"empty":                   {nil, kind, ""},
	} {
		if err := open(t, test.data, test.kind); !errors.Is(err, ErrUnusable) || !strings.Contains(err.Error(), test.want) || !strings.Contains(err.Error(), path) {
			t.Errorf("%s: got %v, want ErrUnusable with %q", name, err, test.want)
		}
	}
	if _, err := Open(filepath.Join(t.TempDir(), "none"), kind); !errors.Is(err, fs.ErrNotExist) || errors.Is(err, ErrUnusable) {
		t.Errorf("no file: %v", err)
	}
	if _, err := Open(t.TempDir(), kind); !errors.Is(err, ErrUnusable) {
		t.Errorf("a folder: %v", err)
	}
}
