package codebase_test

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"testing"
	"time"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/lang"
)

func TestParseCWE(t *testing.T) {
	for text, want := range map[string]codebase.CWE{
		"89": 89, "089": 89, "CWE-89": 89, "cwe_089": 89, "CWE 89": 89, "Cwe89": 89, " CWE-79\n": 79, "CWE-1321": 1321, "99999": 99999,
	} {
		if got, err := codebase.ParseCWE(text); err != nil || got != want {
			t.Errorf("ParseCWE(%q) = %d, %v; want %d", text, got, err, want)
		}
	}
	for _, text := range []string{
		"", "CWE", "CWE-", "0", "CWE-0", "-89", "+89", "CWE--89", "CWE-_89", "8 9", "89x", "89 and 79", "CWE-89: SQL injection",
		"CWE-89,CWE-79", "0x59", "8_9", "1e2", "89.0", "100000", "18446744073709551705", "٨٩", "NVD-CWE-noinfo", "ewc89", "CWE-89\x00",
	} {
		if got, err := codebase.ParseCWE(text); err == nil {
			t.Errorf("ParseCWE(%q) = %d, want an error", text, got)
		}
	}
}

func FuzzParseCWE(f *testing.F) {
	for _, text := range []string{"89", "CWE-089", "cwe_7", "CWE 1321", "CWE-", "-1"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		cwe, err := codebase.ParseCWE(text)
		if err != nil {
			return
		}
		if again, err := codebase.ParseCWE(cwe.String()); err != nil || again != cwe {
			t.Errorf("ParseCWE(%q) = %s, which reads as %s (%v)", text, cwe, again, err)
		}
	})
}

func TestHash(t *testing.T) {
	const code = "def f(x):\n    return x\n"
	base := codebase.Example{Code: code, Language: lang.Python}
	// Ids are kept in stores and written down by people: they must never change.
	const golden = "0d392457147352a4b1858446b7a5dc77280ac01d9c57c7b301a3c3c626e906e6"
	if got := base.Hash(); got != golden {
		t.Errorf("Hash = %s, want %s", got, golden)
	}
	same := map[string]codebase.Example{
		"Windows line endings": {Code: "def f(x):\r\n    return x\r\n", Language: lang.Python},
		"trailing space":       {Code: "def f(x):  \n    return x\t\n", Language: lang.Python},
		"no last line ending":  {Code: strings.TrimSuffix(code, "\n"), Language: lang.Python},
		"empty lines around":   {Code: "\n\n" + code + "\n\n", Language: lang.Python},
		"another title":        {Code: code, Language: lang.Python, Title: "t", CWEs: []codebase.CWE{1}, Insecure: "x", ID: "id"},
	}
	for name, e := range same {
		if got := e.Hash(); got != golden {
			t.Errorf("%s: Hash = %s, want the same as without", name, got)
		}
	}
	different := map[string]codebase.Example{
		"language":             {Code: code, Language: lang.C},
		"indentation":          {Code: "def f(x):\n  return x\n", Language: lang.Python},
		"an empty line inside": {Code: "def f(x):\n\n    return x\n", Language: lang.Python},
		"comment":              {Code: code + "# end\n", Language: lang.Python},
		"nothing":              {Language: lang.Python},
	}
	for name, e := range different {
		if e.Hash() == golden {
			t.Errorf("%s: Hash is the same as without", name)
		}
	}
}

// FuzzHash holds Hash to what the published schema says of ids, written in another way.
func FuzzHash(f *testing.F) {
	for _, code := range []string{"", "\n \n", "a", "\r\n\ta \r\n\r\n b\r", " a\n\n\nb \t\n \n", "a\rb\n"} {
		f.Add(code)
	}
	f.Fuzz(func(t *testing.T, code string) {
		lines := strings.Split(code, "\n")
		for i, line := range lines {
			lines[i] = strings.TrimRight(line, " \t\r")
		}
		want := sha256.Sum256([]byte("c\x00" + strings.Trim(strings.Join(lines, "\n"), "\n")))
		e := codebase.Example{Language: lang.C, Code: code}
		if got := e.Hash(); got != hex.EncodeToString(want[:]) {
			t.Errorf("Hash of %q = %s, want %x", code, got, want)
		}
	})
}

