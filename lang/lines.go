package lang

import "strings"

// An indent is an open block of Python: the header's indentation in columns, and
// its first word ("async" left out). It is a stack, linked so that it is kept
// without a copy.
type indent struct {
	below   *indent
	columns int
	word    string
}

// scope reports whether the block is a function's or a class's.
func (i *indent) scope() bool { return i.word == "def" || i.word == "class" }

// A lines follows the logical lines of Python, and the blocks that they open.
type lines struct {
	// open is the innermost open block, or nil.
	open *indent
	// brackets counts the open brackets.
	brackets int
	// columns is the indentation of the line.
	columns int
	// line is true within a logical line that holds code; word is its first word,
	// and last the text of its last significant token.
	line       bool
	word, last string
}

// take reads a token.
func (p *lines) take(t Token) {
	switch {
	case t.Kind == Newline:
		if p.brackets == 0 {
			p.endLine()
			p.columns = 0
		}
	case t.Kind == Space:
		if !p.line {
			p.columns = columns(t.Text, p.columns)
		}
	case t.significant():
		if !p.line {
			p.close(p.columns)
			p.line, p.word = true, t.Text
		} else if p.word == "async" {
			p.word = t.Text
		}
		p.last = t.Text
		if t.Kind == Punct {
			switch t.Text {
			case "(", "[", "{":
				p.brackets++
			case ")", "]", "}":
				p.brackets = max(0, p.brackets-1)
			}
		}
	}
}

// endLine ends a logical line: one that ends with a colon opens a block.
func (p *lines) endLine() {
	if p.line && p.last == ":" {
		p.open = &indent{p.open, p.columns, p.word}
	}
	p.line, p.word, p.last = false, "", ""
}

// close closes the blocks that a line with the indentation is not in.
func (p *lines) close(columns int) {
	for p.open != nil && p.open.columns >= columns {
		p.open = p.open.below
	}
}

// enclosing is the innermost function, else the innermost class, else the
// outermost block; nil at the top of the module.
func (p *lines) enclosing() *indent {
	var class, outermost *indent
	for o := p.open; o != nil; o = o.below {
		if o.word == "def" {
			return o
		}
		if o.word == "class" && class == nil {
			class = o
		}
		outermost = o
	}
	if class != nil {
		return class
	}
	return outermost
}

// columns measures blanks as Python does: a tab goes on to the next multiple of
// eight, a form feed starts again.
func columns(blanks string, from int) int {
	if i := strings.LastIndexAny(blanks, "\n"); i >= 0 {
		blanks = blanks[i+1:]
	}
	for i := range len(blanks) {
		switch blanks[i] {
		case ' ':
			from++
		case '\t':
			from = from/8*8 + 8
		case '\f':
			from = 0
		}
	}
	return from
}
