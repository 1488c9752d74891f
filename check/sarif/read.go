package sarif

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"path"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"

	"github.com/seccoder/seccoder/check"
)

// A Log is what a SARIF file says.
type Log struct {
	// Tools are the names of the tools that wrote it, with their versions.
	Tools []string
	// Findings are the results that stand: those that were suppressed or that are absent
	// in comparison with a baseline are left out, as are those that say that all is well.
	Findings []check.Finding
	// Files are the paths that the tool says it looked at, or found something in.
	Files []string
	// Failed is set where a run says of itself that it did not work. What it found counts
	// all the same, but it may not be all.
	Failed error

	lists bool // a tool says what it looked at
}

// Parse reads SARIF 2.1.0.
func Parse(data []byte) (Log, error) {
	var d document
	if err := json.Unmarshal(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")), &d); err != nil {
		return Log{}, fmt.Errorf("read SARIF: %w", err)
	}
	if !strings.HasPrefix(d.Version, "2.1") {
		return Log{}, fmt.Errorf("read SARIF: version %q, expected 2.1.0", d.Version)
	}
	if d.Runs == nil {
		return Log{}, errors.New("read SARIF: it has no list of runs")
	}
	var log Log
	for i := range d.Runs {
		r := &d.Runs[i]
		if err := r.failed(); err != nil && log.Failed == nil {
			log.Failed = err
		}
		version := r.Tool.Driver.SemanticVersion
		if r.Tool.Driver.Version != "" {
			version = r.Tool.Driver.Version
		}
		log.Tools = append(log.Tools, strings.TrimSpace(r.Tool.Driver.Name+" "+version))
		var files []string
		for _, a := range r.Artifacts {
			files = append(files, r.path(a.Location))
		}
		own := r.Tool.Driver.Name == ownName
		log.lists = log.lists || own || len(files) > 0
		for _, found := range r.Results {
			if !found.stands() {
				continue
			}
			f := r.finding(found)
			if f.Path != "" {
				files = append(files, f.Path)
			}
			log.Findings = append(log.Findings, f)
		}
		if own {
			not := r.notified()
			files = slices.DeleteFunc(files, func(file string) bool { return slices.Contains(not, file) })
		}
		log.Files = append(log.Files, files...)
	}
	slices.Sort(log.Files)
	log.Files = slices.Compact(log.Files)
	return log, nil
}

// failed is the error of a run that says that it did not work.
func (r *run) failed() error {
	for _, i := range r.Invocations {
		if i.Successful {
			continue
		}
		said := ""
		for _, n := range i.Notifications {
			if n.Level == "error" && n.Message.Text != "" {
				said = ": " + n.Message.Text
				break
			}
		}
		return fmt.Errorf("%s says that it failed%s", r.Tool.Driver.Name, said)
	}
	return nil
}

// notified are the files that notifications tell of. In SecCoder's own runs these are the files
// that were not checked, or only partly, so that there may be findings in them.
func (r *run) notified() []string {
	var files []string
	for _, i := range r.Invocations {
		for _, n := range i.Notifications {
			for _, at := range n.Locations {
				if at.Physical != nil {
					files = append(files, r.path(at.Physical.Artifact))
				}
			}
		}
	}
	return files
}

// stands reports whether a result is a problem that is still there.
func (r *result) stands() bool {
	for _, s := range r.Suppressions {
		if s.Status == "" || s.Status == "accepted" {
			return false
		}
	}
	return (r.Kind == "" || r.Kind == "fail" || r.Kind == "open" || r.Kind == "review") && r.Baseline != "absent"
}

func (r *run) finding(found result) check.Finding {
	known := r.rule(found)
	f := check.Finding{Rule: found.RuleID, Message: found.Message.Text, Severity: severity(found, known)}
	if f.Rule == "" && found.Rule != nil {
		f.Rule = found.Rule.ID
	}
	if known != nil {
		if f.Rule == "" {
			f.Rule = known.ID
		}
		f.URL = known.URL
		if f.Message == "" {
			f.Message = filled(known.Messages[found.Message.ID].Text, found.Message.Args)
		}
		if f.Message == "" && known.Short != nil {
			f.Message = known.Short.Text
		}
	}
	if f.Message == "" {
		f.Message = f.Rule
	}
	f.CWE = weakness(found, known)
	f.Message, f.Fix = r.parted(f.Message, found, known)
	if len(found.Locations) > 0 && found.Locations[0].Physical != nil {
		at := found.Locations[0].Physical
		f.Path = r.path(at.Artifact)
		if at.Region != nil {
			f.Line, f.Column = at.Region.StartLine, at.Region.StartColumn
			f.EndLine, f.EndColumn = at.Region.EndLine, at.Region.EndColumn
		}
		if f.EndLine == 0 && f.EndColumn != 0 {
			f.EndLine = f.Line
		}
	}
	return f
}

