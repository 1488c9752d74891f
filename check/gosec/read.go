package gosec

import (
	"cmp"
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
	opened     = regexp.MustCompile(`Checking package: `)
	lookedAt   = regexp.MustCompile(`Checking file: (.+)$`)
	unfollowed = regexp.MustCompile(`Error building the SSA representation of the package (\S+): (.+)$`)
	broke      = regexp.MustCompile(`Error running analyzer (\S+: .+)$`)
)

// A followed is what gosec's log says of the files.
type followed struct {
	looked map[string]bool
	// partly says why rules were left out, of files for which none of the packages that they
	// are part of, with its tests and without, went through all rules.
	partly map[string]string
}

// follow reads a log in which packages come one after the other. The program that runs a
// folder's tests is one of them, of no file, and is called main as others are.
func follow(log []byte) followed {
	f := followed{looked: map[string]bool{}, partly: map[string]string{}}
	wholly := map[string]bool{}
	var files []string
	why := ""
	end := func() {
		for _, file := range files {
			if why == "" {
				wholly[file] = true
			} else {
				f.partly[file] = why
			}
		}
		files, why = nil, ""
	}
	for line := range strings.Lines(string(log)) {
		line = strings.TrimRight(line, "\r\n")
		if opened.MatchString(line) {
			end()
		} else if m := lookedAt.FindStringSubmatch(line); m != nil {
			files = append(files, m[1])
			f.looked[m[1]] = true
		} else if m := unfollowed.FindStringSubmatch(line); m != nil {
			why = fmt.Sprintf("gosec does not follow input through a package %s here (%s)", m[1], m[2])
		} else if m := broke.FindStringSubmatch(line); m != nil {
			why = "a rule of gosec failed: " + m[1]
		}
	}
	end()
	maps.DeleteFunc(f.partly, func(file, _ string) bool { return wholly[file] })
	return f
}

// unchecked are the files that gosec did not look at, or not with all its rules. Its JSON
// names only some of the packages that it left out, and no single file, so that what counts
// as checked is what it logs.
func (m *module) unchecked(all output, log followed) []check.Unchecked {
	broken := m.broken(all)
	var list []check.Unchecked
	for path, name := range m.asked {
		folder := filepath.Dir(path)
		why := cmp.Or(broken[place{folder, ""}], broken[place{folder, packageOf(path)}])
		switch {
		case why != "":
			why = "its package does not compile here: " + why
		case !log.looked[path]:
			why = "gosec does not say that it looked at it, as for files with import \"C\""
		case log.partly[path] != "":
			why = "only partly: " + log.partly[path]
		default:
			continue
		}
		list = append(list, check.Unchecked{Path: name, Why: why})
	}
	return list
}

// A place is a package by its folder and its name, which tells tests that stand outside of a
// package from it; without a name it is all that is in the folder.
type place struct{ folder, name string }

// broken says why gosec could not read a package.
func (m *module) broken(all output) map[place]string {
	broken := map[place]string{}
	for _, at := range slices.Sorted(maps.Keys(all.Errors)) {
		errs := all.Errors[at]
		if at == "" || at == "-" || len(errs) == 0 {
			continue // of a package whose errors have places, too, or that gosec logs
		}
		full := at
		if !filepath.IsAbs(full) {
			full = filepath.Join(m.root, filepath.FromSlash(at))
		}
		if slices.Contains(m.packages, at) {
			broken[place{full, ""}] = errs[0].Error // it did not come to any file
			continue
		}
		broken[place{filepath.Dir(full), packageOf(full)}] = fmt.Sprintf("%s (%s:%d)", errs[0].Error, filepath.Base(at), errs[0].Line)
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
