package engine_test

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/seccoder/seccoder/internal/engine"
	"github.com/seccoder/seccoder/internal/enginetest"
)

func TestBrokenModelFiles(t *testing.T) {
	t.Parallel()
	o := options(t)
	whole, err := os.ReadFile(o.ModelPath)
	if err != nil {
		t.Fatal(err)
	}
	// altered is the model with other bytes in one place.
	altered := func(at int, bytes ...byte) []byte {
		data := append([]byte(nil), whole...)
		copy(data[at:], bytes)
		return data
	}
	key := bytes.Index(whole, []byte("llama.embedding_length"))
	tensor := bytes.Index(whole, []byte("blk.0.attn_q.weight"))
	// The value of a key of the type uint32 follows it.
	layers := bytes.Index(whole, []byte("llama.block_count\x04\x00\x00\x00"))
	if key < 0 || tensor < 0 || layers < 0 {
		t.Fatal("the model has another layout than this test expects")
	}
	tests := map[string]struct {
		content []byte // nil: no file
		want    string
	}{
		"missing":            {nil, "no such file"},
		"empty":              {[]byte{}, "not a GGUF file"},
		"text":               {[]byte("this is no model\n"), "not a GGUF file"},
		"magic only":         {[]byte("GGUF"), "cannot read it"},
		"cut in the header":  {whole[:100_000], "cannot read it"},
		"cut in the weights": {whole[:len(whole)/2], "cannot read it"},
		"cut by a byte":      {whole[:len(whole)-1], "cannot read it"},
		"another version":    {altered(4, 99), "cannot read it"},
		"absurd counts":      {altered(8, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f), "cannot read it"},
		"a key lost":         {altered(key, 'L'), "cannot read it"},
		// The library aborts; its worker process ends.
		"no layers":            {altered(layers+len("llama.block_count")+4, 0), "GGML_ASSERT"},
		"a tensor lost":        {altered(tensor, 'B'), "cannot read it"},
		"unknown architecture": {tinyGGUF("nonsense"), "'nonsense'"},
		"nothing but a name":   {tinyGGUF("llama"), "cannot read it"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			o := o
			o.ModelPath = filepath.Join(t.TempDir(), "model.gguf")
			if test.content != nil {
				mustWrite(t, o.ModelPath, test.content)
			}
			e := engine.New(o)
			defer e.Close()
			_, err := e.Open(t.Context())
			if err == nil || !strings.Contains(err.Error(), test.want) || !strings.Contains(err.Error(), o.ModelPath) {
				t.Errorf("got the error %v, want one with %q and the path", err, test.want)
			}
			t.Log(err)
			// The file may be put right while the program runs.
			if name == "text" {
				mustWrite(t, o.ModelPath, whole)
				mustGenerate(t, e, engine.Generation{Prefix: prefix, N: 1, MaxTokens: 1, TopP: 1})
			}
		})
	}
	t.Run("damaged weights", func(t *testing.T) {
		// All ones are no numbers. Nothing sensible can come of it, but no crash either.
		o := o
		o.ModelPath = filepath.Join(t.TempDir(), "model.gguf")
		mustWrite(t, o.ModelPath, altered(len(whole)/2, bytes.Repeat([]byte{0xff}, 1<<20)...))
		e := mustOpen(t, o)
		for _, temperature := range []float64{0, 1} {
			if _, err := generate(t.Context(), e, engine.Generation{Prefix: prefix, N: 2, MaxTokens: 3, Temperature: temperature, TopP: 0.9}, nil); err != nil {
				t.Error(err)
			}
		}
	})
}

func TestModelOfAnotherKind(t *testing.T) {
	t.Parallel()
	t.Run("an embedder cannot complete", func(t *testing.T) {
		o := options(t)
		o.ModelPath = enginetest.Embedder(t)
		e := mustOpen(t, o)
		info, err := e.Open(t.Context())
		if err != nil || !info.Pooled || info.Dimensions != 384 {
			t.Errorf("got %+v, %v", info, err)
		}
		_, err = generate(t.Context(), e, engine.Generation{Prefix: prefix, N: 1, MaxTokens: 1}, nil)
		if err == nil || !strings.Contains(err.Error(), "sentence embeddings and cannot complete") {
			t.Errorf("got the error %v", err)
		}
		vectors, err := e.Embed(t.Context(), []string{"", "x"}, 256)
		if err != nil || len(vectors) != 2 || len(vectors[0]) != 384 {
			t.Errorf("then got %d vectors, %v", len(vectors), err)
		}
		if _, err := e.Embed(t.Context(), []string{"x"}, 0); err == nil {
			t.Error("texts were cut to nothing")
		}
	})
	t.Run("a generator cannot embed", func(t *testing.T) {
		e := mustOpen(t, options(t))
		_, err := e.Embed(t.Context(), []string{"x"}, 256)
		if err == nil || !strings.Contains(err.Error(), "not one for sentence embeddings") {
			t.Errorf("got the error %v", err)
		}
		mustGenerate(t, e, engine.Generation{Prefix: prefix, N: 1, MaxTokens: 1, TopP: 1})
	})
}

