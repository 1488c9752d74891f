package bundle_test

import (
	"bytes"
	"errors"
	"io"
	"iter"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"aead.dev/minisign"
	"github.com/google/go-cmp/cmp"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/codebase/bundle"
	"github.com/seccoder/seccoder/codebase/storetest"
)

func each(examples ...codebase.Example) iter.Seq2[codebase.Example, error] {
	return func(yield func(codebase.Example, error) bool) {
		for _, e := range examples {
			if !yield(e, nil) {
				return
			}
		}
	}
}

// mustBundle writes a bundle of n examples and returns its path and the public key.
func mustBundle(t *testing.T, n int) (path string, public minisign.PublicKey) {
	t.Helper()
	dir := t.TempDir()
	public, err := bundle.NewKeys(filepath.Join(dir, "team.key"), "")
	if err != nil {
		t.Fatal(err)
	}
	secret, err := bundle.SecretKey(filepath.Join(dir, "team.key"), nil)
	if err != nil {
		t.Fatal(err)
	}
	path = filepath.Join(dir, "team.jsonl")
	if written, err := bundle.Write(path, &secret, each(storetest.Numbered(n)...)); err != nil || written != n {
		t.Fatalf("wrote %d, %v", written, err)
	}
	return path, public
}

func TestRoundTrip(t *testing.T) {
	path, public := mustBundle(t, 20)
	b, err := bundle.Open(path, public)
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	if !strings.HasPrefix(b.Comment, "seccoder bundle of 20 examples, ") {
		t.Errorf("comment %q", b.Comment)
	}
	for range 2 {
		var got []codebase.Example
		for e, err := range b.Examples() {
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, e)
		}
		if diff := cmp.Diff(storetest.Numbered(20), got); diff != "" {
			t.Errorf("want (-), got (+):\n%s", diff)
		}
	}
}

func TestChanged(t *testing.T) {
	path, public := mustBundle(t, 3)
	sound, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	signature, err := os.ReadFile(path + bundle.Ending)
	if err != nil {
		t.Fatal(err)
	}
	other, _, err := minisign.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	tests := map[string]struct {
		file, signature []byte
		key             minisign.PublicKey
		want            string
	}{
		"a letter of the code": {bytes.Replace(sound, []byte("value = 1"), []byte("value = 7"), 1), signature, public, "does not belong"},
		"a line more":          {append(bytes.Clone(sound), sound...), signature, public, "does not belong"},
		"a line less":          {sound[:bytes.LastIndexByte(sound[:len(sound)-1], '\n')+1], signature, public, "does not belong"},
		"the signer's comment": {sound, bytes.Replace(signature, []byte("of 3 examples"), []byte("of 4 examples"), 1), public, "does not belong"},
		"another key":          {sound, signature, other, "given key"},
		"no signature":         {sound, []byte("nothing\n"), public, "is no signature"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			mustWrite(t, path, test.file)
			mustWrite(t, path+bundle.Ending, test.signature)
			b, err := bundle.Open(path, test.key)
			if err == nil {
				b.Close()
			}
			if err == nil || !strings.Contains(err.Error(), test.want) || !strings.Contains(err.Error(), path) {
				t.Errorf("error %v, want one that names %s and says %q", err, path, test.want)
			}
		})
	}
	if err := os.Remove(path + bundle.Ending); err != nil {
		t.Fatal(err)
	}
	if _, err := bundle.Open(path, public); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("without its signature: error %v", err)
	}
}

// TestUnsigned: a file that is written anew without a key keeps no old signature.
func TestUnsigned(t *testing.T) {
	path, _ := mustBundle(t, 2)
	if _, err := bundle.Write(path, nil, each(storetest.Numbered(1)...)); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(path + bundle.Ending); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the old signature: %v", err)
	}
}

// TestFails: a source that fails leaves neither half a file nor a signature.
func TestFails(t *testing.T) {
	path, _ := mustBundle(t, 2)
	_, secret, err := minisign.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	broken := errors.New("broken")
	_, err = bundle.Write(path, &secret, func(yield func(codebase.Example, error) bool) {
		_ = yield(storetest.Numbered(1)[0], nil) && yield(codebase.Example{}, broken)
	})
	after, readErr := os.ReadFile(path)
	if !errors.Is(err, broken) || readErr != nil || !bytes.Equal(before, after) {
		t.Errorf("error %v, %v; the file was changed: %v", err, readErr, !bytes.Equal(before, after))
	}
}

