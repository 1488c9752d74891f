package lang

import (
	"slices"
	"strings"
)

// A Function is a function or method of a source text: src[Start:End], from the
// start of its first line to its last token. Decorators and annotations are part of
// it, comments before it are not.
type Function struct {
	// Name is what the code calls it, with the type that it is written in: "join",
	// "Stack.push", "Stack::push".
	Name       string
	Start, End int
}

// Functions finds the functions of a source text, in their order: those at the top
// and those of types, but none within another function. In JavaScript and
// TypeScript a call at the top that is passed a function, as a web framework's
// routes are, counts as one, under the name of the call.
//
//	for _, f := range lang.Functions(lang.Python, src) {
//		fmt.Println(f.Name, src[f.Start:f.End])
//	}
//
// A function whose end is missing is left out. Like all of this package it goes by
// tokens and never fails; code with macros that open or close braces may be
// misread.
func Functions(l Language, src string) []Function {
	if l == Python {
		return pythonFunctions(src)
	}
	return bracedFunctions(l, src)
}

// lineStart is the start of the line of an offset, where nothing but blanks stands
// between; otherwise it is the offset.
func lineStart(src string, offset int) int {
	start := strings.LastIndexByte(src[:offset], '\n') + 1
	if strings.Trim(src[start:offset], " \t\f\v\uFEFF") == "" {
		return start
	}
	return offset
}

// A pythonFinder walks over the logical lines of Python.
type pythonFinder struct {
	src   string
	lines lines
	found []Function
	// classes are the classes around the line, the outermost first.
	classes []pythonClass
	// open is true while the last of found has not ended; limit is its indentation.
	open  bool
	limit int
	// decorators is where the run of decorators before the line starts, or -1.
	decorators int
	// first is the offset of the line's first token; naming is true behind def or class.
	first  int
	naming bool
	code   int
}

type pythonClass struct {
	name    string
	columns int
}

func pythonFunctions(src string) []Function {
	f := pythonFinder{src: src, decorators: -1}
	for _, t := range Lex(Python, src) {
		f.take(t)
	}
	if f.open {
		f.found[len(f.found)-1].End = f.code
	}
	return f.found
}

func (f *pythonFinder) take(t Token) {
	begins := t.significant() && !f.lines.line
	f.lines.take(t)
	if !t.significant() {
		return
	}
	if begins {
		f.begin(t)
	}
	switch {
	case f.naming:
		if f.naming = false; t.Kind == Ident {
			f.name(t.Text)
		}
	case t.Kind == Ident && (t.Text == "def" || t.Text == "class") && f.lines.word == t.Text && !f.open:
		// "async" before def is no word of its own to lines.
		f.naming = f.lines.last == t.Text && (t.Offset == f.first || t.Text == "def" && strings.HasPrefix(f.src[f.first:], "async"))
	}
	f.code = t.end()
}

// begin sees what the first token of a logical line ends.
func (f *pythonFinder) begin(t Token) {
	f.first = t.Offset
	if f.open && f.lines.columns <= f.limit {
		f.open = false
		f.found[len(f.found)-1].End = f.code
	}
	if f.open {
		return
	}
	for len(f.classes) > 0 && f.classes[len(f.classes)-1].columns >= f.lines.columns {
		f.classes = f.classes[:len(f.classes)-1]
	}
	switch {
	case t.Text == "@" && f.decorators < 0:
		f.decorators = t.Offset
	case t.Text != "@" && t.Text != "def" && t.Text != "class" && t.Text != "async":
		f.decorators = -1
	}
}

// name takes the name behind def or class.
func (f *pythonFinder) name(name string) {
	start := f.first
	if f.decorators >= 0 {
		start = f.decorators
	}
	f.decorators = -1
	if f.lines.word == "class" {
		f.classes = append(f.classes, pythonClass{name, f.lines.columns})
		return
	}
	var path strings.Builder
	for _, c := range f.classes {
		path.WriteString(c.name + ".")
	}
	f.found = append(f.found, Function{Name: path.String() + name, Start: lineStart(f.src, start)})
	f.open, f.limit = true, f.lines.columns
}

// bracedFunctions finds functions by their braces.
func bracedFunctions(l Language, src string) []Function {
	b := scanBlocks(l, Lex(l, src))
	closers := make(map[int]int, len(b.marks)/8)
	for i := range b.marks {
		if m := b.marks[i].match; m >= 0 {
			closers[m] = i
		}
	}
	var found []Function
	var types []openType
	for i := 0; i < len(b.marks); i++ {
		for len(types) > 0 && i > types[len(types)-1].end {
			types = types[:len(types)-1]
		}
		m := &b.marks[i]
		end, closed := closers[i]
		if !m.is("{") || !closed {
			continue
		}
		switch m.block {
		case blockType, blockNamespace:
			types = append(types, openType{b.typeName(i), end})
		case blockFunction:
			header := b.functionHeader(i)
			if name := b.functionName(header); name != "" {
				found = behind(found, Function{
					Name: qualified(l, types, name), Start: lineStart(src, b.marks[header[0].at].Offset), End: b.marks[end].end(),
				})
			}
			i = end
		case blockLambda:
			if f, last, ok := b.passed(i, closers); ok && len(types) == 0 && b.script() {
				f.Start = lineStart(src, f.Start)
				found = behind(found, f)
				end = max(end, last)
			}
			i = end
		}
	}
	return found
}

// behind adds a function, unless it overlaps the one before, as in code whose
// brackets do not match.
func behind(found []Function, f Function) []Function {
	if len(found) > 0 && f.Start < found[len(found)-1].End || f.End <= f.Start {
		return found
	}
	return append(found, f)
}

