package sven

import (
	"slices"

	"github.com/seccoder/seccoder/lang"
)

// placed notes that an expression goes from the token start to the last one that was taken.
func (p *cParser) placed(n *cNode, start int) *cNode {
	if last := p.at - 1; start <= last && last < len(p.tokens) {
		n.From, n.To = p.tokens[start].from, p.tokens[last].to
	}
	return n
}

// expression reads an expression with commas.
func (p *cParser) expression() *cNode {
	start := p.at
	left := p.assignment()
	for p.err == nil && p.accept(",") {
		left = p.placed(p.node(cComma, left, p.assignment()), start)
	}
	return left
}

var cAssignments = []string{"=", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "<<=", ">>="}

func (p *cParser) assignment() *cNode {
	p.enter()
	defer p.leave()
	start := p.at
	left := p.conditional()
	if t := p.peek(); t.kind == lang.Punct && slices.Contains(cAssignments, t.text) {
		p.take()
		n := p.node(cAssign, left, p.assignment())
		n.Op = t.text
		return p.placed(n, start)
	}
	return left
}

func (p *cParser) conditional() *cNode {
	start := p.at
	cond := p.binary(1)
	if !p.accept("?") {
		return cond
	}
	then := cond // GNU C leaves the middle out
	if !p.is(":") {
		then = p.expression()
	}
	p.expect(":")
	return p.placed(p.node(cCond, cond, then, p.conditional()), start)
}

// cPrecedence ranks the operators between two operands; a higher one binds closer.
var cPrecedence = map[string]int{
	"||": 1, "&&": 2, "|": 3, "^": 4, "&": 5, "==": 6, "!=": 6, "<": 7, ">": 7, "<=": 7, ">=": 7,
	"<<": 8, ">>": 8, "+": 9, "-": 9, "*": 10, "/": 10, "%": 10,
}

func (p *cParser) binary(least int) *cNode {
	p.enter()
	defer p.leave()
	start := p.at
	left := p.unary()
	for p.err == nil {
		t := p.peek()
		rank := cPrecedence[t.text]
		if t.kind != lang.Punct || rank < least || rank == 0 {
			break
		}
		p.take()
		n := p.node(cBinary, left, p.binary(rank+1))
		n.Op = t.text
		left = p.placed(n, start)
	}
	return left
}

func (p *cParser) unary() *cNode {
	p.enter()
	defer p.leave()
	start := p.at
	return p.placed(p.prefix(), start)
}

func (p *cParser) prefix() *cNode {
	t := p.peek()
	switch t.text {
	case "++", "--", "-", "+", "!", "~", "*", "&":
		if t.kind == lang.Punct {
			n := p.node(cUnary)
			p.take()
			n.Op, n.Kids = t.text, []*cNode{p.unary()}
			return n
		}
	case "sizeof", "_Alignof":
		return p.sizeof()
	case "(":
		if p.startsType(1) {
			return p.cast()
		}
	}
	start := p.at
	return p.postfix(p.primary(), start)
}

func (p *cParser) sizeof() *cNode {
	n := p.node(cSizeof)
	p.take()
	if p.is("(") && p.startsType(1) {
		p.take()
		n.Type = p.typeName()
		p.expect(")")
		return n
	}
	n.Kids = []*cNode{p.unary()}
	return n
}

func (p *cParser) cast() *cNode {
	n, start := p.node(cCast), p.at
	p.expect("(")
	n.Type = p.typeName()
	p.expect(")")
	if p.is("{") {
		n.Kids = []*cNode{p.initializer()}
		return p.postfix(n, start)
	}
	n.Kids = []*cNode{p.unary()}
	return n
}

func (p *cParser) primary() *cNode {
	n := p.node(cIdent)
	t := p.take()
	n.Text = t.text
	switch t.kind {
	case lang.Ident:
		if cKeywords[t.text] {
			p.at--
			p.fail()
		}
		if value, ok := p.enums[t.text]; ok {
			n.Kind, n.Text = cNumber, itoa(value)
		}
	case lang.Number:
		n.Kind = cNumber
	case lang.String:
		if t.text[0] == '\'' || len(t.text) > 1 && t.text[1] == '\'' {
			n.Kind = cChar
			break
		}
		n.Kind = cString
		for p.peek().kind == lang.String {
			n.Text = joinStrings(n.Text, p.take().text)
		}
	default:
		p.at--
		if !p.is("(") {
			p.fail()
			return n
		}
		return p.parenthesized()
	}
	return n
}

// postfix reads what follows an operand that begins at the token start.
func (p *cParser) postfix(e *cNode, start int) *cNode {
	for p.placed(e, start); p.err == nil; p.placed(e, start) {
		t := p.peek()
		if t.kind != lang.Punct {
			break
		}
		switch t.text {
		case "[":
			p.take()
			e = p.node(cIndex, e, p.expression())
			p.expect("]")
		case "(":
			p.take()
			e = p.node(cCall, e)
			for p.err == nil && !p.accept(")") {
				e.Kids = append(e.Kids, p.argument())
				if !p.accept(",") && !p.is(")") {
					p.fail()
				}
			}
		case ".", "->":
			p.take()
			e = p.node(cMember, e)
			e.Op, e.Text = t.text, p.take().text
		case "++", "--":
			p.take()
			e = p.node(cPostfix, e)
			e.Op = t.text
		default:
			return e
		}
	}
	return e
}

// argument reads an argument of a call; a macro's may be a type.
func (p *cParser) argument() *cNode {
	if p.startsType(0) {
		n := p.node(cSizeof)
		n.Type = p.typeName()
		return n
	}
	return p.assignment()
}