func TestValidate(t *testing.T) {
	good := func() codebase.Example {
		e := codebase.Example{
			Code: "x = 1\n", Language: lang.Python, CWEs: []codebase.CWE{89, 79}, Title: "t", Fix: "f",
			Source: codebase.Source{Kind: "file", Licence: "MIT"}, AdmittedAt: time.Now(), AdmittedBy: "me",
		}
		e.ID = e.Hash()
		return e
	}
	if e := good(); e.Validate() != nil {
		t.Errorf("a good example: %v", e.Validate())
	}
	tests := map[string]struct {
		spoil func(e *codebase.Example)
		want  string
	}{
		"id":               {func(e *codebase.Example) { e.ID = strings.Repeat("0", 64) }, "content hash"},
		"no id":            {func(e *codebase.Example) { e.ID = "" }, "content hash"},
		"code of another":  {func(e *codebase.Example) { e.Code = "x = 2" }, "content hash"},
		"no code":          {func(e *codebase.Example) { e.Code = " \n" }, "no code"},
		"unknown language": {func(e *codebase.Example) { e.Language = "cobol" }, "cobol"},
		"language's alias": {func(e *codebase.Example) { e.Language = "py" }, `write "python"`},
		"CWE 0":            {func(e *codebase.Example) { e.CWEs = []codebase.CWE{0} }, "not a CWE"},
		"CWE twice":        {func(e *codebase.Example) { e.CWEs = []codebase.CWE{89, 89} }, "twice"},
		"kind":             {func(e *codebase.Example) { e.Source.Kind = "" }, "kind"},
		"licence":          {func(e *codebase.Example) { e.Source.Licence = "" }, "licence"},
		"year":             {func(e *codebase.Example) { e.AdmittedAt = time.Date(12026, 1, 1, 0, 0, 0, 0, time.UTC) }, "12026"},
		"NUL in code":      {func(e *codebase.Example) { e.Code = "ab\x00" }, "code is not UTF-8 text without NULs (byte 3 of 3)"},
		"Latin-1 in title": {func(e *codebase.Example) { e.Title = "caf\xe9" }, "title is not UTF-8"},
		"lines in title":   {func(e *codebase.Example) { e.Title = "a\nb" }, "title is not one line of plain text: byte 2 of 3 is the control character U+000A"},
		"return in fix":    {func(e *codebase.Example) { e.Fix = "a\rb" }, "fix is not one line"},
		"escape in fix":    {func(e *codebase.Example) { e.Fix = "\x1b[2J" }, "fix is not one line"},
		"tab in kind":      {func(e *codebase.Example) { e.Source.Kind = "a\tb" }, "source kind is not one line"},
		"repository":       {func(e *codebase.Example) { e.Source.Repository = "a\u2028" }, "repository is not one line"},
		"commit":           {func(e *codebase.Example) { e.Source.Commit = "\x7f" }, "commit is not one line"},
		"path":             {func(e *codebase.Example) { e.Source.Path = "a\n" }, "path is not one line"},
		"CVE":              {func(e *codebase.Example) { e.Source.CVE = "\b" }, "CVE is not one line"},
		"dataset":          {func(e *codebase.Example) { e.Source.Dataset = "\u0085" }, "dataset is not one line"},
		"licence's lines":  {func(e *codebase.Example) { e.Source.Licence = "MIT\n" }, "licence is not one line"},
		"admitted by":      {func(e *codebase.Example) { e.AdmittedBy = "me\x07" }, "admitted by is not one line"},
		"NUL in a checker": {func(e *codebase.Example) { e.CheckedBy = []string{"ok", "\x00"} }, "checked by is not UTF-8"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			e := good()
			test.spoil(&e)
			if err := e.Validate(); err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error %v, want one that says %q", err, test.want)
			}
		})
	}
	e := good()
	e.Fix = "U+FFFD is \ufffd" // a character as others are
	if err := e.Validate(); err != nil {
		t.Errorf("with a replacement character: %v", err)
	}
	e.Code, e.Insecure = "x = '\x1b[31m'\r\n\ty\n", "\x0c\n"
	e.ID = e.Hash()
	if err := e.Validate(); err != nil {
		t.Errorf("with control characters in code: %v", err)
	}
}
