package lang

import "strings"

// Foreign lists the names that a completion uses but only the demonstration
// before the user's code knows: the harm of a demonstration whose helper the
// model calls as if the user had it. The user's code is what stands before the
// cursor, with which the completion goes on. The names come in the order of first
// use, without repeats.
//
// A name is foreign when the demonstration defines it for all of its file, or
// imports it, and the completion uses it; or when the demonstration calls a free
// function that it does not define, as snippets do, and the completion calls it
// too. In C and C++ so is a name of a common header that the demonstration
// includes and the user does not. A name is not foreign when the user's code
// mentions it outside comments and strings, when the user's code or the
// completion defines or imports it, or when the language or its standard library
// has it. Attributes, fields, methods of a value and keyword arguments are no uses.
func Foreign(l Language, demonstration, user, completion string) []string {
	if strings.TrimSpace(demonstration) == "" {
		return nil
	}
	f := newForeign(l, demonstration, user+completion, len(user))
	var names []string
	seen := map[string]bool{}
	for _, u := range f.uses {
		if !seen[u.name] && f.foreign(u) {
			seen[u.name] = true
			names = append(names, u.name)
		}
	}
	return names
}

// A use is a free name that a piece of code uses, and whether it calls it.
type use struct {
	name string
	call bool
}

// foreignSearch holds what Foreign knows of the three texts.
type foreignSearch struct {
	l Language
	// demonstration and program are the names of the demonstration and of the user's
	// code with the completion.
	demonstration, program NameSet
	// calls are the free functions that the demonstration calls without defining them.
	calls map[string]bool
	// mentioned are the identifiers of the user's code.
	mentioned map[string]bool
	// uses are those of the completion.
	uses []use
}

func newForeign(l Language, demonstration, program string, cursor int) foreignSearch {
	shown := Lex(l, demonstration)
	tokens := Lex(l, program)
	f := foreignSearch{
		l: l, demonstration: namesOf(l, shown), program: namesOf(l, tokens),
		calls: map[string]bool{}, mentioned: map[string]bool{},
	}
	for _, u := range freeUses(l, shown, 0) {
		if u.call && !f.demonstration.Has(u.name) {
			f.calls[u.name] = true
		}
	}
	for _, t := range tokens {
		switch {
		case t.end() > cursor:
		case t.Kind == Ident:
			f.mentioned[t.Text] = true
		case t.Kind == String:
			for _, code := range interpolated(l, t.Text) {
				for _, inner := range Lex(l, code) {
					f.mentioned[inner.Text] = true
				}
			}
		}
	}
	f.uses = freeUses(l, tokens, cursor)
	return f
}

func (f *foreignSearch) foreign(u use) bool {
	if f.mentioned[u.name] || f.program.Has(u.name) || builtins[f.l][u.name] {
		return false
	}
	if (f.l == C || f.l == CPP) && cLibrary(u.name) {
		return !f.included(u.name) && (f.demonstration.shared(u.name) || provides(f.demonstration, u.name))
	}
	from, imported := f.demonstration.Imports[u.name]
	switch {
	case imported:
		return !f.wildcard(from)
	case f.demonstration.shared(u.name):
		return true
	case f.demonstration.Methods[u.name]: // called on this, without saying so
		return u.call && (f.l == Java || f.l == CPP)
	}
	return u.call && f.calls[u.name] && len(f.program.Wildcards) == 0 && !f.commonHeader()
}

// wildcard reports whether the program imports all names of where the name is from.
func (f *foreignSearch) wildcard(from string) bool {
	i := strings.LastIndexByte(from, '.')
	return i >= 0 && f.program.Wildcards[from[:i]]
}

// included reports whether the program's headers make the name known, or may.
func (f *foreignSearch) included(name string) bool {
	for header := range f.program.Headers {
		if f.l == CPP && cppHeaders[header] || strings.HasPrefix(header, "linux/") {
			return true
		}
	}
	return provides(f.program, name)
}

// provides reports whether a well-known header among the names makes the name known.
func provides(n NameSet, name string) bool {
	for header := range n.Headers {
		if cHeaders[cHeader(header)][name] {
			return true
		}
	}
	return false
}

// commonHeader reports whether both sides include a header of unknown content,
// which may well declare what both call.
func (f *foreignSearch) commonHeader() bool {
	for header := range f.demonstration.Headers {
		if f.program.Headers[header] && cHeaders[cHeader(header)] == nil && !cppHeaders[header] {
			return true
		}
	}
	return false
}
