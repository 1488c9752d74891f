package lang

import "strings"

// script finds names in JavaScript and TypeScript.
func (d *definitions) script() {
	for i := range d.marks {
		m := &d.marks[i]
		switch {
		case m.Kind == String:
			continue
		case m.Text == "{" && m.block == blockFunction:
			d.scriptMethod(i)
			continue
		case m.Text == "=>":
			d.arrow(i)
			continue
		case m.Text == "=" && d.ident(i-1) && d.startsStatement(i-1):
			d.names.variables(d.local(i))[d.text(i-1)] = true
			continue
		case m.Kind != Ident || d.text(i-1) == "." || d.text(i-1) == "?.":
			continue
		}
		switch m.Text {
		case "function":
			next := i + 1
			if d.text(next) == "*" {
				next++
			}
			if d.ident(next) {
				d.names.Functions[d.text(next)] = true
				next++
			}
			if d.text(next) == "<" {
				next = d.angles(next)
			}
			d.binding(next, true)
		case "class", "interface", "enum", "namespace":
			if d.ident(i + 1) {
				d.names.Types[d.text(i+1)] = true
			}
		case "type":
			if next := d.text(i + 2); d.ident(i+1) && (next == "=" || next == "<") {
				d.names.Types[d.text(i+1)] = true
			}
		case "const", "let", "var":
			d.variables(i + 1)
		case "catch":
			d.binding(i+1, true)
		case "import":
			d.scriptImport(i)
		}
	}
}

// startsStatement reports whether the mark is the first of its statement.
func (d *definitions) startsStatement(i int) bool {
	switch d.text(i - 1) {
	case ";", "{", "}":
		return true
	}
	return i == 0 || d.lineEnds(&d.marks[i-1], &d.marks[i])
}

// scriptMethod takes down the method whose body opens at i.
func (d *definitions) scriptMethod(i int) {
	h := d.headerOf(i)
	if find(h, "function") >= 0 || last(h) == "=>" {
		return
	}
	if name := scriptMethodName(h); name >= 0 {
		d.names.Methods[strings.Trim(h[name].text, `"'`)] = true
		for _, u := range h[name+1:] {
			if u.text == "()" {
				d.binding(u.at, true)
				return
			}
		}
	}
}

// arrow takes down the parameters before =>, also with a result type between.
func (d *definitions) arrow(i int) {
	if d.ident(i-1) && d.text(i-2) != ":" {
		d.names.Locals[d.text(i-1)] = true
		return
	}
	for j := i - 1; j >= max(0, i-16); j-- {
		if open := d.marks[j].match; d.text(j) == ")" && open >= 0 && (j == i-1 || d.text(j+1) == ":") {
			d.binding(open, true)
			return
		}
	}
}

// variables takes down the declaration list behind const, let or var.
func (d *definitions) variables(i int) {
	for {
		end := i
		if c := d.closer(i); c > 0 {
			end = c
		}
		if d.text(end+1) == "=" && d.required(end+2) != "" {
			d.imported(i, end, d.required(end+2))
		} else {
			d.binding(i, d.local(min(i, len(d.marks)-1)))
		}
		for i = end + 1; d.text(i) != ","; i++ {
			if i >= len(d.marks) || d.closesList(i) {
				return
			}
			if c := d.closer(i); c > 0 {
				i = c
			}
		}
		i++
	}
}

// closesList reports whether the mark ends a list of declarations.
func (d *definitions) closesList(i int) bool {
	switch d.text(i) {
	case ";", ")", "]", "}", "of", "in", "const", "let", "var":
		return true
	}
	return d.closer(i) < 0 && (d.text(i) == "{" || d.text(i) == "(" || d.text(i) == "[") || d.lineEnds(&d.marks[i-1], &d.marks[i])
}

// required is the module that require("…") or await import("…") at i loads, or "".
func (d *definitions) required(i int) string {
	if d.text(i) == "await" {
		i++
	}
	if d.text(i) != "require" && d.text(i) != "import" || d.text(i+1) != "(" || i+2 >= len(d.marks) || d.marks[i+2].Kind != String {
		return ""
	}
	return strings.Trim(d.marks[i+2].Text, "\"'`")
}

