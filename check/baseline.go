package check

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
)

// BaselineSchema names the form of a baseline file.
const BaselineSchema = "seccoder.baseline/1"

// A Baseline is a list of findings that are known and left for later, so that only new
// ones count. It holds no line numbers: they would change with every edit.
type Baseline struct {
	Schema string `json:"schema"`
	// Root is the folder that the paths are relative to, seen from the folder that the file
	// lies in. It is empty in files of programs that took the folder in which they ran.
	Root     string  `json:"root,omitempty"`
	Findings []Known `json:"findings"`
}

// A Known is a finding of a baseline. Fingerprint alone decides what is known; Path and
// Checker say who would have to look where to find it gone.
type Known struct {
	Fingerprint string `json:"fingerprint"`
	Path        string `json:"path"`
	Checker     string `json:"checker"`
	Rule        string `json:"rule"`
	Message     string `json:"message"`
}

// NewBaseline makes a baseline of findings.
func NewBaseline(findings []Named) Baseline {
	b := Baseline{Schema: BaselineSchema, Findings: make([]Known, len(findings))}
	for i, f := range findings {
		b.Findings[i] = Known{f.Fingerprint, f.Path, f.Checker, f.Rule, f.Message}
	}
	b.sort()
	return b
}

func (b Baseline) sort() {
	slices.SortFunc(b.Findings, func(x, y Known) int {
		return compare(x.Path, y.Path, x.Checker, y.Checker, x.Rule, y.Rule, x.Fingerprint, y.Fingerprint)
	})
}

// WithPaths returns the baseline with what path makes of its paths.
func (b Baseline) WithPaths(path func(string) string) Baseline {
	b.Findings = slices.Clone(b.Findings)
	for i := range b.Findings {
		b.Findings[i].Path = path(b.Findings[i].Path)
	}
	b.sort()
	return b
}

// ReadBaseline reads a baseline file.
func ReadBaseline(path string) (Baseline, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return Baseline{}, fmt.Errorf("read the baseline: %w", err)
	}
	var b Baseline
	if err := json.Unmarshal(data, &b); err != nil {
		return Baseline{}, fmt.Errorf("read the baseline %s: %w", path, err)
	}
	if b.Schema != BaselineSchema {
		return Baseline{}, fmt.Errorf("read the baseline %s: its schema is %q, expected %q", path, b.Schema, BaselineSchema)
	}
	for i, known := range b.Findings {
		if strings.TrimSpace(known.Fingerprint) == "" {
			return Baseline{}, fmt.Errorf("read the baseline %s: finding %d has no fingerprint", path, i+1)
		}
	}
	return b, nil
}

// Write writes the baseline such that changes of it read well in a diff.
func (b Baseline) Write(w io.Writer) error {
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	return encoder.Encode(b)
}

// Holds reports for each fingerprint whether the baseline has it, and how many of the
// baseline's other findings are gone: those for which somebody looked.
func (b Baseline) Holds(fingerprints []string, looked func(Known) bool) (held []bool, gone int) {
	left := make(map[string]Known, len(b.Findings))
	for _, known := range b.Findings {
		left[known.Fingerprint] = known
	}
	held = make([]bool, len(fingerprints))
	for i, name := range fingerprints {
		_, held[i] = left[name]
	}
	for _, name := range fingerprints {
		delete(left, name)
	}
	for _, known := range left {
		if looked(known) {
			gone++
		}
	}
	return held, gone
}

// Looked returns a function that reports whether a checker looked at a file of the run.
// The checker is one that has found something in the file before, so it knows its language. Of
// a file whose language is empty, those looked at it that have it in [CheckerRun.Also].
func (r Result) Looked(files []File) func(path, checker string) bool {
	type pair struct{ path, checker string }
	ran, in, not := map[string]bool{}, map[string]bool{}, map[pair]bool{}
	unknown, also := map[string]bool{}, map[pair]bool{}
	for _, run := range r.Checkers {
		ran[run.Name] = ran[run.Name] || run.State == Worked || run.State == Failed
		for _, path := range run.Also {
			also[pair{path, run.Name}] = true
		}
	}
	for _, file := range files {
		in[file.Path], unknown[file.Path] = true, file.Language == ""
	}
	for _, u := range r.Partly {
		not[pair{u.Path, u.Checker}] = true
	}
	return func(path, checker string) bool {
		p := pair{path, checker}
		return ran[checker] && in[path] && !not[p] && (!unknown[path] || also[p])
	}
}
