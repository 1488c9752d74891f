package sarif

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/url"
	"path/filepath"
	"slices"
	"strings"

	"github.com/seccoder/seccoder/check"
)

// schema is where the standard's JSON schema is published.
const schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

// fingerprintKey names our way to make fingerprints, with its version.
const fingerprintKey = "seccoderFinding/v1"

// ownName is the name of the tool in what is written here.
const ownName = "seccoder"

// A Document is what is written.
type Document struct {
	// Version is SecCoder's.
	Version string
	// Findings stand. Suppressed are passed over by comments: viewers show them as
	// dismissed.
	Findings, Suppressed []check.Named
	// Checkers say what ran. Files were to be looked at, Unchecked were not.
	Checkers  []check.CheckerRun
	Files     []check.File
	Unchecked []check.Unchecked
	// Others are paths of code that no checker is for, by language: viewers show a note.
	Others map[string][]string
}

// Write writes one run of the tool "seccoder". The rules are those of the checkers, as
// in "bandit/B608"; each carries its CWE as a tag and as a relationship to MITRE's
// taxonomy. What could not be checked is a notification of the invocation.
func Write(w io.Writer, d Document) error {
	b := builder{rules: map[string]int{}}
	results := []result{}
	for _, f := range d.Findings {
		results = append(results, b.result(f))
	}
	for _, s := range d.Suppressed {
		r := b.result(s)
		r.Suppressions = []suppression{{Kind: "inSource", Status: "accepted", Justification: s.Reason}}
		results = append(results, r)
	}
	driver := component{
		Name: ownName, SemanticVersion: semantic(d.Version), Version: d.Version, URL: "https://github.com/seccoder/seccoder",
		Rules: b.all, Supported: []reference{{Name: "CWE"}},
	}
	r := run{
		Tool:        producer{Driver: driver, Extensions: extensions(d.Checkers)},
		Invocations: []invocation{{Successful: true, Notifications: notifications(d)}},
		Results:     results,
		Taxonomies: []component{{
			Name: "CWE", Organization: "MITRE", URL: "https://cwe.mitre.org/", ShortText: &text{Text: "The MITRE Common Weakness Enumeration"},
			Taxa: b.taxa(),
		}},
	}
	not := map[string]bool{}
	for _, u := range d.Unchecked {
		not[u.Path] = true
	}
	for _, file := range d.Files {
		if !not[file.Path] { // readers take what is listed for looked at
			r.Artifacts = append(r.Artifacts, artifact{Location: at(file.Path)})
		}
	}
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	return encoder.Encode(document{Schema: schema, Version: "2.1.0", Runs: []run{r}})
}

// builder collects the rules that the results name.
type builder struct {
	all   []rule
	rules map[string]int
	cwes  []check.CWE
}

func (b *builder) result(f check.Named) result {
	id := f.Checker + "/" + f.Rule
	index, known := b.rules[id]
	if !known {
		index = len(b.all)
		b.rules[id] = index
		b.all = append(b.all, b.rule(id, f.Finding))
	}
	message := f.Message
	if f.Fix != "" {
		message = strings.TrimSuffix(message, ".") + ". " + f.Fix
	}
	r := result{
		RuleID: id, RuleIndex: &index, Level: level(f.Severity), Message: text{Text: message},
		Locations:    []locationOf{{Physical: &physical{Artifact: at(f.Path)}}},
		Fingerprints: map[string]string{fingerprintKey: f.Fingerprint},
		Properties:   &properties{Severity: score(f.Severity), Checker: f.Checker, Version: f.Version, Fix: f.Fix},
	}
	if f.Line > 0 {
		r.Locations[0].Physical.Region = regionOf(f.Finding)
	}
	if f.CWE != 0 {
		r.Taxa = []reference{weaknessOf(f.CWE)}
		r.Properties.Tags = []string{"external/cwe/" + strings.ToLower(f.CWE.String())}
		if !slices.Contains(b.cwes, f.CWE) {
			b.cwes = append(b.cwes, f.CWE)
		}
	}
	return r
}

