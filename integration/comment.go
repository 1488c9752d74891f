package integration

import (
	"bytes"
	"strconv"
	"strings"
	"unicode"

	"github.com/seccoder/seccoder/lang"
)

// comment renders the code as one block comment, for languages that the paper has
// no template for. Block comments do not nest, so those of the code become line
// comments; what else would end the comment is taken apart.
func (b block) comment(codes []string) string {
	shown := make([]string, len(codes))
	for i, code := range codes {
		code = withoutBlockComments(code)
		if b.language == lang.Java {
			code = withoutUnicodeEscapes(code)
		}
		if b.language == lang.Java || b.language == lang.Go {
			code = strings.ReplaceAll(code, "*/", "* /")
		} else {
			code = strings.ReplaceAll(code, "*/", `*\/`) // the same in a string or a pattern
		}
		shown[i] = code + "\n"
	}
	text := "/*\n" + strings.Join(shown, "\n") + "*/\n"
	if b.language == lang.Go {
		text += "\n" // else it would document what follows, or be C for an import "C"
	}
	return text
}

// withoutBlockComments turns block comments into line comments where they end a
// line, and drops them elsewhere. It is for the looks only: where it is led astray,
// by a regular expression with quotes say, what it leaves is harmless.
func withoutBlockComments(code string) string {
	if !strings.Contains(code, "*/") {
		return code
	}
	var out []byte
	for at := 0; at < len(code); {
		rest := code[at:]
		if !strings.HasPrefix(rest, "/*") {
			n := passage(rest)
			out = append(out, rest[:n]...)
			at += n
			continue
		}
		end := strings.Index(rest[2:], "*/")
		if end < 0 {
			out = append(out, rest...)
			break
		}
		at += end + 4
		behind, _, _ := strings.Cut(code[at:], "\n")
		before := string(out[bytes.LastIndexByte(out, '\n')+1:])
		inner := strings.TrimLeft(before, " \t")
		switch {
		case strings.TrimSpace(behind) == "":
			out = append(out, lineComments(rest[2:2+end], before[:len(before)-len(inner)])...)
		case inner != "" && strings.ContainsRune(" ,;)]", rune(behind[0])):
			out = bytes.TrimRight(out, " ")
		case inner != "" && behind[0] != ' ':
			out = append(out, ' ') // a comment divides words
		}
	}
	return string(out)
}

// passage is the length of what begins the code and may hold no block comment: a
// line comment, a quoted text or one byte.
func passage(code string) int {
	switch {
	case strings.HasPrefix(code, "//"):
		line, _, _ := strings.Cut(code, "\n")
		return len(line)
	case strings.HasPrefix(code, `"""`): // a Java text block
		if end := strings.Index(code[3:], `"""`); end >= 0 {
			return end + 6
		}
	case code[0] == '"' || code[0] == '\'' || code[0] == '`':
		for i := 1; i < len(code); i++ {
			switch {
			case code[i] == code[0]:
				return i + 1
			case code[i] == '\\':
				i++
			case code[i] == '\n' && code[0] != '`':
				return i
			}
		}
	}
	return 1
}

// lineComments writes the inside of a block comment as line comments; all but the
// first are indented.
func lineComments(inside, indent string) string {
	var lines []string
	for line := range strings.Lines(inside) {
		line = strings.TrimSpace(strings.TrimLeft(strings.TrimSpace(line), "*"))
		lines = append(lines, strings.TrimRight("// "+line, " "))
	}
	for len(lines) > 0 && lines[0] == "//" {
		lines = lines[1:]
	}
	for len(lines) > 0 && lines[len(lines)-1] == "//" {
		lines = lines[:len(lines)-1]
	}
	return strings.Join(lines, "\n"+indent)
}

// withoutUnicodeEscapes makes Java's \uXXXX inert. The compiler reads them
// everywhere, in comments too, where \u002a\u002f ends the comment and \u12 is an
// error (Java Language Specification 3.3). Visible characters beyond ASCII are
// shown as themselves; for the rest the backslash is doubled.
func withoutUnicodeEscapes(code string) string {
	var out strings.Builder
	for at := 0; at < len(code); {
		run := len(code[at:]) - len(strings.TrimLeft(code[at:], `\`))
		if run == 0 {
			out.WriteByte(code[at])
			at++
			continue
		}
		at += run
		digits := strings.TrimLeft(code[at:], "u")
		if run%2 == 0 || len(digits) == len(code[at:]) {
			out.WriteString(code[at-run : at]) // begins no escape
		} else if r, ok := visible(digits); ok {
			out.WriteString(code[at-run : at-1])
			out.WriteRune(r)
			at = len(code) - len(digits) + 4
		} else {
			out.WriteString(code[at-run:at] + `\`)
		}
	}
	return out.String()
}

// visible reads four hex digits that name a character to be shown as it is.
func visible(digits string) (rune, bool) {
	if len(digits) < 4 {
		return 0, false
	}
	n, err := strconv.ParseUint(digits[:4], 16, 16)
	r := rune(n)
	return r, err == nil && r > 0xA0 && unicode.IsGraphic(r) && !unicode.IsSpace(r) && !invisible(r)
}
