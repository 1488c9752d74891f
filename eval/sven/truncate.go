package sven

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// The rules by which SVEN cuts a completion off (sven/evaler.py, truncate): they are part
// of the protocol, quirks included, so that rates can be compared with published ones.

// endedPython says whether a completion has come to its end, whatever follows.
func endedPython(completion string) bool { return lineAtMargin(completion) >= 0 }

// truncatePython ends a completion before its first line that begins with anything but
// white space. Where there is none, the model was stopped by its limit: then the last
// comment of the function's first level goes, with all behind it.
func truncatePython(completion string) string {
	if at := lineAtMargin(completion); at >= 0 {
		return completion[:at]
	}
	if at := strings.LastIndex(completion, "\n    #"); at >= 0 {
		return completion[:at]
	}
	return completion
}

// lineAtMargin is the offset of the line break before the first line that begins with
// anything but white space, or -1.
func lineAtMargin(completion string) int {
	for at := 0; ; at++ {
		next := strings.IndexByte(completion[at:], '\n')
		if next < 0 {
			return -1
		}
		at += next
		if at+1 == len(completion) {
			return -1
		}
		if r, _ := utf8.DecodeRuneInString(completion[at+1:]); !isSpace(r) {
			return at
		}
	}
}

// isSpace is Python's str.isspace for one character.
func isSpace(r rune) bool { return unicode.IsSpace(r) || 0x1c <= r && r <= 0x1f }

// endedC says whether a completion has come to its end, whatever follows.
func endedC(completion string) bool { return strings.Contains(completion, "\n}") }

// truncateC ends a completion with the first closing brace at the margin. Where there is
// none, the last comment of the function's first level goes, and the function is
// closed. Lines that set a name through a pointer go in any case: SVEN's authors have the
// rule for models that write such lines without end.
func truncateC(completion string) string {
	if at := strings.Index(completion, "\n}"); at >= 0 {
		completion = completion[:at+2]
	} else {
		for _, comment := range []string{"\n    //", "\n    /*"} {
			if at := strings.LastIndex(completion, comment); at >= 0 {
				completion = strings.TrimRightFunc(completion[:at], isSpace) + "\n}"
			}
		}
	}
	var kept []string
	for line := range strings.SplitSeq(completion, "\n") {
		if !strings.Contains(line, `->name = "`) {
			kept = append(kept, line)
		}
	}
	return strings.Join(kept, "\n")
}
