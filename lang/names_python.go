package lang

import "strings"

// pythonNames finds names in Python, one logical line after the other.
func pythonNames(n NameSet, tokens []Token) {
	var p lines
	var line []Token
	for _, t := range tokens {
		end := t.Kind == Newline && p.brackets == 0
		if end && len(line) > 0 {
			pythonScope{n, p.within()}.line(line)
			line = line[:0]
		}
		p.take(t)
		if t.significant() {
			line = append(line, t)
		}
	}
	if len(line) > 0 {
		pythonScope{n, p.within()}.line(line)
	}
}

// within is the first word of the innermost function or class, or "".
func (p *lines) within() string {
	for o := p.open; o != nil; o = o.below {
		if o.scope() {
			return o.word
		}
	}
	return ""
}

// A pythonScope is where a line of Python stands: in a "def", a "class", or
// neither.
type pythonScope struct {
	names  NameSet
	within string
}

// bind takes down the variables of an assignment's targets.
func (s pythonScope) bind(targets []Token, local bool) {
	variables := s.names.variables(local || s.within != "")
	for i, t := range targets {
		if t.Kind != Ident || keywords[Python][t.Text] || i > 0 && targets[i-1].Text == "." {
			continue
		}
		if i+1 < len(targets) && (targets[i+1].Text == "." || targets[i+1].Text == "(" || targets[i+1].Text == "[") {
			continue
		}
		variables[t.Text] = true
	}
}

// pythonCompound are the words that start a statement with a colon.
var pythonCompound = set("if elif else while for try except finally with def class")

// line takes a logical line, of one statement or several.
func (s pythonScope) line(ts []Token) {
	s.expressions(ts)
	for len(ts) > 0 {
		if ts[0].Text == "async" {
			ts = ts[1:]
			continue
		}
		matching := ts[0].Text == "case" && ts[len(ts)-1].Text == ":"
		if !pythonCompound[ts[0].Text] && !matching {
			end := outside(ts, ";")
			s.statement(ts[:end])
			ts = ts[min(end+1, len(ts)):]
			continue
		}
		colon := outside(ts, ":")
		header := ts[:colon]
		switch {
		case matching:
			s.bind(header[1:], false)
		case len(header) > 1 && header[0].Text == "def":
			if s.within == "class" {
				s.names.Methods[header[1].Text] = true
			} else {
				s.names.Functions[header[1].Text] = true
			}
			if len(header) > 2 {
				parameters(s.names, header[2:])
			}
		case len(header) > 1 && header[0].Text == "class":
			s.names.Types[header[1].Text] = true
		}
		ts = ts[min(colon+1, len(ts)):]
	}
}

// outside is the index of the first token with the text outside brackets, or the
// number of tokens.
func outside(ts []Token, text string) int {
	depth := 0
	for i, t := range ts {
		switch {
		case t.Kind != Punct:
		case depth == 0 && t.Text == text:
			return i
		case t.Text == "(" || t.Text == "[" || t.Text == "{":
			depth++
		case t.Text == ")" || t.Text == "]" || t.Text == "}":
			depth--
		}
	}
	return len(ts)
}

// parameters takes down the parameters of a def, whose tokens start at the
// bracket before them, or of a lambda.
func parameters(n NameSet, ts []Token) {
	depth, expected := 0, true
	if len(ts) > 0 && ts[0].Text == "[" { // type parameters
		ts = ts[min(outside(ts[1:], "]")+2, len(ts)):]
	}
	if len(ts) > 0 && ts[0].Text == "(" {
		ts = ts[1:]
	}
	for _, t := range ts {
		switch {
		case t.Kind == Ident && depth == 0 && expected:
			n.Locals[t.Text] = true
			expected = false
		case t.Kind != Punct:
		case t.Text == "(" || t.Text == "[" || t.Text == "{":
			depth++
		case t.Text == ")" || t.Text == "]" || t.Text == "}":
			if depth--; depth < 0 {
				return
			}
		case t.Text == "," && depth == 0:
			expected = true
		}
	}
}

// expressions takes down what is bound within a line: by for, as, lambda and :=.
func (s pythonScope) expressions(ts []Token) {
	if ts[0].Text == "import" || ts[0].Text == "from" {
		return
	}
	for i, t := range ts {
		switch {
		case t.Kind == Punct && t.Text == ":=" && i > 0:
			s.bind(ts[i-1:i], false)
		case t.Kind != Ident:
		case t.Text == "for":
			end := i + 1
			for end < len(ts) && ts[end].Text != "in" && ts[end].Text != "for" {
				end++
			}
			s.bind(ts[i+1:end], i > 1)
		case t.Text == "as" && i+1 < len(ts):
			end := i + 2
			if ts[i+1].Text == "(" {
				end += outside(ts[i+2:min(i+64, len(ts))], ")")
			}
			s.bind(ts[i+1:min(end, len(ts))], false)
		case t.Text == "lambda":
			end := i + 1
			for end < len(ts) && ts[end].Text != ":" && ts[end].Text != "lambda" {
				end++
			}
			parameters(s.names, ts[i+1:end])
		}
	}
}

// statement takes a simple statement: an import or an assignment.
func (s pythonScope) statement(ts []Token) {
	if len(ts) == 0 {
		return
	}
	switch ts[0].Text {
	case "import":
		s.imports(ts[1:], "")
		return
	case "from":
		var module strings.Builder
		for i, t := range ts[1:] {
			if t.Text == "import" {
				s.imports(ts[i+2:], module.String())
				return
			}
			module.WriteString(t.Text)
		}
		return
	}
	if len(ts) > 1 && ts[1].Text == ":" { // with an annotation
		s.bind(ts[:1], false)
		return
	}
	for {
		end := outside(ts, "=")
		if end == len(ts) {
			return
		}
		s.bind(ts[:end], false)
		ts = ts[end+1:]
	}
}

// imports takes the list behind import. The module is empty where the list holds
// modules.
func (s pythonScope) imports(ts []Token, module string) {
	for len(ts) > 0 {
		end := 0
		for end < len(ts) && ts[end].Text != "," {
			end++
		}
		var path strings.Builder
		name, renamed := "", false
		for _, t := range ts[:end] {
			switch {
			case t.Text == "(" || t.Text == ")":
			case t.Text == "*":
				s.names.Wildcards[module] = true
			case t.Text == "as":
				renamed = true
			case renamed:
				name = t.Text
			default:
				path.WriteString(t.Text)
			}
		}
		what := path.String()
		if name == "" {
			name, _, _ = strings.Cut(what, ".")
			if module == "" {
				what = name
			}
		}
		if module != "" {
			what = strings.TrimSuffix(module, ".") + "." + what
		}
		if name != "" {
			s.names.Imports[name] = what
		}
		ts = ts[min(end+1, len(ts)):]
	}
}
