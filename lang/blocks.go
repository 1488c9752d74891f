package lang

// A blockKind says what a pair of braces holds.
type blockKind uint8

const (
	// blockPlain is a bare block of statements, or none at all.
	blockPlain blockKind = iota
	// blockControl belongs to an if, a loop, a try and the like.
	blockControl
	// blockFunction is the body of a function or method, or of a lambda that is given a name.
	blockFunction
	// blockLambda is the body of a function that is passed on or returned.
	blockLambda
	// blockType holds members: a class, struct, union, enum or interface.
	blockType
	// blockNamespace is a C++ namespace or extern "C", or a TypeScript namespace.
	blockNamespace
	// blockExpr is a value or a type within a statement: an initializer, an object literal.
	blockExpr
)

// body reports whether statements stand in the block.
func (k blockKind) body() bool { return k == blockControl || k == blockFunction || k == blockLambda }

// A mark is a significant token of brace-language code, with what the brackets
// around it are.
type mark struct {
	Token
	// match is the index of the opener that a closing bracket closes, or -1.
	match int
	// newline is true where a line ending stands before the token.
	newline bool
	// block is what the braces hold, for the tokens { and }.
	block blockKind
	// head is where the header before an opening brace starts, among the marks.
	head int
	// outer is what the innermost braces around the token hold; blockNamespace where there are none.
	outer blockKind
}

// is reports whether the mark is the punctuation or word.
func (m *mark) is(text string) bool { return m.Text == text && m.Kind != String }

// An opener is an open bracket: a stack, linked so that it is kept without a copy.
type opener struct {
	below *opener
	// outer is the innermost brace below, or nil.
	outer *opener
	// depth counts the brackets open, this one included.
	depth int
	// index is the bracket's place among the marks.
	index   int
	bracket byte
	block   blockKind
	// statement is true for braces whose statement goes on behind them, as that of a named lambda.
	statement bool
}

func (o *opener) level() int {
	if o == nil {
		return 0
	}
	return o.depth
}

// A blocks follows brackets through the code of a brace language, and tells by
// what stands before a brace what it opens.
type blocks struct {
	l     Language
	marks []mark
	open  *opener
	// brace is the innermost open brace.
	brace *opener
	// conditions holds what was open at each #if that has not ended.
	conditions *condition
	// skip is true to the end of a preprocessor line.
	skip    bool
	newline bool
}

// A condition is an #if. Each of its branches starts with the same brackets
// open; the last branch's stay.
type condition struct {
	below       *condition
	open, brace *opener
}

// take reads a token. It returns the bracket that the token closed, or nil.
func (b *blocks) take(t Token) *opener {
	switch {
	case t.Kind == Newline:
		b.skip, b.newline = false, true
		return nil
	case t.Kind == Directive:
		b.skip = true
		b.directive(t.Text)
		return nil
	case b.skip || !t.significant():
		return nil
	}
	m := mark{Token: t, match: -1, newline: b.newline, outer: blockNamespace}
	b.newline = false
	if b.brace != nil {
		m.outer = b.brace.block
	}
	var closed *opener
	if t.Kind == Punct {
		switch t.Text {
		case "{":
			var statement bool
			header := b.header(len(b.marks), b.listed())
			m.block, statement = b.classify(header)
			m.head = len(b.marks)
			if len(header) > 0 {
				m.head = header[0].at
			}
			b.push('{', m.block, statement)
		case "(", "[":
			b.push(t.Text[0], blockPlain, false)
		case ")", "]", "}":
			if closed = b.pop(t.Text[0]); closed != nil {
				m.match, m.block = closed.index, closed.block
			}
		}
	}
	b.marks = append(b.marks, m)
	return closed
}

func (b *blocks) push(bracket byte, block blockKind, statement bool) {
	b.open = &opener{
		below: b.open, outer: b.brace, depth: b.open.level() + 1, index: len(b.marks),
		bracket: bracket, block: block, statement: statement,
	}
	if bracket == '{' {
		b.brace = b.open
	}
}

// pop closes the bracket that the closing one matches. A brace closes what is
// open within it; a bracket without its match is passed over.
func (b *blocks) pop(closing byte) *opener {
	if closing == '}' {
		closed := b.brace
		if closed != nil {
			b.open = closed.below
			b.brace = closed.outer
		}
		return closed
	}
	wanted := byte('(')
	if closing == ']' {
		wanted = '['
	}
	if b.open == nil || b.open.bracket != wanted {
		return nil
	}
	closed := b.open
	b.open = closed.below
	return closed
}

func (b *blocks) directive(text string) {
	name := text[1:]
	for len(name) > 0 && (name[0] == ' ' || name[0] == '\t') {
		name = name[1:]
	}
	switch name {
	case "if", "ifdef", "ifndef":
		b.conditions = &condition{b.conditions, b.open, b.brace}
	case "else", "elif", "elifdef", "elifndef":
		if c := b.conditions; c != nil {
			b.open, b.brace = c.open, c.brace
		}
	case "endif":
		if b.conditions != nil {
			b.conditions = b.conditions.below
		}
	}
}

// scanBlocks reads all of the source text.
func scanBlocks(l Language, tokens []Token) *blocks {
	b := &blocks{l: l, marks: make([]mark, 0, len(tokens)*2/3)}
	for _, t := range tokens {
		b.take(t)
	}
	return b
}
