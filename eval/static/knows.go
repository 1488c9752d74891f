package static

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/seccoder/seccoder/check"
	"github.com/seccoder/seccoder/check/semgrep"
	"github.com/seccoder/seccoder/lang"
)

// knowledge are the weaknesses that a checker looks for in most of the forms in which a
// program can have them, so that finding nothing says something. What it knows one call of
// (such as extractall, of all ways out of a folder) is not here: its findings count, its
// silence does not.
var knowledge = map[string]map[lang.Language][]check.CWE{
	"bandit":   {lang.Python: {78, 89, 94, 95, 215, 259, 295, 326, 327, 328, 330, 377, 489, 502, 605, 611, 732, 798}},
	"gcc":      {lang.C: {134, 401, 415, 416, 457, 476, 562, 690, 775}},
	"clang":    {lang.C: {134, 242, 401, 415, 416, 457, 476, 562, 676}, lang.CPP: {242, 401, 415, 416, 457, 476, 562, 676}},
	"cppcheck": {lang.C: {242, 401, 415, 416, 457, 476, 562}, lang.CPP: {242, 401, 415, 416, 457, 476, 562}},
	"gosec":    {lang.Go: {78, 89, 118, 190, 276, 295, 326, 327, 328, 338}},
}

// narrow are weaknesses for which this project's rules know one form only.
var narrow = []check.CWE{285, 617}

var cweList = regexp.MustCompile(`(?m)^ +cwe: \[([0-9, ]+)\]`)

// Knows reports whether a checker looks for a weakness in a language so widely that its
// silence is worth something. For semgrep those count which this project's rules name, but
// for the narrow ones.
func Knows(checker string, l lang.Language, cwe check.CWE) bool {
	if checker != "semgrep" {
		return slices.Contains(knowledge[checker][l], cwe)
	}
	rules, err := semgrep.Config(l)
	if err != nil || slices.Contains(narrow, cwe) {
		return false // a language without rules
	}
	for _, m := range cweList.FindAllSubmatch(rules, -1) {
		for number := range strings.SplitSeq(string(m[1]), ",") {
			if n, err := strconv.Atoi(strings.TrimSpace(number)); err == nil && check.CWE(n) == cwe {
				return true
			}
		}
	}
	return false
}
