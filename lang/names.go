package lang

import "maps"

// A NameSet holds the names that a piece of code defines and imports, sorted
// by what they stand for. Every map is there, if empty.
type NameSet struct {
	// Functions are free functions, at any level; in C and C++ also those that are
	// only declared. Methods belong to a class or an object.
	Functions, Methods map[string]bool
	// Types are classes, structs, enums, interfaces, typedefs and the like.
	Types map[string]bool
	// Macros are those of the C preprocessor.
	Macros map[string]bool
	// Globals are the variables and constants outside functions; in Java the fields.
	Globals map[string]bool
	// Locals are the variables and parameters of functions.
	Locals map[string]bool
	// Imports gives each imported name what it stands for: "np" may be "numpy", and
	// "join" be "os.path.join".
	Imports map[string]string
	// Wildcards are the modules or packages all of whose names are imported.
	Wildcards map[string]bool
	// Headers are the names of included C headers, as "stdio.h".
	Headers map[string]bool
}

func newNameSet() NameSet {
	return NameSet{
		Functions: map[string]bool{}, Methods: map[string]bool{}, Types: map[string]bool{},
		Macros: map[string]bool{}, Globals: map[string]bool{}, Locals: map[string]bool{},
		Imports: map[string]string{}, Wildcards: map[string]bool{}, Headers: map[string]bool{},
	}
}

// Has reports whether the code defines or imports the name, as whatever it be.
func (n NameSet) Has(name string) bool {
	_, imported := n.Imports[name]
	return imported || n.shared(name) || n.Methods[name] || n.Locals[name]
}

// shared reports whether the code defines the name for all of its file.
func (n NameSet) shared(name string) bool {
	return n.Functions[name] || n.Types[name] || n.Macros[name] || n.Globals[name]
}

// variables is the set that a variable belongs to.
func (n NameSet) variables(local bool) map[string]bool {
	if local {
		return n.Locals
	}
	return n.Globals
}

// Names finds what a piece of code, which may be incomplete, defines at any
// level and what it imports. It goes by the usual forms of definitions and knows
// no types: it may take an odd expression for a declaration, or overlook an odd
// declaration.
func Names(l Language, src string) NameSet { return namesOf(l, Lex(l, src)) }

func namesOf(l Language, tokens []Token) NameSet {
	n := newNameSet()
	if l == Python {
		pythonNames(n, tokens)
		return n
	}
	d := definitions{blocks: scanBlocks(l, tokens), names: n}
	d.pair()
	switch l {
	case Go:
		d.golang()
	case JavaScript, TypeScript:
		d.script()
	default:
		preprocessed(n, tokens)
		d.declarations()
	}
	maps.DeleteFunc(n.Locals, func(name string, _ bool) bool { return IsKeyword(l, name) })
	maps.DeleteFunc(n.Globals, func(name string, _ bool) bool { return IsKeyword(l, name) })
	return n
}

// definitions looks for names among the marks of a brace language.
type definitions struct {
	*blocks
	names NameSet
	// closers gives the index of the bracket that closes the one at an index, or -1.
	closers []int
}

// pair fills closers.
func (d *definitions) pair() {
	d.closers = make([]int, len(d.marks))
	for i := range d.closers {
		d.closers[i] = -1
	}
	for i := range d.marks {
		if open := d.marks[i].match; open >= 0 {
			d.closers[open] = i
		}
	}
}

// text is the text of the mark at an index that may be out of range; that of a
// string is empty, so as not to be taken for code.
func (d *definitions) text(i int) string {
	if i < 0 || i >= len(d.marks) || d.marks[i].Kind == String {
		return ""
	}
	return d.marks[i].Text
}

// ident reports whether the mark at an index is an identifier, and no keyword.
func (d *definitions) ident(i int) bool {
	return i >= 0 && i < len(d.marks) && d.marks[i].Kind == Ident && !IsKeyword(d.l, d.marks[i].Text)
}

// closer is the index of the bracket that closes the one at an index, or -1.
func (d *definitions) closer(i int) int {
	if i < 0 || i >= len(d.marks) {
		return -1
	}
	return d.closers[i]
}

// local reports whether a variable defined at an index is a function's.
func (d *definitions) local(i int) bool {
	outer := d.marks[i].outer
	return outer != blockNamespace && (outer != blockType || d.l != Java)
}

// members calls f with the index of each mark between the bracket at open and
// its match that is within no further brackets; the opening marks of those count.
func (d *definitions) members(open int, f func(i int)) {
	end := d.closer(open)
	for i := open + 1; i < end; i++ {
		f(i)
		if c := d.closers[i]; c > i {
			i = c
		}
	}
}

// preprocessed finds macros and headers.
func preprocessed(n NameSet, tokens []Token) {
	var directive string
	for _, t := range tokens {
		switch {
		case t.Kind == Directive:
			directive = t.Text[len("#"):]
			for len(directive) > 0 && (directive[0] == ' ' || directive[0] == '\t') {
				directive = directive[1:]
			}
		case t.Kind == Newline:
			directive = ""
		case !t.significant():
		case directive == "define" && t.Kind == Ident:
			n.Macros[t.Text] = true
			directive = ""
		case (directive == "include" || directive == "import") && t.Kind == String && len(t.Text) > 2:
			n.Headers[t.Text[1:len(t.Text)-1]] = true
			directive = ""
		}
	}
}
