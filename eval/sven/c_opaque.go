package sven

import (
	"slices"
	"strings"

	"github.com/seccoder/seccoder/lang"
)

// opaqueHead declares the variables that take the place of constants. The program's lines keep
// their numbers by #line.
const opaqueHead = "volatile int seccoder_int_max = 2147483647, seccoder_int_min = -2147483647 - 1, seccoder_zero;\n" +
	"#line 1 \"" + cSourceName + "\"\n"

// leastOpaque is the least number that is made opaque; small ones are sizes and counts.
const leastOpaque = 1000

// opaqueLimits puts variables in the place of great numbers and of the limits of int. gcc
// computes with constants before a sanitizer gets to see it: it makes of "value + 5000 < 0"
// a comparison of value with -5000, and of "value + 5000 > INT_MAX" a false, since no int is
// greater. Constants that must stay so (of cases, arrays and static variables) are left.
func opaqueLimits(source string) string {
	var b strings.Builder
	b.WriteString(opaqueHead)
	braces, brackets := 0, 0
	directive, fixed := "", false
	tokens := lang.Lex(lang.C, source)
	for i, t := range tokens {
		text := t.Text
		switch t.Kind {
		case lang.Newline:
			directive = ""
		case lang.Directive:
			directive = strings.TrimLeft(text, "# \t")
		case lang.Punct:
			switch text {
			case "{":
				braces++
			case "}":
				braces--
			case "[":
				brackets++
			case "]":
				brackets--
			case ";", ":":
				fixed = false
			}
		case lang.Ident, lang.Number:
			if text == "case" || text == "static" || text == "enum" {
				fixed = true
			}
			if directive != "" && directive != "define" || directive == "" && (fixed || braces == 0 || brackets > 0) {
				break
			}
			if !besideConstant(tokens, i, 1) && !besideConstant(tokens, i, -1) {
				text = opaqueConstant(text)
			}
		}
		b.WriteString(text)
	}
	return b.String()
}

// besideConstant reports whether a constant is added to, taken from or multiplied with the one
// at i: what is made of constants alone depends on no input, and is left to the compiler.
func besideConstant(tokens []lang.Token, i, way int) bool {
	var beside []lang.Token
	for i += way; i >= 0 && i < len(tokens) && len(beside) < 2; i += way {
		if k := tokens[i].Kind; k != lang.Space && k != lang.Comment {
			beside = append(beside, tokens[i])
		}
	}
	if len(beside) < 2 || !slices.Contains([]string{"+", "-", "*", "/"}, beside[0].Text) {
		return false
	}
	_, named := cConstants[beside[1].Text]
	return beside[1].Kind == lang.Number || named
}

// opaqueConstant is what takes the place of one word.
func opaqueConstant(text string) string {
	switch strings.ToLower(text) {
	case "int_max", "int32_max", "2147483647", "0x7fffffff":
		return "seccoder_int_max"
	case "int_min", "int32_min":
		return "seccoder_int_min"
	}
	if v, ok := number(text); ok && v >= leastOpaque && strings.Trim(strings.ToLower(text), "0123456789abcdefxul") == "" {
		return "(" + text + " + seccoder_zero)"
	}
	return text
}
