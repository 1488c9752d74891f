package semgrep

import (
	"encoding/json"
	"errors"
	"fmt"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/seccoder/seccoder/check"
)

// output is what is used of Semgrep's JSON. Its form is described at
// https://semgrep.dev/docs/semgrep-appsec-platform/json-and-sarif; versions differ in
// what they add, and in the types of errors.
type output struct {
	Results *[]result `json:"results"`
	Errors  []problem `json:"errors"`
	Paths   struct {
		Scanned *[]string `json:"scanned"`
		Skipped []struct {
			Path   string `json:"path"`
			Reason string `json:"reason"`
		} `json:"skipped"`
	} `json:"paths"`
}

// A result is a finding.
type result struct {
	Rule  string `json:"check_id"`
	Path  string `json:"path"`
	Start place  `json:"start"`
	End   place  `json:"end"`
	Extra struct {
		Message  string `json:"message"`
		Severity string `json:"severity"`
		Metadata struct {
			// CWE is a number, a text as "CWE-89: …", or a list of such.
			CWE    any    `json:"cwe"`
			Fix    any    `json:"fix"`
			Source string `json:"source"`
		} `json:"metadata"`
	} `json:"extra"`
}

type place struct {
	Line   int `json:"line"`
	Column int `json:"col"`
}

// A problem is what Semgrep calls an error: with a file, with a rule, or with all.
type problem struct {
	Level string `json:"level"`
	// Type is a text, or a list that begins with one.
	Type    any    `json:"type"`
	Rule    string `json:"rule_id"`
	Message string `json:"message"`
	Long    string `json:"long_msg"`
	Path    string `json:"path"`
	Spans   []struct {
		File  string `json:"file"`
		Start place  `json:"start"`
	} `json:"spans"`
}

// read reads Semgrep's JSON.
func read(data []byte) (output, error) {
	var all output
	if err := json.Unmarshal(data, &all); err != nil {
		return output{}, fmt.Errorf("no JSON: %w", err)
	}
	if all.Results == nil {
		return output{}, errors.New("JSON without results")
	}
	if all.Paths.Scanned == nil {
		return output{}, errors.New("JSON that does not say which files were looked at")
	}
	return all, nil
}

// reason is what Semgrep says about why it failed as a whole.
func (o output) reason() string {
	for _, p := range o.Errors {
		if p.path() == "" {
			return p.says()
		}
	}
	return ""
}

// report makes a report of it. A problem with a rule or with all is an error: what was
// not found then says nothing.
func (o output) report(files []check.File) (check.Report, error) {
	var report check.Report
	why := map[string]string{} // by clean path: why a file was not, or not wholly, looked at
	for _, p := range o.Errors {
		at := p.path()
		if at == "" && p.Level != "info" {
			return check.Report{}, fmt.Errorf("semgrep: %s", p.says())
		}
		if at = clean(at); why[at] == "" {
			why[at] = p.says()
		}
	}
	for _, skipped := range o.Paths.Skipped {
		if at := clean(skipped.Path); why[at] == "" && skipped.Reason != "" {
			why[at] = "semgrep passed it over: " + strings.ReplaceAll(skipped.Reason, "_", " ")
		}
	}
	scanned := map[string]bool{}
	for _, at := range *o.Paths.Scanned {
		scanned[clean(at)] = true
	}
	for _, file := range files {
		at := clean(file.Path)
		switch {
		case why[at] != "":
			report.Unchecked = append(report.Unchecked, check.Unchecked{Path: file.Path, Why: why[at]})
		case !scanned[at]:
			report.Unchecked = append(report.Unchecked, check.Unchecked{Path: file.Path, Why: "semgrep passed it over (does it know the ending of its name?)"})
		}
	}
	for _, r := range *o.Results {
		report.Findings = append(report.Findings, r.finding())
	}
	report.Findings = surest(report.Findings)
	return report, nil
}

