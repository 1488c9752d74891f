package prove_test

import (
	"errors"
	"flag"
	"hash/fnv"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/seccoder/seccoder/check/builtin"
	"github.com/seccoder/seccoder/check/checktest"
	"github.com/seccoder/seccoder/corpus"
	"github.com/seccoder/seccoder/eval/prove"
	"github.com/seccoder/seccoder/internal/evaltest"
	"github.com/seccoder/seccoder/lang"
)

var all = flag.Bool("all", false, "run every proof of the corpus, not only a sample and what changed")

// sample is the share of the proofs, one in so many, that is run without -all.
const sample = 8

// tools are the programs without which a language's proofs cannot be run.
var tools = map[lang.Language][]string{
	lang.Python: {"python3"}, lang.C: {"clang"}, lang.CPP: {"clang++"}, lang.Go: {"go"},
	// Stand-ins for databases use Python's SQLite, one for a script engine uses Node.
	lang.JavaScript: {"node", "python3"}, lang.TypeScript: {"node", "python3"}, lang.Java: {"java", "javac", "keytool", "node", "python3"},
}

// TestMain lets the checkers be found where the tests of package check find them.
func TestMain(m *testing.M) {
	if err := os.Setenv("PATH", checktest.Path()); err != nil {
		panic(err)
	}
	os.Exit(m.Run())
}

// TestProofs runs proofs of the corpus: all with -all, else those of the entries that differ
// from the main branch, and a sample that stays the same while other entries come and go.
func TestProofs(t *testing.T) {
	entries, err := corpus.Entries()
	if err != nil {
		t.Fatal(err)
	}
	changed := changedEntries(t)
	prover := mustProver(t)
	var run, checked int
	for _, e := range entries {
		switch {
		case e.Proof.Cases != "":
			run++
		case e.Proof.Checker != "":
			checked++
		default:
			t.Errorf("%s has no proof", e.Path)
			continue
		}
		if !*all && !changed[e.Path] && !sampled(e.Path) {
			continue
		}
		t.Run(e.Path, func(t *testing.T) {
			if e.Proof.Checker != "" {
				need(t, e.Proof.Checker)
			} else {
				need(t, tools[lang.Language(e.Language)]...)
			}
			t.Parallel()
			if err := prover.Prove(t.Context(), e); err != nil {
				t.Error(err)
			}
		})
	}
	t.Logf("%d entries: %d proofs are run, %d are a checker's", len(entries), run, checked)
}

// sampled chooses by the path alone.
func sampled(path string) bool {
	sum := fnv.New32a()
	sum.Write([]byte(path))
	return sum.Sum32()%sample == 0
}

// changedEntries are the entries whose folders hold a file that differs from where the
// main branch was left, by git; nothing where git does not know.
func changedEntries(t *testing.T) map[string]bool {
	t.Helper()
	folder := filepath.Join("..", "..", "corpus")
	git := func(args ...string) (string, bool) {
		out, err := exec.CommandContext(t.Context(), "git", append([]string{"-C", folder}, args...)...).Output()
		return strings.TrimSpace(string(out)), err == nil
	}
	changed := map[string]bool{}
	for _, branch := range []string{"main", "origin/main"} {
		base, ok := git("merge-base", "HEAD", branch)
		if !ok {
			continue
		}
		names, _ := git("diff", "--name-only", "--relative", base)
		added, _ := git("ls-files", "--others", "--exclude-standard")
		for name := range strings.Lines(names + "\n" + added) {
			changed[filepath.ToSlash(filepath.Dir(strings.TrimSpace(name)))] = true
		}
		break
	}
	return changed
}

