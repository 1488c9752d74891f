package gitmine

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/internal/gitobjects"
	"github.com/seccoder/seccoder/lang"
)

const id1, id2 = "1185697878a3b09cada8e89f847a4c8315cd7ddc", "208c70454f68b8f7542fd2f96cde9ecd13805b06"

func TestReadCommits(t *testing.T) {
	out := id1 + " " + id2 + "\ntree " + id2 + "\nparent " + id2 + "\nauthor A <a@b> 1700000000 +0100\ncommitter C <c@d> 1700000001 +0100\ngpgsig x\n y\n\n    Subject \x1b[31m\n    \n    body\n\x00" +
		id2 + "\ntree " + id2 + "\nauthor A <a@b> 1 +0000\ncommitter C <c@d> 999999999999999 +0000\n\n\x00"
	var got []commit
	if err := readCommits(strings.NewReader(out), func(c commit) { got = append(got, c) }); err != nil {
		t.Fatal(err)
	}
	if len(got) != 2 || got[0].subject != "Subject [31m" || got[0].body != "body" || got[0].date.Unix() != 1700000001 || !slices.Equal(got[0].parents, []string{id2}) ||
		got[1].subject != "" || !got[1].date.IsZero() {
		t.Errorf("%+v", got)
	}
}

func TestIDs(t *testing.T) {
	got := vulnerabilities("cve-2024-12345, CAN-2004-0001 and GHSA-34JH-P97F-MPXF, GO-2023-1571, PYSEC-2021-12; not CVE-24-1 or GHSA-aaaa-bbbb-cccc, UTF-2000")
	want := []string{"CVE-2024-12345", "CVE-2004-0001", "GHSA-34jh-p97f-mpxf", "GO-2023-1571", "PYSEC-2021-12"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if got := weaknesses("CWE-79, CWE 89, cwe-0 and CWE-999999"); !slices.Equal(got, []codebase.CWE{79, 89}) {
		t.Error(got)
	}
	if mainID([]string{"GHSA-34jh-p97f-mpxf", "CVE-2024-1234"}) != "CVE-2024-1234" || mainID(nil) != "" {
		t.Error("the CVE is the main id")
	}
}

func TestPhrases(t *testing.T) {
	w := StandardWords()
	for text, want := range map[string]string{
		"Fix a heap-buffer-overflow":         "fix, heap buffer overflow",
		"prevent SQL injections":             "prevent, sql injections",
		"use-after-free in foo_bar":          "use after free",
		"Fix out_of_bounds read of the Name": "fix, out of bounds read",
		"Colour the button":                  "",
	} {
		var found []string
		for _, h := range w.find(text) {
			found = append(found, h.found)
		}
		if got := strings.Join(found, ", "); got != want {
			t.Errorf("%q: %q, expected %q", text, got, want)
		}
	}
}

func TestLicences(t *testing.T) {
	bsd := "Redistribution and use in source and binary forms, with or without modification. Redistributions in binary form must reproduce."
	for text, want := range map[string]string{
		"Apache License\n   Version 2.0, January 2004": "Apache-2.0",
		bsd: "BSD-2-Clause",
		bsd + " Neither the name may be used to endorse or promote products.":                                "BSD-3-Clause",
		"GNU GENERAL PUBLIC LICENSE\nVersion 2, June 1991\n … the GNU Lesser General Public License instead": "GPL-2.0-only",
		"/* SPDX-License-Identifier: GPL-2.0-or-later OR MIT */":                                             "GPL-2.0-or-later OR MIT",
		"Apache License Version 2.0, January 2004. Mozilla Public License Version 2.0":                       NoAssertion,
		"All rights reserved.": NoAssertion,
	} {
		if got := licenceOf(text); got != want {
			t.Errorf("%.60q: %s, expected %s", text, got, want)
		}
	}
	if headerLicence("// SPDX-License-Identifier: MIT\nint x;") != "MIT" || headerLicence("int x;") != "" {
		t.Error("headers")
	}
	if licenceFile([]gitobjects.TreeEntry{{Mode: "40000", Name: "LICENSE"}, {Mode: "100644", Name: "COPYING"}, {Mode: "100644", Name: "Readme"}}) != "COPYING" {
		t.Error("the file of the licence")
	}
}

func TestPublicAddress(t *testing.T) {
	for remote, want := range map[string]string{
		"https://user:token@GitHub.example/a/b.git": "https://github.example/a/b",
		"git@example.com:a/b.git":                   "https://example.com/a/b",
		"ssh://git@example.com/a/b/":                "https://example.com/a/b",
		"/home/me/x":                                "",
		"../x":                                      "",
		"ext::sh -c x":                              "",
		"file:///home/me/x":                         "",
	} {
		if got := publicAddress(remote); got != want {
			t.Errorf("%s: %q, expected %q", remote, got, want)
		}
	}
}

func TestForeignPaths(t *testing.T) {
	for path, foreign := range map[string]bool{
		"src/a.c": false, "lib/response.js": false, "examples/downloads/index.js": false, "src/latest.py": false, "libs/net/a.c": false, "app/js/view.js": false,
		"tests/a.c": true, "a_test.go": true, "test/a.js": true, "src/foo.spec.ts": true, "vendor/x/a.go": true, "a/FooTest.java": true, "dist/a.js": true, "a.min.js": true, "a-min.js": true, "app/static/js/libs/plugins.js": true, "public/lib/a.js": true, "fuzz/xml_parse_fuzzer.c": true,
	} {
		if got := foreignPath(path); (got != "") != foreign {
			t.Errorf("%s: %q", path, got)
		}
	}
}

func TestText(t *testing.T) {
	for content, want := range map[string]string{
		"a\r\nb":              "a\nb",
		"\xff\xfea\x00\n\x00": "a\n",
		"\xfe\xff\x00a":       "a",
		"\uFEFFa":             "a",
		"caf\xe9":             "caf\xe9",
	} {
		if got, why := text([]byte(content)); got != want || why != "" {
			t.Errorf("%q: %q %s", content, got, why)
		}
	}
	for _, content := range []string{"a\x00", "version https://git-lfs.github.com/spec/v1\noid"} {
		if _, why := text([]byte(content)); why == "" {
			t.Errorf("%q is text", content)
		}
	}
}

func TestChangedNested(t *testing.T) {
	before := "function outer() {\n  function inner() { return 1; }\n  return inner;\n}\n"
	pairs, _ := changed(lang.JavaScript, before, strings.Replace(before, "return 1", "return 2", 1))
	if len(pairs) != 1 || pairs[0].name != "inner" {
		t.Errorf("%+v", pairs)
	}
	pairs, fresh := changed(lang.JavaScript, before, strings.Replace(before, "return inner", "return inner()", 1)+"function more() {}\n")
	if len(pairs) != 1 || pairs[0].name != "outer" || !slices.Equal(fresh, []string{"more"}) {
		t.Errorf("%+v %v", pairs, fresh)
	}
}

func TestDedent(t *testing.T) {
	if got := dedent("    def f(self):\n        x\n\n  y"); got != "def f(self):\n    x\n\n  y\n" {
		t.Errorf("%q", got)
	}
}

func FuzzReadCommits(f *testing.F) {
	f.Add([]byte(id1 + " " + id2 + "\ncommitter C <c@d> 1700000001 +0100\n\n    Subject\n    \n    This reverts commit " + id2 + ".\n\x00"))
	f.Add([]byte("x\x00"))
	f.Fuzz(func(t *testing.T, out []byte) {
		h := newHistory()
		_ = readCommits(bytes.NewReader(out), func(c commit) {
			if !gitobjects.IsID(c.id) || !utf8.ValidString(c.subject) || strings.ContainsAny(c.subject, "\n\x1b\x00") {
				t.Errorf("%+v", c)
			}
			h.see(&c)
		})
		h.resolve()
		for id := range h.by {
			h.revertedBy(id)
		}
	})
}

func FuzzChanged(f *testing.F) {
	f.Add("int f(int x) { return x; }", "int f(int x) { if (x) return 1; return x; }", 1)
	f.Add("def f():\n  x", "def f():\n  if x: y", 0)
	f.Add("f = function() { g(() => {}) }", "f = function() { h() }", 4)
	f.Fuzz(func(t *testing.T, before, after string, which int) {
		l := lang.All()[uint(which)%uint(len(lang.All()))]
		pairs, _ := changed(l, before, after)
		for _, p := range pairs {
			d := differenceOf(l, p)
			signsOf(d)
			layoutOnly(l, p, d)
			unfit(p, 10)
		}
		for _, path := range []string{before, after} {
			passedOver(gitobjects.Change{Path: path})
		}
	})
}
