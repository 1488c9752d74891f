package corpus_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/seccoder/seccoder/corpus"
)

// TestEntries checks that every entry of the program can be read and that
// together they cover the weaknesses of the paper's evaluation and the CWE Top 25 of 2025.
func TestEntries(t *testing.T) {
	entries := mustEntries(t)
	if len(entries) < 310 {
		t.Errorf("%d entries, want at least 310", len(entries))
	}
	cwes, languages, titles := map[int]int{}, map[string]int{}, map[string]string{}
	for _, e := range entries {
		cwes[e.CWEs[0]]++
		languages[e.Language]++
		if other := titles[e.Language+e.Title]; other != "" {
			t.Errorf("%s has the title of %s: %q", e.Path, other, e.Title)
		}
		titles[e.Language+e.Title] = e.Path
		for _, code := range []string{e.Code, e.Insecure} {
			if !strings.HasSuffix(code, "\n") || strings.ContainsAny(code, "\r\x00") {
				t.Errorf("%s: a file does not end in a line ending, or holds a carriage return or NUL", e.Path)
			}
		}
	}
	for _, cwe := range []int{
		20, 22, 77, 78, 79, 89, 94, 120, 121, 122, 125, 190, 200, 284, 306, 352, 416, 434, 476, 502, 639, 770, 787, 862, 863, 918,
	} {
		if cwes[cwe] == 0 {
			t.Errorf("no entry of CWE-%03d", cwe)
		}
	}
	for language, want := range map[string]int{"python": 45, "c": 45, "cpp": 25, "javascript": 55, "typescript": 10, "go": 45, "java": 40} {
		if languages[language] < want {
			t.Errorf("%d entries in %s, want at least %d", languages[language], language, want)
		}
	}
	t.Logf("%d entries; by language %v; by CWE %v", len(entries), languages, cwes)
	if !slices.IsSortedFunc(entries, func(a, b corpus.Entry) int { return strings.Compare(a.Path, b.Path) }) {
		t.Error("the entries are not in the order of their paths")
	}
}

func TestDigest(t *testing.T) {
	if a, b := corpus.Digest(), corpus.Digest(); a != b || len(a) != 64 {
		t.Errorf("Digest gives %q, then %q", a, b)
	}
}

// tree is a valid tree of one entry, changed by the files given: "" takes one away.
func tree(change map[string]string) fstest.MapFS {
	content := map[string]string{
		"python/cwe-089/user-by-name/example.py":  "secure()\n",
		"python/cwe-089/user-by-name/insecure.py": "insecure()\n",
		"python/cwe-089/user-by-name/entry.toml":  "title = \"find a user\"\nfix = \"binds\"\ncwes = [89, 564]\n",
	}
	maps.Copy(content, change)
	files := fstest.MapFS{}
	for name, text := range content {
		if text != "" {
			files[name] = &fstest.MapFile{Data: []byte(text)}
		}
	}
	return files
}

func TestRead(t *testing.T) {
	got, err := corpus.Read(tree(nil))
	want := []corpus.Entry{{
		Language: "python", Path: "python/cwe-089/user-by-name", Title: "find a user", Fix: "binds",
		CWEs: []int{89, 564}, Code: "secure()\n", Insecure: "insecure()\n",
	}}
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("error %v, want (-), got (+):\n%s", err, diff)
	}
	const proof = "def functional_x(m, t): ...\n"
	got, err = corpus.Read(tree(map[string]string{
		"python/cwe-089/user-by-name/proof.py":   proof,
		"python/cwe-089/user-by-name/entry.toml": "title='a'\nfix='b'\ncwes=[89]\nexploited_by=['hang']\ncpu_seconds=4",
	}))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(corpus.Proof{Cases: proof, ExploitedBy: []string{"hang"}, CPUSeconds: 4}, got[0].Proof); diff != "" {
		t.Errorf("a proof with cases: want (-), got (+):\n%s", diff)
	}
	got, err = corpus.Read(tree(map[string]string{
		"python/cwe-089/user-by-name/entry.toml": "title='a'\nfix='b'\ncwes=[89]\nproof='bandit:B324'",
	}))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(corpus.Proof{Checker: "bandit", Rule: "B324"}, got[0].Proof); diff != "" {
		t.Errorf("a proof by a checker: want (-), got (+):\n%s", diff)
	}
	if got, err := corpus.Read(fstest.MapFS{}); err != nil || len(got) != 0 {
		t.Errorf("an empty tree: %v, %v", got, err)
	}
}

