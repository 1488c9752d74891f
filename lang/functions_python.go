package lang

// An openDef is a def or class whose block has not ended.
type openDef struct {
	name    string
	start   int
	columns int
	class   bool
}

// pythonFunctions finds the functions of Python by their indentation.
func pythonFunctions(tokens []Token, src string) []Function {
	var p lines
	var found []Function
	var open []openDef
	decorator := -1 // start of the first decorator before the line
	code := 0       // end of the last code
	closeTo := func(columns int) {
		for len(open) > 0 && open[len(open)-1].columns >= columns {
			last := open[len(open)-1]
			open = open[:len(open)-1]
			if !last.class && code > last.start {
				found = append(found, Function{Name: qualified(open, last.name), Start: last.start, End: code})
			}
		}
	}
	for i, t := range tokens {
		if t.significant() {
			if !p.line {
				closeTo(p.columns)
				switch word, name := defAt(tokens[i:]); {
				case t.Text == "@" && decorator < 0:
					decorator = lineStart(src, t.Offset)
				case word != "":
					start := lineStart(src, t.Offset)
					if decorator >= 0 {
						start = decorator
					}
					open = append(open, openDef{name, start, p.columns, word == "class"})
					decorator = -1
				case t.Text != "@":
					decorator = -1
				}
			}
			code = t.end()
		}
		p.take(t)
	}
	closeTo(0)
	return found
}

// defAt reads the def or class that a line begins with.
func defAt(line []Token) (word, name string) {
	seen := 0
	for _, t := range line {
		switch {
		case t.Kind == Newline:
			return "", ""
		case !t.significant():
			continue
		case word != "":
			if t.Kind != Ident {
				return "", ""
			}
			return word, t.Text
		case t.Text == "def" || t.Text == "class":
			word = t.Text
		case t.Text != "async" || seen > 0:
			return "", ""
		}
		seen++
	}
	return "", ""
}

// qualified puts the names of the classes around a function before its own.
func qualified(around []openDef, name string) string {
	for i := len(around) - 1; i >= 0 && around[i].class; i-- {
		name = around[i].name + "." + name
	}
	return name
}
