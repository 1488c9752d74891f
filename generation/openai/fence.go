package openai

import "strings"

// An unfencer finds the code in a chat model's reply while it comes in: the
// inside of the first fenced block or, where there is none, the reply without
// the sentence that leads it in. The line break in front of the closing fence
// is the fence's.
type unfencer struct {
	state   unfenceState
	pending string // what is not decided yet
	lead    string // the lines before a fence, which are the code if no fence comes
	fence   string // what closes the block, or more of the same
	midLine bool   // the start of pending's first line was handed out
	newline bool   // a line break waits for more code
	found   bool   // some code was handed out
}

type unfenceState int

const (
	seeking unfenceState = iota // before the code
	inside                      // in the code
	closed                      // behind it
)

// push takes a piece of the reply and returns the code that it settles; done
// says that no more will come.
func (u *unfencer) push(delta string) (code string, done bool) {
	u.pending += delta
	var out strings.Builder
	if u.state == seeking && !u.thinking() {
		u.seek(&out)
	}
	if u.state == inside {
		u.read(&out)
	}
	u.found = u.found || out.Len() > 0
	return out.String(), u.state == closed
}

// finish returns what the end of the reply settles.
func (u *unfencer) finish() string {
	rest := u.pending
	u.pending = ""
	switch {
	case u.state == closed:
		return ""
	case u.state == seeking:
		if strings.HasPrefix(strings.TrimSpace(rest), thinkOpen) {
			return "" // it never came out of its reasoning
		}
		if opensFence(rest) != "" {
			rest = ""
		}
		return dropLeadIn(u.lead + rest)
	case !u.midLine && closesFence(rest, u.fence):
		rest = ""
	case u.newline && rest != "":
		rest = "\n" + rest
	}
	if !u.found && strings.TrimSpace(rest) == "" {
		return dropLeadIn(u.lead) // what looked like the opening fence was the closing one
	}
	return rest
}

const thinkOpen, thinkClose = "<think>", "</think>"

// thinking reports whether the reply is in the reasoning with which some models
// begin, and drops that once it has ended.
func (u *unfencer) thinking() bool {
	if u.lead != "" || !strings.HasPrefix(strings.TrimSpace(u.pending), thinkOpen) {
		return false
	}
	_, after, ended := strings.Cut(u.pending, thinkClose)
	if ended {
		u.pending = after
	}
	return !ended
}

// seek looks for the line at which the code starts.
func (u *unfencer) seek(out *strings.Builder) {
	for {
		line, rest, whole := strings.Cut(u.pending, "\n")
		if !whole {
			return
		}
		u.pending = rest
		if fence := opensFence(line); fence != "" {
			u.state, u.fence = inside, fence
			return
		}
		u.lead += line + "\n"
		if isIndentedCode(line) {
			// No prose looks like that: the model left the fence out, or took itself to be
			// inside the one that it was shown and will close it.
			out.WriteString(strings.TrimSuffix(dropLeadIn(u.lead), "\n"))
			u.state, u.fence, u.newline = inside, "```", true
			return
		}
	}
}

// read hands out the code up to the closing fence.
func (u *unfencer) read(out *strings.Builder) {
	for {
		line, rest, whole := strings.Cut(u.pending, "\n")
		if !u.midLine {
			if whole && closesFence(line, u.fence) {
				u.state, u.pending = closed, ""
				return
			}
			if !whole && mayCloseFence(line, u.fence) {
				return
			}
			if u.newline {
				out.WriteByte('\n')
				u.newline = false
			}
		}
		out.WriteString(line)
		u.pending = rest
		u.midLine, u.newline = !whole, whole
		if !whole {
			return
		}
	}
}

// opensFence returns the run of backticks or tildes of a line that opens a
// fenced block, or nothing.
func opensFence(line string) string {
	line = strings.TrimSpace(line)
	for _, mark := range []string{"`", "~"} {
		info := strings.TrimLeft(line, mark)
		if run := line[:len(line)-len(info)]; len(run) >= 3 && !strings.Contains(info, "`") {
			return run
		}
	}
	return ""
}

func closesFence(line, fence string) bool {
	line = strings.TrimSpace(line)
	return len(line) >= len(fence) && mayCloseFence(line, fence)
}

// mayCloseFence reports whether a line that is not complete may yet become the
// closing fence.
func mayCloseFence(line, fence string) bool {
	return strings.Trim(strings.TrimSpace(line), fence[:1]) == ""
}

// isIndentedCode reports whether a line outside of any fence must be code. A
// list's item, which may be indented too, is none.
func isIndentedCode(line string) bool {
	text := strings.TrimLeft(line, " \t")
	indent := line[:len(line)-len(text)]
	if strings.TrimSpace(text) == "" || (len(indent) < 2 && !strings.Contains(indent, "\t")) {
		return false
	}
	item := strings.TrimLeft(text, "0123456789")
	return !strings.HasPrefix(text, "- ") && !strings.HasPrefix(text, "* ") &&
		(item == text || !strings.HasPrefix(item, ". "))
}

// dropLeadIn takes sentences such as "Here is the completed function:" off the
// front of a reply that has no fence.
func dropLeadIn(text string) string {
	for {
		line, rest, whole := strings.Cut(text, "\n")
		if !whole || !isSentence(line) {
			return text
		}
		for strings.HasPrefix(rest, "\n") {
			rest = rest[1:]
		}
		text = rest
	}
}

// isSentence reports whether a line is prose for certain: it starts with a
// capital, ends as sentences end, and has none of the characters of code but in
// backticks. Statements of most languages start in lower case.
func isSentence(line string) bool {
	line = strings.TrimSpace(line)
	if line == "" || line[0] < 'A' || line[0] > 'Z' || !strings.ContainsAny(line[len(line)-1:], ".:!") {
		return false
	}
	for i, part := range strings.Split(line, "`") {
		if i%2 == 0 && strings.ContainsAny(part, "(){}[]=;<>_#\"") {
			return false
		}
	}
	return strings.Contains(line, " ") || strings.HasSuffix(line, "!")
}
