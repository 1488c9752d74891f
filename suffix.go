package seccoder

import "strings"

// Models that fill in the middle tend to go on into the code behind the cursor and
// write it once more. A completion ends before it does.

// nextLine is the first line behind the cursor that says something, with its
// indentation; empty where there is none. A line of brackets alone says nothing: the
// completion may well need one of its own.
func nextLine(suffix string) string {
	_, suffix, _ = strings.Cut(suffix, "\n") // the rest of the cursor's own line
	for line := range strings.Lines(suffix) {
		line = strings.TrimRight(line, " \t\r\n")
		if strings.Trim(line, " \t(){}[];,") != "" {
			return line
		}
		if line != "" {
			return ""
		}
	}
	return ""
}

// repeats is the length of the text before it repeats the line, from its second line
// on; -1 if it does not. A growing text is not waited for: where its last line is the
// line so far, it ends there, though it might have become a longer one.
func repeats(text, line string) int {
	if line == "" {
		return -1
	}
	from := 0
	for {
		at := strings.Index(text[from:], "\n"+line)
		if at < 0 {
			return -1
		}
		at += from
		rest := text[at+1+len(line):]
		if rest == "" || rest[0] == '\n' {
			return at
		}
		from = at + 1
	}
}
