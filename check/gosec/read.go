package gosec

import (
	"fmt"
	"go/parser"
	"go/token"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/seccoder/seccoder/check"
)

// output is gosec's JSON.
type output struct {
	Errors map[string][]struct {
		Line  int    `json:"line"`
		Error string `json:"error"`
	} `json:"Golang errors"`
	Issues *[]struct {
		Severity   string `json:"severity"`
		Confidence string `json:"confidence"`
		CWE        *struct {
			ID string `json:"id"`
		} `json:"cwe"`
		Rule    string `json:"rule_id"`
		Details string `json:"details"`
		File    string `json:"file"`
		Line    string `json:"line"`
		Column  string `json:"column"`
	} `json:"Issues"`
}

// What gosec logs on standard error.
var (
	lookedAt   = regexp.MustCompile(`(?m)Checking file: (.+)$`)
	unfollowed = regexp.MustCompile(`(?m)Error building the SSA representation of the package (\S+): (.+)$`)
	// broke names a rule that ended, but no package.
	broke = regexp.MustCompile(`(?m)Error running analyzer (\S+: .+)$`)
)

// unchecked are the files that gosec did not look at, or not with all its rules. Its JSON
// names only some of the packages that it left out, and no single file, so that what counts
// as checked is what it logs.
func (m *module) unchecked(all output, log []byte) []check.Unchecked {
	looked := map[string]bool{}
	for _, found := range lookedAt.FindAllSubmatch(log, -1) {
		looked[string(found[1])] = true
	}
	partly := map[string]string{} // by the package's name, which is all that gosec tells
	for _, found := range unfollowed.FindAllSubmatch(log, -1) {
		partly[string(found[1])] = string(found[2])
	}
	broken := m.broken(all)
	var list []check.Unchecked
	for path, name := range m.asked {
		why, ok := broken[filepath.Dir(path)]
		pkg := packageOf(path)
		switch {
		case ok:
			why = "its package does not compile here: " + why
		case !looked[path]:
			why = "gosec does not say that it looked at it, as for files with import \"C\""
		case partly[pkg] != "":
			why = fmt.Sprintf("only partly: gosec does not follow input through a package %s here (%s)", pkg, partly[pkg])
		default:
			found := broke.FindSubmatch(log)
			if found == nil {
				continue
			}
			why = "only partly: a rule of gosec failed: " + string(found[1])
		}
		list = append(list, check.Unchecked{Path: name, Why: why})
	}
	return list
}

// broken says by folder why gosec could not read a package.
func (m *module) broken(all output) map[string]string {
	broken := map[string]string{}
	for _, place := range slices.Sorted(maps.Keys(all.Errors)) {
		errs := all.Errors[place]
		if place == "" || len(errs) == 0 {
			continue // of a package whose errors have places, too, or that gosec logs
		}
		full := place
		if !filepath.IsAbs(full) {
			full = filepath.Join(m.root, filepath.FromSlash(place))
		}
		if slices.Contains(m.packages, place) {
			broken[full] = errs[0].Error // it did not come to any file
			continue
		}
		broken[filepath.Dir(full)] = fmt.Sprintf("%s (%s:%d)", errs[0].Error, filepath.Base(place), errs[0].Line)
	}
	return broken
}

// packageOf is the name of the package that a file belongs to, or is empty.
func packageOf(path string) string {
	file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.PackageClauseOnly)
	if err != nil {
		return ""
	}
	return file.Name.Name
}

// findings are those in the files that were asked for.
func (m *module) findings(all output) []check.Finding {
	var findings []check.Finding
	for _, issue := range *all.Issues {
		name, ok := m.asked[issue.File]
		if !ok {
			continue // another file of the package
		}
		f := check.Finding{
			Rule: issue.Rule, Message: issue.Details, Path: name, Severity: severity(issue.Severity, issue.Confidence),
			URL: "https://github.com/securego/gosec#available-rules",
		}
		first, last, many := strings.Cut(issue.Line, "-")
		f.Line, _ = strconv.Atoi(first)
		if f.EndLine = f.Line; many {
			f.EndLine, _ = strconv.Atoi(last)
		}
		f.Column, _ = strconv.Atoi(issue.Column)
		if issue.CWE != nil {
			f.CWE, _ = check.ParseCWE(issue.CWE.ID)
		}
		if known, ok := rules[issue.Rule]; ok {
			f.Fix = known.fix
			if known.cwe != 0 {
				f.CWE = known.cwe
			}
		}
		findings = append(findings, f)
	}
	return findings
}

// severity is gosec's, a step less where gosec has little confidence.
func severity(severity, confidence string) check.Severity {
	s, err := check.ParseSeverity(severity)
	if err != nil {
		s = check.Low
	}
	if confidence == "LOW" && s > check.Low {
		s--
	}
	return s
}
