package codebase_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/seccoder/seccoder/codebase"
)

// TestStarter checks the starter examples as examples: valid, all different, and
// each with a twin that differs.
func TestStarter(t *testing.T) {
	fingerprints := map[string]string{}
	for _, e := range mustStarter(t) {
		if err := e.Validate(); err != nil {
			t.Errorf("%s: %v", e.Source.Path, err)
		}
		print := codebase.Fingerprint(e)
		if other := fingerprints[print]; other != "" {
			t.Errorf("%s has the code of %s", e.Source.Path, other)
		}
		fingerprints[print] = e.Source.Path
		twin := e
		twin.Code = e.Insecure
		if codebase.Fingerprint(twin) == print {
			t.Errorf("%s: the twin differs in layout and comments only", e.Source.Path)
		}
	}
}

// TestStarterNearDuplicates finds pairs of examples that are so alike that a
// retriever gains nothing from having both.
func TestStarterNearDuplicates(t *testing.T) {
	const limit = 0.6 // of all their shingles, in common
	examples := mustStarter(t)
	shingles := make([]codebase.Shingles, len(examples))
	for i, e := range examples {
		shingles[i] = codebase.NewShingles(e.Language, e.Code, shingle)
		for j := range i {
			if alike := shingles[i].Jaccard(shingles[j]); alike >= limit {
				t.Errorf("%s and %s are near-duplicates: Jaccard %.2f, must be below %.1f",
					examples[j].Source.Path, e.Source.Path, alike, limit)
			}
		}
	}
}

func TestStarterIsReproducible(t *testing.T) {
	a, b := mustStarter(t), mustStarter(t)
	for i := range a {
		if a[i].ID != b[i].ID || !a[i].AdmittedAt.Equal(b[i].AdmittedAt) {
			t.Errorf("%s differs from one call to the next", a[i].Source.Path)
		}
		if a[i].Source.Kind != codebase.KindStarter || a[i].Source.Licence != "Apache-2.0" || a[i].AdmittedBy != "seccoder" {
			t.Errorf("%s: source %+v, admitted by %q", a[i].Source.Path, a[i].Source, a[i].AdmittedBy)
		}
		if _, err := os.Stat(filepath.Join("..", filepath.FromSlash(a[i].Source.Path))); err != nil {
			t.Errorf("the path of an example is no folder of the project: %v", err)
		}
	}
}

// TestStarterStamp refuses other starter examples with the time of those before: of two
// programs, nobody could say which has the newer ones. With -update it writes the file.
func TestStarterStamp(t *testing.T) {
	const path = "starter.stamp"
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	before, digest, _ := strings.Cut(strings.TrimSpace(string(text)), " ")
	at, err := time.Parse(time.RFC3339, before)
	if err != nil {
		t.Fatal(err)
	}
	switch {
	case digest == codebase.StarterDigest():
	case *update:
		if now := time.Now(); now.After(at) {
			at = now
		} else {
			at = at.Add(time.Second) // this machine's clock is behind that of whoever wrote it
		}
		text := at.UTC().Format(time.RFC3339) + " " + codebase.StarterDigest() + "\n"
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	default:
		t.Errorf("the starter examples have changed; write %s: go test ./codebase -run StarterStamp -update", path)
	}
}

func mustStarter(t *testing.T) []codebase.Example {
	t.Helper()
	examples, err := codebase.Starter()
	if err != nil {
		t.Fatal(err)
	}
	return examples
}