func TestBrokenLibraries(t *testing.T) {
	t.Parallel()
	if runtime.GOOS != "linux" {
		t.Skip("written for the names of Linux' libraries")
	}
	o := options(t)
	right, err := os.ReadDir(o.LibraryDir)
	if err != nil {
		t.Fatal(err)
	}
	other := systemLibrary(t)
	tests := map[string]struct {
		// replace names the library that is another one's copy, or what is written.
		replace string
		content []byte // nil: left out
		want    string
	}{
		"a library lost":               {"libllama.v0.5.0.so", nil, "libllama.so"},
		"base lost":                    {"libggml-base.so", nil, "libggml-base.so"},
		"another library":              {"libllama.v0.5.0.so", other, "another ABI than release v0.5.0"},
		"another library in its place": {"libggml.v0.5.0.so", other, "libllama.v0.5.0.so"},
		"text":                         {"libllama.v0.5.0.so", []byte("no library\n"), "libllama.v0.5.0.so"},
		"an empty file":                {"libllama.v0.5.0.so", []byte{}, "libllama.v0.5.0.so"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			o := o
			o.LibraryDir = t.TempDir()
			for _, file := range right {
				path := filepath.Join(o.LibraryDir, file.Name())
				switch {
				case file.Name() != test.replace:
					if err := os.Symlink(filepath.Join(options(t).LibraryDir, file.Name()), path); err != nil {
						t.Fatal(err)
					}
				case test.content != nil:
					mustWrite(t, path, test.content)
				}
			}
			_, err := engine.New(o).Open(t.Context())
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got the error %v, want one with %q", err, test.want)
			}
		})
	}
	t.Run("nothing that computes", func(t *testing.T) {
		o := o
		o.LibraryDir = t.TempDir()
		for _, file := range right {
			if strings.Contains(file.Name(), "cpu") {
				continue
			}
			if err := os.Symlink(filepath.Join(options(t).LibraryDir, file.Name()), filepath.Join(o.LibraryDir, file.Name())); err != nil {
				t.Fatal(err)
			}
		}
		_, err := engine.New(o).Open(t.Context())
		if err == nil || !strings.Contains(err.Error(), "can compute on this machine") {
			t.Errorf("got the error %v", err)
		}
	})
	t.Run("no folder", func(t *testing.T) {
		o := o
		o.LibraryDir = filepath.Join(t.TempDir(), "nowhere")
		_, err := engine.New(o).Open(t.Context())
		if err == nil || !strings.Contains(err.Error(), o.LibraryDir) || !strings.Contains(err.Error(), "seccoder models pull") {
			t.Errorf("got the error %v", err)
		}
	})
	t.Run("a folder of an odd name", func(t *testing.T) {
		o := o
		o.LibraryDir = filepath.Join(t.TempDir(), "[a*b?] ä")
		if err := os.Symlink(options(t).LibraryDir, o.LibraryDir); err != nil {
			t.Fatal(err)
		}
		mustOpen(t, o)
	})
}

// systemLibrary is a shared library that has nothing to do with the engine.
func systemLibrary(t *testing.T) []byte {
	t.Helper()
	for _, pattern := range []string{"/lib/*/libm.so.6", "/lib64/libm.so.6", "/usr/lib/libm.so.6"} {
		if paths, _ := filepath.Glob(pattern); len(paths) > 0 {
			data, err := os.ReadFile(paths[0])
			if err != nil {
				t.Fatal(err)
			}
			return data
		}
	}
	t.Skip("no libm.so.6 found")
	return nil
}

// tinyGGUF is a model file that says nothing but its architecture.
func tinyGGUF(architecture string) []byte {
	var b bytes.Buffer
	text := func(s string) {
		_ = binary.Write(&b, binary.LittleEndian, uint64(len(s)))
		b.WriteString(s)
	}
	b.WriteString("GGUF")
	_ = binary.Write(&b, binary.LittleEndian, struct {
		Version        uint32
		Tensors, Pairs uint64
	}{3, 0, 1})
	text("general.architecture")
	_ = binary.Write(&b, binary.LittleEndian, uint32(8)) // a string
	text(architecture)
	b.WriteString(strings.Repeat("\x00", 64))
	return b.Bytes()
}

func mustWrite(t *testing.T, path string, data []byte) {
	t.Helper()
	if err := os.WriteFile(path, data, 0o644); err != nil {
		t.Fatal(fmt.Errorf("write %s: %w", path, err))
	}
}
