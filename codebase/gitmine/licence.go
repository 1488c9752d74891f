package gitmine

import (
	"regexp"
	"slices"
	"strings"

	"github.com/seccoder/seccoder/internal/gitobjects"
)

// NoAssertion is SPDX's word for a licence that is not known.
const NoAssertion = "NOASSERTION"

// licenceNames are the files that hold a repository's licence, the likeliest first.
var licenceNames = []string{"license", "licence", "copying", "license.txt", "licence.txt", "license.md", "licence.md", "license.rst", "copying.txt", "copying.md", "license-mit", "license-apache", "unlicense"}

// licenceFile chooses the file of a repository's root that holds its licence, or "".
func licenceFile(entries []gitobjects.TreeEntry) string {
	best, name := len(licenceNames), ""
	for _, e := range entries {
		if i := slices.Index(licenceNames, strings.ToLower(e.Name)); i >= 0 && i < best && strings.HasPrefix(e.Mode, "100") {
			best, name = i, e.Name
		}
	}
	return name
}

// spdxLine is the line by which a file says its licence.
var spdxLine = regexp.MustCompile(`SPDX-License-Identifier:[ \t]*([A-Za-z0-9.+() -]{2,80}?)[ \t]*(?:\*/|-->|\r?\n|$)`)

// licenceTexts tell a licence by words that its text has, the more special first.
var licenceTexts = []struct {
	spdx string
	has  []string
	not  []string
}{
	{"AGPL-3.0-only", []string{"gnu affero general public license", "version 3"}, nil},
	{"LGPL-3.0-only", []string{"gnu lesser general public license", "version 3, 29 june 2007"}, nil},
	{"LGPL-2.1-only", []string{"gnu lesser general public license", "version 2.1"}, nil},
	{"GPL-3.0-only", []string{"gnu general public license", "version 3, 29 june 2007"}, nil},
	{"GPL-2.0-only", []string{"gnu general public license", "version 2, june 1991"}, nil},
	{"Apache-2.0", []string{"apache license", "version 2.0, january 2004"}, nil},
	{"MPL-2.0", []string{"mozilla public license", "version 2.0"}, nil},
	{"EPL-2.0", []string{"eclipse public license", "v 2.0"}, nil},
	{"BSL-1.0", []string{"boost software license - version 1.0"}, nil},
	{"CC0-1.0", []string{"cc0 1.0 universal"}, nil},
	{"Unlicense", []string{"this is free and unencumbered software released into the public domain"}, nil},
	{"PSF-2.0", []string{"python software foundation license version 2"}, nil},
	{"MIT", []string{"permission is hereby granted, free of charge, to any person obtaining a copy", "the above copyright notice and this permission notice shall be included"}, nil},
	{"ISC", []string{"permission to use, copy, modify, and/or distribute this software for any purpose with or without fee is hereby granted, provided that the above copyright notice"}, nil},
	{"ISC", []string{"permission to use, copy, modify, and distribute this software for any purpose with or without fee is hereby granted, provided that the above copyright notice"}, nil},
	{"0BSD", []string{"permission to use, copy, modify, and/or distribute this software for any purpose with or without fee is hereby granted"}, []string{"provided that"}},
	{"Zlib", []string{"this software is provided 'as-is', without any express or implied warranty", "altered source versions must be plainly marked"}, nil},
	{"BSD-4-Clause", []string{"redistribution and use in source and binary forms", "all advertising materials mentioning"}, nil},
	{"BSD-3-Clause", []string{"redistribution and use in source and binary forms", "endorse or promote products"}, nil},
	{"BSD-2-Clause", []string{"redistribution and use in source and binary forms", "redistributions in binary form"}, []string{"endorse or promote"}},
}

// licenceOf tells a licence by its text; NoAssertion where it cannot. Where several
// licences are in one text none is told.
func licenceOf(text string) string {
	if m := spdxLine.FindStringSubmatch(text); m != nil {
		return strings.TrimSpace(m[1])
	}
	words := strings.Join(strings.Fields(strings.ToLower(text)), " ")
	contains := func(s string) bool { return strings.Contains(words, s) }
	found := ""
	for _, l := range licenceTexts {
		if !all(l.has, contains) || slices.ContainsFunc(l.not, contains) || l.spdx == found {
			continue
		}
		if found != "" {
			// The GNU licences quote one another, and so does what comes after them here.
			if strings.Contains(found, "GPL") && strings.Contains(l.spdx, "GPL") || strings.HasPrefix(found, "BSD-") && strings.HasPrefix(l.spdx, "BSD-") {
				continue
			}
			return NoAssertion
		}
		found = l.spdx
	}
	if found == "" {
		return NoAssertion
	}
	return found
}

func all(list []string, is func(string) bool) bool {
	return !slices.ContainsFunc(list, func(s string) bool { return !is(s) })
}

// maxHeader is how much of a file is looked at for the licence that it declares.
const maxHeader = 4000

// headerLicence is the licence that a source file itself declares, or "".
func headerLicence(content string) string {
	if m := spdxLine.FindStringSubmatch(content[:min(len(content), maxHeader)]); m != nil {
		return strings.TrimSpace(m[1])
	}
	return ""
}
