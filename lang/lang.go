// Package lang knows the programming languages that SecCoder completes: their
// names and file endings, how their source splits into tokens, which names a
// piece of code defines or imports, and where the construct under a cursor
// ends.
//
// Everything here works on incomplete code, as it is found before a cursor, and
// never fails on bad input: text that cannot be understood is passed through as
// punctuation. It is no parser and no judge of validity; packages that need a
// verdict ask a real compiler.
//
//	l, ok := lang.FromPath("app/views.py") // lang.Python, true
//	for _, t := range lang.Lex(l, src) {
//		fmt.Println(t.Kind, t.Text)
//	}
package lang

import (
	"fmt"
	"path/filepath"
	"strings"
)

// A Language is one of the languages below, by its lower-case name.
type Language string

// The languages that SecCoder completes.
const (
	Python     Language = "python"
	C          Language = "c"
	CPP        Language = "cpp"
	Go         Language = "go"
	JavaScript Language = "javascript"
	TypeScript Language = "typescript"
	Java       Language = "java"
)

// table gives each language its other names and its file endings. The first
// ending is the one that new files get.
var table = []struct {
	language Language
	aliases  []string
	endings  []string
}{
	{Python, []string{"py", "python3"}, []string{".py", ".pyi", ".pyw"}},
	{C, nil, []string{".c", ".h"}},
	{CPP, []string{"c++", "cc", "cxx"}, []string{".cpp", ".cc", ".cxx", ".c++", ".hpp", ".hh", ".hxx"}},
	{Go, []string{"golang"}, []string{".go"}},
	{JavaScript, []string{"js", "node", "jsx"}, []string{".js", ".mjs", ".cjs", ".jsx"}},
	{TypeScript, []string{"ts", "tsx"}, []string{".ts", ".mts", ".cts", ".tsx"}},
	{Java, nil, []string{".java"}},
}

// All returns every language, in the order in which they are listed to users.
func All() []Language {
	all := make([]Language, len(table))
	for i, row := range table {
		all[i] = row.language
	}
	return all
}

// Parse returns the language that a name or a common alias stands for, in any
// case. The error of an unknown name lists the known ones.
func Parse(name string) (Language, error) {
	wanted := strings.ToLower(strings.TrimSpace(name))
	var known []string
	for _, row := range table {
		if wanted == string(row.language) {
			return row.language, nil
		}
		for _, alias := range row.aliases {
			if wanted == alias {
				return row.language, nil
			}
		}
		known = append(known, string(row.language))
	}
	return "", fmt.Errorf("unknown language %q (known: %s)", name, strings.Join(known, ", "))
}

// FromPath tells a file's language from the ending of its name.
func FromPath(path string) (Language, bool) {
	ending := strings.ToLower(filepath.Ext(path))
	for _, row := range table {
		for _, e := range row.endings {
			if ending == e {
				return row.language, true
			}
		}
	}
	return "", false
}

// Ending is the usual file ending of the language, with its dot.
func (l Language) Ending() string {
	for _, row := range table {
		if row.language == l {
			return row.endings[0]
		}
	}
	return ""
}

// Compatible reports whether an example in language other can demonstrate a
// practice for code in language l. It is equality, but for the pairs in which
// one language holds the other: C serves C++, and JavaScript serves TypeScript
// and the other way round.
func (l Language) Compatible(other Language) bool {
	switch l {
	case CPP:
		return other == CPP || other == C
	case JavaScript, TypeScript:
		return other == JavaScript || other == TypeScript
	default:
		return l == other
	}
}
