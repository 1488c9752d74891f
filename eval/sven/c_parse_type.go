package sven

import (
	"strconv"
	"strings"

	"github.com/seccoder/seccoder/lang"
)

// cTypedefs are the typedefs of the standard headers that such programs use.
var cTypedefs = map[string]*cType{
	"size_t": {Base: "long", Bytes: 8, Unsigned: true}, "ssize_t": {Base: "long", Bytes: 8}, "ptrdiff_t": {Base: "long", Bytes: 8},
	"int8_t": {Base: "char", Bytes: 1}, "int16_t": {Base: "short", Bytes: 2}, "int32_t": {Base: "int", Bytes: 4}, "int64_t": {Base: "long", Bytes: 8},
	"uint8_t": {Base: "char", Bytes: 1, Unsigned: true}, "uint16_t": {Base: "short", Bytes: 2, Unsigned: true},
	"uint32_t": {Base: "int", Bytes: 4, Unsigned: true}, "uint64_t": {Base: "long", Bytes: 8, Unsigned: true},
	"intmax_t": {Base: "long", Bytes: 8}, "uintmax_t": {Base: "long", Bytes: 8, Unsigned: true}, "intptr_t": {Base: "long", Bytes: 8},
	"uintptr_t": {Base: "long", Bytes: 8, Unsigned: true}, "time_t": {Base: "long", Bytes: 8}, "clock_t": {Base: "long", Bytes: 8},
	"off_t": {Base: "long", Bytes: 8}, "bool": {Base: "bool", Bytes: 1, Unsigned: true}, "uint": {Base: "int", Bytes: 4, Unsigned: true},
	"FILE": {Base: "struct FILE", Bytes: 216}, "va_list": {Base: "struct va_list"}, "pthread_t": {Base: "long", Bytes: 8, Unsigned: true},
}

// cBasic are the keywords that name a type, with its size.
var cBasic = map[string]int{
	"void": 1, "char": 1, "short": 2, "int": 4, "long": 8, "float": 4, "double": 8, "_Bool": 1, "signed": 4, "unsigned": 4, "__int128": 16,
}

// cQualifiers are the keywords of a declaration that do not matter here.
var cQualifiers = map[string]bool{
	"const": true, "volatile": true, "static": true, "extern": true, "register": true, "inline": true, "auto": true, "typedef": true,
	"restrict": true, "__restrict": true, "_Noreturn": true, "_Thread_local": true, "__attribute__": true, "_Alignas": true,
	"__extension__": true, "__inline": true, "struct": true, "union": true, "enum": true,
}

// cKeywords cannot begin an expression.
var cKeywords = map[string]bool{
	"if": true, "else": true, "while": true, "do": true, "for": true, "switch": true, "case": true, "default": true, "return": true,
	"break": true, "continue": true, "goto": true, "struct": true, "union": true, "enum": true, "typedef": true, "int": true, "char": true,
	"void": true, "long": true, "short": true, "float": true, "double": true, "unsigned": true, "signed": true, "const": true, "static": true,
}

// startsType reports whether a type begins so many tokens ahead.
func (p *cParser) startsType(ahead int) bool {
	t := p.peekAt(ahead)
	if t.kind != lang.Ident {
		return false
	}
	if _, ok := cBasic[t.text]; ok || cQualifiers[t.text] {
		return true
	}
	return p.typedef(t.text) != nil && !p.variables[t.text]
}

// typedef is what a name stands for; nil when it names no type. Headers are not read: a name
// that ends like those of their types is taken for one.
func (p *cParser) typedef(name string) *cType {
	if t := p.typedefs[name]; t != nil {
		return t
	}
	if strings.HasSuffix(name, "_t") && !p.variables[name] && p.program.function(name) == nil {
		return &cType{Base: name}
	}
	return nil
}

// startsDeclaration reports whether a declaration follows. Two names in a row are one, even
// where the first is a variable too.
func (p *cParser) startsDeclaration() bool {
	next := p.peekAt(1)
	if p.startsType(0) {
		return p.typedef(p.peek().text) == nil || next.kind == lang.Ident || next.text == "*" || next.text == "("
	}
	return p.peek().kind == lang.Ident && next.kind == lang.Ident && !cKeywords[p.peek().text]
}

// specifiers reads what stands before the first declarator.
func (p *cParser) specifiers() (base cType, typedef bool) {
	base = cType{Base: "int", Bytes: 4}
	named := false
	for p.err == nil {
		t := p.peek()
		if t.kind != lang.Ident {
			break
		}
		bytes, basic := cBasic[t.text]
		switch {
		case t.text == "struct" || t.text == "union" || t.text == "enum":
			p.take()
			base.Base, base.Bytes = p.tagged(t.text)
			named = true
		case t.text == "__attribute__" || t.text == "_Alignas":
			p.take()
			p.skipParentheses()
		case basic:
			p.take()
			base.add(t.text, bytes)
			named = true
		case cQualifiers[t.text]:
			p.take()
			typedef = typedef || t.text == "typedef"
			base.Static = base.Static || t.text == "static"
		case !named && p.typedef(t.text) != nil:
			p.take()
			static := base.Static
			base = *p.typedef(t.text)
			base.Array = append([]int{}, base.Array...)
			base.Static = static
			named = true
		case !named && p.peekAt(1).kind == lang.Ident: // two names in a row: the first is a type of some header
			p.take()
			base.Base, base.Bytes = t.text, 0
			named = true
		default:
			return base, typedef
		}
	}
	return base, typedef
}

// add takes one keyword of a basic type.
func (t *cType) add(word string, bytes int) {
	switch word {
	case "unsigned":
		t.Unsigned = true
	case "signed":
	case "int":
		if t.Base != "short" && t.Base != "long" {
			t.Base = "int"
		}
	case "double":
		t.Base, t.Bytes = "double", 8
	default:
		t.Base, t.Bytes = strings.TrimPrefix(word, "_"), bytes
	}
}

