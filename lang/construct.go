package lang

// A Construct is what stands under a cursor: the function, or where there is none
// the statement, that a completion goes on with. It answers, for a completion
// that grows, where the construct ends.
//
//	construct := lang.NewConstruct(lang.C, "int main(void) {\n")
//	end, ended := construct.End("    return 0;\n}\n\nint other") // just behind the brace, true
//
// A Construct may be used from several goroutines.
type Construct struct {
	rule interface {
		end(completion string) (end int, ended bool)
	}
}

// NewConstruct reads the code before the cursor.
//
// In Python the construct is the innermost function around the cursor, else the
// innermost class, else the outermost indented block. It ends before the first
// line, comments included, that is indented no deeper than its header, as in the
// evaluation of SVEN (arXiv 2302.05319) that the paper follows. At the top of a
// module it is the statement that the completion writes first: to the end of its
// block, or to the first blank line.
//
// In the other languages it is the innermost function that has a name, or is
// given to one, and ends with its closing brace. Where there is none, it is the
// call that a nameless function is passed to; else the first block that the
// completion opens and closes, or the first statement that a blank line follows.
// When the cursor stands between a function's header and its body, the construct
// is that function.
func NewConstruct(l Language, prefix string) *Construct {
	if l == Python {
		return &Construct{newIndented(prefix)}
	}
	return &Construct{newBraced(l, prefix)}
}

// End returns the length in bytes of the completion at which the construct ends,
// and whether it has ended; where it has not, that is the whole length. Once a
// completion has ended, every longer one that begins with it ends in the same place.
func (c *Construct) End(completion string) (end int, ended bool) { return c.rule.end(completion) }

// ConstructEnd is [Construct.End] for a prefix that is used once.
func ConstructEnd(l Language, prefix, completion string) (end int, ended bool) {
	return NewConstruct(l, prefix).End(completion)
}
