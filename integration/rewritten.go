package integration

import (
	"strings"

	"github.com/seccoder/seccoder/lang"
)

// Rewritten says what of the code would have to be rewritten, or shown in another form,
// to stay inside its block, or "" where the demonstration of its own language shows it
// as it is. Block comments that become line comments do not count. What admission lets
// in should need none of it: a model learns from what it is shown.
func Rewritten(l lang.Language, code string) (what string) {
	switch l {
	case lang.Python:
		if strings.Contains(code, `"""`) && strings.Contains(code, `'''`) {
			return `it holds both """ and ''', of which the demonstration's string needs one`
		}
	case lang.C, lang.CPP:
		if !staysSkipped(plain(code)) {
			return "it is not certain to stay between #if 0 and #endif"
		}
	default:
		code = withoutBlockComments(plain(code))
		if strings.Contains(code, "*/") {
			return "it holds */ outside of a block comment"
		}
		if l == lang.Java && withoutUnicodeEscapes(code) != code {
			return "it holds escapes of the form \\uXXXX, which end comments too"
		}
	}
	return ""
}
