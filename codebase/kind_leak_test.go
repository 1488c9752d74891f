package codebase_test

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/lang"
	"github.com/seccoder/seccoder/suites"
)

// kindLimit is the likeness from which on an entry and a scenario are taken for one task
// (TestKindPairs).
const kindLimit = 0.30

// allowedKinds has the pairs that a person has looked at and found to be two tasks: an entry, a
// scenario, and the reason, in a line.
const allowedKinds = "testdata/kinds.allowed"

// An asked is a scenario as its kind tells it.
type asked struct {
	id   string
	l    lang.Language
	cwes []codebase.CWE
	kind kind
}

// TestStarterKind finds entries that are of the kind of an evaluation scenario: TestStarterLeak
// sees text that both have, this one sees one task in other words. Only pairs of one weakness
// and one language are compared. It goes by words, and so what it passes is not thereby
// another task.
func TestStarterKind(t *testing.T) {
	examples := mustStarter(t)
	kinds := starterKinds(examples)
	w := weigh(kinds)
	allowed := mustAllowedKinds(t)
	scenarios := append(ownKinds(t), svenKinds(t)...)
	used, compared := map[[2]string]bool{}, 0
	for _, s := range scenarios {
		for i, e := range examples {
			if !s.l.Compatible(e.Language) && !e.Language.Compatible(s.l) || !slices.ContainsFunc(s.cwes, func(c codebase.CWE) bool { return slices.Contains(e.CWEs, c) }) {
				continue
			}
			compared++
			pair := [2]string{strings.TrimPrefix(e.Source.Path, "corpus/"), s.id}
			alike := w.alike(s.kind, kinds[i])
			if alike < kindLimit {
				continue
			}
			if used[pair] = true; allowed[pair] == "" {
				t.Errorf("%s (%q) is of the kind of %s, alike by %.2f, must be below %.2f: write another task, or a line with the reason into %s",
					pair[0], e.Title, s.id, alike, kindLimit, allowedKinds)
			}
		}
	}
	for pair := range allowed {
		compared := slices.ContainsFunc(scenarios, func(s asked) bool { return s.id == pair[1] })
		if compared && !used[pair] {
			t.Logf("%s %s: the line in %s is not needed with what is there", pair[0], pair[1], allowedKinds)
		}
	}
	t.Logf("%d scenarios, %d pairs compared, %d alike and allowed", len(scenarios), compared, len(used))
}

func starterKinds(examples []codebase.Example) []kind {
	var kinds []kind
	for _, e := range examples {
		kinds = append(kinds, kindOf(e.Language, e.Code, e.Title))
	}
	return kinds
}

var (
	scenarioTitle = regexp.MustCompile(`(?m)^title = "(.*)"$`)
	scenarioCWE   = regexp.MustCompile(`cwe-([0-9]+)`)
)

// ownKinds are those of the suite of this project: what is asked, and the secure answer.
func ownKinds(t *testing.T) []asked {
	t.Helper()
	paths, err := fs.Glob(suites.Files, "*/cwe-*/*/scenario.toml")
	if err != nil || len(paths) == 0 {
		t.Fatalf("%d scenarios: %v", len(paths), err)
	}
	read := func(name string) string {
		content, err := fs.ReadFile(suites.Files, name)
		if err != nil {
			t.Fatal(err)
		}
		return string(content)
	}
	var all []asked
	for _, p := range paths {
		folder := path.Dir(p)
		l := lang.Language(strings.SplitN(folder, "/", 2)[0])
		ending := strings.TrimPrefix(mustOne(t, suites.Files, folder+"/prompt.*"), folder+"/prompt")
		code := read(folder+"/prompt"+ending) + read(folder+"/secure"+ending)
		all = append(all, asked{folder, l, cwesOf(folder), kindOf(l, code, scenarioTitle.FindStringSubmatch(read(p))[1])})
	}
	return all
}

// svenKinds are those of the scenarios that SECCODER_SVEN names, where it does.
func svenKinds(t *testing.T) []asked {
	t.Helper()
	folder := os.Getenv("SECCODER_SVEN")
	if folder == "" {
		t.Log("the scenarios of SVEN are not compared: SECCODER_SVEN does not name the folder of the SVEN data")
		return nil
	}
	fsys := os.DirFS(filepath.Join(folder, "scenarios"))
	paths, err := fs.Glob(fsys, "*/*/func_context.*")
	if err != nil {
		t.Fatal(err)
	}
	var all []asked
	for _, p := range paths {
		content, err := fs.ReadFile(fsys, p)
		if err != nil {
			t.Fatal(err)
		}
		l, _ := lang.FromPath(p)
		all = append(all, asked{"sven/" + path.Dir(p), l, cwesOf(p), kindOf(l, string(content))})
	}
	return all
}

func cwesOf(folder string) []codebase.CWE {
	cwe, err := codebase.ParseCWE(scenarioCWE.FindStringSubmatch(folder)[1])
	if err != nil {
		return nil
	}
	return []codebase.CWE{cwe}
}

func mustOne(t *testing.T, fsys fs.FS, pattern string) string {
	t.Helper()
	found, err := fs.Glob(fsys, pattern)
	if err != nil || len(found) != 1 {
		t.Fatalf("%s: %q, %v", pattern, found, err)
	}
	return found[0]
}

// mustAllowedKinds reads the pairs that are allowed, with the reasons.
func mustAllowedKinds(t *testing.T) map[[2]string]string {
	t.Helper()
	allowed := map[[2]string]string{}
	for line := range strings.Lines(mustRead(t, allowedKinds)) {
		if line = strings.TrimSpace(line); line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		entry, rest, _ := strings.Cut(line, " ")
		scenario, reason, found := strings.Cut(rest, ": ")
		if !found || !strings.HasPrefix(reason, "other task: ") {
			t.Fatalf("%s: %q is not an entry, a scenario, and what makes it another task", allowedKinds, line)
		}
		allowed[[2]string{entry, scenario}] = reason
	}
	return allowed
}
