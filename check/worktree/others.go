package worktree

import (
	"cmp"
	"path/filepath"
	"slices"
	"strings"
)

// An Other is a file of source code in a language that no checker knows.
type Other struct {
	Path string
	// Language is as people write it: "PHP", "shell".
	Language string
}

// OfLanguage are the files of one language that no checker knows.
type OfLanguage struct {
	Language string   `json:"language"`
	Paths    []string `json:"paths"`
}

// ByLanguage puts files together by their languages, those in the order of the alphabet.
func ByLanguage(others []Other) []OfLanguage {
	var all []OfLanguage
	for _, o := range others {
		i := slices.IndexFunc(all, func(l OfLanguage) bool { return l.Language == o.Language })
		if i < 0 {
			i = len(all)
			all = append(all, OfLanguage{Language: o.Language})
		}
		all[i].Paths = append(all[i].Paths, o.Path)
	}
	slices.SortFunc(all, func(a, b OfLanguage) int {
		return cmp.Or(strings.Compare(strings.ToLower(a.Language), strings.ToLower(b.Language)), strings.Compare(a.Language, b.Language))
	})
	return all
}

// otherLanguages are endings of source code that no checker knows. What is not here, as text,
// images and data, is not taken for code. SQL is left out for its dumps, and so are endings that
// often stand for something else, as .d, .v and .inc.
var otherLanguages = byEnding(map[string]string{
	"Ada": "ada adb ads", "assembly": "asm s", "batch": "bat cmd", "C#": "cs csx", "Clojure": "clj cljs cljc", "COBOL": "cob cbl",
	"CoffeeScript": "coffee", "Crystal": "cr", "CUDA": "cu cuh", "Cython": "pyx pxd", "Dart": "dart", "Delphi": "pas dpr",
	"Elixir": "ex exs", "Elm": "elm", "Erlang": "erl hrl", "F#": "fs fsx fsi", "Fortran": "f f90 f95 f03 f08", "Groovy": "groovy",
	"Haskell": "hs lhs", "JSP": "jsp jspx", "Julia": "jl", "Jupyter": "ipynb", "Kotlin": "kt kts", "Lisp": "lisp lsp el scm rkt",
	"Lua": "lua", "Nim": "nim", "Objective-C": "m mm", "OCaml": "ml mli", "Perl": "pl pm", "PHP": "php php3 php4 php5 phtml",
	"PowerShell": "ps1 psm1", "R": "r", "Ruby": "rb rake erb", "Rust": "rs", "Scala": "scala sc", "shell": "sh bash zsh ksh fish",
	"Solidity": "sol", "Svelte": "svelte", "Swift": "swift", "Tcl": "tcl", "Vala": "vala", "Visual Basic": "vb vbs bas",
	"Vue": "vue", "Zig": "zig",
})

// byEnding turns the table around.
func byEnding(table map[string]string) map[string]string {
	all := map[string]string{}
	for language, endings := range table {
		for ending := range strings.FieldsSeq(endings) {
			all["."+ending] = language
		}
	}
	return all
}

// otherLanguage tells the language that no checker knows from the ending of a name.
func otherLanguage(name string) (string, bool) {
	language, ok := otherLanguages[strings.ToLower(filepath.Ext(name))]
	return language, ok
}
