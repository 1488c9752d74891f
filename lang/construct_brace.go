package lang

// A braced finds the end of a construct in a language with braces.
type braced struct {
	// tail is the cursor's line, up to the cursor. What is before it stays as it is
	// whatever the completion holds; lexer and blocks have read it.
	tail   string
	lexer  lexer
	blocks blocks
	goal   goal
	// base is the number of brackets open: around the construct, and for goalFunction with its brace.
	base int
}

// A goal says what ends a construct.
type goal uint8

const (
	// goalBlock: the first block that the completion opens or closes.
	goalBlock goal = iota
	// goalFunction: the brace that closes the function.
	goalFunction
	// goalStatement: the end of the statement that the nameless function is part of.
	goalStatement
)

func newBraced(l Language, prefix string) *braced {
	x := newLexer(l, prefix)
	b := blocks{l: l}
	c := &braced{tail: prefix, lexer: x, blocks: b}
	for x.pos < len(prefix) {
		t := x.next()
		b.take(t)
		if t.Kind == Newline {
			c.tail, c.lexer, c.blocks = prefix[x.pos:], x, b
		}
	}
	c.blocks.marks = c.blocks.marks[:len(c.blocks.marks):len(c.blocks.marks)]
	c.aim(&b)
	return c
}

// aim sets the goal by what is open at the cursor.
func (c *braced) aim(b *blocks) {
	c.base = b.brace.level()
	if kind, _ := b.classify(b.header(len(b.marks), b.listed())); kind == blockFunction {
		return // its header is there, its brace is not
	}
	var lambda *opener
	for o := b.brace; o != nil; o = o.outer {
		if o.block == blockFunction {
			c.goal, c.base = goalFunction, o.depth
			return
		}
		if o.block == blockLambda && lambda == nil {
			lambda = o
		}
	}
	if lambda != nil {
		c.goal, c.base = goalStatement, lambda.outer.level()
	}
}

func (c *braced) end(completion string) (int, bool) {
	s := braceSearch{
		braced: c, blocks: c.blocks, cursor: len(c.tail), base: c.base,
		lexer: c.lexer.resume(c.tail + completion),
	}
	for s.lexer.pos < len(s.lexer.src) {
		if end, ended := s.take(s.lexer.next()); ended {
			return max(0, end-s.cursor), true
		}
	}
	return len(completion), false
}

// A phase is how far the search for the end has come.
type phase uint8

const (
	// seeking: the construct is open.
	seeking phase = iota
	// closing: what had to close has closed, and the rest of its statement follows.
	closing
	// semicolon: a type of C has closed, and the semicolon of its declaration follows.
	semicolon
	// controlled: a block has closed that an else or the like may follow.
	controlled
)

// A braceSearch walks over a completion.
type braceSearch struct {
	*braced
	blocks blocks
	lexer  lexer
	cursor int
	// base is the braced's, but for a type whose end lies further out.
	base  int
	phase phase
	// floor is the number of brackets open around the statement that is closing.
	floor int
	// code is the end of the last significant token, text that of the last token or comment.
	code, text int
	// lineHasText tells a blank line from others.
	lineHasText bool
	// complete is true where a statement of the completion has ended and nothing follows it.
	complete bool
	// passed is true once the body of a function that is passed on has closed.
	passed bool
}

// take reads a token; once the construct has ended it returns where, counted
// from the start of the tail.
func (s *braceSearch) take(t Token) (end int, ended bool) {
	closed := s.blocks.take(t)
	beyond := t.end() > s.cursor
	switch {
	case t.Kind == Space:
	case t.Kind == Newline:
		if beyond {
			end, ended = s.newline()
		}
		s.lineHasText = false
	case !t.significant() || s.blocks.skip:
		s.lineHasText, s.text = true, t.end()
	default:
		if beyond {
			end, ended = s.significant(t, closed)
		}
		s.lineHasText, s.text, s.code = true, t.end(), t.end()
	}
	return end, ended
}

func (s *braceSearch) level() int { return s.blocks.open.level() }

// newline decides at the end of a line.
func (s *braceSearch) newline() (end int, ended bool) {
	switch {
	case s.phase == closing && s.level() <= s.floor:
		return s.code, true
	case s.lineHasText || s.goal != goalBlock || s.level() != s.base:
		return 0, false
	}
	return s.text, s.complete || s.phase == semicolon
}

// significant decides at a token of code.
func (s *braceSearch) significant(t Token, closed *opener) (end int, ended bool) {
	bracket := t.Kind == Punct && (t.Text == ")" || t.Text == "]" || t.Text == "}")
	switch s.phase {
	case controlled:
		switch {
		case t.end() == len(s.lexer.src):
			return 0, false // more of the token may come
		case t.Kind != Ident || !goesOn[t.Text]:
			return s.code, true
		}
		s.phase = seeking
	case closing:
		switch {
		case t.Kind != Punct:
		case t.Text == ";" && s.level() <= s.floor:
			return t.end(), true
		case t.Text == "," && s.level() <= s.floor, bracket && (closed == nil || s.level() < s.floor):
			return s.code, true
		}
		return 0, false
	case semicolon:
		if t.Kind == Punct && t.Text == ";" && s.level() <= s.floor {
			return t.end(), true
		}
	}
	if bracket {
		s.complete = false
		if closed != nil {
			return s.close(t, closed)
		}
		return 0, false
	}
	s.complete = s.level() == s.base && s.completes()
	return 0, false
}

// goesOn are the words behind a block that belong to the same statement.
var goesOn = set("else catch finally while")

// completes reports whether a statement may end with the last mark.
func (s *braceSearch) completes() bool {
	m := &s.blocks.marks[len(s.blocks.marks)-1]
	if m.is(";") {
		return true
	}
	return (s.blocks.l == Go || s.blocks.script()) && endsStatement(s.blocks.l, m)
}

// close decides at a closing bracket.
func (s *braceSearch) close(t Token, closed *opener) (end int, ended bool) {
	level := s.level()
	brace := t.Text == "}"
	switch s.goal {
	case goalFunction:
		if level >= s.base {
			return 0, false
		}
		return s.finish(t, closed.statement)
	case goalStatement:
		if level > s.base {
			return 0, false
		}
		return s.finish(t, level == s.base)
	}
	if !brace {
		if level == s.base && s.passed {
			return s.finish(t, true)
		}
		s.complete = level == s.base && s.completes()
		return 0, false
	}
	if level > s.base {
		s.passed = s.passed || closed.block == blockLambda || closed.block == blockType && closed.statement
		return 0, false
	}
	c := s.blocks.l == C || s.blocks.l == CPP
	switch {
	case closed.statement || closed.block == blockExpr || closed.block == blockLambda:
		return s.finish(t, true)
	case closed.block == blockType && c:
		s.phase, s.floor, s.base = semicolon, level, level
		return 0, false
	case closed.block == blockControl && level == s.base:
		s.phase = controlled
		return 0, false
	}
	return t.end(), true
}

// finish ends at the token or, where the statement goes on, waits for its end.
func (s *braceSearch) finish(t Token, goesOn bool) (end int, ended bool) {
	if !goesOn {
		return t.end(), true
	}
	s.phase, s.floor = closing, s.level()
	return 0, false
}
