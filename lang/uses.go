package lang

import "strings"

// freeUses lists the names that the tokens which end behind the offset use:
// identifiers that are no keyword, no attribute, field or method of a value, no
// keyword argument and no key. Those within formatted strings and templates count.
func freeUses(l Language, tokens []Token, from int) []use { return appendUses(nil, l, tokens, from, 0) }

// maxInterpolated bounds how deep expressions in strings are looked into.
const maxInterpolated = 3

func appendUses(uses []use, l Language, tokens []Token, from, nested int) []use {
	code := make([]Token, 0, len(tokens))
	for _, t := range tokens {
		if t.significant() {
			code = append(code, t)
		}
	}
	text := func(i int) string {
		if i < 0 || i >= len(code) || code[i].Kind == String {
			return ""
		}
		return code[i].Text
	}
	brackets := 0
	for i, t := range code {
		switch {
		case t.Kind == Punct && (t.Text == "(" || t.Text == "[" || t.Text == "{"):
			brackets++
		case t.Kind == Punct && (t.Text == ")" || t.Text == "]" || t.Text == "}"):
			brackets--
		}
		if t.end() <= from {
			continue
		}
		if t.Kind == String && nested < maxInterpolated {
			for _, inner := range interpolated(l, t.Text) {
				uses = appendUses(uses, l, Lex(l, inner), 0, nested+1)
			}
		}
		if t.Kind != Ident || IsKeyword(l, t.Text) {
			continue
		}
		before, next := text(i-1), text(i+1)
		if attribute(l, before) || label(l, before, next, brackets) {
			continue
		}
		uses = append(uses, use{t.Text, next == "("})
	}
	return uses
}

// attribute reports whether a name behind the token belongs to a value or a
// namespace.
func attribute(l Language, before string) bool {
	switch before {
	case ".", "?.", "::":
		return true
	case "->":
		return l == C || l == CPP
	case "#":
		return l == JavaScript || l == TypeScript
	}
	return false
}

// label reports whether the name between the tokens is a keyword argument, the
// key of an object or of a composite literal.
func label(l Language, before, next string, brackets int) bool {
	switch l {
	case Python:
		return next == "=" && brackets > 0 && (before == "(" || before == ",")
	case Go, JavaScript, TypeScript:
		return next == ":" && (before == "{" || before == "," || l == Go && before == "")
	}
	return false
}

// interpolated lists the code within a formatted string of Python or a template
// of JavaScript.
func interpolated(l Language, literal string) []string {
	opening := "${"
	switch l {
	case Python:
		opening = "{"
		quote := max(0, strings.IndexAny(literal, `"'`))
		if _, formatted := stringPrefix(literal[:quote]); !formatted {
			return nil
		}
		literal = literal[quote:]
	case JavaScript, TypeScript:
		if literal[0] != '`' {
			return nil
		}
	default:
		return nil
	}
	var pieces []string
	for {
		i := strings.Index(literal, opening)
		if i < 0 {
			return pieces
		}
		literal = literal[i+len(opening):]
		if l == Python && strings.HasPrefix(literal, "{") { // a brace that stands for itself
			literal = literal[1:]
			continue
		}
		end := codeLength(l, literal)
		pieces = append(pieces, literal[:end])
		literal = literal[end:]
	}
}

// codeLength measures the code up to the brace that closes it.
func codeLength(l Language, src string) int {
	depth := 0
	for x := newLexer(l, src); x.pos < len(src); {
		switch t := x.next(); {
		case t.Kind != Punct:
		case t.Text == "{":
			depth++
		case t.Text == "}":
			if depth--; depth < 0 {
				return t.Offset
			}
		}
	}
	return len(src)
}
