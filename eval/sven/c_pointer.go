package sven

import "slices"

// cDereferences are the arguments behind which functions of the library read or write.
// fread and read are not among them, as in CodeQL's models.
var cDereferences = map[string][]int{
	"strcpy": {0, 1}, "strncpy": {0, 1}, "strcat": {0, 1}, "strncat": {0, 1}, "memcpy": {0, 1}, "memmove": {0, 1}, "memset": {0},
	"memcmp": {0, 1}, "strlen": {0}, "strnlen": {0}, "strdup": {0}, "strndup": {0}, "strcmp": {0, 1}, "strncmp": {0, 1}, "strchr": {0},
	"strrchr": {0}, "strstr": {0, 1}, "strtok": {0, 1}, "fgets": {0}, "gets": {0}, "puts": {0}, "fputs": {0}, "sprintf": {0}, "snprintf": {0},
	"vsprintf": {0}, "vsnprintf": {0}, "atoi": {0}, "bzero": {0}, "stpcpy": {0, 1},
}

// cReaders are the functions that write behind an argument, which CodeQL's models do not know.
var cReaders = map[string][]int{"fread": {0}, "read": {1}, "recv": {1}, "getcwd": {0}, "qsort": {0}}

// cFormats are the functions that print: the place of the format among the arguments.
var cFormats = map[string]int{"printf": 0, "fprintf": 1, "sprintf": 1, "snprintf": 2, "dprintf": 1, "syslog": 1}

// cScans are the functions that scan: the place of the format among the arguments.
var cScans = map[string]int{"scanf": 0, "fscanf": 1, "sscanf": 1}

// dereferenced reports whether the pointer that n reads is followed: directly, after
// arithmetic, or by a function that is known to follow it.
func (f *cFlow) dereferenced(n *cNode, types *ranges) bool {
	up := n.Up
	if t := types.typeOf(n); up == nil || !t.isPointer() && !t.isArray() {
		return false
	}
	switch up.Kind {
	case cCast:
		return f.dereferenced(up, types)
	case cUnary:
		switch up.Op {
		case "*":
			return true
		case "++", "--":
			return f.dereferenced(up, types)
		}
	case cPostfix:
		return f.dereferenced(up, types)
	case cIndex:
		return up.Kids[0] == n && (up.Up == nil || up.Up.Kind != cUnary || up.Up.Op != "&")
	case cMember:
		return up.Op == "->"
	case cBinary:
		return (up.Op == "+" || up.Op == "-") && f.dereferenced(up, types)
	case cCall:
		return f.follows(up, slices.Index(up.args(), n), types)
	}
	return false
}

// follows reports whether a call follows its argument i.
func (f *cFlow) follows(call *cNode, i int, types *ranges) bool {
	name := call.callee()
	if own := f.Program.function(name); own != nil {
		return i >= 0 && i < len(own.Params) && f.parameterFollowed(own, own.Params[i].Text)
	}
	if slices.Contains(cDereferences[name], i) || f.Real && slices.Contains(cReaders[name], i) {
		return true
	}
	if format, ok := cFormats[name]; ok && i > format {
		return types.typeOf(call.args()[i]).isPointer()
	}
	if format, ok := cScans[name]; ok && i > format {
		return true
	}
	return false
}

// parameterFollowed reports whether a function follows its parameter, and does not test it.
func (f *cFlow) parameterFollowed(own *cFunction, name string) bool {
	if own == f.Function {
		return false
	}
	inner := flowOf(f.Program, own)
	types := typing(inner)
	for _, s := range inner.Steps {
		if s.Test && s.Node.mentions(name) {
			return false
		}
	}
	for _, s := range inner.Steps {
		if s.Node != nil && s.Node.isName(name) && inner.shallow().dereferenced(s.Node, types) {
			return true
		}
	}
	return false
}

// shallow is the flow without its program's functions, so that calls are not followed for ever.
func (f *cFlow) shallow() *cFlow {
	g := *f
	g.Program = &cProgram{Fields: f.Program.Fields}
	return &g
}

// locals are the parameters and variables of a function.
func (f *cFunction) locals() []*cNode { return append(slices.Clone(f.Params), f.Body.all(cDecl)...) }

// A freedUse is a use of a variable after it was handed to free.
type freedUse struct {
	Name      string
	Free, Use *cNode
}

// usesAfter finds uses of local pointers that can be reached from where they are released: a
// dereference, or being part of an argument. Of free, it is what CodeQL's cpp/use-after-free finds.
func usesAfter(f *cFlow, release string) []freedUse {
	types := typing(f)
	var found []freedUse
	for step, s := range f.Steps {
		if s.Node == nil || s.Node.callee() != release || len(s.Node.args()) != 1 {
			continue
		}
		name := s.Node.args()[0].bare().Text
		if s.Node.args()[0].bare().Kind != cIdent || !slices.ContainsFunc(f.Function.locals(), func(d *cNode) bool { return d.Text == name }) {
			continue
		}
		reached := f.reach(step, func(at int) bool { return f.defines(at, name) || f.releases(at, release, name) }, nil)
		for at := range f.Steps {
			n := f.Steps[at].Node
			if !reached[at] || n == nil || !n.isName(name) {
				continue
			}
			if f.dereferenced(n, types) {
				found = append(found, freedUse{name, s.Node, n})
			} else if call := argumentOf(n); call != nil && f.Program.function(call.callee()) == nil {
				found = append(found, freedUse{name, s.Node, n})
			}
		}
	}
	return found
}

// argumentOf is the call in whose arguments n stands by value, or nil.
func argumentOf(n *cNode) *cNode {
	for up, below := n.Up, n; up != nil && up.Kind < cBlock; up, below = up.Up, up {
		if up.Kind == cUnary && up.Op == "&" || up.Kind == cSizeof {
			return nil
		}
		if up.Kind == cCall && below != up.Kids[0] {
			return up
		}
	}
	return nil
}

// defines reports whether a step gives a variable a new value.
func (f *cFlow) defines(step int, name string) bool {
	n := f.Steps[step].Node
	if n == nil {
		return false
	}
	return n.Kind == cAssign && n.Op == "=" && n.Kids[0].isName(name) || n.Kind == cDecl && n.Text == name
}

func (f *cFlow) releases(step int, release, name string) bool {
	n := f.Steps[step].Node
	return n != nil && n.callee() == release && len(n.args()) == 1 && n.args()[0].bare().isName(name)
}
