package sven

import (
	"regexp"
	"strconv"
	"strings"
)

// A cFinding is what a sanitizer, or the harness, reported of a run.
type cFinding struct {
	// Kind is the sanitizer's name for it: "heap-buffer-overflow", "SEGV", "bad-free",
	// "double-free", "closed-file", or "ubsan".
	Kind string
	// Access is "READ", "WRITE" or "".
	Access string
	// Null is true for an access at or beside address 0.
	Null bool
	// Text is the report in one line, with the line of the program where it is known.
	Text string
}

var (
	asanError  = regexp.MustCompile(`ERROR: AddressSanitizer: (?:attempting )?([\w-]+)([^\n]*)`)
	asanAccess = regexp.MustCompile(`(?m)^(READ|WRITE) of size \d+`)
	segvAccess = regexp.MustCompile(`caused by a (READ|WRITE) memory access`)
	segvWhere  = regexp.MustCompile(`unknown address 0x([0-9a-f]+)`)
	programAt  = regexp.MustCompile(`[ /]` + cSourceName + `:(\d+)`)
	copyAccess = regexp.MustCompile(`#0 \S+ in (?:__interceptor_)?(?:mem(?:p?cpy|move|set)|st[rp]n?cpy|strncat|bcopy|bzero)\b`)
	ubsanError = regexp.MustCompile(`(?m)^ubsan (\d+) ([^\n]+)$`)
	closedFile = regexp.MustCompile(`(?m)^closed (\w+)$`)
)

// nullPage is where addresses end that come from a null pointer and a small offset.
const nullPage = 4096

// findings reads the logs of a run, in the order of the reports of each sanitizer.
func findings(log, events string) []cFinding {
	var found []cFinding
	starts := asanError.FindAllStringSubmatchIndex(log, -1)
	for i, m := range starts {
		end := len(log)
		if i+1 < len(starts) {
			end = starts[i+1][0]
		}
		report := log[m[0]:end]
		f := cFinding{Kind: log[m[2]:m[3]]}
		switch f.Kind {
		case "free":
			f.Kind = "bad-free"
		case "SEGV":
			if a := segvAccess.FindStringSubmatch(report); a != nil {
				f.Access = a[1]
			}
			if a := segvWhere.FindStringSubmatch(report); a != nil {
				address, err := strconv.ParseUint(a[1], 16, 64)
				f.Null = err == nil && address < nullPage
			}
		case "negative-size-param": // what copies writes, what compares reads
			f.Access = "READ"
			if copyAccess.MatchString(report) {
				f.Access = "WRITE"
			}
		default:
			if a := asanAccess.FindStringSubmatch(report); a != nil {
				f.Access = a[1]
			}
		}
		f.Text = "AddressSanitizer: " + f.Kind
		if f.Access != "" {
			f.Text += ", " + f.Access
		}
		if f.Null {
			f.Text += " of a null pointer"
		}
		if a := programAt.FindStringSubmatch(report); a != nil {
			f.Text += " (line " + a[1] + ")"
		}
		found = append(found, f)
	}
	for _, m := range ubsanError.FindAllStringSubmatch(events, -1) {
		message := strings.ToLower(m[2][:1]) + m[2][1:]
		found = append(found, cFinding{
			Kind: "ubsan",
			Null: strings.Contains(message, "null pointer"),
			Text: "UndefinedBehaviorSanitizer: " + message + " (line " + m[1] + ")",
		})
	}
	for _, m := range closedFile.FindAllStringSubmatch(events, -1) {
		found = append(found, cFinding{Kind: "closed-file", Text: m[1] + " on a file that was closed before"})
	}
	return found
}

// outOfBounds reports whether the finding is an access beside an object. An access to freed
// memory or by a null pointer is none.
func (f cFinding) outOfBounds() bool {
	switch {
	case f.Null:
		return false
	case f.Kind == "ubsan":
		return strings.HasPrefix(f.Text, "UndefinedBehaviorSanitizer: index ") && strings.Contains(f.Text, "out of bounds")
	case f.Kind == "SEGV":
		return f.Access != ""
	}
	return strings.HasSuffix(f.Kind, "-overflow") && f.Kind != "stack-overflow" || strings.HasSuffix(f.Kind, "-underflow") ||
		f.Kind == "use-after-poison" || f.Kind == "unknown-crash" || f.Kind == "dynamic-stack-buffer-overflow" || f.Kind == "negative-size-param"
}

// fatal reports whether a program without sanitizers would end here, or go on with garbage.
func (f cFinding) fatal() bool {
	switch f.Kind {
	case "SEGV", "BUS", "FPE", "ILL", "stack-overflow", "bad-free", "double-free", "heap-use-after-free", "closed-file":
		return true
	}
	return false
}

// overflowed reports whether a signed sum or product left its type.
func (f cFinding) overflowed() bool {
	text, ok := strings.CutPrefix(f.Text, "UndefinedBehaviorSanitizer: signed integer overflow: ")
	if !ok {
		return false
	}
	parts := strings.Fields(text)
	return len(parts) > 1 && (parts[1] == "+" || parts[1] == "*")
}
