package openai

import (
	"fmt"
	"strings"

	"github.com/seccoder/seccoder/generation"
)

// Render implements [generation.Renderer]: the prompt, or the chat's messages one
// behind the other. A suffix that the server puts in its place comes last.
func (g *Generator) Render(request generation.Request) string {
	if !g.chat {
		prompt, suffix := g.options.Infill.prompt(request)
		return prompt + suffix
	}
	var all []string
	for _, m := range chatMessages(request) {
		all = append(all, m.Content)
	}
	return strings.Join(all, "\n\n")
}

// prompt writes the prompt of the completions API and the suffix that goes
// beside it, which is mostly empty.
func (f InfillForm) prompt(request generation.Request) (prompt, suffix string) {
	before := request.Demonstration + request.Prefix
	switch {
	case request.Suffix == "":
		return before, ""
	case f.UseSuffix:
		return before, request.Suffix
	case f.hasMarks() && !f.marked(before) && !f.marked(request.Suffix):
		return f.Prefix + before + f.Suffix + request.Suffix + f.Middle, ""
	default:
		// The model cannot fill in, or the code holds the very marks and would be
		// taken apart in the wrong places.
		return before, ""
	}
}

func (f InfillForm) marked(code string) bool {
	return strings.Contains(code, f.Prefix) || strings.Contains(code, f.Suffix) || strings.Contains(code, f.Middle)
}

const chatSystem = "You complete source code. You are shown code up to a cursor and write what comes at the cursor. " +
	"Answer with code only: one fenced block that holds the new code and nothing else. " +
	"Do not repeat the code before the cursor and do not explain."

// chatMessages asks a chat model for what stands at the cursor. The code, with
// its demonstration in front as in a completion prompt, stands in a fence that
// nothing in it can close.
func chatMessages(request generation.Request) []message {
	code := request.Demonstration + request.Prefix
	task := "Continue this code. The cursor is at its end."
	if request.Suffix != "" {
		cursor := cursorMark(code + request.Suffix)
		task = fmt.Sprintf("Write the code that belongs in the place of %s, and nothing of what is around it.", cursor)
		code += cursor + request.Suffix
	}
	fence := fenceAround(code)
	if !strings.HasSuffix(code, "\n") {
		code += "\n"
	}
	return []message{
		{Role: "system", Content: chatSystem},
		{Role: "user", Content: task + "\n\n" + fence + "\n" + code + fence + "\n"},
	}
}

// cursorMark is a word that the code does not hold.
func cursorMark(code string) string {
	mark := "<CURSOR>"
	for i := 1; strings.Contains(code, mark); i++ {
		mark = fmt.Sprintf("<CURSOR-%d>", i)
	}
	return mark
}

// fenceAround is a run of backticks longer than any in the code.
func fenceAround(code string) string {
	longest, run := 2, 0
	for _, r := range code {
		if r == '`' {
			run++
			longest = max(longest, run)
		} else {
			run = 0
		}
	}
	return strings.Repeat("`", longest+1)
}