// regionOf leaves out what would not be valid: an end before the beginning.
func regionOf(f check.Finding) *region {
	r := &region{StartLine: f.Line, StartColumn: max(f.Column, 0)}
	if f.EndLine >= f.Line {
		r.EndLine = f.EndLine
	}
	if r.EndLine != 0 && (r.EndLine > r.StartLine || f.EndColumn > f.Column) {
		r.EndColumn = max(f.EndColumn, 0)
	}
	return r
}

func (b *builder) rule(id string, f check.Finding) rule {
	short := f.CWE.Name()
	if short == "" {
		short = f.Rule
	}
	r := rule{
		ID: id, Short: &text{Text: sentence(short)}, URL: f.URL, Default: &configuration{Level: level(f.Severity)},
		Properties: &properties{Tags: []string{"security"}, Severity: score(f.Severity)},
	}
	if f.Fix != "" {
		r.Help = &text{Text: f.Fix}
	}
	if f.CWE != 0 {
		r.Properties.Tags = append(r.Properties.Tags, "external/cwe/"+strings.ToLower(f.CWE.String()))
		r.Relationships = []relationship{{Target: weaknessOf(f.CWE), Kinds: []string{"superset"}}}
	}
	return r
}

func (b *builder) taxa() []rule {
	slices.Sort(b.cwes)
	taxa := make([]rule, len(b.cwes))
	for i, cwe := range b.cwes {
		taxa[i] = rule{ID: number(cwe), URL: fmt.Sprintf("https://cwe.mitre.org/data/definitions/%d.html", int(cwe))}
		if name := cwe.Name(); name != "" {
			taxa[i].Short = &text{Text: sentence(name)}
		}
	}
	return taxa
}

func number(cwe check.CWE) string { return fmt.Sprint(int(cwe)) }

func weaknessOf(cwe check.CWE) reference {
	return reference{ID: number(cwe), Component: &reference{Name: "CWE"}}
}

// extensions are the checkers that ran.
func extensions(checkers []check.CheckerRun) []component {
	var all []component
	for _, c := range checkers {
		if c.State == check.Worked || c.State == check.Failed && c.Checked > 0 {
			all = append(all, component{Name: c.Name, Version: c.Version})
		}
	}
	return all
}

// notifications say what was not checked.
func notifications(d Document) []notification {
	var all []notification
	for _, c := range d.Checkers {
		if c.State == check.Failed || c.State == check.Missing {
			all = append(all, notification{Level: "warning", Message: text{Text: c.Name + " did not check everything: " + c.Why}})
		}
	}
	for _, u := range d.Unchecked {
		all = append(all, notification{
			Level: "warning", Message: text{Text: "not checked: " + u.Why},
			Locations: []locationOf{{Physical: &physical{Artifact: at(u.Path)}}},
		})
	}
	for _, language := range slices.Sorted(maps.Keys(d.Others)) {
		n := notification{Level: "note", Message: text{Text: "not checked: no checker for " + language}}
		for _, p := range d.Others[language] {
			n.Locations = append(n.Locations, locationOf{Physical: &physical{Artifact: at(p)}})
		}
		all = append(all, n)
	}
	return all
}

// at is where a file lies: relative to the folder that was checked, which is for the
// reader to know, or absolute.
func at(p string) location {
	if filepath.IsAbs(p) {
		p = filepath.ToSlash(p)
		if !strings.HasPrefix(p, "/") {
			p = "/" + p // C:/… on Windows
		}
		return location{URI: (&url.URL{Scheme: "file", Path: p}).String()}
	}
	return location{URI: (&url.URL{Path: p}).String()}
}

func level(s check.Severity) string {
	return map[check.Severity]string{check.High: "error", check.Medium: "warning", check.Low: "note"}[s]
}

// score is a number of the band by which GitHub shows the severity.
func score(s check.Severity) string {
	return map[check.Severity]string{check.High: "8.0", check.Medium: "5.0", check.Low: "2.0"}[s]
}

// semantic is the version where it is one, as the standard asks, without the v.
func semantic(version string) string {
	v, ok := strings.CutPrefix(version, "v")
	if !ok || strings.Count(v, ".") < 2 {
		return ""
	}
	return v
}

func sentence(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}
