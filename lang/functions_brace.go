package lang

import (
	"slices"
	"strings"
)

// A braceReader collects the functions of a brace language.
type braceReader struct {
	*blocks
	src string
	// closers is the index of each opening bracket's closing one.
	closers map[int]int
	// directives are where lines of the preprocessor start.
	directives []int
	// around are the braces open, by their index among the marks.
	around []int
	found  []Function
}

func bracedFunctions(l Language, tokens []Token, src string) []Function {
	r := braceReader{blocks: scanBlocks(l, tokens), src: src, closers: map[int]int{}}
	for _, t := range tokens {
		if t.Kind == Directive {
			r.directives = append(r.directives, t.Offset)
		}
	}
	for i, m := range r.marks {
		if m.match >= 0 {
			r.closers[m.match] = i
		}
	}
	for i := range r.marks {
		m := &r.marks[i]
		switch {
		case m.is("}") && m.Kind == Punct:
			for n := len(r.around); n > 0 && m.match >= 0 && r.around[n-1] >= m.match; n-- {
				r.around = r.around[:n-1]
			}
		case m.is("{") && m.Kind == Punct:
			r.open(i)
			r.around = append(r.around, i)
		}
	}
	return r.found
}

// open looks at the brace marks[at].
func (r *braceReader) open(at int) {
	m := &r.marks[at]
	closer, closed := r.closers[at]
	if !closed {
		return
	}
	end := r.marks[closer].end()
	switch {
	case m.block == blockFunction:
		header := r.afterMacro(r.afterDirective(r.headerOf(at)))
		if len(header) == 0 {
			return
		}
		name := r.functionName(header)
		if r.script() && closer+1 < len(r.marks) && r.marks[closer+1].is(";") {
			end = r.marks[closer+1].end()
		}
		if name != "" {
			r.add(r.typeName()+name, header[0].at, end)
		}
	case m.block == blockLambda && r.script():
		r.call(at)
	case (r.l == C || r.l == CPP) && m.outer == blockNamespace && m.block != blockNamespace && m.block != blockType:
		if name, start := r.oldStyle(at); name != "" {
			r.add(name, start, end)
		}
	}
}

func (r *braceReader) add(name string, start, end int) {
	offset := r.marks[start].Offset
	if line := lineStart(r.src, offset); strings.TrimSpace(r.src[line:offset]) == "" {
		offset = line // with its indentation
	}
	r.found = append(r.found, Function{Name: name, Start: offset, End: end})
}

// afterDirective drops what of a header stands before a line of the preprocessor,
// where a whole header follows that line.
func (r *braceReader) afterDirective(h []unit) []unit {
	if len(h) == 0 || len(r.directives) == 0 {
		return h
	}
	first, last := r.marks[h[0].at].Offset, r.marks[h[len(h)-1].at].Offset
	i, _ := slices.BinarySearch(r.directives, last)
	if i == 0 || r.directives[i-1] < first {
		return h
	}
	rest := h
	for len(rest) > 0 && r.marks[rest[0].at].Offset < r.directives[i-1] {
		rest = rest[1:]
	}
	if cFunctionName(rest) > 0 {
		return rest
	}
	return h
}

// afterMacro drops a call of a macro that stands without a semicolon before a function of
// C or C++: the type of the function follows it.
func (r *braceReader) afterMacro(h []unit) []unit {
	if r.l != C && r.l != CPP {
		return h
	}
	for kindAt(h, 0) == Ident && textAt(h, 1) == "()" && kindAt(h, 2) == Ident && !cNoNames[h[0].text] && !cNoNames[h[2].text] &&
		textAt(h, 3) != "()" && r.marks[h[2].at].newline && cFunctionName(h[2:]) > 0 {
		h = h[2:]
	}
	return h
}

// typeName names the type around, with the sign that joins it to a member.
func (r *braceReader) typeName() string {
	if r.l == Go {
		return ""
	}
	name := ""
	for _, at := range r.around {
		if r.marks[at].block != blockType {
			continue
		}
		h := r.headerOf(at)
		for i, u := range h {
			if u.kind == Ident && (cTypes[u.text] || javaTypes[u.text] || u.text == "record") && kindAt(h, i+1) == Ident {
				name = h[i+1].text
			}
		}
	}
	switch {
	case name == "":
		return ""
	case r.l == C || r.l == CPP:
		return name + "::"
	}
	return name + "."
}

// functionName reads the name from a function's header.
func (r *braceReader) functionName(h []unit) string {
	switch r.l {
	case Go:
		return r.goName(h)
	case Java:
		if i := javaMethodName(h); i >= 0 {
			return h[i].text
		}
		return ""
	case JavaScript, TypeScript:
		return r.scriptName(h)
	}
	return r.cName(h)
}

func (r *braceReader) goName(h []unit) string {
	switch {
	case textAt(h, 0) != "func":
		return ""
	case kindAt(h, 1) == Ident:
		return h[1].text
	case textAt(h, 1) == "()" && kindAt(h, 2) == Ident:
		receiver := ""
		for i := h[1].at; i < h[1].end; i++ { // the last name, or the one before type parameters
			if r.marks[i].is("[") {
				break
			}
			if r.marks[i].Kind == Ident {
				receiver = r.marks[i].Text
			}
		}
		return receiver + "." + h[2].text
	}
	return ""
}