func TestDecodeBroken(t *testing.T) {
	var sound bytes.Buffer
	if _, err := bundle.Encode(&sound, each(storetest.Numbered(1)...)); err != nil {
		t.Fatal(err)
	}
	for name, line := range map[string]string{
		"no JSON": "{", "no example": "{}", "another id": strings.Replace(sound.String(), `"id":"`, `"id":"0`, 1),
	} {
		var last error
		n := 0
		for _, err := range bundle.Decode(strings.NewReader(sound.String() + line)) {
			last = err
			n++
		}
		if n != 2 || last == nil || !strings.Contains(last.Error(), "line 2: ") {
			t.Errorf("%s: %d yielded, error %v", name, n, last)
		}
	}
}

func TestKeys(t *testing.T) {
	path := filepath.Join(t.TempDir(), "team.key")
	public, err := bundle.NewKeys(path, "")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := bundle.NewKeys(path, ""); !errors.Is(err, os.ErrExist) {
		t.Errorf("over keys that exist: error %v", err)
	}
	if info, err := os.Stat(path); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("the secret key's file: %v, %v", info.Mode(), err)
	}
	for _, given := range []string{path + bundle.PublicEnding, public.String()} {
		if got, err := bundle.PublicKey(given); err != nil || !got.Equal(public) {
			t.Errorf("PublicKey(%q): %v", given, err)
		}
	}
	if _, err := bundle.PublicKey("nothing"); err == nil {
		t.Error("a public key that is none: no error")
	}
}

// TestPassword opens an encrypted key by its password. The costs of a guess stand in the
// file, and those of testdata/password.key are the lowest; the keys that NewKeys
// encrypts take seconds each, and the program's tests make one.
func TestPassword(t *testing.T) {
	const path = "testdata/password.key"
	broken := errors.New("no terminal")
	tests := map[string]struct {
		password func() (string, error)
		want     string
	}{
		"right":   {func() (string, error) { return "right", nil }, ""},
		"wrong":   {func() (string, error) { return "wrong", nil }, "decryption failed"},
		"empty":   {func() (string, error) { return "", nil }, "decryption failed"},
		"unasked": {func() (string, error) { return "", broken }, "no terminal"},
	}
	public, err := bundle.PublicKey(path + bundle.PublicEnding)
	if err != nil {
		t.Fatal(err)
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			key, err := bundle.SecretKey(path, test.password)
			if test.want != "" {
				if err == nil || !strings.Contains(err.Error(), test.want) || !strings.Contains(err.Error(), path) {
					t.Errorf("error %v, want one that names %s and says %q", err, path, test.want)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if !minisign.Verify(public, []byte("text"), minisign.Sign(key, []byte("text"))) {
				t.Error("what the key signs is not verified by its public key")
			}
		})
	}
}

// TestChangedLater changes a file between its verification and its reading.
func TestChangedLater(t *testing.T) {
	path, public := mustBundle(t, 5_000) // of several pieces
	sound, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	last := bytes.LastIndex(sound, []byte("value = "))
	changed := bytes.Clone(sound)
	changed[last+len("value = ")] ^= 1
	for name, content := range map[string][]byte{"a digit": changed, "cut short": sound[:last]} {
		t.Run(name, func(t *testing.T) {
			mustWrite(t, path, sound)
			b, err := bundle.Open(path, public)
			if err != nil {
				t.Fatal(err)
			}
			defer b.Close()
			mustWrite(t, path, content)
			got, err := io.ReadAll(b.Reader())
			if !errors.Is(err, bundle.ErrChanged) || !bytes.HasPrefix(sound, got) || len(got) > last {
				t.Errorf("read %d bytes, error %v; want what was verified up to the change, and ErrChanged", len(got), err)
			}
		})
	}
	t.Run("grown", func(t *testing.T) {
		mustWrite(t, path, sound)
		b, err := bundle.Open(path, public)
		if err != nil {
			t.Fatal(err)
		}
		defer b.Close()
		mustWrite(t, path, append(bytes.Clone(sound), sound...))
		if got, err := io.ReadAll(b.Reader()); err != nil || !bytes.Equal(got, sound) {
			t.Errorf("read %d bytes, want the %d that were verified: %v", len(got), len(sound), err)
		}
	})
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte(`{"id":"x"}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		for e, err := range bundle.Decode(bytes.NewReader(data)) {
			if err == nil && e.Validate() != nil {
				t.Errorf("yielded an example that is none: %v", e.Validate())
			}
		}
	})
}

func mustWrite(t *testing.T, path string, content []byte) {
	t.Helper()
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
}
