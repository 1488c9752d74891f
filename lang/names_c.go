package lang

// declarations finds names in C, C++ and Java.
func (d *definitions) declarations() {
	for i := range d.marks {
		m := &d.marks[i]
		switch {
		case m.Kind == String:
		case m.Text == "{" && m.block == blockFunction || m.Text == "{" && m.block == blockLambda:
			d.cFunction(i)
		case m.Text == "{" && m.block == blockType:
			d.cType(i)
		case m.Text == "->" && d.l == Java:
			d.javaLambda(i)
		}
		if d.startsDeclaration(i) {
			d.declaration(i)
		}
	}
}

// startsDeclaration reports whether a declaration may start at i.
func (d *definitions) startsDeclaration(i int) bool {
	if d.marks[i].Kind != Ident && d.text(i) != "@" && d.text(i) != "[" {
		return false
	}
	switch d.text(i - 1) {
	case "", ";", "{", "}", "else", "do":
		return true
	case ":":
		before := d.text(i - 2)
		return before == "public" || before == "private" || before == "protected" || d.text(i-3) == "case"
	case "(":
		before := d.text(i - 2)
		return before == "for" || before == "if" || before == "while" || before == "switch" || before == "catch" || before == "try"
	case ")": // a macro, or a statement without braces
		return d.marks[i].newline && d.marks[i-1].match >= 0 && d.text(d.marks[i-1].match-2) != "="
	}
	return false
}

// cFunction takes down the function or lambda whose body opens at i.
func (d *definitions) cFunction(i int) {
	h := trimC(d.headerOf(i))
	at := -1
	switch {
	case d.l == Java:
		at = javaMethodName(h)
	case cLambda(h) >= 0:
	default:
		at = cFunctionName(h)
	}
	if at >= 0 {
		if name := h[at].text; d.marks[i].outer == blockType || d.l == Java || textAt(h, at-1) == "::" {
			d.names.Methods[name] = true
		} else {
			d.names.Functions[name] = true
		}
	} else if at = max(0, cLambda(h)); d.l == Java {
		return
	}
	for _, u := range h[min(at, len(h)):] {
		if u.text == "()" {
			d.cParameters(u.at)
			return
		}
	}
}

// cParameters takes down the parameters in the brackets: of each, the last name
// behind a type.
func (d *definitions) cParameters(open int) {
	name, words := "", 0
	keep := func() {
		if words > 1 && name != "" {
			d.names.Locals[name] = true
		}
		name, words = "", 0
	}
	value := false
	d.members(open, func(i int) {
		switch text := d.text(i); {
		case text == ",":
			keep()
			value = false
		case text == "=":
			value = true
		case value:
		case text == "(" && d.text(i+1) == "*" && d.ident(i+2): // a pointer to a function
			name, value = d.text(i+2), true
			words = 2
		case d.marks[i].Kind == Ident:
			name = ""
			if d.ident(i) {
				name = text
			}
			words++
		}
	})
	keep()
}

// cType takes down the type whose body opens at i: its tag, the constants of an
// enum and the names of a typedef.
func (d *definitions) cType(i int) {
	h := trimC(d.headerOf(i))
	var enum, typedef bool
	for k, u := range h {
		if u.kind != Ident {
			continue
		}
		switch u.text {
		case "typedef":
			typedef = true
		case "new":
			return // a class without a name
		case "enum", "struct", "union", "class", "interface", "record":
			enum = enum || u.text == "enum"
			for k++; k < len(h) && (h[k].text == "class" || h[k].text == "struct" || cNoNames[h[k].text] || h[k].text == "()"); k++ {
			}
			if kindAt(h, k) == Ident {
				d.names.Types[h[k].text] = true
			}
			if u.text == "record" && textAt(h, k+1) == "()" {
				d.cParameters(h[k+1].at)
			}
		}
	}
	if enum {
		d.members(i, func(j int) {
			if before := d.text(j - 1); d.ident(j) && (before == "{" || before == ",") {
				d.names.Globals[d.text(j)] = true
			}
		})
	}
	end := d.closer(i)
	if d.l == Java || end < 0 {
		return
	}
	for j := end + 1; j < len(d.marks) && (d.marks[j].Kind == Ident || d.text(j) == "," || d.text(j) == "*"); j++ {
		if before := d.text(j - 1); !d.ident(j) || before != "}" && before != "," && before != "*" {
			continue
		}
		if typedef {
			d.names.Types[d.text(j)] = true
		} else {
			d.names.variables(d.local(i))[d.text(j)] = true
		}
	}
}

// javaLambda takes down the parameters before ->.
func (d *definitions) javaLambda(i int) {
	if d.ident(i - 1) {
		d.names.Locals[d.text(i-1)] = true
		return
	}
	if i == 0 || d.marks[i-1].match < 0 {
		return
	}
	d.members(d.marks[i-1].match, func(j int) {
		if next := d.text(j + 1); d.ident(j) && (next == "," || next == ")") {
			d.names.Locals[d.text(j)] = true
		}
	})
}
