package engine

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
	"time"
)

func mustStateFiles(t *testing.T, dir string, origins ...string) *stateFiles {
	t.Helper()
	f, err := newStateFiles(dir, origins...)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestStatesOutliveTheProcess(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "states")
	model := filepath.Join(t.TempDir(), "model.gguf")
	if err := os.WriteFile(model, []byte("one"), 0o600); err != nil {
		t.Fatal(err)
	}
	tokens, data := []token{1, 2, 3}, bytes.Repeat([]byte("state"), 100)
	first := newStates(1 << 20)
	first.files = mustStateFiles(t, dir, model)
	first.put(tokens, data)
	first.save()
	first.saving.Wait()

	second := newStates(1 << 20)
	second.files = mustStateFiles(t, dir, model)
	if got := second.get(tokens); !bytes.Equal(got, data) {
		t.Fatalf("a later process gets %d bytes, expected the %d that were put", len(got), len(data))
	}
	if second.get([]token{1, 2}) != nil {
		t.Error("a state came for tokens that had none")
	}

	if err := os.WriteFile(model, []byte("another"), 0o600); err != nil {
		t.Fatal(err)
	}
	third := newStates(1 << 20)
	third.files = mustStateFiles(t, dir, model)
	if third.get(tokens) != nil {
		t.Error("a changed model file got the state of the old one")
	}
}

func TestDamagedStateFilesAreDropped(t *testing.T) {
	for name, damage := range map[string]func(content []byte) []byte{
		"empty":     func([]byte) []byte { return nil },
		"truncated": func(c []byte) []byte { return c[:len(c)-1] },
		"altered":   func(c []byte) []byte { c[len(c)-1] ^= 1; return c },
	} {
		t.Run(name, func(t *testing.T) {
			f := mustStateFiles(t, t.TempDir())
			key := stateKey([]token{7})
			f.put(key, []byte("state"))
			path := f.path(key)
			content, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, damage(content), 0o600); err != nil {
				t.Fatal(err)
			}
			if got := f.get(key); got != nil {
				t.Errorf("got %q of a damaged file", got)
			}
			if _, err := os.Stat(path); !os.IsNotExist(err) {
				t.Errorf("the damaged file is still there (%v)", err)
			}
		})
	}
}

func TestStateFilesDropTheOldest(t *testing.T) {
	f := mustStateFiles(t, t.TempDir())
	f.limit = 300
	data := make([]byte, 60)
	keys := [][]token{{1}, {2}, {3}, {4}}
	for i, k := range keys[:3] {
		f.put(stateKey(k), data)
		old := time.Now().Add(time.Duration(i-10) * time.Minute)
		if err := os.Chtimes(f.path(stateKey(k)), old, old); err != nil {
			t.Fatal(err)
		}
	}
	if f.get(stateKey(keys[0])) == nil { // makes it the newest
		t.Fatal("a state within the limit is gone")
	}
	f.put(stateKey(keys[3]), data)
	for i, want := range []bool{true, false, true, true} {
		if got := f.get(stateKey(keys[i])) != nil; got != want {
			t.Errorf("state %d kept: %v, expected %v", i+1, got, want)
		}
	}
}

func TestStateFilesThatAKillLeftHalfWritten(t *testing.T) {
	f := mustStateFiles(t, t.TempDir())
	f.limit = 100
	hourAgo := time.Now().Add(-61 * time.Minute)
	for name, test := range map[string]struct {
		of   time.Time
		kept bool
	}{
		".0a1b.state.123": {hourAgo, false},
		".0a1b.state.456": {time.Now(), true}, // another process may be at it
		"notes.txt":       {hourAgo, true},
		".notes.txt.123":  {hourAgo, true},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(f.dir, name)
			if err := os.WriteFile(path, make([]byte, 30), 0o600); err != nil {
				t.Fatal(err)
			}
			if err := os.Chtimes(path, test.of, test.of); err != nil {
				t.Fatal(err)
			}
			f.put(stateKey([]token{1}), make([]byte, 30))
			if _, err := os.Stat(path); (err == nil) != test.kept {
				t.Errorf("kept: %v (%v), expected %v", err == nil, err, test.kept)
			}
		})
	}
	// Of the limit of 100 the one that may yet be finished takes 30, a state 62.
	f.put(stateKey([]token{2}), make([]byte, 30))
	first, second := f.get(stateKey([]token{1})), f.get(stateKey([]token{2}))
	if (first == nil) == (second == nil) {
		t.Errorf("of two states there are %v and %v, expected the room for one", first != nil, second != nil)
	}
}

func TestStateFilesInAFolderThatCannotBe(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	f := mustStateFiles(t, filepath.Join(file, "states"))
	f.put(stateKey([]token{1}), []byte("state"))
	if f.get(stateKey([]token{1})) != nil {
		t.Error("a state came out of a folder that cannot be made")
	}
}
