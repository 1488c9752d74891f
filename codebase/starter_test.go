package codebase_test

import (
	"maps"
	"os"
	"path/filepath"
	"testing"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/lang"
)

// shingle is the length in tokens of the runs by which code is compared here.
const shingle = 5

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

// TestStarterLeak finds starter examples that give away an evaluation scenario.
// A scenario's code is what a model is asked to complete; an example that holds
// half of it would make the evaluation measure memory.
//
// The measure is containment: the share of the scenario's 5-token runs that
// the example, or its twin, has too. Runs that are idiom (the head of main, a
// list of includes) say nothing and are left out: those that starter entries of
// three CWEs or more have. A context of which fewer than 8 runs are left is
// taken together with the file around it.
func TestStarterLeak(t *testing.T) {
	const limit, enough = 0.5, 8
	folder := os.Getenv("SECCODER_SVEN")
	if folder == "" {
		folder = filepath.Join("..", "..", "shared", "data", "sven")
	}
	scenarios, err := filepath.Glob(filepath.Join(folder, "scenarios", "*", "*", "func_context.*"))
	if err != nil {
		t.Fatal(err)
	}
	if len(scenarios) == 0 {
		t.Skipf("no scenarios in %s; SECCODER_SVEN may name the folder of the SVEN data", folder)
	}
	examples := mustStarter(t)
	known := idioms(examples)
	worst, worstPair, tooShort := 0.0, "", 0
	for _, path := range scenarios {
		l, _ := lang.FromPath(path)
		code := mustRead(t, path)
		context := without(codebase.NewShingles(l, code, shingle), known)
		if len(context) < enough {
			file := filepath.Join(filepath.Dir(path), "file_context"+filepath.Ext(path))
			context = without(codebase.NewShingles(l, mustRead(t, file)+"\n"+code, shingle), known)
		}
		if len(context) < enough {
			tooShort++
			continue
		}
		for _, e := range examples {
			for _, text := range []string{e.Code, e.Insecure} {
				held := context.Containment(codebase.NewShingles(e.Language, text, shingle))
				if held >= limit {
					t.Errorf("%s gives away %s: it holds %.2f of its %d runs of tokens, must be below %.1f",
						e.Source.Path, path, held, len(context), limit)
				}
				if held > worst {
					worst, worstPair = held, e.Source.Path+" and "+path
				}
			}
		}
	}
	t.Logf("%d scenarios, %d of them nothing but idiom; the nearest pair is %s, at %.2f", len(scenarios), tooShort, worstPair, worst)
}

// idioms are the runs of tokens that examples of three CWEs or more have.
func idioms(examples []codebase.Example) codebase.Shingles {
	cwes := map[uint64]map[codebase.CWE]bool{}
	for _, e := range examples {
		for run := range codebase.NewShingles(e.Language, e.Code, shingle) {
			if cwes[run] == nil {
				cwes[run] = map[codebase.CWE]bool{}
			}
			cwes[run][e.CWEs[0]] = true
		}
	}
	common := codebase.Shingles{}
	for run, of := range cwes {
		if len(of) >= 3 {
			common[run] = struct{}{}
		}
	}
	return common
}

func without(all, some codebase.Shingles) codebase.Shingles {
	left := maps.Clone(all)
	maps.DeleteFunc(left, func(run uint64, _ struct{}) bool { _, drop := some[run]; return drop })
	return left
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

func mustStarter(t *testing.T) []codebase.Example {
	t.Helper()
	examples, err := codebase.Starter()
	if err != nil {
		t.Fatal(err)
	}
	return examples
}

func mustRead(t *testing.T, path string) string {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}
