package integration

import (
	"fmt"
	"strings"
	"unicode"
)

// conditional renders the paper's template for C and C++: the code between #if 0
// and #endif. Code that is not certain to stay there is shown as // lines inside
// the same block. Where the user's code may see its own line numbers, a #line
// directive keeps them.
func (b block) conditional(codes []string) string {
	shown := make([]string, len(codes))
	for i, code := range codes {
		if staysSkipped(code) {
			shown[i] = code + "\n"
		} else {
			shown[i] = slashed(code)
		}
	}
	text := "#if 0\n" + strings.Join(shown, "\n") + "#endif\n"
	if b.seesLines() {
		text += fmt.Sprintf("#line %d\n", b.firstLine)
	}
	return text
}

// slashed puts // before every line. C90 has no such comments, so an opening /*
// is taken apart as well; and no line may end in a backslash, or its trigraph,
// which would join the next line to it.
func slashed(code string) string {
	code = strings.ReplaceAll(code, "/*", "/ *")
	var b strings.Builder
	for line := range strings.Lines(code) {
		line = strings.TrimRightFunc("// "+line, unicode.IsSpace)
		if strings.HasSuffix(line, `\`) || strings.HasSuffix(line, "??/") {
			line += " //"
		}
		b.WriteString(line)
		b.WriteByte('\n')
	}
	return b.String()
}
