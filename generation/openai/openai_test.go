package openai_test

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/seccoder/seccoder/generation/openai"
)

func TestNewRejects(t *testing.T) {
	t.Setenv("EMPTY_KEY", "")
	t.Setenv("BROKEN_KEY", "sk-one\nsk-two")
	good := openai.Options{BaseURL: "http://127.0.0.1:1/v1", Model: "m"}
	tests := []struct {
		name   string
		change func(*openai.Options)
		want   string
	}{
		{"no model", func(o *openai.Options) { o.Model = "" }, "no model"},
		{"no URL", func(o *openai.Options) { o.BaseURL = "" }, "no base URL"},
		{"no scheme", func(o *openai.Options) { o.BaseURL = "127.0.0.1:8080/v1" }, "base URL"},
		{"another scheme", func(o *openai.Options) { o.BaseURL = "file:///etc/passwd" }, "base URL"},
		{"API", func(o *openai.Options) { o.API = "responses" }, "known: completions, chat"},
		{"half a form", func(o *openai.Options) { o.Infill.Prefix = "<p>" }, "all three"},
		{"key variable not set", func(o *openai.Options) { o.KeyEnv = "EMPTY_KEY" }, "EMPTY_KEY"},
		{"key of two lines", func(o *openai.Options) { o.KeyEnv = "BROKEN_KEY" }, "$BROKEN_KEY"},
		{"no key file", func(o *openai.Options) { o.KeyFile = filepath.Join(t.TempDir(), "none") }, "key file"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			o := good
			test.change(&o)
			_, err := openai.New(o)
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("err = %v, want one with %q", err, test.want)
			}
			if err != nil && strings.Contains(err.Error(), "sk-") {
				t.Errorf("the key is in %v", err)
			}
		})
	}
}

func TestKeyFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "key")
	write := func(text string, mode os.FileMode) {
		t.Helper()
		if err := os.WriteFile(path, []byte(text), mode); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
	}
	f := newFake(t, func(w http.ResponseWriter, _ *http.Request, _ int, _ map[string]any) { event(w, text(0, "1", "stop")) })
	o := f.options(t)
	o.KeyFile = path

	write("sk-from-file\n", 0o600)
	g := mustNew(t, o)
	if _, err := g.Generate(t.Context(), request(1)); err != nil {
		t.Fatal(err)
	}
	if f.keys[0] != "Bearer sk-from-file" {
		t.Errorf("sent %q, want the file's key to win over the variable's", f.keys[0])
	}
	if printed := fmt.Sprintf("%+v %#v", g, g); strings.Contains(printed, "sk-") {
		t.Error("printing the generator shows the key")
	}

	write(" \n", 0o600)
	if _, err := openai.New(o); err == nil || !strings.Contains(err.Error(), "empty") {
		t.Errorf("empty file: err = %v", err)
	}
	write(strings.Repeat("k", 1<<20), 0o600)
	if _, err := openai.New(o); err == nil || !strings.Contains(err.Error(), "too large") {
		t.Errorf("large file: err = %v", err)
	}
	if runtime.GOOS != "windows" {
		write("sk-from-file", 0o640)
		if _, err := openai.New(o); err == nil || !strings.Contains(err.Error(), "chmod 600") {
			t.Errorf("file that the group may read: err = %v", err)
		}
	}
}

func TestAbilities(t *testing.T) {
	marks := openai.InfillForm{Prefix: "<p>", Suffix: "<s>", Middle: "<m>"}
	for _, test := range []struct {
		name string
		o    openai.Options
		want bool
	}{
		{"plain", openai.Options{}, false},
		{"marks", openai.Options{Infill: marks}, true},
		{"suffix", openai.Options{Infill: openai.InfillForm{UseSuffix: true}}, true},
		{"chat", openai.Options{API: openai.APIChat}, true},
	} {
		t.Run(test.name, func(t *testing.T) {
			test.o.BaseURL, test.o.Model, test.o.ContextTokens = "http://localhost/v1", "m", 4096
			g := mustNew(t, test.o)
			if g.CanInfill() != test.want {
				t.Errorf("CanInfill = %v", g.CanInfill())
			}
			if g.ContextTokens() != 4096 {
				t.Errorf("ContextTokens = %d", g.ContextTokens())
			}
		})
	}
}
