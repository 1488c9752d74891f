package lang

import (
	"path"
	"regexp"
	"strings"
)

// golang finds names in Go.
func (d *definitions) golang() {
	for i := range d.marks {
		m := &d.marks[i]
		if m.Kind == Punct && m.Text == ":=" {
			for j := i - 1; d.ident(j); j -= 2 {
				d.names.Locals[d.text(j)] = true
				if d.text(j-1) != "," {
					break
				}
			}
		}
		if m.Kind != Ident {
			continue
		}
		switch m.Text {
		case "func":
			d.goFunction(i)
		case "type":
			d.goSpecs(i, func(at int) { d.names.Types[d.text(at)] = true })
		case "var", "const":
			d.goSpecs(i, d.goVariables)
		case "import":
			d.goImports(i)
		}
	}
}

// goFunction takes down the name and the parameters behind func.
func (d *definitions) goFunction(i int) {
	next := i + 1
	switch {
	case d.ident(next):
		d.names.Functions[d.text(next)] = true
		next++
	case d.text(next) == "(" && d.closer(next) > 0 && d.ident(d.closer(next)+1) && d.text(d.closer(next)+2) == "(":
		d.goParameters(next)
		next = d.closer(next) + 1
		d.names.Methods[d.text(next)] = true
		next++
	}
	if d.text(next) == "[" {
		next = d.closer(next) + 1
	}
	for range 2 { // parameters, and results that may have names
		if d.text(next) != "(" || d.closer(next) < 0 {
			return
		}
		d.goParameters(next)
		next = d.closer(next) + 1
	}
}

// goParameters takes down the names in brackets: those a type or another name follows.
func (d *definitions) goParameters(open int) {
	d.members(open, func(i int) {
		if before := d.text(i - 1); !d.ident(i) || before != "(" && before != "," {
			return
		}
		switch next := d.text(i + 1); next {
		case ",", "*", "[", "...", "func", "map", "chan", "interface", "struct", "(":
			d.names.Locals[d.text(i)] = true
		default:
			if d.ident(i + 1) {
				d.names.Locals[d.text(i)] = true
			}
		}
	})
}

// goSpecs calls f with the first name of each definition behind type, var or
// const: one, or one a line within brackets.
func (d *definitions) goSpecs(i int, f func(at int)) {
	if d.text(i+1) != "(" {
		if d.ident(i + 1) {
			f(i + 1)
		}
		return
	}
	d.members(i+1, func(at int) {
		if d.ident(at) && (d.marks[at].newline || at == i+2 || d.text(at-1) == ";") {
			f(at)
		}
	})
}

// goVariables takes down a list of names with commas between.
func (d *definitions) goVariables(at int) {
	for ; d.ident(at); at += 2 {
		d.names.variables(d.local(at))[d.text(at)] = true
		if d.text(at+1) != "," {
			return
		}
	}
}

// goImports takes down one import, or those in brackets.
func (d *definitions) goImports(i int) {
	if d.text(i+1) != "(" {
		for j := i + 1; j < min(i+3, len(d.marks)); j++ {
			if d.marks[j].Kind == String {
				d.goImport(j)
				return
			}
		}
		return
	}
	d.members(i+1, func(j int) {
		if d.marks[j].Kind == String {
			d.goImport(j)
		}
	})
}

func (d *definitions) goImport(at int) {
	from := strings.Trim(d.marks[at].Text, "\"`")
	switch before := d.text(at - 1); {
	case before == ".":
		d.names.Wildcards[from] = true
	case before == "_" || from == "":
	case d.ident(at-1) && (!d.marks[at].newline || d.marks[at-1].newline):
		d.names.Imports[before] = from
	default:
		d.names.Imports[goPackage(from)] = from
	}
}

var majorVersion = regexp.MustCompile(`^v[0-9]+$`)

// goPackage guesses a package's name by its path.
func goPackage(from string) string {
	base := path.Base(from)
	if majorVersion.MatchString(base) && path.Dir(from) != "." {
		base = path.Base(path.Dir(from))
	}
	if name, version, found := strings.Cut(base, "."); found && majorVersion.MatchString(version) {
		base = name
	}
	return strings.TrimSuffix(strings.TrimPrefix(base, "go-"), "-go")
}
