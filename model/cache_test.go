package model_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/seccoder/seccoder/model"
)

// pulledTiny is a cache that holds the artifact "tiny", and its file's path.
func pulledTiny(t *testing.T, data []byte) (*model.Puller, string) {
	t.Helper()
	puller := newPuller(t, generator(data, urlSource(serve(t, &host{data: data, ranges: true}))))
	mustPull(t, puller, "tiny")
	return puller, filepath.Join(puller.Dir, "models", "tiny", "tiny.gguf")
}

func TestResolve(t *testing.T) {
	dir := t.TempDir()
	own := filepath.Join(dir, "own.gguf")
	mustWrite(t, own, []byte("GGUF and more"))
	plain := filepath.Join(dir, "notes.gguf")
	mustWrite(t, plain, []byte("no model"))
	cache := model.Cache{Dir: t.TempDir()}
	t.Run("own file", func(t *testing.T) {
		got, err := cache.Resolve(t.Context(), own)
		if err != nil || got.Model() != own || got.Artifact.Kind != model.KindGenerator {
			t.Errorf("got %+v, %v", got, err)
		}
	})
	t.Run("own file beside us", func(t *testing.T) {
		t.Chdir(dir)
		mustWrite(t, "weights", []byte("GGUF"))
		got, err := cache.Resolve(t.Context(), "weights")
		if err != nil || filepath.Base(got.Artifact.Name) != "weights" {
			t.Errorf("got %+v, %v", got, err)
		}
	})
	for _, test := range []struct{ name, arg, says string }{
		{"not pulled", "qwen2.5-coder-1.5b", "run: seccoder models pull qwen2.5-coder-1.5b"},
		{"unknown", "gpt", "known: qwen2.5-coder-0.5b, "},
		{"no such file", filepath.Join(dir, "none.gguf"), "no such file"},
		{"no GGUF", plain, "no GGUF file"},
		{"folder", dir, "is a folder"},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := cache.Resolve(t.Context(), test.arg)
			if err == nil || !strings.Contains(err.Error(), test.says) {
				t.Errorf("got %v, want %q", err, test.says)
			}
		})
	}
	_, err := cache.Resolve(t.Context(), model.DefaultGenerator)
	if missing, ok := errors.AsType[*model.NotPulledError](err); !ok || missing.Name != model.DefaultGenerator {
		t.Errorf("got %T %v", err, err)
	}
}

func TestAlteredFiles(t *testing.T) {
	data := blob(100_000)
	flip := func(t *testing.T, path string) {
		other := append([]byte{data[0] + 1}, data[1:]...)
		mustWrite(t, path, other)
	}
	later := time.Now().Add(time.Hour)
	for _, test := range []struct {
		name   string
		alter  func(t *testing.T, path string)
		says   string // empty: the file is fine
		missed bool   // by Resolve; Verify finds it
	}{
		{"untouched", func(*testing.T, string) {}, "", false},
		{"cut short", func(t *testing.T, path string) { mustWrite(t, path, data[:500]) }, "500 bytes instead of 100000", false},
		{"another byte", func(t *testing.T, path string) {
			flip(t, path)
			_ = os.Chtimes(path, later, later)
		}, "SHA-256", false},
		{"another byte, time set back", func(t *testing.T, path string) {
			info, err := os.Stat(path)
			if err != nil {
				t.Fatal(err)
			}
			flip(t, path)
			_ = os.Chtimes(path, info.ModTime(), info.ModTime())
		}, "SHA-256", true},
		{"touched", func(_ *testing.T, path string) { _ = os.Chtimes(path, later, later) }, "", false},
		{"record lost", func(t *testing.T, path string) {
			if err := os.Remove(filepath.Join(filepath.Dir(path), ".verified.json")); err != nil {
				t.Fatal(err)
			}
		}, "", false},
		{"record damaged", func(t *testing.T, path string) {
			mustWrite(t, filepath.Join(filepath.Dir(path), ".verified.json"), []byte("null"))
		}, "", false},
	} {
		t.Run(test.name, func(t *testing.T) {
			puller, path := pulledTiny(t, data)
			test.alter(t, path)
			check := func(name string, err error) {
				t.Helper()
				if test.says == "" {
					if err != nil {
						t.Errorf("%s: %v", name, err)
					}
					return
				}
				if !errors.Is(err, model.ErrAltered) || !strings.Contains(err.Error(), test.says) ||
					!strings.Contains(err.Error(), path) || !strings.Contains(err.Error(), "models pull tiny") {
					t.Errorf("%s: got %v", name, err)
				}
			}
			if _, err := puller.Resolve(t.Context(), "tiny"); !test.missed {
				check("Resolve", err)
			}
			check("Verify", puller.Verify(t.Context(), "tiny"))
		})
	}
}

