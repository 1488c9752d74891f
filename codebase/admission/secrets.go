package admission

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strings"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/lang"
)

// A secretForm is a kind of credential that is known by its looks.
type secretForm struct {
	name string
	form form
}

var secretForms = []secretForm{
	{"a private key", newForm(`-----BEGIN [A-Z ]*PRIVATE KEY(?: BLOCK)?-----`)},
	{"an AWS access key", newForm(`\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}\b`)},
	{"a GitHub token", newForm(`\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{50,})`)},
	{"a GitLab token", newForm(`\bgl(?:pat|dt|rt|cbt|ptt)-[A-Za-z0-9_-]{20,}`)},
	{"a Slack token", newForm(`\bxox[abeoprs]-[A-Za-z0-9-]{10,}|hooks\.slack\.com/services/T[A-Za-z0-9_/]{20,}`)},
	{"a Google API key", newForm(`\bAIza[A-Za-z0-9_-]{35}\b`)},
	{"a Stripe key", newForm(`\b[rs]k_live_[A-Za-z0-9]{16,}`)},
	{"an npm token", newForm(`\bnpm_[A-Za-z0-9]{36}\b`)},
	{"a PyPI token", newForm(`\bpypi-AgE[A-Za-z0-9_-]{50,}`)},
	{"an API key of a model's host", newForm(`\bsk-(?:ant-|proj-|or-)?[A-Za-z0-9_-]{32,}`)},
	{"a SendGrid key", newForm(`\bSG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{32,}`)},
	{"a Telegram bot's token", newForm(`\b[0-9]{8,10}:AA[A-Za-z0-9_-]{32,33}\b`)},
	{"a JSON web token", newForm(`\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{20,}`)},
	{"a password in a URL", newForm(`[a-z][a-z0-9+.-]*://[^\s/:@"'{}<>$%]+:[^\s/:@"'{}<>$%*]{3,}@[\w.-]+`)},
}

// secretWords are the words of secretForms, and secretNames what each form of theirs finds.
var secretWords, secretNames = func() (*vocabulary, map[*form]string) {
	var forms []*form
	names := map[*form]string{}
	for i := range secretForms {
		forms = append(forms, &secretForms[i].form)
		names[&secretForms[i].form] = secretForms[i].name
	}
	return newVocabulary(forms...), names
}()

// foldedWords are the words of the forms that are asked of all code and for which cases do not count.
var foldedWords = newVocabulary(&modelToken, &secretName)

// shortestKey is the least length of what keyRun matches, in bytes.
const shortestKey = 32

var (
	// secretName matches a name that a secret is given to, and the literal.
	secretName = newForm(`(?i)([a-z_]*(?:passw(?:or)?d|passwd|pwd|secret|api_?key|access_?key|auth_?token|access_?token|private_?key|credential)s?(?:[a-z_]*))["']?\]?\s*(?::=|[:=]|=>)\s*(?:[a-z&*. ]+=\s*)?[rbuf]?["'\x60]([^"'\x60\s]{6,})["'\x60]`)
	// placeholder matches literals that stand for a secret and are none.
	placeholder = regexp.MustCompile(`(?i)example|change_?-?me|your|placeholder|dummy|sample|secret$|^password|passw(or)?d$|test|xxx|\*\*\*|\.\.\.|<[^>]*>|\$\{|\{\{|%s|%\(|\{[a-z_]*\}|^[a-z_.-]+$|^[A-Z_]+$`)
	// keyRun matches a run of characters as keys are made of.
	keyRun = regexp.MustCompile(`[A-Za-z0-9+/_=-]{32,}`)
	hexed  = regexp.MustCompile(`^(?i)[0-9a-f-]+$`)
)

// written are the weaknesses of code that holds a credential.
var written = []codebase.CWE{259, 321, 798}

