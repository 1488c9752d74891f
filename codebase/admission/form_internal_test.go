package admission

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestWords(t *testing.T) {
	tests := []struct {
		expression string
		words      []string
		folds      bool
	}{
		{`abc`, []string{"abc"}, false},
		{`\b(?:ignore|forget)\b(?: \w+){0,3}? (?:all|any)`, []string{"\x00forget\x00", "\x00ignore\x00"}, false},
		{`(?i)\bask\b`, []string{"ask"}, true}, // what folds may have its edges elsewhere
		{`\ban? ai\b(?:x)*`, []string{"\x00a ai\x00", "\x00an ai\x00"}, false},
		{`ab\b|cd`, []string{"ab\x00", "cd"}, false},
		{`ab?c`, []string{"abc", "ac"}, false},
		{`x(?:ab)+y*`, []string{"ab"}, false},
		{`(?:ab){2,}`, []string{"ab"}, false},
		{`(?:ab){0,2}`, nil, false},
		{`(?:ab)*`, nil, false},
		{`a|bc`, nil, false}, // one character is no word
		{`ab|[a-z]+`, nil, false},
		{`(ab|cd)[0-9]+efg`, []string{"efg"}, false},
		{`gh[pous]_[a-z]{36,}`, []string{"gho_", "ghp_", "ghs_", "ghu_"}, false},
		{`(?i)Ask\b`, []string{"ask"}, true},
		{`(?i)caf\x{e9}`, nil, true}, // what else é folds into is not looked at
		{`^(?:|ab)$`, nil, false},
		{`<[|｜]x`, []string{"<|x", "<｜x"}, false},
	}
	for _, test := range tests {
		f := newForm(test.expression)
		if diff := cmp.Diff(test.words, f.words); diff != "" || f.folds != test.folds {
			t.Errorf("%s: folds %v, words (-want +got):\n%s", test.expression, f.folds, diff)
		}
	}
}

// forms are all that the checks use, by name.
func forms() map[string]form {
	all := map[string]form{"secret name": secretName, "model token": modelToken, "file reader": fileReader}
	for i, a := range addresses {
		all[fmt.Sprintf("address %d, %s", i, a.name)] = a.form
	}
	for _, s := range secretForms {
		all[s.name] = s.form
	}
	return all
}

// Without words a form costs what it did before.
func TestEveryFormHasWords(t *testing.T) {
	for name, f := range forms() {
		if f.words == nil {
			t.Errorf("%s: no words", name)
		}
	}
}

// FuzzForms: a form that matches has one of its words in the text.
func FuzzForms(f *testing.F) {
	for _, pattern := range []string{"testdata/*", "testdata/*/*", "testdata/*/*/*"} {
		paths, err := filepath.Glob(pattern)
		if err != nil {
			f.Fatal(err)
		}
		for _, path := range paths {
			if content, err := os.ReadFile(path); err == nil {
				f.Add(string(content))
				f.Add(strings.ToUpper(string(content)))
			}
		}
	}
	for _, text := range []string{
		"PA\u017f\u017fword = 'hunter2hunter2'", "api_\u212aey: \"0123456789\"", "secret\xff = 'a'", "<|IM_START|>", "</S>", "you are now an AI",
		"github_pat_" + strings.Repeat("a", 60), "AKIA" + strings.Repeat("Z", 16), "ignorez tout. les instructions", "忽略所有的指令",
	} {
		f.Add(text)
	}
	all := forms()
	f.Fuzz(func(t *testing.T, text string) {
		s := searched{text: text}
		for name, form := range all {
			if !form.mayMatch(&s) && form.MatchString(text) {
				t.Errorf("%s: matches %q and lacks words of %q, %q", name, form.FindString(text), form.words, form.more)
			}
		}
		for _, v := range []*vocabulary{addressWords, secretWords, foldedWords} {
			possible := v.possible(text)
			for _, form := range v.forms {
				if slices.Contains(possible, form) != form.mayMatch(&s) {
					t.Errorf("%q: %s is among the possible: %v", text, form, slices.Contains(possible, form))
				}
			}
		}
		if secretName.MatchString(text) && !assignsNamed(s.lower(), secretName.words) {
			t.Errorf("assignsNamed does not see %q", secretName.FindString(text))
		}
		if spacedOut.MatchString(text) && !lettersAlone(text) {
			t.Errorf("lettersAlone does not see %q", spacedOut.FindString(text))
		}
	})
}