func TestResolveHashesOnce(t *testing.T) {
	data := blob(1000)
	puller, path := pulledTiny(t, data)
	later := time.Now().Add(time.Hour)
	if err := os.Chtimes(path, later, later); err != nil {
		t.Fatal(err)
	}
	for i, want := range []bool{true, false} {
		var seen events
		cache := puller.Cache
		cache.Progress = seen.add
		if _, err := cache.Resolve(t.Context(), "tiny"); err != nil {
			t.Fatal(err)
		}
		if seen.has(model.PhaseVerifying) != want {
			t.Errorf("call %d hashed: %v, want %v", i+1, !want, want)
		}
	}
}

func TestListAndRemove(t *testing.T) {
	data := blob(1000)
	puller, path := pulledTiny(t, data)
	all, err := puller.List()
	if err != nil || len(all) != 1 || !all[0].Pulled || all[0].Bytes < 1000 || all[0].Dir != filepath.Dir(path) {
		t.Errorf("pulled: %+v, %v", all, err)
	}
	for range 2 { // to remove twice is fine
		if err := puller.Remove(t.Context(), "tiny"); err != nil {
			t.Fatal(err)
		}
	}
	all, err = puller.List()
	if err != nil || all[0].Pulled || all[0].Bytes != 0 {
		t.Errorf("removed: %+v, %v", all, err)
	}
	if _, err := os.Stat(path); err == nil {
		t.Error("the file is still there")
	}
	if err := puller.Remove(t.Context(), "other"); err == nil {
		t.Error("removed an unknown name")
	}
}

// withDerived is an embedder whose second file is built: the first, backwards.
func withDerived(data []byte, source model.Source, hash string) *model.Catalogue {
	return &model.Catalogue{Artifacts: []model.Artifact{{
		Name: "embed", Kind: model.KindEmbedder,
		Files:   []model.File{pinned("weights.bin", data)},
		Derived: []model.Derived{{Name: "embed.gguf", Builder: "backwards", SHA256: hash}},
		Sources: []model.Source{source},
	}}}
}

func TestDerivedFiles(t *testing.T) {
	data := blob(5000)
	backwards := make([]byte, len(data))
	for i, b := range data {
		backwards[len(data)-1-i] = b
	}
	source := urlSource(serve(t, &host{data: data}))
	built := 0
	build := func(_ context.Context, files map[string]string, destination string) error {
		built++
		if _, err := os.Stat(files["weights.bin"]); err != nil {
			return err
		}
		return os.WriteFile(destination, backwards, 0o644)
	}
	for name, hash := range map[string]string{"pinned": hashOf(backwards), "not pinned": ""} {
		t.Run(name, func(t *testing.T) {
			built = 0
			puller := newPuller(t, withDerived(data, source, hash))
			if err := puller.Pull(t.Context(), "embed"); err == nil || !strings.Contains(err.Error(), "backwards") {
				t.Errorf("without a builder: %v", err)
			}
			puller.Builders = map[string]model.Builder{"backwards": build}
			mustPull(t, puller, "embed")
			mustPull(t, puller, "embed")
			if built != 1 {
				t.Errorf("built %d times", built)
			}
			mustHold(t, puller.Cache, "embed", "embed.gguf", backwards)
			got, err := puller.Resolve(t.Context(), "embed")
			if err != nil || filepath.Base(got.Model()) != "embed.gguf" {
				t.Fatalf("got %+v, %v", got, err)
			}
			mustWrite(t, got.Model(), backwards[1:])
			if _, err := puller.Resolve(t.Context(), "embed"); !errors.Is(err, model.ErrAltered) {
				t.Errorf("altered: %v", err)
			}
			mustPull(t, puller, "embed")
			mustHold(t, puller.Cache, "embed", "embed.gguf", backwards)
		})
	}
	t.Run("builds something else", func(t *testing.T) {
		puller := newPuller(t, withDerived(data, source, hashOf(data)))
		puller.Builders = map[string]model.Builder{"backwards": build}
		if err := puller.Pull(t.Context(), "embed"); err == nil || !strings.Contains(err.Error(), "made another file") {
			t.Errorf("got %v", err)
		}
		if _, err := puller.Resolve(t.Context(), "embed"); err == nil {
			t.Error("the wrong file was taken")
		}
	})
	t.Run("builder fails", func(t *testing.T) {
		puller := newPuller(t, withDerived(data, source, ""))
		broken := errors.New("out of ideas")
		puller.Builders = map[string]model.Builder{"backwards": func(context.Context, map[string]string, string) error { return broken }}
		if err := puller.Pull(t.Context(), "embed"); !errors.Is(err, broken) {
			t.Errorf("got %v", err)
		}
	})
}
