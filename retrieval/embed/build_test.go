package embed_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/seccoder/seccoder/internal/enginetest"
	"github.com/seccoder/seccoder/retrieval/embed"
)

// builtSHA256 is the model file's hash. Where it changes, so do all stored vectors: the
// embedder's ID must then change with it.
const builtSHA256 = "1e7bb1ad4baab2b469331c1d337c5a67bea628c81f0230129511b18f8643f150"

func sources(t testing.TB) map[string]string {
	t.Helper()
	return map[string]string{
		"model.safetensors": enginetest.EmbedderSource(t, "model.safetensors"),
		"vocab.txt":         enginetest.EmbedderSource(t, "vocab.txt"),
	}
}

func TestBuildMiniLM(t *testing.T) {
	destination := filepath.Join(t.TempDir(), "model.gguf")
	mustWrite(t, destination, []byte("what was there before"))
	if err := embed.BuildMiniLM(t.Context(), sources(t), destination); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(destination)
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(data)
	if got := hex.EncodeToString(sum[:]); got != builtSHA256 {
		t.Errorf("SHA-256 %s, want %s", got, builtSHA256)
	}
	wantOnly(t, destination)
}

func TestBuildMiniLMFails(t *testing.T) {
	right := sources(t)
	weights, err := os.ReadFile(right["model.safetensors"])
	if err != nil {
		t.Fatal(err)
	}
	// renamed is the weights with a part of their header replaced by one of equal length.
	renamed := func(old, new string) []byte {
		return []byte(strings.Replace(string(weights), old, new, 1))
	}
	tests := map[string]struct {
		weights, vocabulary []byte // nil: the right ones
		want                string
	}{
		"empty weights":        {[]byte{}, nil, "EOF"},
		"a truncated header":   {weights[:5000], nil, "unexpected EOF"},
		"an absurd header":     {append([]byte("\xff\xff\xff\xff\xff\xff\xff\xff"), weights[8:5000]...), nil, "no safetensors header"},
		"a header of no JSON":  {append(append([]byte(nil), weights[:8]...), make([]byte, 100_000)...), nil, "invalid character"},
		"truncated weights":    {weights[:len(weights)/2], nil, "bytes of data"},
		"a missing tensor":     {renamed("embeddings.LayerNorm.bias", "embeddings.LayerNorm.BIAS"), nil, "no tensor embeddings.LayerNorm.bias"},
		"a tensor of 16 bits":  {renamed(`"dtype":"F32"`, `"dtype":"F16"`), nil, "expected F32"},
		"a tensor's shape":     {renamed("[30522,384]", "[384,30522]"), nil, "[384 30522], expected F32 [30522 384]"},
		"another vocabulary":   {nil, []byte("a\nb\n"), "2 entries, expected 30522"},
		"no vocabulary at all": {nil, []byte{}, "1 entries, expected 30522"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			files := map[string]string{"model.safetensors": right["model.safetensors"], "vocab.txt": right["vocab.txt"]}
			if test.weights != nil {
				files["model.safetensors"] = filepath.Join(dir, "model.safetensors")
				mustWrite(t, files["model.safetensors"], test.weights)
			}
			if test.vocabulary != nil {
				files["vocab.txt"] = filepath.Join(dir, "vocab.txt")
				mustWrite(t, files["vocab.txt"], test.vocabulary)
			}
			destination := filepath.Join(t.TempDir(), "model.gguf")
			mustWrite(t, destination, []byte("what was there before"))
			err := embed.BuildMiniLM(t.Context(), files, destination)
			if err == nil || !strings.Contains(err.Error(), test.want) || !strings.Contains(err.Error(), destination) {
				t.Errorf("got the error %v, want one with %q", err, test.want)
			}
			if data, err := os.ReadFile(destination); err != nil || string(data) != "what was there before" {
				t.Errorf("what was there before is lost (%v)", err)
			}
			wantOnly(t, destination)
		})
	}
	t.Run("cancelled", func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		destination := filepath.Join(t.TempDir(), "model.gguf")
		if err := embed.BuildMiniLM(ctx, right, destination); !errors.Is(err, context.Canceled) {
			t.Errorf("got the error %v", err)
		}
	})
	t.Run("no folder", func(t *testing.T) {
		err := embed.BuildMiniLM(t.Context(), right, filepath.Join(t.TempDir(), "nowhere", "model.gguf"))
		if !errors.Is(err, os.ErrNotExist) {
			t.Errorf("got the error %v", err)
		}
	})
	t.Run("no files", func(t *testing.T) {
		if err := embed.BuildMiniLM(t.Context(), nil, filepath.Join(t.TempDir(), "model.gguf")); err == nil {
			t.Error("a model was made of nothing")
		}
	})
}

// wantOnly makes sure that the file is alone in its folder.
func wantOnly(t *testing.T, path string) {
	t.Helper()
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		t.Fatal(err)
	}
	if len(entries) != 1 || entries[0].Name() != filepath.Base(path) {
		t.Errorf("left behind: %v", entries)
	}
}

func mustWrite(t testing.TB, path string, data []byte) {
	t.Helper()
	if err := os.WriteFile(path, data, 0o644); err != nil {
		t.Fatal(err)
	}
}
