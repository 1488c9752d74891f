package lang

import "strings"

var (
	// declares are the words that may stand before the type of a declaration.
	declares = set(`static extern const inline register volatile typedef public private protected final abstract
		transient virtual explicit friend constexpr consteval mutable thread_local synchronized default native
		_Thread_local _Noreturn __inline __inline__ __extension__ restrict struct union enum class typename`)
	// primitive are the keywords that are types.
	primitive = set(`void char short int long float double signed unsigned bool boolean byte _Bool auto wchar_t
		char8_t char16_t char32_t var`)
)

// maxList bounds the marks of one list, so that hostile text costs no more than
// linear time.
const maxList = 1000

// declaration takes down what a statement that starts at i declares, if it is a
// declaration: a run of type words, then the name and others behind commas.
func (d *definitions) declaration(i int) {
	start := i
	typedef := false
	for ; i < len(d.marks); i++ {
		text := d.text(i)
		switch {
		case declares[text]:
			typedef = typedef || text == "typedef"
			continue
		case text == ":" && d.text(i-1) != ")":
			continue
		case text == "template" && d.text(i+1) == "<":
			i = max(i, d.angles(i+1)-1)
			continue
		case text == "@" && d.ident(i+1):
			i++
			for d.text(i+1) == "." {
				i += 2
			}
			if c := d.closer(i + 1); d.text(i+1) == "(" && c > 0 {
				i = c
			}
			continue
		case (cNoNames[text] || text == "[") && i < start+8:
			if text != "[" {
				i++
			}
			if c := d.closer(i); c > 0 {
				i = c
				continue
			}
		case text == "using":
			d.using(i)
			return
		case text == "record" && d.l == Java && d.text(i+2) == "(":
			return // cType sees to it
		case text == "import" && d.l == Java:
			d.javaImport(i)
			return
		}
		break
	}
	name, end := d.typedName(i)
	if p := end + 2; d.text(end) == "(" && d.text(end+1) == "*" && d.ident(p) && d.text(p+1) == ")" && d.text(p+2) == "(" {
		d.declare(p, start, typedef) // a pointer to a function
		return
	}
	if name < 0 {
		return
	}
	body := d.marks[start].outer != blockNamespace && d.marks[start].outer != blockType
	next := d.text(end)
	switch next {
	case "(":
		switch {
		case typedef:
			d.names.Types[d.text(name)] = true
		case body:
			d.names.Locals[d.text(name)] = true
		case d.marks[start].outer == blockType:
			d.names.Methods[d.text(name)] = true
		default:
			d.names.Functions[d.text(name)] = true
		}
		return
	case "{":
		if d.l != CPP || d.marks[end].block == blockFunction || d.marks[end].block == blockType {
			return
		}
	case ":":
		if d.text(start-1) != "(" {
			return // a label, or a bit field
		}
	case "=", ";", ",", "[", ")", "":
	default:
		return
	}
	d.declare(name, start, typedef)
	for j := end; j < min(end+maxList, len(d.marks)); j++ {
		switch d.text(j) {
		case ";", ")", "}", "]", ":":
			return
		case "(", "[", "{":
			if d.closer(j) < 0 {
				return
			}
			j = d.closer(j)
		case ",":
			for d.text(j+1) == "*" || d.text(j+1) == "&" {
				j++
			}
			if d.ident(j + 1) {
				d.declare(j+1, start, typedef)
			}
		}
	}
}

// declare takes down a variable, or the name of a typedef.
func (d *definitions) declare(name, start int, typedef bool) {
	if typedef {
		d.names.Types[d.text(name)] = true
		return
	}
	d.names.variables(d.local(start) || d.text(start-1) == "(")[d.text(name)] = true
}

// typedName reads a type and a name from i on. It returns the index of the
// name, or -1, and the index behind it.
func (d *definitions) typedName(i int) (name, end int) {
	name = -1
	typed, joined := false, false
	for ; i < len(d.marks); i++ {
		text := d.text(i)
		switch {
		case primitive[text]:
			typed, joined, name = true, false, -1
			if c := d.closer(i + 1); text == "auto" && d.text(i+1) == "[" && c > 0 {
				d.members(i+1, func(j int) {
					if d.ident(j) {
						d.names.Locals[d.text(j)] = true
					}
				})
				return -1, c + 1
			}
		case declares[text] && text != "default":
		case d.ident(i):
			if name >= 0 {
				typed = true
			}
			if joined {
				typed = false // std::string so far is one word of a type
				name, joined = i, false
				continue
			}
			name = i
		case text == "::" || d.l == Java && (text == "." || text == "|"):
			joined = true
		case text == "*" || text == "&" || text == "&&" || text == "...":
			if name < 0 && !typed {
				return -1, i
			}
			if name >= 0 {
				typed, name = true, -1
			}
		case text == "<" && name >= 0:
			behind := d.angles(i)
			if behind == i {
				return -1, i
			}
			typed, name = true, -1
			i = behind - 1
		case text == "[" && d.text(i+1) == "]" && d.l == Java && d.ident(i+2):
			typed, name = true, -1
			i++
		default:
			if !typed || name < 0 {
				return -1, i
			}
			return name, i
		}
	}
	if !typed || name < 0 {
		return -1, i
	}
	return name, i
}

// using takes down C++'s using: another name for a type, or a name from a namespace.
func (d *definitions) using(i int) {
	if d.text(i+2) == "=" {
		d.names.Types[d.text(i+1)] = true
		return
	}
	var what strings.Builder
	for j := i + 1; j < len(d.marks) && j < i+32; j++ {
		if text := d.text(j); text == ";" {
			if d.text(i+1) == "namespace" {
				d.names.Wildcards[strings.TrimPrefix(what.String(), "namespace")] = true
			} else {
				d.names.Imports[d.text(j-1)] = what.String()
			}
			return
		}
		what.WriteString(d.text(j))
	}
}

// javaImport takes down an import.
func (d *definitions) javaImport(i int) {
	var what strings.Builder
	for j := i + 1; j < len(d.marks) && j < i+64; j++ {
		switch text := d.text(j); text {
		case "static":
		case ";":
			d.names.Imports[d.text(j-1)] = what.String()
			return
		case "*":
			d.names.Wildcards[strings.TrimSuffix(what.String(), ".")] = true
			return
		default:
			what.WriteString(text)
		}
	}
}
