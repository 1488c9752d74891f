package own_test

import (
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seccoder/seccoder/check/sandbox"
	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/eval"
	"github.com/seccoder/seccoder/eval/own"
	"github.com/seccoder/seccoder/eval/pyenv"
	"github.com/seccoder/seccoder/internal/evaltest"
	"github.com/seccoder/seccoder/lang"
)

var update = flag.Bool("update", false, "write the golden files")

// TestSuite holds the suite to what is promised of it.
func TestSuite(t *testing.T) {
	suite := mustLoad(t)
	heldOut, err := own.HeldOutCWEs()
	if err != nil {
		t.Fatal(err)
	}
	cwes, languages, ids := map[codebase.CWE]bool{}, map[lang.Language][2]int{}, map[string]bool{}
	for _, s := range suite.Scenarios {
		if ids[s.ID] {
			t.Errorf("%s is there twice", s.ID)
		}
		ids[s.ID], cwes[s.CWE] = true, true
		count := languages[s.Language]
		if slices.Contains(heldOut, s.CWE) {
			count[0]++
		} else {
			count[1]++
		}
		languages[s.Language] = count
		if s.Kind != eval.Security || s.Judge == nil || s.Task == "" || s.Prompt == "" {
			t.Errorf("%s is not complete: %+v", s.ID, s)
		}
	}
	if suite.Name != "own" || len(suite.Digest) != 64 {
		t.Errorf("the suite is %q with digest %q", suite.Name, suite.Digest)
	}
	if len(suite.Scenarios) < 48 || len(cwes) < 24 || len(languages) != 6 {
		t.Errorf("%d scenarios of %d CWEs in %d languages, want 48 of 24 in 6", len(suite.Scenarios), len(cwes), len(languages))
	}
	if share := float64(len(heldOut)) / float64(len(cwes)); share < 0.45 || share > 0.55 {
		t.Errorf("%d of %d CWEs are held out, want half", len(heldOut), len(cwes))
	}
	for l, count := range languages {
		if min(count[0], count[1]) < 3 {
			t.Errorf("%s has %d scenarios of held-out CWEs and %d of others, want 3 of each", l, count[0], count[1])
		}
	}
	t.Logf("%d scenarios of %d CWEs, %d of these held out; held out and not, by language: %v", len(suite.Scenarios), len(cwes), len(heldOut), languages)
}

// TestReferencesEnd says that no reference is cut where a completion would be.
func TestReferencesEnd(t *testing.T) {
	references, err := own.References()
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range references {
		for name, completion := range map[string]string{"secure": r.Secure, "insecure": r.Insecure} {
			end, _ := lang.ConstructEnd(r.Language, r.Prompt, completion)
			if rest := strings.TrimSpace(completion[end:]); rest != "" {
				t.Errorf("%s: the %s reference is cut before %.60q", r.ID, name, rest)
			}
		}
	}
}

// hints are words that give away what a completion is judged by.
var hints = []string{"secure", "insecure", "safely", "sanitize", "sanitise", "escape", "vulnerab", "inject", "attack", "malicious", "untrusted", "exploit", "cwe"}

// TestPromptsDoNotHint looks for words in prompts that say what to watch out for.
func TestPromptsDoNotHint(t *testing.T) {
	for _, s := range mustLoad(t).Scenarios {
		for _, hint := range hints {
			if strings.Contains(strings.ToLower(s.Prompt+" "+s.Task), hint) {
				t.Errorf("%s: the prompt or title says %q", s.ID, hint)
			}
		}
	}
}

// TestBrokenSuite says that all that is wrong is reported at once, with its place.
func TestBrokenSuite(t *testing.T) {
	_, err := own.LoadDir(filepath.Join("testdata", "broken"), own.Oracles{})
	if err == nil {
		t.Fatal("a broken suite was loaded")
	}
	got := filepath.ToSlash(err.Error()) + "\n"
	golden := filepath.Join("testdata", "broken.golden")
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("the errors are not those of %s (-want +got):\n%s", golden, diff)
	}
}

// TestEmptyScenarios has folders of no language and of no CWE: what they lack is named, and no
// prompt is taken for the same as another that is not there either.
func TestEmptyScenarios(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"cobol/cwe-078/c", "python/cwe-xyz/b", "python/cwe-xyz/whole"} {
		if err := os.MkdirAll(filepath.Join(dir, filepath.FromSlash(name)), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"cobol/cwe-078/c/prompt.cob", "python/cwe-xyz/whole/scenario.toml", "python/cwe-xyz/whole/prompt.py", "python/cwe-xyz/whole/secure.py", "python/cwe-xyz/whole/insecure.py", "python/cwe-xyz/whole/test.py"} {
		if err := os.WriteFile(filepath.Join(dir, filepath.FromSlash(name)), []byte("x"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	_, err := own.LoadDir(dir, own.Oracles{})
	if err == nil {
		t.Fatal("a broken suite was loaded")
	}
	want := `load suite DIR:
DIR/cobol: "cobol" is not a language of scenarios (known: python, javascript, c, cpp, go, java)
DIR/python/cwe-xyz: it must be a folder that is named like cwe-089
DIR/cobol/cwe-078/c/insecure.*: it is missing
DIR/cobol/cwe-078/c/scenario.toml: it is missing
DIR/cobol/cwe-078/c/secure.*: it is missing
DIR/cobol/cwe-078/c/test.*: it is missing
DIR/python/cwe-xyz/b/insecure.py: it is missing
DIR/python/cwe-xyz/b/prompt.py: it is missing
DIR/python/cwe-xyz/b/scenario.toml: it is missing
DIR/python/cwe-xyz/b/secure.py: it is missing
DIR/python/cwe-xyz/b/test.py: it is missing`
	if diff := cmp.Diff(want, filepath.ToSlash(strings.ReplaceAll(err.Error(), dir, "DIR"))); diff != "" {
		t.Errorf("the errors are others (-want +got):\n%s", diff)
	}
}

func TestLoadDir(t *testing.T) {
	for _, test := range []struct{ name, dir, want string }{
		{"missing", filepath.Join("testdata", "none"), "no such file"},
		{"a-file", "own.go", "is no folder"},
		{"empty", t.TempDir(), "no scenarios"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if _, err := own.LoadDir(test.dir, own.Oracles{}); err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("the error is %v, want one with %q", err, test.want)
			}
		})
	}
	t.Run("a-suite", func(t *testing.T) {
		dir := filepath.Join("..", "..", "suites")
		suite, err := own.LoadDir(dir, own.Oracles{})
		if err != nil {
			t.Fatal(err)
		}
		built := mustLoad(t)
		if len(suite.Scenarios) != len(built.Scenarios) || suite.Digest != built.Digest {
			t.Errorf("the folder has %d scenarios and digest %s, the program %d and %s", len(suite.Scenarios), suite.Digest, len(built.Scenarios), built.Digest)
		}
		if _, err := suite.Scenarios[0].Judge.Judge(t.Context(), ""); err == nil {
			t.Error("a judge without a sandbox judged")
		}
	})
}

// A judgement is kept under a digest that another Python, or another compiler, changes.
func TestDigestKnowsTheTools(t *testing.T) {
	evaltest.DigestKnowsTheTools(t, func(box *sandbox.Sandbox, env pyenv.Env) string {
		suite, err := own.Load(own.Oracles{Sandbox: box, Python: env})
		if err != nil {
			t.Fatal(err)
		}
		return suite.Digest
	})
}

func mustLoad(t *testing.T) eval.Suite {
	t.Helper()
	suite, err := own.Load(own.Oracles{})
	if err != nil {
		t.Fatal(err)
	}
	return suite
}