// cName reads the name of a function of C or C++: the word before the parameters. What
// stands in parentheses before or behind may be a macro's.
func (r *braceReader) cName(h []unit) string {
	h = trimC(h)
	if i := find(h, "operator"); i >= 0 {
		return r.scoped(h, i) + r.text(h[i:min(i+2, len(h))])
	}
	if colon := find(h, ":"); colon > 0 {
		h = h[:colon] // initializers
	}
	i := cFunctionName(h)
	if i < 0 {
		return ""
	}
	switch {
	case textAt(h, i+2) == "()": // PREFIX(name)(parameters)
		return r.text(h[i : i+2])
	case kindAt(h, i+2) == Ident && !cNoNames[h[i+2].text] && textAt(h, i+3) == "()":
		typed := false // MACRO(type) name(parameters), unless a type stands before
		for _, u := range h[:i] {
			typed = typed || u.kind == Ident && !declares[u.text]
		}
		if !typed {
			i += 2
		}
	}
	if textAt(h, i-1) == "~" {
		return r.scoped(h, i-1) + "~" + h[i].text
	}
	return r.scoped(h, i) + h[i].text
}

// scoped is the run of names joined by :: before a name, with the last ::.
func (r *braceReader) scoped(h []unit, i int) string {
	from := i
	for from > 1 && h[from-1].text == "::" && h[from-2].kind == Ident {
		from -= 2
	}
	return r.text(h[from:i])
}

// text is the source of units without space.
func (r *braceReader) text(h []unit) string {
	var b strings.Builder
	for _, u := range h {
		for i := u.at; i < u.end && i < u.at+8; i++ {
			b.WriteString(r.marks[i].Text)
		}
	}
	return b.String()
}

// scriptName reads the name of a function of JavaScript or TypeScript, which may be the
// one that it is given to.
func (r *braceReader) scriptName(h []unit) string {
	for len(h) > 0 && h[0].kind == Ident && scriptBefore[h[0].text] && kindAt(h, 1) != Punct {
		h = h[1:]
	}
	if textAt(h, 0) == "function" {
		if i := 1; kindAt(h, i) == Ident {
			return h[i].text
		} else if kindAt(h, i+1) == Ident { // a generator
			return h[i+1].text
		}
		return "default"
	}
	to := find(h, "=")
	if colon := find(h, ":"); colon > 0 && (to < 0 || colon < to) {
		to = colon
	}
	if to > 0 {
		return strings.Trim(r.text(h[:min(to, 8)]), `"'`)
	}
	if i := scriptMethodName(h); i >= 0 {
		return strings.Trim(r.text(h[i:i+1]), `"'`)
	}
	return ""
}

// scriptBefore are words before the name of a function that are no part of it.
var scriptBefore = set("export default const let var async static get set public private protected readonly override abstract declare")

// call takes in a call at the top of the file that is given the nameless function whose
// brace is marks[at].
func (r *braceReader) call(at int) {
	for _, brace := range r.around {
		if k := r.marks[brace].block; k != blockNamespace {
			return
		}
	}
	open := -1
	for i := at - 1; i >= 0 && !r.marks[i].is("{") && !r.marks[i].is("}") && !r.marks[i].is(";"); i-- {
		if closer, ok := r.closers[i]; ok && closer > at && r.marks[i].is("(") {
			open = i
		}
	}
	if open <= 0 || r.marks[open-1].Kind != Ident {
		return
	}
	start := open - 1
	for start >= 2 && r.marks[start-1].is(".") && r.marks[start-2].Kind == Ident {
		start -= 2
	}
	name := ""
	for i := start; i < open; i++ {
		name += r.marks[i].Text
	}
	if IsKeyword(r.l, name) {
		return
	}
	if route := r.marks[open+1]; route.Kind == String && len(route.Text) < 80 {
		name += "(" + route.Text + ")"
	}
	closer := r.closers[open]
	if closer+1 < len(r.marks) && r.marks[closer+1].is(";") {
		closer++
	}
	r.add(name, start, r.marks[closer].end())
}

// maxParameters bounds the declarations of an old function's parameters.
const maxParameters = 400

// oldStyle reads the header of a function as C had it before 1989, with the types of the
// parameters between the parentheses and the brace marks[at].
func (r *braceReader) oldStyle(at int) (name string, start int) {
	if at == 0 || !r.marks[at-1].is(";") {
		return "", 0
	}
	for i := at - 2; i > 0 && i > at-maxParameters; i-- {
		m := &r.marks[i]
		switch {
		case m.is("{") || m.is("}") || m.is("=") || m.Kind == String:
			return "", 0
		case !m.is(")"):
			continue
		}
		open := m.match
		if open <= 0 || r.marks[open-1].Kind != Ident || r.marks[i+1].Kind != Ident || !r.plainNames(open+1, i) {
			if open > 0 {
				i = open
			}
			continue
		}
		start = open - 1
		for start > 0 && (r.marks[start-1].Kind == Ident || r.marks[start-1].is("*")) {
			start--
		}
		for start < open-1 && r.directiveBetween(start, open-1) {
			start++
		}
		return r.marks[open-1].Text, start
	}
	return "", 0
}

// directiveBetween reports whether a line of the preprocessor stands between two marks.
func (r *braceReader) directiveBetween(from, to int) bool {
	i, _ := slices.BinarySearch(r.directives, r.marks[from].Offset)
	return i < len(r.directives) && r.directives[i] < r.marks[to].Offset
}

// plainNames reports whether the marks are names with commas between, at least one.
func (r *braceReader) plainNames(from, to int) bool {
	for i := from; i < to; i++ {
		if name := (i-from)%2 == 0; name && r.marks[i].Kind != Ident || !name && !r.marks[i].is(",") {
			return false
		}
	}
	return to > from
}