// entry is a Python entry with a function that reads a file of the folder "notes".
func entry(change func(*corpus.Entry)) corpus.Entry {
	e := corpus.Entry{
		Language: "python", Path: "python/cwe-022/read-note", CWEs: []int{22},
		Code:     "import os\n\n\ndef note(name):\n    return open('notes/' + os.path.basename(name)).read()\n",
		Insecure: "def note(name):\n    return open('notes/' + name).read()\n",
		Proof: corpus.Proof{Cases: `
import os


def prepare():
    os.mkdir("notes")
    for name in ("notes/a", "secret"):
        with open(name, "w") as f:
            f.write(name)


def functional_reads_a_note(m, t):
    prepare()
    assert m.note("a") == "notes/a"


def exploit_leaves_the_folder(m, t):
    prepare()
    if t.attempt(m.note, "../secret") == "secret":
        t.exploited("the file beside the folder was read")
`},
	}
	if change != nil {
		change(&e)
	}
	return e
}

func TestProve(t *testing.T) {
	need(t, "python3")
	need(t, "bandit")
	prover := mustProver(t)
	checker := func(rule string) func(*corpus.Entry) {
		return func(e *corpus.Entry) {
			e.Code = "import hashlib\n\n\ndef name(body):\n    return hashlib.sha256(body).hexdigest()\n"
			e.Insecure = "import hashlib\n\n\ndef name(body):\n    return hashlib.md5(body).hexdigest()\n"
			e.Proof = corpus.Proof{Checker: "bandit", Rule: rule}
		}
	}
	tests := map[string]struct {
		change func(*corpus.Entry)
		want   []string // all in the error; none for a proof that holds
	}{
		"holds":        {nil, nil},
		"by a checker": {checker("B324"), nil},
		"none":         {func(e *corpus.Entry) { e.Proof = corpus.Proof{} }, []string{"no proof"}},
		"an example that falls": {
			func(e *corpus.Entry) { e.Code, e.Insecure = e.Insecure, e.Code },
			[]string{"the example is insecure", "the twin is secure", "beside the folder was read"},
		},
		"a twin of another task": {
			func(e *corpus.Entry) { e.Insecure = strings.Replace(e.Insecure, "'notes/'", "'./'", 1) },
			[]string{"the twin", "reads a note"},
		},
		"a twin that does not compile":    {func(e *corpus.Entry) { e.Insecure += "(" }, []string{"the twin is invalid"}},
		"no functional case":              {func(e *corpus.Entry) { e.Proof.Cases = strings.ReplaceAll(e.Proof.Cases, "functional_", "not_") }, []string{"No functional case"}},
		"no exploit":                      {func(e *corpus.Entry) { e.Proof.Cases = strings.ReplaceAll(e.Proof.Cases, "exploit_", "not_") }, []string{"the twin is undecided"}},
		"a rule that is silent":           {checker("B602"), []string{"does not find B602", "B324"}},
		"an unknown checker":              {func(e *corpus.Entry) { e.Proof = corpus.Proof{Checker: "oracle", Rule: "x"} }, []string{`"oracle"`}},
		"a language that nothing can run": {func(e *corpus.Entry) { e.Language = "cobol" }, []string{"cobol"}},
		"no TypeScript":                   {func(e *corpus.Entry) { e.Language = "typescript" }, []string{"the proof is no TypeScript", "line 5", "def prepare():"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			err := prover.Prove(t.Context(), entry(test.change))
			if (err == nil) != (test.want == nil) {
				t.Fatalf("the error is %v, want %q", err, test.want)
			}
			for _, want := range test.want {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("the error %q does not say %q", err, want)
				}
			}
			if name == "none" && !errors.Is(err, prove.ErrNone) {
				t.Errorf("%v is no ErrNone", err)
			}
		})
	}
}

// need skips a test where a program is missing, and fails it where all must be there.
func need(t *testing.T, programs ...string) {
	t.Helper()
	evaltest.Programs(evaltest.Required(t), programs...)
}

func mustProver(t *testing.T) *prove.Prover {
	t.Helper()
	cache := evaltest.CacheDir(t, "seccoder")
	return prove.New(prove.Tools{
		Sandbox: evaltest.Sandbox(t), Python: evaltest.Python(t, cache, prove.Requirements), CacheDir: filepath.Join(cache, "eval"),
		Checkers: builtin.Checkers(),
	})
}