// judgeSecrets rejects code, or its twin, that holds what looks like somebody's
// credential. A twin whose weakness is to hold one may: it is never shown.
func judgeSecrets(c *Candidate) codebase.Outcome {
	codes := []*searched{&c.searched}
	if !slices.ContainsFunc(c.CWEs, func(cwe codebase.CWE) bool { return slices.Contains(written, cwe) }) {
		codes = append(codes, &searched{text: c.Insecure})
	}
	for _, code := range codes {
		if why := secretIn(code); why != "" {
			return rejects("%s", why)
		}
	}
	for t := range c.texts() {
		if t.Kind != lang.String || len(t.Text) < shortestKey {
			continue
		}
		for _, at := range keyRun.FindAllStringIndex(t.Text, -1) {
			if randomLooking(t.Text[at[0]:at[1]]) {
				return rejects("line %d holds %d characters that look like a key", lineOf(c.Code, t.Offset+at[0]), at[1]-at[0])
			}
		}
	}
	return accepts("")
}

// secretIn says what secret stands in the code, or "".
func secretIn(code *searched) string {
	for _, f := range secretWords.possible(code.text) {
		if at := f.FindStringIndex(code.text); at != nil && !obviousExample(code.text[at[0]:at[1]]) {
			return fmt.Sprintf("line %d holds %s", lineOf(code.text, at[0]), secretNames[f])
		}
	}
	if !code.mayMatch(&secretName) || !assignsNamed(code.lower(), secretName.words) {
		return ""
	}
	for _, m := range secretName.FindAllStringSubmatchIndex(code.text, -1) {
		name, value := code.text[m[2]:m[3]], code.text[m[4]:m[5]]
		if !placeholder.MatchString(value) && entropy(value) >= 2.5 {
			return fmt.Sprintf("line %d gives %s a value that looks like a secret", lineOf(code.text, m[0]), name)
		}
	}
	return ""
}

// assignsNamed reports whether a value is given to a name that holds one of the words, as
// secretName wants it. Code that asks for a password is common, and the expression slow.
func assignsNamed(text string, words []string) bool {
	for _, word := range words {
		for at := strings.Index(text, word); at >= 0; {
			rest := strings.TrimLeft(text[at+len(word):], "abcdefghijklmnopqrstuvwxyz_")
			rest = strings.TrimPrefix(strings.TrimLeft(rest, `"'`), "]")
			if rest = strings.TrimLeft(rest, " \t\n\r\f"); rest != "" && (rest[0] == ':' || rest[0] == '=') {
				return true
			}
			next := strings.Index(text[at+1:], word)
			if next < 0 {
				break
			}
			at += 1 + next
		}
	}
	return false
}

// obviousExample knows the credentials that documentation is written with.
func obviousExample(text string) bool {
	lower := strings.ToLower(text)
	for _, word := range []string{"example", "user:pass", "username:password", "user:secret", ":password@", "localhost"} {
		if strings.Contains(lower, word) {
			return true
		}
	}
	return false
}

// randomLooking reports whether a run of characters is as mixed as a key: it has
// letters of both cases and digits, or is no hash in hex, and few characters that
// follow each other in the alphabet.
func randomLooking(text string) bool {
	if hexed.MatchString(text) || strings.Count(text, "/")+strings.Count(text, "-")+strings.Count(text, "_") > len(text)/8 {
		return false // a digest, a path or a name of many words
	}
	upper, lower, digit, following := 0, 0, 0, 0
	for i := range len(text) {
		switch c := text[i]; {
		case c >= 'A' && c <= 'Z':
			upper++
		case c >= 'a' && c <= 'z':
			lower++
		case c >= '0' && c <= '9':
			digit++
		}
		if i > 0 && text[i] == text[i-1]+1 {
			following++
		}
	}
	return upper >= 4 && lower >= 4 && digit >= 3 && following <= len(text)/4 && entropy(text) >= 4.2
}

// entropy is Shannon's, in bits for each byte of the text.
func entropy(text string) float64 {
	var counts [256]float64
	for i := range len(text) {
		counts[text[i]]++
	}
	bits := 0.0
	for _, n := range counts {
		if n > 0 {
			p := n / float64(len(text))
			bits -= p * math.Log2(p)
		}
	}
	return bits
}
