package lang

import "strings"

// An indented finds the end of a construct in Python.
type indented struct {
	// tail is the cursor's logical line, up to the cursor; lexer and lines have read
	// what is before it.
	tail  string
	lexer lexer
	lines lines
}

func newIndented(prefix string) *indented {
	x := newLexer(Python, prefix)
	var p lines
	c := &indented{tail: prefix, lexer: x}
	for x.pos < len(prefix) {
		t := x.next()
		p.take(t)
		if t.Kind == Newline && p.brackets == 0 {
			c.tail, c.lexer, c.lines = prefix[x.pos:], x, p
		}
	}
	return c
}

func (c *indented) end(completion string) (int, bool) {
	s := lineSearch{
		lines: c.lines, cursor: len(c.tail),
		lexer: c.lexer.resume(c.tail + completion),
	}
	for s.lexer.pos < len(s.lexer.src) {
		if end, ended := s.take(s.lexer.next()); ended {
			return max(0, end-s.cursor), true
		}
	}
	return len(completion), false
}

// A lineSearch walks over a completion.
type lineSearch struct {
	lines  lines
	lexer  lexer
	cursor int
	goal   indentGoal
	// limit is the indentation at which the construct ends.
	limit int
	// after is the end of the last line that was not blank, its line ending included.
	after int
	// lineHasText tells a blank line from others.
	lineHasText bool
	// inTail is true while the logical line is the cursor's.
	inTail bool
	// complete is true once a statement that the completion wrote has ended; code is
	// the end of the last token of code.
	complete bool
	code     int
}

// An indentGoal says what ends a construct.
type indentGoal uint8

const (
	// goalUnknown: no line has shown yet where the cursor is.
	goalUnknown indentGoal = iota
	// goalModule: the statement at the top of the module.
	goalModule
	// goalScope: a line no deeper than the header of the function or class.
	goalScope
	// goalCompound: the same, but an else and the like goes on with the statement.
	goalCompound
)

// take reads a token; once the construct has ended it returns where, counted
// from the start of the tail.
func (s *lineSearch) take(t Token) (end int, ended bool) {
	switch t.Kind {
	case Space:
		s.lines.take(t)
	case Newline:
		return s.newline(t)
	default:
		if !s.lines.line && !s.lineHasText {
			if end, ended = s.startLine(t); ended {
				return end, ended
			}
		}
		s.lines.take(t)
		s.lineHasText = true
		if t.significant() {
			s.code = t.end()
		}
	}
	return 0, false
}

// startLine decides at the first token or comment of a line.
func (s *lineSearch) startLine(t Token) (end int, ended bool) {
	columns := s.lines.columns
	if s.goal == goalUnknown {
		s.lines.close(columns)
		s.goal, s.limit = goalModule, columns-1
		if around := s.lines.enclosing(); around != nil {
			s.aim(around)
		}
		s.inTail = t.Offset < s.cursor
		return 0, false
	}
	s.inTail = false
	touchesEnd := t.end() == len(s.lexer.src)
	switch {
	case columns > s.limit || t.Text == `\` && touchesEnd:
		return 0, false
	case s.goal == goalCompound && columns == s.limit && t.Kind == Ident && continues(t.Text, touchesEnd):
		return 0, false
	}
	return s.after, true
}

// aim makes the block the construct.
func (s *lineSearch) aim(block *indent) {
	s.goal, s.limit = goalCompound, block.columns
	if block.scope() {
		s.goal = goalScope
	}
}

// continues reports whether the word goes on with a compound statement or, where
// it is not yet whole, may become a word that does.
func continues(word string, partial bool) bool {
	for _, w := range []string{"else", "elif", "except", "finally"} {
		if word == w || partial && strings.HasPrefix(w, word) {
			return true
		}
	}
	return false
}

// newline decides at the end of a line.
func (s *lineSearch) newline(t Token) (end int, ended bool) {
	blank := !s.lineHasText
	s.lineHasText = false
	if !blank {
		s.after = t.end()
	}
	if s.lines.brackets > 0 {
		s.lines.take(t)
		return 0, false
	}
	if blank && s.goal == goalModule && s.complete {
		return s.after, true
	}
	header := s.lines.line && s.lines.last == ":"
	if s.lines.line && s.code > s.cursor && s.lines.word != "@" {
		s.complete = true
	}
	s.lines.take(t)
	if header && (s.goal == goalModule || s.inTail && s.lines.open.scope()) {
		s.aim(s.lines.open)
	}
	return 0, false
}
