package lang

import "strings"

// literal finds the end of the string, character or regular expression literal
// at pos, its prefix included; 0 where there is none.
func (x *lexer) literal() int {
	start := x.pos
	switch x.l {
	case Python:
		return x.pythonString()
	case C, CPP:
		return x.cString()
	case Go:
		if x.src[start] == '`' {
			return rawEnd(x.src, start+1, "`")
		}
	case JavaScript, TypeScript:
		if x.src[start] == '`' {
			return templateEnd(x.src, start)
		}
		if x.src[start] == '/' && x.regexpMayStart() {
			return regexpEnd(x.src, start)
		}
	case Java:
		if strings.HasPrefix(x.src[start:], `"""`) {
			return tripleEnd(x.src, start+3, '"')
		}
	}
	if c := x.src[start]; c == '"' || c == '\'' {
		return quotedEnd(x.src, start, x.l == JavaScript || x.l == TypeScript)
	}
	return 0
}

// quotedEnd finds the end of the one-line literal whose opening quote is at
// start. Where splices is set, a backslash takes the next line in.
func quotedEnd(s string, start int, splices bool) int {
	quote := s[start]
	for i := start + 1; i < len(s); {
		switch {
		case s[i] == quote:
			return i + 1
		case lineEnding(s[i:]) > 0:
			return i
		case s[i] == '\\':
			n := 0
			if i+1 < len(s) {
				n = lineEnding(s[i+1:])
			}
			switch {
			case n > 0 && !splices:
				return i + 1
			case n > 0:
				i += 1 + n
			default:
				i += 2
			}
		default:
			i++
		}
	}
	return len(s)
}

// tripleEnd finds the end of a literal in triple quotes whose text starts at i.
func tripleEnd(s string, i int, quote byte) int {
	for ; i < len(s); i++ {
		switch {
		case s[i] == '\\':
			i++
		case isTriple(s, i, quote):
			return i + 3
		}
	}
	return len(s)
}

func isTriple(s string, i int, quote byte) bool {
	return i+2 < len(s) && s[i] == quote && s[i+1] == quote && s[i+2] == quote
}

// rawEnd finds the end of a literal that only the closing text ends.
func rawEnd(s string, start int, closing string) int {
	if i := strings.Index(s[start:], closing); i >= 0 {
		return start + i + len(closing)
	}
	return len(s)
}

// cString finds the end of a C or C++ string or character literal.
func (x *lexer) cString() int {
	s, start := x.src, x.pos
	n := 0
	for n < 3 && start+n < len(s) && strings.IndexByte("LuU8R", s[start+n]) >= 0 {
		n++
	}
	if start+n >= len(s) || s[start+n] != '"' && s[start+n] != '\'' {
		return 0
	}
	quote := start + n
	switch prefix := s[start:quote]; prefix {
	case "", "L", "u", "U", "u8":
		return quotedEnd(s, quote, true)
	case "R", "LR", "uR", "UR", "u8R":
		if x.l == CPP && s[quote] == '"' {
			return cppRawEnd(s, quote)
		}
	}
	return 0
}

// cppRawEnd finds the end of R"delimiter(text)delimiter" whose quote is at
// quote. Without a right delimiter it is an ordinary string.
func cppRawEnd(s string, quote int) int {
	for i := quote + 1; i < len(s) && i <= quote+17; i++ {
		switch s[i] {
		case '(':
			return rawEnd(s, i+1, ")"+s[quote+1:i]+`"`)
		case ')', '\\', '"', ' ', '\t', '\r', '\n', '\v', '\f':
			return quotedEnd(s, quote, true)
		}
	}
	return quotedEnd(s, quote, true)
}
