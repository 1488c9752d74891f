package importer

import (
	"cmp"
	"path"
	"regexp"
	"strings"
	"unicode"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/lang"
)

// Reasons for which a sound record makes no example.
const (
	skipLanguage  = "its language is none that seccoder knows"
	skipNoFix     = "it has no fixed code"
	skipNoBefore  = "it has no unfixed code, so it is no fix"
	skipUnchanged = "the fixed code is the unfixed code"
	skipNoCWE     = "it names no CWE (--cwe gives one)"
	skipNotFixed  = "it is marked as not vulnerable, so it is no fix"
	skipTest      = "it is test code"
	skipNoPair    = "no function is there before and after the fix and differs"
	skipTooMany   = "the fix changes more than 20 functions, so which of them mend the weakness is not known"
)

// maxFunctions bounds the functions that are taken from one commit. See skipTooMany.
const maxFunctions = 20

// A fix is what data sets say of a function before and after a fix.
type fix struct {
	before, after string
	language      lang.Language
	// path is the file's in its repository; it tells the language where that is empty.
	path               string
	title, note        string
	cwes               []codebase.CWE
	cve                string
	repository, commit string
	dataset            string
}

// A result is the part of a Record that a fix makes.
type result struct {
	example codebase.Example
	skipped string
	err     error
	// what names the fix within its record, or is empty.
	what string
}

// result turns a fix into an example, or says why it makes none.
func (in *input) result(f fix) result {
	r := result{what: f.title}
	if f.language == "" {
		f.language, _ = lang.FromPath(f.path)
	}
	if len(f.cwes) == 0 && in.CWE > 0 {
		f.cwes = []codebase.CWE{in.CWE}
	}
	switch {
	case f.language == "":
		r.skipped = skipLanguage
	case strings.TrimSpace(f.after) == "":
		r.skipped = skipNoFix
	case strings.TrimSpace(f.before) == "":
		r.skipped = skipNoBefore
	case sameCode(f.language, f.before, f.after):
		r.skipped = skipUnchanged
	case len(f.cwes) == 0:
		r.skipped = skipNoCWE
	case isTest(f.path):
		r.skipped = skipTest
	default:
		r.example = in.example(f)
		r.err = r.example.Validate()
	}
	return r
}

func (in *input) example(f fix) codebase.Example {
	e := codebase.Example{
		Code: f.after, Language: f.language, CWEs: f.cwes, Title: oneLine(f.title), Fix: oneLine(f.note), Insecure: f.before,
		Source: codebase.Source{
			Kind: "dataset", Dataset: f.dataset, Repository: f.repository, Commit: f.commit, Path: f.path, CVE: f.cve,
			Licence: cmp.Or(in.Licence, "NOASSERTION"), // no data set names the licences of its code
		},
		AdmittedAt: in.Now, AdmittedBy: in.By,
	}
	e.ID = e.Hash()
	return e
}

// sameCode reports whether two texts differ in layout and comments only.
func sameCode(l lang.Language, a, b string) bool {
	if a == b {
		return true
	}
	if surelyDiffers(l, a, b) {
		return false
	}
	return codebase.Fingerprint(codebase.Example{Language: l, Code: a}) == codebase.Fingerprint(codebase.Example{Language: l, Code: b})
}

// surelyDiffers finds most texts that differ in code without splitting them into
// tokens, which is dear: the lines that differ do so in more than blanks, and neither
// they nor what stands before them can have to do with a comment.
func surelyDiffers(l lang.Language, a, b string) bool {
	start := commonLines(a, b)
	before, a, b := a[:start], a[start:], b[start:]
	end := commonEnd(a, b)
	a, b = a[:len(a)-end], b[:len(b)-end]
	if l == lang.Python {
		if strings.Contains(a, "#") || strings.Contains(b, "#") {
			return false
		}
	} else {
		if strings.LastIndex(before, "/*") > strings.LastIndex(before, "*/") {
			return false
		}
		for _, mark := range []string{"/*", "*/", "//"} {
			if strings.Contains(a, mark) || strings.Contains(b, mark) {
				return false
			}
		}
	}
	return strings.Join(strings.Fields(a), "") != strings.Join(strings.Fields(b), "")
}

// commonLines is the length of the whole lines that two texts start with in common.
func commonLines(a, b string) int {
	i := 0
	for i < min(len(a), len(b)) && a[i] == b[i] {
		i++
	}
	return strings.LastIndexByte(a[:i], '\n') + 1
}

// commonEnd is the length of the whole lines that two texts end with in common.
func commonEnd(a, b string) int {
	i := 0
	for i < min(len(a), len(b)) && a[len(a)-1-i] == b[len(b)-1-i] {
		i++
	}
	newline := strings.IndexByte(a[len(a)-i:], '\n')
	if newline < 0 {
		return 0
	}
	return i - newline
}

