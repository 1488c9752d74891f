package integration

import (
	"slices"
	"strings"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/lang"
)

// Demonstration renders the examples' code as one block for language l. The block
// ends with a newline, and is empty where there is nothing to show or no place
// to show it.
//
// prefix is the user's code, from its first line; the block belongs behind its
// first Head(l, prefix) bytes:
//
//	n := integration.Head(l, prefix)
//	prompt := prefix[:n] + integration.Demonstration(l, prefix, examples) + prefix[n:]
//
// Only an example's Code is shown. Control characters and invisible ones are left
// out of it, and what would end the block early is rewritten: an example may be
// shown changed, but never leaves its block.
func Demonstration(l lang.Language, prefix string, examples []codebase.Example) string {
	n := Head(l, prefix)
	b := block{
		language:  l,
		head:      prefix[:n],
		prefix:    prefix[n:],
		firstLine: 1 + strings.Count(prefix[:n], "\n"),
	}
	return b.render(examples)
}

// A block is the place that a demonstration gets in the user's code. The templates
// need to know it: some code reads its own line numbers or docstring.
type block struct {
	language lang.Language
	// head stands before the block, prefix and suffix behind it.
	head, prefix, suffix string
	// firstLine is the line of the user's file on which prefix begins.
	firstLine int
}

// render puts the examples into the language's template.
func (b block) render(examples []codebase.Example) string {
	var codes []string
	for _, example := range examples {
		if code := plain(example.Code); code != "" {
			codes = append(codes, code)
		}
	}
	if len(codes) == 0 || b.headUnfinished() {
		return ""
	}
	switch b.language {
	case lang.Python:
		return b.python(codes)
	case lang.C, lang.CPP:
		return b.conditional(codes)
	case lang.Go, lang.JavaScript, lang.TypeScript, lang.Java:
		return b.comment(codes)
	default:
		return ""
	}
}

// known reports whether the language has a template.
func known(l lang.Language) bool { return slices.Contains(lang.All(), l) }