// surest leaves out a finding where a worse one has the same CWE on the same line: that
// an SQL statement is built from values says no more where input from the web reaches it.
func surest(findings []check.Finding) []check.Finding {
	type spot struct {
		path string
		line int
		cwe  check.CWE
	}
	worst := map[spot]check.Severity{}
	for _, f := range findings {
		at := spot{f.Path, f.Line, f.CWE}
		worst[at] = max(worst[at], f.Severity)
	}
	return slices.DeleteFunc(findings, func(f check.Finding) bool {
		return f.CWE != 0 && f.Severity < worst[spot{f.Path, f.Line, f.CWE}]
	})
}

func (r result) finding() check.Finding {
	f := check.Finding{
		CWE: cwe(r.Extra.Metadata.CWE), Severity: severity(r.Extra.Severity),
		Path: r.Path, Line: r.Start.Line, Column: r.Start.Column, EndLine: r.End.Line, EndColumn: r.End.Column,
		Rule: r.Rule, Message: line(r.Extra.Message), URL: r.Extra.Metadata.Source,
	}
	f.Fix, _ = r.Extra.Metadata.Fix.(string)
	// Some versions put the path of the rules before the id.
	if i := strings.Index(f.Rule, "seccoder."); i > 0 {
		f.Rule = f.Rule[i:]
	}
	if f.Fix == "" {
		f.Fix = f.CWE.Hint()
	}
	return f
}

// severity knows the old names and the new ones.
func severity(name string) check.Severity {
	switch strings.ToUpper(name) {
	case "ERROR", "HIGH", "CRITICAL":
		return check.High
	case "WARNING", "MEDIUM":
		return check.Medium
	}
	return check.Low
}

var cweForm = regexp.MustCompile(`(?i)^\s*(?:cwe[-_ ]?)?0*(\d{1,5})\b`)

// cwe is the first that is named.
func cwe(value any) check.CWE {
	switch v := value.(type) {
	case float64:
		if v >= 1 && v < 1e5 {
			return check.CWE(v)
		}
	case string:
		if m := cweForm.FindStringSubmatch(v); m != nil {
			n, _ := strconv.Atoi(m[1])
			return check.CWE(n)
		}
	case []any:
		for _, one := range v {
			if c := cwe(one); c != 0 {
				return c
			}
		}
	}
	return 0
}

// path is the file that has the problem, empty where it is with a rule or with all.
func (p problem) path() string {
	kind := strings.ToLower(p.kind())
	if strings.Contains(kind, "rule") || strings.Contains(kind, "yaml") || strings.Contains(kind, "pattern") {
		return ""
	}
	if p.Path == "" && len(p.Spans) > 0 {
		return p.Spans[0].File
	}
	return p.Path
}

// kind is the type's name: "PartialParsing", "Timeout".
func (p problem) kind() string {
	if list, ok := p.Type.([]any); ok && len(list) > 0 {
		name, _ := list[0].(string)
		return name
	}
	name, _ := p.Type.(string)
	return name
}

// maxSaid bounds what is repeated of Semgrep's words, in bytes.
const maxSaid = 300

// says tells the problem in one line.
func (p problem) says() string {
	kind := p.kind()
	switch {
	case kind == "PartialParsing" && len(p.Spans) > 0:
		return fmt.Sprintf("only partly: semgrep does not understand line %d", p.Spans[0].Start.Line)
	case kind == "PartialParsing":
		return "only partly: semgrep does not understand some lines"
	case strings.Contains(kind, "Timeout"):
		return fmt.Sprintf("only partly: rule %s took too long", p.Rule)
	}
	text := line(p.Message)
	if text == "" {
		text = line(p.Long)
	}
	if text == "" {
		text = "error without words: " + kind
	}
	if p.Rule != "" && !strings.Contains(text, p.Rule) {
		text = "rule " + p.Rule + ": " + text
	}
	if len(text) > maxSaid {
		text = strings.ToValidUTF8(text[:maxSaid], "") + " …"
	}
	return text
}

// line makes one line of a text.
func line(text string) string {
	return strings.Join(strings.FieldsFunc(text, func(r rune) bool { return r <= ' ' || r == 0x7f }), " ")
}

// clean makes the paths of Semgrep and of the request comparable.
func clean(name string) string { return path.Clean(filepath.ToSlash(name)) }
