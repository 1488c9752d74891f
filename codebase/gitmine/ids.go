package gitmine

import (
	"regexp"
	"slices"
	"strings"

	"github.com/seccoder/seccoder/codebase"
)

// vulnerabilityID is how databases of vulnerabilities name one.
var vulnerabilityID = regexp.MustCompile(`(?i)\b(?:` + strings.Join([]string{
	`(?:CVE|CAN)-[0-9]{4}-[0-9]{4,8}`,
	`GHSA(?:-[23456789cfghjmpqrvwx]{4}){3}`,
	`(?:GO|PYSEC|RUSTSEC|GSD|OSV|MAL|HSEC|PSF|JLSEC|BIT)-[0-9]{4}-[0-9]{1,8}`,
	`(?:ZDI|ZDI-CAN|DSA|USN|TALOS|SNYK)-[0-9]{2,6}(?:-[0-9]{1,6})?`,
	`SNYK-[A-Z]+-[A-Z0-9]+-[0-9]+`,
}, "|") + `)\b`)

// weaknessID is a CWE's.
var weaknessID = regexp.MustCompile(`\b(?:CWE|cwe)[- ]?([0-9]{1,5})\b`)

// idPrefixes begin the ids, as a look before the costly one.
var idPrefixes = []string{"CVE-", "CAN-", "GHSA-", "GO-", "PYSEC-", "RUSTSEC-", "GSD-", "OSV-", "MAL-", "HSEC-", "PSF-", "JLSEC-", "BIT-", "ZDI-", "DSA-", "USN-", "TALOS-", "SNYK-"}

func maySpeakOf(text string) bool {
	if !strings.Contains(text, "-") {
		return false
	}
	text = strings.ToUpper(text)
	return slices.ContainsFunc(idPrefixes, func(prefix string) bool { return strings.Contains(text, prefix) })
}

// vulnerabilities are the ids that a text names, in upper case, GHSA's letters lower.
func vulnerabilities(text string) []string {
	if !maySpeakOf(text) {
		return nil
	}
	var ids []string
	for _, id := range vulnerabilityID.FindAllString(text, 40) {
		id = strings.ToUpper(id)
		if rest, ok := strings.CutPrefix(id, "GHSA"); ok {
			id = "GHSA" + strings.ToLower(rest)
		}
		if rest, ok := strings.CutPrefix(id, "CAN-"); ok {
			id = "CVE-" + rest // as they were called until 2005
		}
		if !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids
}

// weaknesses are the CWEs that a text names.
func weaknesses(text string) []codebase.CWE {
	if !strings.Contains(text, "CWE") && !strings.Contains(text, "cwe") {
		return nil
	}
	var cwes []codebase.CWE
	for _, m := range weaknessID.FindAllStringSubmatch(text, 40) {
		if cwe, err := codebase.ParseCWE(m[1]); err == nil && !slices.Contains(cwes, cwe) {
			cwes = append(cwes, cwe)
		}
	}
	return cwes
}

// mainID is the id that an example is kept under: the first CVE, else the first.
func mainID(ids []string) string {
	for _, id := range ids {
		if strings.HasPrefix(id, "CVE-") {
			return id
		}
	}
	if len(ids) > 0 {
		return ids[0]
	}
	return ""
}
