package integration

import (
	"strings"
	"unicode"
)

// staysSkipped reports whether code between #if 0 and #endif is certain to be
// skipped whole, and no more than it, by every C and C++ preprocessor of any
// standard. Skipped text is still split into tokens (C11 6.10.1p6, 5.1.1.2), so
// comments, quotes and nested conditionals in it count. Wherever standards or
// compilers differ the answer is no: trigraphs, digraphs, raw strings, digit
// separators, space behind a line's last backslash, and // before C99.
func staysSkipped(code string) bool {
	if trigraph(code) || spacedSplice(code) {
		return false
	}
	text := strings.ReplaceAll(code, "\\\n", "")
	if trigraph(text) || spacedSplice(text+"\n") || strings.Contains(text+"\n", "\\\n") {
		return false
	}
	s := skipScanner{text: text, lineStart: true}
	for s.at < len(s.text) {
		if !s.token() {
			return false
		}
	}
	return len(s.sawElse) == 0
}

// trigraph reports whether one of the nine trigraphs occurs.
func trigraph(text string) bool {
	for i := 0; i+2 < len(text); i++ {
		if text[i] == '?' && text[i+1] == '?' && strings.IndexByte("=/'()!<>-", text[i+2]) >= 0 {
			return true
		}
	}
	return false
}

// spacedSplice reports whether a line ends in a backslash and space, which only
// some compilers take for a backslash at the end.
func spacedSplice(text string) bool {
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		if trimmed := strings.TrimRightFunc(line, unicode.IsSpace); trimmed != line && strings.HasSuffix(trimmed, `\`) {
			return true
		}
	}
	return false
}

// A skipScanner walks through code with its lines joined, and stops at whatever
// is uncertain.
type skipScanner struct {
	text string
	at   int
	// lineStart: nothing but space and comments since the line began.
	lineStart bool
	// sawElse has an entry for each open conditional: whether its #else has come.
	sawElse []bool
}

// token moves behind the next token, and reports whether it is certain.
func (s *skipScanner) token() bool {
	rest := s.text[s.at:]
	switch c := rest[0]; {
	case c == '\n':
		s.lineStart = true
		s.at++
		return true
	case c == ' ' || c == '\t':
		s.at++
		return true
	case strings.HasPrefix(rest, "/*"):
		return s.blockComment()
	case strings.HasPrefix(rest, "//"):
		line, _, _ := strings.Cut(rest, "\n")
		s.at += len(line)
		return !strings.Contains(line[1:], "/*") // C90 would open a comment here
	case strings.HasPrefix(rest, "%:"):
		return false
	case c == '#' && s.lineStart:
		s.lineStart = false
		return s.directive()
	case c == '"' || c == '\'':
		s.lineStart = false
		return s.quoted(c)
	case c == '\\' || c >= 0x80:
		return false // a character that no name may have is an error even here
	default:
		s.lineStart = false
		s.at++
		return true
	}
}

// blockComment moves behind the comment; one without an end is uncertain.
func (s *skipScanner) blockComment() bool {
	end := strings.Index(s.text[s.at+2:], "*/")
	s.at += 2 + end + 2
	return end >= 0
}

// quoted moves behind a string or character constant. It must end on its line and
// must be read the same by all: no raw string, no digit separator.
func (s *skipScanner) quoted(quote byte) bool {
	word := s.wordBefore()
	switch {
	case quote == '"' && strings.HasSuffix(word, "R"):
		return false
	case quote == '\'' && word != "" && word != "L" && word != "u" && word != "U" && word != "u8":
		return false
	}
	for i := s.at + 1; i < len(s.text) && s.text[i] != '\n'; i++ {
		switch s.text[i] {
		case '\\':
			i++
		case quote:
			s.at = i + 1
			return true
		}
	}
	return false
}

// wordBefore is all before the position that could belong to one identifier or
// number with it, the sign of an exponent included.
func (s *skipScanner) wordBefore() string {
	start := s.at
	for start > 0 {
		c := s.text[start-1]
		sign := (c == '+' || c == '-') && start > 1 && strings.IndexByte("eEpP", s.text[start-2]) >= 0
		if !wordByte(c) && !sign {
			break
		}
		start--
	}
	return s.text[start:s.at]
}

// nameBytes are what all compilers let stand in an identifier.
const nameBytes = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_"

// wordByte reports whether some compiler lets the byte stand in an identifier or
// a number.
func wordByte(c byte) bool {
	return c >= 0x80 || strings.IndexByte(nameBytes+`$.\`, c) >= 0
}

// directive moves behind the name of the directive that begins here, and keeps
// account of conditionals.
func (s *skipScanner) directive() bool {
	s.at++ // the #
	for s.at < len(s.text) {
		rest := s.text[s.at:]
		if rest[0] == ' ' || rest[0] == '\t' {
			s.at++
			continue
		}
		if !strings.HasPrefix(rest, "/*") {
			break
		}
		if !s.blockComment() {
			return false
		}
	}
	rest := s.text[s.at:]
	name := rest[:len(rest)-len(strings.TrimLeft(rest, nameBytes))]
	s.at += len(name)
	if s.at < len(s.text) && s.text[s.at] == '$' {
		return false // part of the name to some
	}
	open := len(s.sawElse) - 1
	switch name {
	case "if", "ifdef", "ifndef":
		s.sawElse = append(s.sawElse, false)
	case "elif", "elifdef", "elifndef":
		return open >= 0 && !s.sawElse[open]
	case "else":
		if open < 0 || s.sawElse[open] {
			return false
		}
		s.sawElse[open] = true
	case "endif":
		if open < 0 {
			return false
		}
		s.sawElse = s.sawElse[:open]
	case "include", "include_next", "import", "embed":
		return s.header()
	}
	return true
}

// header checks a file name in angle brackets, in which some compilers would see
// quotes and comments and others would not.
func (s *skipScanner) header() bool {
	line, _, _ := strings.Cut(s.text[s.at:], "\n")
	_, name, angled := strings.Cut(line, "<")
	if !angled {
		return true
	}
	name, _, _ = strings.Cut(name, ">")
	return !strings.ContainsAny(name, `"'`) && !strings.Contains(name, "/*") && !strings.Contains(name, "//")
}
