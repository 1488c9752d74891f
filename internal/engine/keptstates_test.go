package engine_test

import (
	"bytes"
	"crypto/sha256"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/seccoder/seccoder/internal/engine"
)

func TestKeptStatesServeTheNextProcess(t *testing.T) {
	t.Parallel()
	o := options(t)
	o.StateDir = t.TempDir()
	g := engine.Generation{Demonstration: demonstration, Prefix: prefix, N: 2, MaxTokens: 8, Temperature: 1, TopP: 0.95, Seed: 7}
	first := mustGenerate(t, mustOpen(t, o), g)
	second := mustGenerate(t, mustOpen(t, o), g)
	if second.usage.CachedTokens < 90 {
		t.Errorf("the second process found %d tokens kept", second.usage.CachedTokens)
	}
	if !slices.Equal(first.texts, second.texts) {
		t.Errorf("got %q from the kept state, first %q", second.texts, first.texts)
	}
}

// A file can be whole and yet be what this engine makes nothing of.
func TestRefusedStateFilesAreReplaced(t *testing.T) {
	t.Parallel()
	o := options(t)
	g := engine.Generation{Demonstration: demonstration, Prefix: prefix, N: 2, MaxTokens: 4, Temperature: 1, TopP: 0.95, Seed: 7}
	for name, spoil := range map[string]func(state []byte) []byte{
		"zeros":       func(s []byte) []byte { return make([]byte, len(s)) },
		"ones":        func(s []byte) []byte { return bytes.Repeat([]byte{0xff}, len(s)) },
		"half of it":  func(s []byte) []byte { return s[:len(s)/2] },
		"more of it":  func(s []byte) []byte { return append(s, s...) },
		"other cells": func(s []byte) []byte { copy(s[len(s)/4:], make([]byte, len(s)/2)); return append(s[:8:8], s[12:]...) },
	} {
		t.Run(name, func(t *testing.T) {
			o := o
			o.StateDir = t.TempDir()
			first := mustGenerate(t, mustOpen(t, o), g)
			files, err := filepath.Glob(filepath.Join(o.StateDir, "*.state"))
			if err != nil || len(files) != 1 {
				t.Fatalf("%d state files (%v), expected one", len(files), err)
			}
			content, err := os.ReadFile(files[0])
			if err != nil {
				t.Fatal(err)
			}
			spoiled := spoil(content[sha256.Size:])
			sum := sha256.Sum256(spoiled)
			if err := os.WriteFile(files[0], append(sum[:], spoiled...), 0o600); err != nil {
				t.Fatal(err)
			}

			e := mustOpen(t, o)
			second := mustGenerate(t, e, g)
			if second.usage.CachedTokens != 0 || !slices.Equal(first.texts, second.texts) {
				t.Errorf("got %q with %d tokens kept, first %q", second.texts, second.usage.CachedTokens, first.texts)
			}
			for name, e := range map[string]*engine.Engine{"same": e, "next": mustOpen(t, o)} {
				if again := mustGenerate(t, e, g); again.usage.CachedTokens < 90 || !slices.Equal(first.texts, again.texts) {
					t.Errorf("the %s process got %q with %d tokens kept, first %q", name, again.texts, again.usage.CachedTokens, first.texts)
				}
			}
		})
	}
}
