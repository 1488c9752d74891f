package sven

import (
	"errors"
	"fmt"
	"maps"
	"regexp"

	"github.com/seccoder/seccoder/lang"
)

// A cParser reads declarations and statements; c_parse_expr has the expressions and
// c_parse_type the types.
type cParser struct {
	tokens   []cToken
	at       int
	depth    int
	typedefs map[string]*cType
	// variables are the names that hide a typedef's name in this function.
	variables map[string]bool
	program   *cProgram
	enums     map[string]int
	structs   map[string]int // sizes
	err       error
}

// cDeepest bounds how deep constructs may nest.
const cDeepest = 200

var errNotC = errors.New("not understood")

// longestParsed bounds the bytes of what is parsed.
const longestParsed = 1 << 20

var includesAssert = regexp.MustCompile(`(?m)^[ \t]*#[ \t]*include[ \t]*[<"]assert\.h[>"]`)

// parseC reads a source file. Its error says where it stopped.
func parseC(source string) (*cProgram, error) {
	if len(source) > longestParsed {
		return nil, fmt.Errorf("parse C: %d bytes, more than %d", len(source), longestParsed)
	}
	tokens := cTokens(source)
	if len(tokens) > cMostTokens {
		return nil, fmt.Errorf("parse C: more than %d tokens", cMostTokens)
	}
	p := &cParser{tokens: tokens, typedefs: maps.Clone(cTypedefs), variables: map[string]bool{},
		program: &cProgram{Fields: map[string]*cType{}, Asserts: includesAssert.MatchString(source)}, enums: map[string]int{}, structs: map[string]int{}}
	for p.err == nil && p.at < len(p.tokens) {
		before := p.at
		p.external()
		if p.at == before {
			p.fail()
		}
	}
	if p.err != nil {
		return nil, p.err
	}
	for _, f := range p.program.Functions {
		setUp(f.Body)
		for _, param := range f.Params {
			setUp(param)
		}
	}
	return p.program, nil
}

// setUp lets every node below n know what holds it.
func setUp(n *cNode) {
	for _, kid := range n.Kids {
		kid.Up = n
		setUp(kid)
	}
}

func (p *cParser) fail() {
	if p.err == nil {
		t := p.peek()
		p.err = fmt.Errorf("parse C: line %d: %q %w", t.line, t.text, errNotC)
		p.at = len(p.tokens)
	}
}

func (p *cParser) peek() cToken { return p.peekAt(0) }

func (p *cParser) peekAt(ahead int) cToken {
	if p.at+ahead < len(p.tokens) {
		return p.tokens[p.at+ahead]
	}
	return cToken{kind: lang.Newline}
}

func (p *cParser) take() cToken {
	t := p.peek()
	p.at++
	return t
}

// is reports whether the next token is a keyword or an operator.
func (p *cParser) is(text string) bool {
	t := p.peek()
	return t.text == text && t.kind != lang.String
}

// accept takes the next token if it is the one.
func (p *cParser) accept(text string) bool {
	if p.is(text) {
		p.at++
		return true
	}
	return false
}

func (p *cParser) expect(text string) {
	if !p.accept(text) {
		p.fail()
	}
}

// node makes a node at the next token's line.
func (p *cParser) node(kind cKind, kids ...*cNode) *cNode {
	line := p.peek().line
	if len(kids) > 0 && kids[0] != nil {
		line = kids[0].Line
	}
	return &cNode{Kind: kind, Kids: kids, Line: line}
}

// enter counts how deep constructs nest; leave must follow.
func (p *cParser) enter() {
	if p.depth++; p.depth > cDeepest {
		p.fail()
	}
}

func (p *cParser) leave() { p.depth-- }

// external reads a function or a declaration at the top level.
func (p *cParser) external() {
	if p.accept(";") {
		return
	}
	base, typedef := p.specifiers()
	if p.accept(";") {
		return
	}
	for p.err == nil {
		d, params := p.declarator(base)
		if d.Type.Function && p.is("{") {
			f := &cFunction{Name: d.Text, Result: d.Type, Params: params}
			p.variables = map[string]bool{}
			for _, param := range params {
				p.variables[param.Text] = true
			}
			f.Body = p.block()
			p.variables = map[string]bool{}
			p.program.Functions = append(p.program.Functions, f)
			return
		}
		p.declared(d, typedef)
		if !d.Type.Function && !typedef {
			p.program.Globals = append(p.program.Globals, d)
		}
		if !p.accept(",") {
			break
		}
	}
	p.expect(";")
}

