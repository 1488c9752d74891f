package lang

// beforeRegexp are the keywords behind which a slash starts a regular expression.
var beforeRegexp = set("return typeof instanceof in of new delete void throw case do else yield await")

// regexpMayStart tells by the token before the slash at pos whether it starts a
// regular expression or divides. It is the usual heuristic: an expression before
// it means division. Slashes of JSX tags are neither.
func (x *lexer) regexpMayStart() bool {
	next := byte(0)
	if x.pos+1 < len(x.src) {
		next = x.src[x.pos+1]
	}
	if next == '/' || next == '*' {
		return false
	}
	switch p := x.previous; p.Kind {
	case Ident:
		return beforeRegexp[p.Text]
	case Number, String:
		return false
	case Punct:
		switch p.Text {
		case ")", "]", "++", "--":
			return false
		case "}":
			return next != '>'
		case "<":
			return p.end() != x.pos
		}
	}
	return true
}

// regexpEnd finds the end of the regular expression at start, flags included.
// One that does not end on its line runs to the end of it.
func regexpEnd(s string, start int) int {
	class := false
	for i := start + 1; i < len(s); i++ {
		switch c := s[i]; {
		case lineEnding(s[i:]) > 0:
			return i
		case c == '\\':
			if i+1 < len(s) && lineEnding(s[i+1:]) > 0 {
				return i + 1
			}
			i++
		case c == '[':
			class = true
		case c == ']':
			class = false
		case c == '/' && !class:
			return i + 1 + identLength(s[i+1:], true)
		}
	}
	return len(s)
}

// inText marks a template literal's text on the stack of templateEnd.
const inText = -1

// templateEnd finds the end of the template literal at start. The code within
// ${} may hold strings, comments and further templates, so it keeps a stack: each
// entry is a template's text, or code with its number of open braces.
func templateEnd(s string, start int) int {
	stack := []int{inText}
	lastByte := byte(0) // the last significant byte of code
	for i := start + 1; i < len(s); {
		top := &stack[len(stack)-1]
		c := s[i]
		if *top == inText {
			switch {
			case c == '\\':
				i += 2
			case c == '`':
				i++
				lastByte = c
				if stack = stack[:len(stack)-1]; len(stack) == 0 {
					return i
				}
			case c == '$' && i+1 < len(s) && s[i+1] == '{':
				i += 2
				lastByte = '{'
				stack = append(stack, 0)
			default:
				i++
			}
			continue
		}
		from := i
		switch {
		case c == '`':
			i++
			stack = append(stack, inText)
		case c == '{':
			i++
			*top++
		case c == '}':
			i++
			if *top == 0 {
				stack = stack[:len(stack)-1]
			} else {
				*top--
			}
		case c == '"' || c == '\'':
			i = quotedEnd(s, i, true)
		case c == '/' && i+1 < len(s) && s[i+1] == '/':
			i += lineLength(s[i:], false)
			continue
		case c == '/' && i+1 < len(s) && s[i+1] == '*':
			i += blockCommentLength(s[i:])
			continue
		case c == '/' && !endsExpression(lastByte):
			i = regexpEnd(s, i)
		default:
			i++
		}
		if s[from] > ' ' {
			lastByte = s[i-1]
		}
	}
	return len(s)
}

// endsExpression reports whether a slash behind the byte divides.
func endsExpression(c byte) bool {
	return isIdentByte(c) || c == '$' || c == ')' || c == ']' || c == '}' || c == '"' || c == '\'' || c == '`' || c == '/' || c >= 0x80
}