func TestReadRefuses(t *testing.T) {
	const folder = "python/cwe-089/user-by-name/"
	toml := func(text string) map[string]string { return map[string]string{folder + "entry.toml": text} }
	tests := map[string]struct {
		change map[string]string
		want   []string // all in the error
	}{
		"no example":       {map[string]string{folder + "example.py": ""}, []string{folder + "example.py", "not exist"}},
		"no twin":          {map[string]string{folder + "insecure.py": ""}, []string{folder + "insecure.py", "not exist"}},
		"no description":   {map[string]string{folder + "entry.toml": ""}, []string{folder + "entry.toml", "not exist"}},
		"an empty file":    {map[string]string{folder + "example.py": " \n"}, []string{folder + "example.py", "empty"}},
		"a file too many":  {map[string]string{folder + "notes.txt": "x"}, []string{folder + "notes.txt"}},
		"another ending":   {map[string]string{folder + "example.c": "x"}, []string{folder + "example.c"}},
		"a twin too alike": {map[string]string{folder + "insecure.py": "secure()\n"}, []string{folder + "insecure.py", "same"}},
		"broken TOML":      {toml("title = "), []string{folder + "entry.toml"}},
		"unknown key":      {toml("title='a'\nfix='b'\ncwes=[89]\nfixes='c'"), []string{folder + "entry.toml", `"fixes"`}},
		"no title":         {toml("fix='b'\ncwes=[89]"), []string{folder + "entry.toml", "title"}},
		"two lines":        {toml("title='a'\nfix=\"b\\nc\"\ncwes=[89]"), []string{folder + "entry.toml", "fix"}},
		"no CWEs":          {toml("title='a'\nfix='b'"), []string{folder + "entry.toml", "cwes"}},
		"another CWE":      {toml("title='a'\nfix='b'\ncwes=[79, 89]"), []string{folder + "entry.toml", "79", "cwe-089"}},
		"a CWE twice":      {toml("title='a'\nfix='b'\ncwes=[89, 89]"), []string{folder + "entry.toml", "89"}},
		"CWEs as text":     {toml("title='a'\nfix='b'\ncwes=['CWE-89']"), []string{folder + "entry.toml"}},
		"another language": {map[string]string{"cobol/cwe-089/x/example.cob": "x"}, []string{"cobol/cwe-089/x", "language"}},
		"a folder's CWE":   {map[string]string{"c/89/x/example.c": "x"}, []string{"c/89/x", "cwe-089"}},
		"a folder's name":  {map[string]string{"c/cwe-089/Big_Name/example.c": "x"}, []string{"c/cwe-089/Big_Name"}},
		"an empty proof":   {map[string]string{folder + "proof.py": "\n"}, []string{folder + "proof.py", "empty"}},
		"two proofs": {
			map[string]string{folder + "proof.py": "x\n", folder + "entry.toml": "title='a'\nfix='b'\ncwes=[89]\nproof='bandit:B324'"},
			[]string{folder + "entry.toml", "cases too"},
		},
		"a proof by nobody": {toml("title='a'\nfix='b'\ncwes=[89]\nproof='B324'"), []string{folder + "entry.toml", `"B324"`}},
		"nothing to run":    {toml("title='a'\nfix='b'\ncwes=[89]\ncpu_seconds=3"), []string{folder + "entry.toml", "cpu_seconds"}},
		"an unknown end": {
			map[string]string{folder + "proof.py": "x\n", folder + "entry.toml": "title='a'\nfix='b'\ncwes=[89]\nexploited_by=['fire']"},
			[]string{folder + "entry.toml", `"fire"`},
		},
		"two at once": {
			map[string]string{folder + "example.py": "", "c/cwe-089/x/example.c": "x"},
			[]string{folder + "example.py", "c/cwe-089/x/entry.toml"},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := corpus.Read(tree(test.change))
			if err == nil {
				t.Fatal("no error")
			}
			for _, want := range test.want {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("error %q does not say %q", err, want)
				}
			}
		})
	}
}

func BenchmarkEntries(b *testing.B) {
	for b.Loop() {
		if _, err := corpus.Entries(); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkDigest(b *testing.B) {
	for b.Loop() {
		_ = corpus.Digest()
	}
}

func mustEntries(t *testing.T) []corpus.Entry {
	t.Helper()
	entries, err := corpus.Entries()
	if err != nil {
		t.Fatal(fmt.Errorf("read the entries: %w", err))
	}
	return entries
}
