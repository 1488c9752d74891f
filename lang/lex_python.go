package lang

// pythonString finds the end of the Python string at pos, its prefix included;
// 0 where there is none.
func (x *lexer) pythonString() int {
	s, start := x.src, x.pos
	n := 0
	for n < 3 && start+n < len(s) && s[start+n] != '"' && s[start+n] != '\'' {
		n++
	}
	if n > 2 || start+n >= len(s) {
		return 0
	}
	valid, formatted := stringPrefix(s[start : start+n])
	if !valid {
		return 0
	}
	if formatted {
		return formattedEnd(s, start+n)
	}
	return pythonQuotedEnd(s, start+n)
}

// stringPrefix reports whether a string may have the prefix, and whether the
// prefix lets the string hold expressions in braces.
func stringPrefix(prefix string) (valid, formatted bool) {
	seen := [4]bool{} // r, b or u, f or t; and any
	for i := range len(prefix) {
		k := 0
		switch prefix[i] | 0x20 {
		case 'r':
		case 'b':
			k = 1
		case 'u':
			if len(prefix) > 1 {
				return false, false
			}
			k = 1
		case 'f', 't':
			k = 2
		default:
			return false, false
		}
		if seen[k] {
			return false, false
		}
		seen[k] = true
	}
	return !seen[1] || !seen[2], seen[2]
}

// pythonQuotedEnd finds the end of a string without expressions. A backslash
// keeps the quote behind it from ending the string in raw strings too.
func pythonQuotedEnd(s string, quote int) int {
	if isTriple(s, quote, s[quote]) {
		return tripleEnd(s, quote+3, s[quote])
	}
	return quotedEnd(s, quote, true)
}

// A formattedFrame is a formatted string that the scan is inside of.
type formattedFrame struct {
	quote  byte
	triple bool
	// braces counts the open braces; 0 is the literal text.
	braces int
	// brackets counts the open parentheses and square brackets of the expression.
	brackets int
	// spec is true behind the colon of a replacement field, where quotes are plain text.
	spec bool
}

// formattedEnd finds the end of the f-string whose opening quote is at start.
// Since Python 3.12 the expressions in it may hold strings with the same quotes,
// f-strings among them, so it keeps a stack.
func formattedEnd(s string, start int) int {
	frames := []formattedFrame{newFormattedFrame(s, start)}
	i := start + frames[0].width()
	for i < len(s) {
		f := &frames[len(frames)-1]
		if lineEnding(s[i:]) > 0 && !f.triple {
			// The string is broken: it ends with its line, and so do those around it that may not span lines.
			for len(frames) > 0 && !frames[len(frames)-1].triple {
				frames = frames[:len(frames)-1]
			}
			if len(frames) == 0 {
				return i
			}
			continue
		}
		if f.text() {
			closed := s[i] == f.quote && (!f.triple || isTriple(s, i, f.quote))
			switch {
			case closed:
				i += f.width()
				if frames = frames[:len(frames)-1]; len(frames) == 0 {
					return i
				}
				continue
			case s[i] == '\\' && i+1 < len(s) && s[i+1] != '{' && s[i+1] != '}':
				i += 1 + max(1, lineEnding(s[i+1:]))
				continue
			case f.braces == 0 && s[i] == '{' && i+1 < len(s) && s[i+1] == '{':
				i += 2
				continue
			}
		} else if s[i] == '"' || s[i] == '\'' {
			if opensFormatted(s, i) {
				frames = append(frames, newFormattedFrame(s, i))
				i += frames[len(frames)-1].width()
			} else {
				i = pythonQuotedEnd(s, i)
			}
			continue
		}
		f.step(s[i])
		i++
	}
	return len(s)
}

func newFormattedFrame(s string, quote int) formattedFrame {
	return formattedFrame{quote: s[quote], triple: isTriple(s, quote, s[quote])}
}

// width is the length of the frame's quotes.
func (f *formattedFrame) width() int {
	if f.triple {
		return 3
	}
	return 1
}

// text reports whether the scan is in text, not in an expression.
func (f *formattedFrame) text() bool { return f.braces == 0 || f.spec && f.braces == 1 }

// step takes one byte of text or of an expression.
func (f *formattedFrame) step(c byte) {
	switch c {
	case '{':
		f.braces++
	case '}':
		f.braces = max(0, f.braces-1)
		if f.braces == 0 {
			f.brackets, f.spec = 0, false
		}
	case '(', '[':
		if !f.text() {
			f.brackets++
		}
	case ')', ']':
		if !f.text() {
			f.brackets = max(0, f.brackets-1)
		}
	case ':':
		if f.braces == 1 && f.brackets == 0 {
			f.spec = true
		}
	}
}

// opensFormatted reports whether the prefix before the quote makes an f-string.
func opensFormatted(s string, quote int) bool {
	from := quote
	for from > 0 && quote-from < 3 && isIdentByte(s[from-1]) {
		from--
	}
	_, formatted := stringPrefix(s[from:quote])
	return formatted
}
