package gcc

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/seccoder/seccoder/check"
	"github.com/seccoder/seccoder/check/sarif"
)

// A diagnostic is one of GCC's JSON output (-fdiagnostics-format=json, GCC 9 to 14).
type diagnostic struct {
	Kind     string `json:"kind"`
	Option   string `json:"option"`
	URL      string `json:"option_url"`
	Message  string `json:"message"`
	Metadata struct {
		CWE int `json:"cwe"`
	} `json:"metadata"`
	Locations []struct {
		Caret  point  `json:"caret"`
		Start  *point `json:"start"`
		Finish *point `json:"finish"`
	} `json:"locations"`
}

type point struct {
	File   string `json:"file"`
	Line   int    `json:"line"`
	Column int    `json:"byte-column"`
}

// readJSON reads GCC's JSON: the findings, and the first error of a file that does not
// compile.
func readJSON(data []byte) (findings []check.Finding, broken string, err error) {
	begin := bytes.IndexByte(data, '[')
	if begin < 0 {
		return nil, "", errors.New("no JSON")
	}
	// Behind the list, the driver may say in words that compilation ended.
	var all []diagnostic
	if err := json.NewDecoder(bytes.NewReader(data[begin:])).Decode(&all); err != nil {
		return nil, "", err
	}
	for _, d := range all {
		if d.Kind != "warning" && d.Kind != "note" && broken == "" {
			broken = d.Message
			if len(d.Locations) > 0 {
				broken = fmt.Sprintf("%s (%s:%d)", d.Message, d.Locations[0].Caret.File, d.Locations[0].Caret.Line)
			}
		}
		if len(d.Locations) == 0 {
			continue
		}
		f, ok := finding(d.Option, check.CWE(d.Metadata.CWE))
		if !ok {
			continue
		}
		at := d.Locations[0]
		f.Path, f.Line, f.Column = at.Caret.File, at.Caret.Line, at.Caret.Column
		if at.Start != nil {
			f.Line, f.Column = at.Start.Line, at.Start.Column
		}
		if at.Finish != nil {
			f.EndLine, f.EndColumn = at.Finish.Line, at.Finish.Column+1
		}
		f.Message, f.URL = d.Message, d.URL
		findings = append(findings, f)
	}
	return findings, broken, nil
}

// readSARIF reads the SARIF of GCC 13 and later.
func readSARIF(data []byte) (findings []check.Finding, broken string, err error) {
	begin := bytes.IndexByte(data, '{')
	if begin < 0 {
		return nil, "", errors.New("no SARIF")
	}
	log, err := sarif.Parse(data[begin:])
	if err != nil {
		return nil, "", err
	}
	for _, found := range log.Findings {
		if found.Rule == "error" || found.Rule == "fatal error" {
			if broken == "" {
				broken = fmt.Sprintf("%s (%s:%d)", found.Message, found.Path, found.Line)
			}
			continue
		}
		f, ok := finding(found.Rule, found.CWE)
		if !ok {
			continue
		}
		found.CWE, found.Severity, found.Rule, found.Fix = f.CWE, f.Severity, f.Rule, f.Fix
		findings = append(findings, found)
	}
	if broken == "" {
		return findings, "", log.Failed // with an error in the code it says that it failed, too
	}
	return findings, broken, nil
}

// finding is what a warning option stands for; false where it is not about security.
func finding(option string, cwe check.CWE) (check.Finding, bool) {
	option = strings.TrimSuffix(option, "=")
	known, ok := warnings[option]
	if !ok && !strings.HasPrefix(option, "-Wanalyzer-") {
		return check.Finding{}, false
	}
	if !ok {
		known.severity = check.Medium
	}
	if known.cwe != 0 {
		cwe = known.cwe // more exact, or there in releases that do not print one
	}
	return check.Finding{Rule: option, CWE: cwe, Severity: known.severity, Fix: known.fix}, true
}
