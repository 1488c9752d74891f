package admission

import (
	"regexp"
	"strings"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/integration"
	"github.com/seccoder/seccoder/lang"
)

// modelToken matches what models take for the end of a text or a turn when it reaches
// them untreated.
var modelToken = newForm(`(?i)<[|｜][a-z_▁ ]{2,40}[|｜]>|\[/?INST\]|<</?SYS>>|</?s>\s*$|<(?:fim_(?:prefix|suffix|middle)|file_sep|repo_name|endoftext)>|<(?:start|end)_of_turn>`)

// fileReader matches a directive that has the compiler read a file by its place on the
// disk: no example needs one, and it would be read where the example is checked.
var fileReader = newForm(`(?m)^[ \t]*(?:#|%:|\?\?=)[ \t]*(?:include|include_next|import|embed)[ \t]*["<](?:[/\\~]|[A-Za-z]:|[^">]*\.\.[/\\])|\.incbin\b|(?m)^[ \t]*(?:#|%:)[ \t]*(?:include|include_next|embed)[ \t]+[A-Za-z_]`)

// splicedLine is where C goes on with a line in the next one.
var splicedLine = strings.NewReplacer("\\\r\n", "", "\\\n", "")

// judgeBreakOut rejects what would end the demonstration's block early, or seem to. The
// integration rewrites such code so that it stays inside, but then the model is shown
// something else than what was admitted.
func judgeBreakOut(c *Candidate) codebase.Outcome {
	if what := integration.Rewritten(c.Language, c.Code); what != "" {
		return rejects("as a demonstration it would have to be rewritten: %s", what)
	}
	if at := c.searched.find(&modelToken); at != nil {
		return rejects("line %d has %q, which ends a text or a turn for some models", lineOf(c.Code, at[0]), c.Code[at[0]:at[1]])
	}
	if c.Language == lang.C || c.Language == lang.CPP {
		joined := splicedLine.Replace(c.Code + "\n" + c.Insecure)
		if at := fileReader.findIn(joined); at != nil {
			return rejects("it reads a file by its place on the disk, or by a macro (%q)", strings.TrimSpace(joined[at[0]:at[1]]))
		}
	}
	for t := range c.texts() {
		if what := delimiter(c.Language, t); what != "" {
			return rejects("line %d has %s in a %s: the end of a demonstration's block", lineOf(c.Code, t.Offset), what, t.Kind)
		}
	}
	return accepts("")
}

// delimiter finds in a comment or string what ends the block in some template: that of
// the example's language, or the fence that chat models are shown.
func delimiter(l lang.Language, t lang.Token) string {
	if strings.Contains(t.Text, "```") || strings.Contains(t.Text, "~~~") && l == lang.Python && fenceLine.MatchString(t.Text) {
		return "a fence"
	}
	switch l {
	case lang.Python:
		inner := t.Text
		if t.Kind == lang.String {
			inner = strings.Trim(t.Text, `rRbBuUfF`)
			inner = strings.TrimPrefix(strings.TrimPrefix(inner, `"""`), `'''`)
			inner = strings.TrimSuffix(strings.TrimSuffix(inner, `"""`), `'''`)
		}
		if strings.Contains(inner, `"""`) || strings.Contains(inner, `'''`) {
			return "three quotes"
		}
	case lang.C, lang.CPP:
		if endif.MatchString(t.Text) {
			return "#endif"
		}
	}
	return ""
}

var (
	fenceLine = regexp.MustCompile(`(?m)^\s*#?\s*~~~`)
	endif     = regexp.MustCompile(`(?m)(?:^|\\n|/[/*])[ \t*]*#[ \t]*(?:endif|else|elif)\b[^"]*(?:$|\\n|\*/)`)
)
