package check

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/seccoder/seccoder/lang"
)

// IgnoreWord begins a comment that passes over findings:
//
//	cur.execute(query)  # seccoder:ignore CWE-089 the query is one of three constants
//
// The comment stands on the finding's line, or alone on the line above. It names what it
// passes over, a CWE or a checker's rule as in "bandit:B608", several parted by commas;
// and it gives a reason. Without those it passes over nothing and is a finding itself.
const IgnoreWord = "seccoder:ignore"

// SelfName is the name of the checker of findings about the comments themselves.
const SelfName = "seccoder"

// An Ignore is a comment that passes over findings.
type Ignore struct {
	// Line is the line that it speaks of.
	Line int
	// Names are CWEs in their usual form, and rules as in "bandit:B608".
	Names  []string
	Reason string
}

// ruleName is a checker and one of its rules.
var ruleName = regexp.MustCompile(`^[a-z][\w.-]*:[^\s,]+$`)

// Ignores finds the ignore comments of a file. What is wrong with them is returned as
// findings.
func Ignores(path string, language lang.Language, source string) ([]Ignore, []Finding) {
	if !strings.Contains(source, IgnoreWord) {
		return nil, nil
	}
	var ignores []Ignore
	var wrong []Finding
	tokens := lang.Lex(language, source)
	kinds := kindsOfLines(tokens)
	line := 1
	for _, t := range tokens {
		if t.Kind == lang.Comment {
			for i, text := range strings.Split(t.Text, "\n") {
				_, text, found := strings.Cut(text, IgnoreWord)
				if !found {
					continue
				}
				ignore, why := parseIgnore(text)
				if why != "" {
					wrong = append(wrong, Finding{
						Severity: Medium, Path: path, Line: line + i, Rule: "ignore", Checker: SelfName, Message: why,
						Fix: "Write the CWE and the reason behind " + IgnoreWord + ", or leave the comment out.",
					})
					continue
				}
				ignore.Line = line + i
				for kinds[ignore.Line] == commentLine {
					ignore.Line++
				}
				ignores = append(ignores, ignore)
			}
		}
		line += strings.Count(t.Text, "\n")
	}
	return ignores, wrong
}

// parseIgnore reads what stands behind the word: names, and a reason. why says what is
// wrong with it.
func parseIgnore(text string) (ignore Ignore, why string) {
	rest := strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(text), "*/"))
	for more := true; more; {
		var name string
		name, rest, _ = strings.Cut(rest, " ")
		name, more = strings.CutSuffix(name, ",")
		for part := range strings.SplitSeq(name, ",") {
			part = strings.TrimSuffix(part, ":")
			if cwe, err := ParseCWE(part); err == nil && strings.HasPrefix(strings.ToLower(part), "cwe") {
				ignore.Names = append(ignore.Names, cwe.String())
			} else if ruleName.MatchString(part) {
				ignore.Names = append(ignore.Names, part)
			} else {
				return Ignore{}, fmt.Sprintf("The comment %s names no CWE or rule first, and passes over nothing.", IgnoreWord)
			}
		}
		rest = strings.TrimSpace(rest)
	}
	if ignore.Reason = strings.TrimLeft(rest, "-–—: "); ignore.Reason == "" {
		return Ignore{}, fmt.Sprintf("The comment %s %s gives no reason, and passes over nothing.", IgnoreWord, strings.Join(ignore.Names, ","))
	}
	return ignore, ""
}

// A lineKind says what a line holds.
type lineKind uint8

const (
	blankLine lineKind = iota
	commentLine
	codeLine // perhaps with a comment
)

// kindsOfLines says of each line, from 1 on, what it holds.
func kindsOfLines(tokens []lang.Token) map[int]lineKind {
	kinds := map[int]lineKind{}
	line := 1
	for _, t := range tokens {
		kind := blankLine
		switch t.Kind {
		case lang.Space, lang.Newline:
		case lang.Comment:
			kind = commentLine
		default:
			kind = codeLine
		}
		end := line + strings.Count(t.Text, "\n")
		for i := line; i <= end && kind != blankLine; i++ {
			kinds[i] = max(kinds[i], kind)
		}
		line = end
	}
	return kinds
}

// Covers reports whether the comment passes over a finding.
func (i Ignore) Covers(f Finding) bool {
	if f.Line != i.Line || f.Checker == SelfName {
		return false
	}
	return f.CWE != 0 && slices.Contains(i.Names, f.CWE.String()) || slices.Contains(i.Names, f.Checker+":"+f.Rule)
}
