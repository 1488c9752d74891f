package lang

import (
	"slices"
	"strings"
)

// A Function is a function, method or constructor with a body.
type Function struct {
	// Name is how the code calls it, with the type that it belongs to where that is
	// told by the code around it: "parse", "Parser.parse", "Parser::parse", "res.send".
	Name string
	// Start and End are where it lies, in bytes: from the start of its header, decorators
	// included, comments before it not, to behind its body.
	Start, End int
	// Outer is the index of the function around it, or -1.
	Outer int
}

// Functions finds the functions of source text, in the order in which they start.
//
// Functions within functions are found in Python, JavaScript and TypeScript; elsewhere
// they are part of the one around them. In JavaScript and TypeScript a call at the top of
// a file that is given a nameless function, as app.get("/", (req, res) => { … }), counts
// as one. A function that does not end is left out, and so is each branch but the last
// where the preprocessor chooses between headers.
func Functions(l Language, src string) []Function {
	tokens := Lex(l, src)
	var found []Function
	if l == Python {
		found = pythonFunctions(tokens, src)
	} else {
		found = bracedFunctions(l, tokens, src)
	}
	slices.SortStableFunc(found, func(a, b Function) int {
		if a.Start != b.Start {
			return a.Start - b.Start
		}
		return b.End - a.End
	})
	return nest(l, found)
}

// nest fills Outer in, and drops what counts as part of the function around it.
func nest(l Language, found []Function) []Function {
	nested := l == Python || l == JavaScript || l == TypeScript
	kept := found[:0]
	var open []int // indexes of kept, from the outermost in
	for _, f := range found {
		for len(open) > 0 && kept[open[len(open)-1]].End <= f.Start {
			open = open[:len(open)-1]
		}
		f.Outer = -1
		if len(open) > 0 {
			if !nested {
				continue
			}
			f.Outer = open[len(open)-1]
		}
		open = append(open, len(kept))
		kept = append(kept, f)
	}
	return kept
}

// lineStart is where the line of an offset starts.
func lineStart(src string, offset int) int {
	return strings.LastIndexByte(src[:offset], '\n') + 1
}
