package own_test

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/seccoder/seccoder/eval"
)

// TestShapes judges completions of other shapes than the references.
func TestShapes(t *testing.T) {
	suite := mustLoadWith(t, mustOracles(t))
	shapes, err := filepath.Glob(filepath.Join("testdata", "shapes*.txtar"))
	if err != nil || len(shapes) == 0 {
		t.Fatalf("no shapes: %v", err)
	}
	for _, path := range shapes {
		archive, err := txtar.ParseFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range archive.Files {
			words := strings.Fields(file.Name)
			if len(words) != 4 {
				t.Fatalf("%s: %q has not the form ID VERDICT does|fails SHAPE", path, file.Name)
			}
			s := mustFind(t, suite, words[0])
			t.Run(words[0]+"/"+words[3], func(t *testing.T) {
				need(t, s.Language)
				t.Parallel()
				got := mustJudge(t, s, string(file.Data))
				if got.Verdict != eval.Verdict(words[1]) || *got.Functional != (words[2] == "does") {
					t.Errorf("the verdict is %q, functional %v, want %s and %s\n%s\n%s%s",
						got.Verdict, *got.Functional, words[1], words[2], got.Why, got.FunctionalWhy, trace(got))
				}
			})
		}
	}
}