// binding takes down the variables of a pattern or a parameter list that starts
// at i: a name, or brackets. In braces the name before a colon is a property; in
// round brackets what follows a colon is a type.
func (d *definitions) binding(i int, local bool) {
	if d.ident(i) {
		d.names.variables(local)[d.text(i)] = true
		return
	}
	brackets := []int{} // the openers around
	for j := i; j <= min(d.closer(i), i+maxList); j++ {
		switch text := d.text(j); text {
		case "(", "[", "{":
			brackets = append(brackets, j)
		case ")", "]", "}":
			if brackets = brackets[:max(0, len(brackets)-1)]; len(brackets) == 0 {
				return
			}
		case "=": // a default value
			for j++; j < d.closer(i) && d.text(j) != "," && d.text(j) != ")" && d.text(j) != "]" && d.text(j) != "}"; j++ {
				if c := d.closer(j); c > 0 {
					j = c
				}
			}
			j--
		default:
			inBraces := d.text(brackets[len(brackets)-1]) == "{"
			if d.ident(j) && binds(d.text(j-1), d.text(j+1), inBraces) {
				d.names.variables(local)[text] = true
			}
		}
		if len(brackets) == 0 {
			return
		}
	}
}

// binds tells by its neighbours whether a name in a pattern is a variable.
func binds(before, after string, inBraces bool) bool {
	switch before {
	case "{", "(", "[", ",", "...":
		return after == "," || after == ")" || after == "]" || after == "}" || after == "=" || !inBraces && (after == ":" || after == "?")
	case ":":
		return inBraces && (after == "," || after == "}" || after == "=")
	case "public", "private", "protected", "readonly":
		return true
	}
	return false
}

// imported takes down what the pattern marks[from:end+1] imports from the module.
func (d *definitions) imported(from, end int, module string) {
	for i := from; i <= end && i < len(d.marks); i++ {
		if !d.ident(i) {
			continue
		}
		switch {
		case from == end:
			d.names.Imports[d.text(i)] = module
		case d.text(i+1) == ":":
		case d.text(i-1) == ":":
			d.names.Imports[d.text(i)] = module + "." + d.text(i-2)
		case d.text(i-1) != "=":
			d.names.Imports[d.text(i)] = module + "." + d.text(i)
		}
	}
}

// scriptImport takes down an import statement.
func (d *definitions) scriptImport(i int) {
	var module string
	end := i + 1
	for ; end < len(d.marks) && end < i+500; end++ {
		if d.marks[end].Kind == String {
			module = strings.Trim(d.marks[end].Text, `"'`)
			break
		}
		if text := d.text(end); text == ";" || text == "(" && d.text(end-1) != "require" || text == "import" || text == "." {
			return
		}
	}
	inBraces := false
	for j := i + 1; j < end; j++ {
		text := d.text(j)
		switch {
		case text == "{" || text == "}":
			inBraces = text == "{"
		case !d.ident(j) && (text != "type" || d.text(j+1) != ","), text == "from", text == "as", text == "require", d.text(j+1) == "as":
		case d.text(j-1) == "as" && d.text(j-2) != "*":
			d.names.Imports[text] = module + "." + d.text(j-2)
		case inBraces:
			d.names.Imports[text] = module + "." + text
		default:
			d.names.Imports[text] = module
		}
	}
}

// angles is the index behind the angle brackets that open at i.
func (d *definitions) angles(i int) int {
	depth := 0
	for j := i; j < len(d.marks) && j < i+64; j++ {
		switch d.text(j) {
		case "<":
			depth++
		case ">":
			if depth--; depth == 0 {
				return j + 1
			}
		case "(", "[", "{":
			if c := d.closer(j); c > 0 {
				j = c
			} else {
				return i
			}
		case ";", ")", "}", "=", "||", "+", "-", "!":
			if d.l != TypeScript || d.text(j) != "=" {
				return i
			}
		}
	}
	return i
}