// parted takes the advice off a message that SecCoder wrote, which would be shown twice
// otherwise. Older releases said it in the rule's help only.
func (r *run) parted(message string, found result, known *rule) (rest, fix string) {
	if r.Tool.Driver.Name != ownName {
		return message, ""
	}
	if found.Properties != nil {
		fix = found.Properties.Fix
	}
	if fix == "" && known != nil && known.Help != nil {
		fix = known.Help.Text
	}
	if rest, ok := strings.CutSuffix(message, " "+fix); ok && fix != "" {
		return rest, fix
	}
	return message, ""
}

// filled is a message of a rule with its arguments in place of {0}, {1} ….
func filled(message string, args []string) string {
	for i, arg := range args {
		message = strings.ReplaceAll(message, "{"+strconv.Itoa(i)+"}", arg)
	}
	return message
}

// rule is the description of what a result is an instance of, or nil.
func (r *run) rule(found result) *rule {
	rules := r.Tool.Driver.Rules
	id, index := found.RuleID, found.RuleIndex
	if found.Rule != nil {
		id = max(id, found.Rule.ID)
		if index == nil {
			index = found.Rule.Index
		}
		if c := found.Rule.Component; c != nil && c.Index != nil && *c.Index >= 0 && *c.Index < len(r.Tool.Extensions) {
			rules = r.Tool.Extensions[*c.Index].Rules
		}
	}
	if index != nil && *index >= 0 && *index < len(rules) {
		return &rules[*index]
	}
	for _, known := range append([]component{r.Tool.Driver}, r.Tool.Extensions...) {
		for i := range known.Rules {
			// A result may name a part of a rule: "CA1000/1" is of "CA1000".
			if id != "" && (known.Rules[i].ID == id || strings.HasPrefix(id, known.Rules[i].ID+"/")) {
				return &known.Rules[i]
			}
		}
	}
	return nil
}

// severity takes the number for security where there is one, else the level.
func severity(found result, known *rule) check.Severity {
	for _, p := range []*properties{found.Properties, propertiesOf(known)} {
		if p == nil || p.Severity == "" {
			continue
		}
		if score, err := strconv.ParseFloat(p.Severity, 64); err == nil {
			switch {
			case score >= 7:
				return check.High
			case score >= 4:
				return check.Medium
			}
			return check.Low
		}
	}
	level := found.Level
	if level == "" && known != nil && known.Default != nil {
		level = known.Default.Level
	}
	switch level {
	case "error":
		return check.High
	case "note", "none":
		return check.Low
	}
	return check.Medium // a warning, which is also the standard's default
}

func propertiesOf(r *rule) *properties {
	if r == nil {
		return nil
	}
	return r.Properties
}

// tagged finds a CWE in a tag, as in "external/cwe/cwe-089" and "CWE-89: SQL Injection".
var tagged = regexp.MustCompile(`(?i)\bcwe[-_/ ]?0*(\d{1,5})\b`)

// weakness looks for a CWE in the result's taxa, then in the rule's relationships and
// tags, and in the rule's name.
func weakness(found result, known *rule) check.CWE {
	for _, t := range found.Taxa {
		if cwe, ok := ofTaxonomy(t); ok {
			return cwe
		}
	}
	if known != nil {
		for _, r := range known.Relationships {
			if cwe, ok := ofTaxonomy(r.Target); ok {
				return cwe
			}
		}
	}
	var texts []string
	for _, p := range []*properties{found.Properties, propertiesOf(known)} {
		if p != nil {
			texts = append(texts, p.Tags...)
		}
	}
	if known != nil {
		texts = append(texts, known.ID, known.Name)
	}
	for _, text := range append(texts, found.RuleID) {
		if m := tagged.FindStringSubmatch(text); m != nil {
			if cwe, err := check.ParseCWE(m[1]); err == nil {
				return cwe
			}
		}
	}
	return 0
}

func ofTaxonomy(r reference) (check.CWE, bool) {
	named := r.Component == nil || strings.EqualFold(r.Component.Name, "cwe")
	cwe, err := check.ParseCWE(r.ID)
	return cwe, err == nil && named
}

// path is where an artifact lies: relative to the folder that was checked, or absolute.
func (r *run) path(l location) string {
	if l.URI == "" && l.Index != nil && *l.Index >= 0 && *l.Index < len(r.Artifacts) {
		l = r.Artifacts[*l.Index].Location
	}
	p := filePath(l.URI)
	// A base with a place of its own makes the path absolute; one without is the root.
	if base := r.Base[l.BaseID]; base.URI != "" && !path.IsAbs(p) {
		if b := filePath(base.URI); path.IsAbs(b) {
			p = path.Join(b, p)
		}
	}
	return p
}

// filePath is the path of a file: URI or of a relative reference.
func filePath(uri string) string {
	u, err := url.Parse(uri)
	if err != nil || u.Scheme != "" && u.Scheme != "file" {
		return uri
	}
	p := u.Path
	if runtime.GOOS == "windows" && len(p) > 2 && p[0] == '/' && p[2] == ':' {
		p = p[1:]
	}
	return p
}
