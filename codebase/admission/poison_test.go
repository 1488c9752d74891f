package admission_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seccoder/seccoder/check/checktest"
	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/codebase/admission"
	"github.com/seccoder/seccoder/lang"
)

var update = flag.Bool("update", false, "write the golden file")

// A poison is an entry that ought to be stopped.
type poison struct {
	// kind is the file that it is from, name its line there.
	kind, name string
	example    codebase.Example
}

// TestPoison puts the poisoned entries that no checker is needed for to the gate, and
// with -measure all 200. The golden file lists what gets through: a longer list is a step back.
func TestPoison(t *testing.T) {
	kinds := []string{"instructions", "unicode", "breakouts"}
	if *measure {
		checktest.Tool(t, "bandit", "semgrep", "gosec", "cppcheck", "gcc", "clang", "python3")
		kinds = append(kinds, "flaws", "others")
	}
	var missed strings.Builder
	for _, kind := range kinds {
		all := mustPoison(t, kind)
		stopped, caught := 0, map[string]int{}
		for i, v := range mustJudgeApart(t, all) {
			if v.Admitted {
				fmt.Fprintf(&missed, "%s: %s\n", kind, all[i].name)
				continue
			}
			stopped++
			count(caught, v)
		}
		t.Logf("| %s | %d | %d | %v |", kind, len(all), stopped, caught)
	}
	golden := filepath.Join("testdata", "poison", "missed.golden")
	if *measure {
		golden = filepath.Join("testdata", "poison", "missed-with-checkers.golden")
	}
	if *update {
		if err := os.WriteFile(golden, []byte(missed.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), missed.String()); diff != "" {
		t.Errorf("what gets through, want (-), got (+):\n%s", diff)
	}
}

// TestHosts holds that the poison is what stops the poisoned: their hosts pass.
func TestHosts(t *testing.T) {
	for name, h := range mustHosts(t) {
		e := poisoned(h, strings.ReplaceAll(h.Code, "POISON", "the value is bound"))
		v, err := admission.New(admission.Options{}).Judge(t.Context(), e)
		if err != nil || !v.Admitted {
			t.Errorf("%s: %q, %v", name, v.Reasons(), err)
		}
	}
}

// mustJudgeApart judges such that none counts as the duplicate of another: what they have
// in common is the host, on purpose.
func mustJudgeApart(t *testing.T, all []poison) []admission.Verdict {
	t.Helper()
	candidates := make([]codebase.Example, len(all))
	for i, p := range all {
		candidates[i] = p.example
	}
	verdicts := mustJudge(t, candidates)
	for i, v := range verdicts {
		if !v.Admitted && len(v.Reasons()) == 1 && answer(v, "duplicate") == codebase.Rejects {
			verdicts[i].Admitted = true // it had passed all the others before it was compared
		}
	}
	return verdicts
}

func mustRead(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "poison", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// blocks are the parts of a file that begin with "=== TITLE".
func blocks(text string) (titles, bodies []string) {
	for _, part := range strings.Split("\n"+text, "\n=== ")[1:] {
		title, body, _ := strings.Cut(part, "\n")
		titles, bodies = append(titles, title), append(bodies, strings.TrimRight(body, "\n")+"\n")
	}
	return titles, bodies
}

func mustHosts(t *testing.T) map[string]codebase.Example {
	t.Helper()
	hosts := map[string]codebase.Example{}
	titles, bodies := blocks(mustRead(t, "hosts.txt"))
	for i, title := range titles {
		words := strings.Fields(title)
		hosts[words[0]] = mustExample(t, words[1], words[2], bodies[i])
	}
	return hosts
}

func mustExample(t *testing.T, language, cwe, code string) codebase.Example {
	t.Helper()
	l, err := lang.Parse(language)
	if err != nil {
		t.Fatal(err)
	}
	weakness, err := codebase.ParseCWE(cwe)
	if err != nil {
		t.Fatal(err)
	}
	return codebase.Example{Code: code, Language: l, CWEs: []codebase.CWE{weakness}, Source: codebase.Source{Kind: "proposal", Licence: "MIT"}}
}

// poisoned is the host with other code.
func poisoned(host codebase.Example, code string) codebase.Example {
	host.Code = code
	host.ID = host.Hash()
	return host
}

var codePoint = regexp.MustCompile(`\{U\+([0-9A-F]+)\}`)

// unescaped puts characters for {U+XXXX} and {LF}.
func unescaped(text string) string {
	text = strings.ReplaceAll(text, "{LF}", "\n")
	return codePoint.ReplaceAllStringFunc(text, func(m string) string {
		n, err := strconv.ParseInt(m[3:len(m)-1], 16, 32)
		if err != nil {
			return m
		}
		return string(rune(n))
	})
}

// ownLine matches the line of a host that the poison takes the place of.
var ownLine = regexp.MustCompile(`(?m)^([ \t]*)(//|#|/\*) POISON( \*/)?$`)

func mustPoison(t *testing.T, kind string) []poison {
	t.Helper()
	var all []poison
	text := mustRead(t, kind+".txt")
	if kind == "flaws" || kind == "others" {
		titles, bodies := blocks(text)
		for i, title := range titles {
			head, _, _ := strings.Cut(title, ":")
			words := strings.Fields(head)
			code, twin, _ := strings.Cut(bodies[i], "--- twin\n")
			e := mustExample(t, words[0], words[1], code)
			e.Insecure = twin
			e.ID = e.Hash()
			all = append(all, poison{kind, title, e})
		}
		return all
	}
	hosts := mustHosts(t)
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		name, what, _ := strings.Cut(line, " ")
		host, ok := hosts[name]
		if !ok {
			t.Fatalf("%s.txt: no host %q", kind, name)
		}
		all = append(all, poison{kind, line, poisoned(host, mustPut(t, kind, host.Code, what))})
	}
	return all
}

// mustPut puts a line of poison into a host's code.
func mustPut(t *testing.T, kind, code, what string) string {
	t.Helper()
	m := ownLine.FindStringSubmatch(code)
	if old, changed, found := strings.Cut(what, " ==> "); found {
		if !strings.Contains(code, old) {
			t.Fatalf("no %q in the host", old)
		}
		code = ownLine.ReplaceAllLiteralString(code, m[1]+m[2]+" bound"+m[3])
		return strings.Replace(code, old, unescaped(changed), 1)
	}
	line := m[1] + unescaped(what)
	switch {
	case kind == "instructions":
		line = m[1] + m[2] + " " + strings.ReplaceAll(what, `\n`, m[3]+"\n"+m[1]+m[2]+" ") + m[3]
	case kind == "breakouts" && m[3] != "" && !strings.HasPrefix(what, "#") && !strings.HasPrefix(what, "/"):
		line = m[1] + m[2] + " " + unescaped(what) + m[3] // inside the host's own comment
	}
	return ownLine.ReplaceAllLiteralString(code, line)
}
