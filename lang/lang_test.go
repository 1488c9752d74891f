package lang_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/seccoder/seccoder/lang"
)

func TestParse(t *testing.T) {
	tests := map[string]lang.Language{"python": lang.Python, " PY ": lang.Python, "c++": lang.CPP, "C": lang.C, "golang": lang.Go, "tsx": lang.TypeScript, "Java": lang.Java} //nolint:gocritic // the space around PY is what is tested
	for name, want := range tests {
		if got, err := lang.Parse(name); err != nil || got != want {
			t.Errorf("Parse(%q) = %q, %v; want %q", name, got, err, want)
		}
	}
	if _, err := lang.Parse("cobol"); err == nil || !strings.Contains(err.Error(), "typescript") {
		t.Errorf("Parse(cobol): error %v does not list the known languages", err)
	}
}

func TestEveryLanguage(t *testing.T) {
	for _, l := range lang.All() {
		if got, err := lang.Parse(string(l)); err != nil || got != l {
			t.Errorf("Parse(%q) = %q, %v", l, got, err)
		}
		if got, ok := lang.FromPath("dir/file" + l.Ending()); !ok || got != l {
			t.Errorf("FromPath of the ending %q = %q, %t; want %q", l.Ending(), got, ok, l)
		}
		if !l.Compatible(l) {
			t.Errorf("%q is not compatible with itself", l)
		}
		if !lang.IsKeyword(l, "if") || lang.IsKeyword(l, "iff") {
			t.Errorf("%q: wrong keywords", l)
		}
	}
}

func TestFromPath(t *testing.T) {
	tests := map[string]lang.Language{"a/b.PY": lang.Python, "x.h": lang.C, "x.hpp": lang.CPP, "a.d.ts": lang.TypeScript, "Main.java": lang.Java, "README": "", "a.txt": ""}
	for path, want := range tests {
		if got, ok := lang.FromPath(path); got != want || ok != (want != "") {
			t.Errorf("FromPath(%q) = %q, %t; want %q", path, got, ok, want)
		}
	}
	if ending := lang.Language("cobol").Ending(); ending != "" {
		t.Errorf("Ending of an unknown language = %q", ending)
	}
}

func TestCompatible(t *testing.T) {
	pairs := [][2]lang.Language{{lang.CPP, lang.C}, {lang.JavaScript, lang.TypeScript}, {lang.TypeScript, lang.JavaScript}}
	for _, l := range lang.All() {
		for _, other := range lang.All() {
			want := l == other || slices.Contains(pairs, [2]lang.Language{l, other})
			if got := l.Compatible(other); got != want {
				t.Errorf("%s.Compatible(%s) = %t", l, other, got)
			}
		}
	}
}