// maxLine bounds a title, in characters.
const maxLine = 200

// oneLine makes a text that people are shown: its first line, without characters
// that steer a terminal, and not too long.
func oneLine(text string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(text), "\n")
	line = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r) || r == unicode.ReplacementChar || unicode.Is(unicode.Cf, r):
			return -1
		}
		return r
	}, line)
	runes := []rune(strings.Join(strings.Fields(line), " "))
	if len(runes) > maxLine {
		return strings.TrimSpace(string(runes[:maxLine-1])) + "…"
	}
	return string(runes)
}

// testPart is a folder or file of tests.
var testPart = regexp.MustCompile(`(?i)^(tests?|testing|__tests__|testdata|spec|specs)$|^test_|_tests?\.|\.(test|spec)\.|Tests?\.(java|kt)$|^test\.[a-z]+$`)

// isTest reports whether a path is of test code, which shows how code is called and
// seldom how it is made secure.
func isTest(file string) bool {
	for part := range strings.SplitSeq(file, "/") {
		if testPart.MatchString(part) {
			return true
		}
	}
	return false
}

var cweID = regexp.MustCompile(`(?i)\bCWE[-_ ]?0*([1-9][0-9]{0,4})\b`)

// cwesIn finds the CWE ids in texts such as "CWE-79", "['CWE-79', 'CWE-80']" and
// "NVD-CWE-noinfo", each once.
func cwesIn(texts ...string) []codebase.CWE {
	var found []codebase.CWE
	seen := map[codebase.CWE]bool{}
	for _, text := range texts {
		for _, m := range cweID.FindAllStringSubmatch(text, -1) {
			if cwe, err := codebase.ParseCWE(m[1]); err == nil && !seen[cwe] {
				seen[cwe] = true
				found = append(found, cwe)
			}
		}
	}
	return found
}

var cveID = regexp.MustCompile(`(?i)\bCVE-[0-9]{4}-[0-9]{4,}\b`)

// cveIn is the first CVE id in the texts, or "".
func cveIn(texts ...string) string {
	for _, text := range texts {
		if id := cveID.FindString(text); id != "" {
			return strings.ToUpper(id)
		}
	}
	return ""
}

// commitURL is a page of a commit: GitHub, GitLab, Bitbucket, cgit, gitweb.
var commitURL = regexp.MustCompile(`^(?:https?://)?([^\s?#]+?)(?:/-)?/commits?/([0-9a-fA-F]{7,64})\b`)

// splitCommit takes the repository and the commit out of a commit's URL, which may
// lack its scheme. Of another text both are empty.
func splitCommit(url string) (repository, commit string) {
	m := commitURL.FindStringSubmatch(strings.TrimSpace(url))
	if m == nil {
		return "", ""
	}
	return "https://" + m[1], strings.ToLower(m[2])
}

// cleanRepository drops what does not tell repositories apart.
func cleanRepository(url string) string {
	return strings.TrimSuffix(strings.TrimSuffix(strings.TrimSpace(url), "/"), ".git")
}

// cOrCPP tells C from C++ where a data set of both says neither: by the file's
// ending if there is one, else by what only C++ has.
func cOrCPP(file, code string) lang.Language {
	if l, ok := lang.FromPath(file); ok && path.Ext(file) != ".h" {
		return l
	}
	for _, t := range lang.Lex(lang.CPP, code) {
		if t.Kind == lang.Punct && t.Text == "::" || t.Kind == lang.Ident && onlyCPP[t.Text] {
			return lang.CPP
		}
	}
	return lang.C
}

var onlyCPP = map[string]bool{
	"nullptr": true, "template": true, "namespace": true, "static_cast": true, "reinterpret_cast": true, "dynamic_cast": true,
	"const_cast": true, "noexcept": true, "constexpr": true, "typename": true,
}

// texts is a JSON text or an array of texts; data sets use both for one thing, and
// null for none.
type texts []string

// UnmarshalJSONFrom takes a text, an array of texts or null.
func (t *texts) UnmarshalJSONFrom(in *jsontext.Decoder) error {
	if in.PeekKind() == '"' {
		*t = texts{""}
		return json.UnmarshalDecode(in, &(*t)[0])
	}
	return json.UnmarshalDecode(in, (*[]string)(t))
}

// flag is a JSON number, text or boolean that says yes or no: 1, "1", true.
type flag bool

// UnmarshalJSON takes a number, a text, a boolean or null.
func (f *flag) UnmarshalJSON(data []byte) error {
	*f = flag(isYes(strings.Trim(string(data), `"`)))
	return nil
}

// isYes reads the ways in which data sets write a yes.
func isYes(text string) bool {
	switch strings.ToLower(strings.TrimSpace(text)) {
	case "1", "1.0", "true", "t", "yes":
		return true
	}
	return false
}