// An openType is a type or namespace around a token; end is its closing brace's mark.
type openType struct {
	name string
	end  int
}

// qualified puts the names of the types around it before a name.
func qualified(l Language, types []openType, name string) string {
	join := "."
	if l == CPP || l == C {
		join = "::"
	}
	parts := make([]string, 0, len(types)+1)
	for _, t := range types {
		if t.name != "" {
			parts = append(parts, t.name)
		}
	}
	return strings.Join(append(parts, name), join)
}

var typeWords = set("class struct union enum interface record namespace module")

// typeName is the name of the type that marks[at] opens, or "".
func (b *blocks) typeName(at int) string {
	h := b.headerOf(at)
	switch b.l {
	case Go:
		return "" // methods name their receiver
	case C, CPP:
		h = trimC(h)
	}
	for i, u := range h {
		if u.kind == Ident && typeWords[u.text] && kindAt(h, i+1) == Ident && !typeWords[textAt(h, i+1)] {
			return h[i+1].text
		}
	}
	return ""
}

// functionHeader is the header of a function, without a call of a macro on a line
// of its own before it.
func (b *blocks) functionHeader(at int) []unit {
	h := b.headerOf(at)
	if b.l != C && b.l != CPP {
		return h
	}
	for len(h) > 1 && h[1].text == ":" && h[0].kind == Ident { // public:
		h = h[2:]
	}
	for len(h) > 3 && h[0].kind == Ident && h[1].text == "()" && h[2].kind == Ident && b.marks[h[2].at].newline && cFunctionName(h[2:]) >= 0 {
		h = h[2:]
	}
	return h
}

// functionName reads the name out of a function's header, or "".
func (b *blocks) functionName(h []unit) string {
	if len(h) == 0 {
		return ""
	}
	switch b.l {
	case Go:
		return b.goName(h)
	case Java:
		if i := javaMethodName(h); i >= 0 {
			return h[i].text
		}
		return assigned(h)
	case JavaScript, TypeScript:
		return scriptName(h)
	}
	return cName(trimC(h))
}

// assigned is the name that a function is given to by "=" or, where it stands in an
// object, ":".
func assigned(h []unit) string {
	for _, sign := range []string{":=", "=", ":"} {
		i := find(h, sign)
		if i <= 0 {
			continue
		}
		var parts []string
		for j := i - 1; j >= 0 && (h[j].kind == Ident || h[j].kind == String || h[j].text == "."); j-- {
			if j+1 < i && h[j].text != "." && h[j+1].text != "." {
				break
			}
			parts = append(parts, h[j].text)
		}
		slices.Reverse(parts)
		return strings.Join(parts, "")
	}
	return ""
}

func (b *blocks) goName(h []unit) string {
	if h[0].text != "func" {
		return assigned(h)
	}
	if textAt(h, 1) != "()" {
		return textAt(h, 1)
	}
	receiver := ""
	for _, m := range b.marks[h[1].at:h[1].end] {
		if m.is("[") {
			break // its type parameters
		}
		if m.Kind == Ident {
			receiver = m.Text
		}
	}
	return receiver + "." + textAt(h, 2)
}

func scriptName(h []unit) string {
	if f := find(h, "function"); f >= 0 {
		for i := f + 1; i < len(h); i++ {
			if h[i].kind == Ident {
				return h[i].text
			}
			if h[i].text != "*" {
				break
			}
		}
	}
	if find(h, "=") > 0 || last(h) == "=>" || find(h, "function") >= 0 {
		if name := assigned(h); name != "" {
			return name
		}
		return "default"
	}
	if i := scriptMethodName(h); i >= 0 {
		return h[i].text
	}
	return ""
}

func cName(h []unit) string {
	if eq := find(h, "="); eq > 0 && textAt(h, eq-1) != "operator" && cLambda(h) >= 0 {
		return assigned(h)
	}
	i := cFunctionName(h)
	if i < 0 {
		return ""
	}
	name := h[i].text
	if name == "operator" {
		for j := i + 1; j < len(h) && (j == i+1 || h[j].text != "()"); j++ {
			name += h[j].text
		}
	}
	if textAt(h, i-1) == "~" {
		name, i = "~"+name, i-1
	}
	for i >= 2 && h[i-1].text == "::" && h[i-2].kind == Ident {
		name, i = h[i-2].text+"::"+name, i-2
	}
	return name
}

// passed is the statement at the top of a file that is passed the function whose
// brace is marks[at]. last is the index of the statement's last mark.
func (b *blocks) passed(at int, closers map[int]int) (f Function, last int, ok bool) {
	open := -1
	for i, seen := at-1, 0; i >= 0 && seen < maxList; i, seen = i-1, seen+1 {
		m := &b.marks[i]
		if m.match >= 0 {
			i = m.match
			continue
		}
		if m.is("(") {
			open = i // the outermost so far
		}
		if m.is("{") || m.is(";") {
			break
		}
	}
	last, closed := closers[open]
	if open < 0 || !closed {
		return f, 0, false
	}
	h := b.header(open, false)
	if len(h) == 0 {
		return f, 0, false
	}
	var name strings.Builder
	for _, m := range b.marks[h[0].at:open] {
		if m.newline && name.Len() > 0 && m.Kind == Ident {
			name.WriteByte(' ')
		}
		name.WriteString(m.Text)
	}
	if open+1 < len(b.marks) && b.marks[open+1].Kind == String {
		name.WriteString("(" + b.marks[open+1].Text + ")")
	}
	if last+1 < len(b.marks) && b.marks[last+1].is(";") {
		last++
	}
	return Function{Name: name.String(), Start: b.marks[h[0].at].Offset, End: b.marks[last].end()}, last, true
}