// declared takes an initializer and remembers the name.
func (p *cParser) declared(d *cNode, typedef bool) {
	if typedef {
		p.typedefs[d.Text] = d.Type
		return
	}
	p.variables[d.Text] = true
	if p.accept("=") {
		d.Kids = []*cNode{p.initializer()}
		if kid := d.Kids[0]; len(d.Type.Array) > 0 && d.Type.Array[0] < 0 {
			switch kid.Kind {
			case cList:
				d.Type.Array[0] = len(kid.Kids)
			case cString:
				d.Type.Array[0] = stringLength(kid.Text) + 1
			}
		}
	}
}

func (p *cParser) initializer() *cNode {
	if !p.is("{") {
		return p.assignment()
	}
	list := p.node(cList)
	p.enter()
	defer p.leave()
	p.take()
	for p.err == nil && !p.accept("}") {
		for p.is(".") || p.is("[") { // a designator
			if p.take().text == "." {
				p.take()
			} else {
				p.conditional()
				p.expect("]")
			}
			if p.accept("=") {
				break
			}
		}
		list.Kids = append(list.Kids, p.initializer())
		if !p.accept(",") && !p.is("}") {
			p.fail()
		}
	}
	return list
}

func (p *cParser) block() *cNode {
	b := p.node(cBlock)
	p.enter()
	defer p.leave()
	p.expect("{")
	for p.err == nil && !p.accept("}") {
		b.Kids = append(b.Kids, p.statement())
	}
	return b
}

// statement reads one statement or declaration.
func (p *cParser) statement() *cNode {
	p.enter()
	defer p.leave()
	n := p.node(cEmpty)
	t := p.peek()
	if t.kind == lang.Ident && p.peekAt(1).text == ":" && t.text != "default" && t.text != "case" {
		n.Kind, n.Text = cLabel, t.text
		p.at += 2
		return n
	}
	if t.kind == lang.Ident {
		p.take()
		if p.keyword(t.text, n) {
			return n
		}
		p.at--
	}
	switch {
	case p.accept(";"):
	case p.is("{"):
		return p.block()
	case p.startsDeclaration():
		return p.declaration()
	default:
		n.Kind, n.Kids = cExpr, []*cNode{p.expression()}
		p.expect(";")
	}
	return n
}

// declaration reads a declaration within a function.
func (p *cParser) declaration() *cNode {
	n := p.node(cDecls)
	base, typedef := p.specifiers()
	if p.accept(";") {
		return n
	}
	for p.err == nil {
		d, _ := p.declarator(base)
		p.declared(d, typedef)
		if !typedef && !d.Type.Function {
			n.Kids = append(n.Kids, d)
		}
		if !p.accept(",") {
			break
		}
	}
	p.expect(";")
	return n
}

// keyword reads the rest of a statement behind its keyword; false when the word is none.
func (p *cParser) keyword(word string, n *cNode) bool {
	switch word {
	case "if":
		n.Kind, n.Kids = cIf, []*cNode{p.parenthesized(), p.statement()}
		if p.accept("else") {
			n.Kids = append(n.Kids, p.statement())
		}
	case "while":
		n.Kind, n.Kids = cWhile, []*cNode{p.parenthesized(), p.statement()}
	case "do":
		n.Kind, n.Kids = cDo, []*cNode{p.statement()}
		p.expect("while")
		n.Kids = append(n.Kids, p.parenthesized())
		p.expect(";")
	case "for":
		p.readFor(n)
	case "switch":
		n.Kind, n.Kids = cSwitch, []*cNode{p.parenthesized(), p.statement()}
	case "case":
		n.Kind, n.Kids = cCaseLabel, []*cNode{p.conditional()}
		if p.accept("...") {
			p.conditional()
		}
		p.expect(":")
	case "default":
		n.Kind = cCaseLabel
		p.expect(":")
	case "return":
		n.Kind = cReturn
		if !p.is(";") {
			n.Kids = []*cNode{p.expression()}
		}
		p.expect(";")
	case "break":
		n.Kind = cBreak
		p.expect(";")
	case "continue":
		n.Kind = cContinue
		p.expect(";")
	case "goto":
		n.Kind, n.Text = cGoto, p.take().text
		p.expect(";")
	default:
		return false
	}
	return true
}

func (p *cParser) readFor(n *cNode) {
	n.Kind = cFor
	p.expect("(")
	init, cond, step := p.node(cEmpty), p.node(cEmpty), p.node(cEmpty)
	switch {
	case p.accept(";"):
	case p.startsDeclaration():
		init = p.declaration()
	default:
		init = &cNode{Kind: cExpr, Line: n.Line, Kids: []*cNode{p.expression()}}
		p.expect(";")
	}
	if !p.is(";") {
		cond = p.expression()
	}
	p.expect(";")
	if !p.is(")") {
		step = p.expression()
	}
	p.expect(")")
	n.Kids = []*cNode{init, cond, step, p.statement()}
}

func (p *cParser) parenthesized() *cNode {
	p.expect("(")
	e := p.expression()
	p.expect(")")
	return e
}