// tagged reads the rest of a struct, a union or an enum.
func (p *cParser) tagged(word string) (base string, bytes int) {
	tag := ""
	if p.peek().kind == lang.Ident {
		tag = p.take().text
	}
	if word == "enum" {
		if p.accept("{") {
			for value := 0; p.err == nil && !p.accept("}"); value++ {
				name := p.take().text
				if p.accept("=") {
					if v, ok := constant(p.conditional()); ok {
						value = int(v)
					}
				}
				p.enums[name] = value
				if !p.accept(",") && !p.is("}") {
					p.fail()
				}
			}
		}
		return "int", 4
	}
	base = "struct " + tag
	if !p.accept("{") {
		return base, p.structs[tag]
	}
	for p.err == nil && !p.accept("}") {
		fields, _ := p.specifiers()
		for p.err == nil && !p.is(";") {
			d, _ := p.declarator(fields)
			if p.accept(":") {
				p.conditional()
			}
			p.program.Fields[d.Text] = d.Type
			size := d.Type.size()
			align := min(max(size, 1), 4)
			if d.Type.Pointer == 0 {
				align = max(d.Type.Bytes, 1)
			}
			if word == "union" {
				bytes = max(bytes, size)
			} else {
				bytes = (bytes+align-1)/align*align + size
			}
			if !p.accept(",") {
				break
			}
		}
		p.expect(";")
	}
	bytes = (bytes + 3) / 4 * 4
	if tag != "" {
		p.structs[tag] = bytes
	}
	return base, bytes
}

// declarator reads a name with its stars, brackets and parameters.
func (p *cParser) declarator(base cType) (*cNode, []*cNode) {
	p.enter()
	defer p.leave()
	t := base
	t.Array = append([]int{}, base.Array...)
	n := p.node(cDecl)
	n.Type = &t
	for p.is("*") || cQualifiers[p.peek().text] {
		if p.take().text == "*" {
			t.Pointer++
		}
	}
	var params []*cNode
	switch {
	case p.is("(") && (p.peekAt(1).text == "*" || p.peekAt(1).text == "("): // a pointer to a function or an array
		p.take()
		inner, _ := p.declarator(t)
		n.Text, t.Pointer = inner.Text, t.Pointer+1
		p.expect(")")
		if p.is("(") {
			p.skipParentheses()
			t.Base, t.Bytes = "void", 8
		}
	case p.peek().kind == lang.Ident && !cKeywords[p.peek().text]:
		n.Text = p.take().text
	}
	for p.err == nil {
		switch {
		case p.accept("["):
			length := -1
			for cQualifiers[p.peek().text] {
				p.take()
			}
			if !p.is("]") {
				if v, ok := constant(p.assignment()); ok {
					length = int(v)
				}
			}
			p.expect("]")
			t.Array = append(t.Array, length)
		case p.is("("):
			params = p.params()
			t.Function = true
		case p.is("__attribute__") || p.is("__asm__"):
			p.take()
			p.skipParentheses()
		default:
			return n, params
		}
	}
	return n, params
}

// params reads a list of parameters; arrays become pointers.
func (p *cParser) params() []*cNode {
	var params []*cNode
	p.expect("(")
	for p.err == nil && !p.accept(")") {
		if p.accept("...") {
			continue
		}
		before := p.at
		base, _ := p.specifiers()
		d, _ := p.declarator(base)
		if d.Type.isArray() {
			d.Type.Array, d.Type.Pointer = nil, d.Type.Pointer+1
		}
		if d.Text != "" {
			params = append(params, d)
		}
		if !p.accept(",") && !p.is(")") || p.at == before {
			p.fail()
		}
	}
	return params
}

// typeName reads a type as casts have it.
func (p *cParser) typeName() *cType {
	base, _ := p.specifiers()
	d, _ := p.declarator(base)
	return d.Type
}

func (p *cParser) skipParentheses() {
	p.expect("(")
	for depth := 1; p.err == nil && depth > 0; {
		switch t := p.take(); {
		case t.text == "(":
			depth++
		case t.text == ")":
			depth--
		case p.at > len(p.tokens):
			p.fail()
		}
	}
}

func itoa(n int) string { return strconv.Itoa(n) }

// joinStrings makes one literal of two that stand side by side.
func joinStrings(a, b string) string {
	return strings.TrimSuffix(a, `"`) + b[min(strings.IndexByte(b, '"')+1, len(b)):]
}

// stringLength is the length of what a string literal stands for.
func stringLength(literal string) int { return len(unquoteC(literal)) }

// unquoteC is what a string or character literal stands for. Escapes by number count one character.
func unquoteC(literal string) string {
	start := strings.IndexAny(literal, `"'`)
	if start < 0 || len(literal) < start+2 {
		return ""
	}
	body := literal[start+1 : len(literal)-1]
	var out []byte
	for i := 0; i < len(body); i++ {
		if body[i] != '\\' || i+1 >= len(body) {
			out = append(out, body[i])
			continue
		}
		i++
		if at := strings.IndexByte("ntr0abfv", body[i]); at >= 0 {
			out = append(out, "\n\t\r\x00\a\b\f\v"[at])
		} else {
			out = append(out, body[i])
		}
		digits := body[i] == 'x'
		for i+1 < len(body) && (digits && strings.IndexByte("0123456789abcdefABCDEF", body[i+1]) >= 0 || body[i] >= '0' && body[i] <= '7' && body[i+1] >= '0' && body[i+1] <= '7') {
			i++
		}
	}
	return string(out)
}
