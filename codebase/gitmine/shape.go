package gitmine

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/lang"
)

// A difference is what a commit did to a function, by its lines and tokens.
type difference struct {
	// added and removed are lines of code of one version that the other has not.
	added, removed []string
	// plus and minus count the tokens of those lines that the other's have not.
	plus, minus map[string]int
}

func differenceOf(l lang.Language, p pair) difference {
	d := difference{added: missing(p.after, p.before), removed: missing(p.before, p.after)}
	d.plus, d.minus = counts(l, d.added), counts(l, d.removed)
	for token, n := range d.plus {
		both := min(n, d.minus[token])
		less(d.plus, token, both)
		less(d.minus, token, both)
	}
	return d
}

func less(m map[string]int, token string, by int) {
	if m[token] -= by; m[token] <= 0 {
		delete(m, token)
	}
}

// missing are the lines that others have not, as often.
func missing(lines, others []string) []string {
	left := map[string]int{}
	for _, line := range others {
		left[line]++
	}
	var gone []string
	for _, line := range lines {
		if left[line] > 0 {
			left[line]--
			continue
		}
		gone = append(gone, line)
	}
	return gone
}

// counts counts the tokens of lines; one string is like another.
func counts(l lang.Language, lines []string) map[string]int {
	m := map[string]int{}
	for _, t := range lang.Lex(l, strings.Join(lines, "\n")) {
		switch {
		case !isCode(t):
		case t.Kind == lang.String:
			m[`""`]++
		default:
			m[t.Text]++
		}
	}
	return m
}

// A sign is something in a change that fixes often do.
type sign struct {
	text  string
	score float64
	cwe   codebase.CWE
	// plus is what new tokens look like, minus what removed ones do. Where both are given
	// both are needed.
	plus, minus *regexp.Regexp
}

func tokens(pattern string) *regexp.Regexp {
	return regexp.MustCompile("^(?:" + strings.Join(strings.Fields(pattern), "|") + ")$")
}

// signs are looked for in the tokens of a change.
var signs = []sign{
	{"a condition is new", 1.5, 0, tokens(`if elif unless assert switch while \?`), nil},
	{"a comparison is new", 1, 0, tokens(`< > <= >=`), nil},
	{"a condition is stricter", 1, 0, tokens(`&& \|\| and or not ! == != === !==`), nil},
	{"an early end is new", 1, 0, tokens(`return raise throw goto break continue panic abort exit die Error`), nil},
	{"a limit is new", 1, 0, tokens(`[A-Za-z_]*(?:MAX|Max|_max|LIMIT|Limit|_limit|SIZE)[A-Za-z_0-9]* sizeof size_t len strlen size length min max limit capacity`), nil},
	{"a largest number is compared with", 1, 190, tokens(`SIZE_MAX U?INT(?:8|16|32|64)?_MAX U?LONG_MAX SSIZE_MAX numeric_limits MaxInt(?:32|64)? MAX_SAFE_INTEGER Safe(?:add|mul) __builtin_(?:add|mul|sub)_overflow(?:_p)?`), nil},
	{"an absent value is considered", 0.5, 0, tokens(`NULL nullptr None nil null undefined`), nil},
	{"memory is let go of", 0.5, 0, tokens(`free delete unref release [a-z_]*_free [a-z_]*_unref`), nil},
	{"a lock is taken", 0.5, 362, tokens(`[a-zA-Z_]*(?:lock|Lock|mutex|Mutex)[a-zA-Z_]*`), nil},
	{"a bounded call is in the place of an unbounded one", 3, 787, tokens(`snprintf vsnprintf strlcpy strlcat strncpy strncat strcpy_s fgets memcpy_s`), tokens(`sprintf vsprintf strcpy strcat gets memcpy strncpy`)},
	{"text is escaped or cleaned", 2, 0, tokens(`[A-Za-z_]*(?:escape|Escape|sanitize|Sanitize|sanitise|quote|Quote|encodeURI|htmlspecialchars|DOMPurify|bleach|textContent|markup|Markup)[A-Za-z_]*`), nil},
	{"a path is resolved or contained", 2, 22, tokens(`realpath abspath commonpath commonprefix normpath safe_join is_relative_to filepath resolve normalize Clean IsLocal EvalSymlinks securejoin startsWith startswith HasPrefix isAbsolute basename`), nil},
	{"secrets are compared in constant time", 3, 208, tokens(`compare_digest ConstantTimeCompare timingSafeEqual safe_str_cmp CRYPTO_memcmp constant_time[a-z_]*`), nil},
	{"a safe loader is used", 3, 502, tokens(`safe_load SafeLoader defusedxml safeLoad literal_eval`), nil},
	{"random numbers are made for secrets", 2, 330, tokens(`secrets SystemRandom urandom getrandom arc4random[a-z_]* randomBytes getRandomValues`), nil},
	{"a program is run without a shell", 2, 78, tokens(`execFile spawn shlex execve execv subprocess`), tokens(`system popen exec shell`)},
	{"a prototype is kept apart", 2, 1321, tokens(`hasOwnProperty hasOwn __proto__ prototype defineProperty`), nil},
	{"a wider or unsigned type is used", 1, 190, tokens(`size_t unsigned uint(?:32|64)_t int64_t long u?int64 uint ssize_t ptrdiff_t`), tokens(`int long unsigned short u?int32(?:_t)? size_t`)},
	{"a check is called", 1, 0, tokens(`[A-Za-z_]*(?:check|Check|valid|Valid|verify|Verify|allowed|Allowed|enforce|Enforce|assert|Assert|ensure|Ensure|safe|Safe|Permission|permission|reject|Reject)[A-Za-z_0-9]*`), nil},
	{"memory is cleared", 1, 0, tokens(`memset calloc bzero explicit_bzero secure_zero[a-z]*`), nil},
	{"a header is taken away", 1.5, 200, tokens(`remove_headers_on_redirect strip_auth`), nil},
}

// largeChange is from how many lines on a change says less about a fix.
const largeChange = 80

// signsOf lists what a change does that fixes do.
func signsOf(d difference) []Evidence {
	var found []Evidence
	for _, s := range signs {
		plus, minus := firstToken(d.plus, s.plus), ""
		if s.minus != nil {
			if minus = firstToken(d.minus, s.minus); minus == "" {
				continue
			}
		}
		if plus == "" {
			continue
		}
		text := s.text + ": " + plus
		if minus != "" {
			text += " for " + minus
		}
		found = append(found, Evidence{Kind: "change", Text: text, Score: s.score, CWE: s.cwe})
	}
	if len(found) > 0 && len(d.added)+len(d.removed) > largeChange {
		found = append(found, Evidence{Kind: "change", Text: fmt.Sprintf("%d lines changed", len(d.added)+len(d.removed)), Score: -2})
	}
	return found
}

// firstToken is the first token, in the order of the alphabet, that matches.
func firstToken(m map[string]int, pattern *regexp.Regexp) string {
	best := ""
	for token := range m {
		if (best == "" || token < best) && pattern.MatchString(token) {
			best = token
		}
	}
	return best
}

// sum adds scores up.
func sum(evidence []Evidence) float64 {
	total := 0.0
	for _, e := range evidence {
		total += e.Score
	}
	return total
}

// typeName is a type whose name is no keyword everywhere.
var typeName = regexp.MustCompile(`^(?:u?int(?:8|16|32|64)?(?:_t)?|s?size_t|[a-z]+_t|float(?:32|64)|byte|rune|string|bool)$`)

// layoutOnly says why a change does nothing, or "": it only has other texts, or other
// names.
func layoutOnly(l lang.Language, p pair, d difference) string {
	if len(d.added) == 0 && len(d.removed) == 0 {
		if slices.Equal(p.before, p.after) {
			return "only its layout changed"
		}
		return ""
	}
	old, now := codeTokens(l, p.insecure), codeTokens(l, p.code)
	if len(old) != len(now) {
		return ""
	}
	names, texts := map[string]string{}, false
	for i := range old {
		a, b := old[i], now[i]
		switch {
		case a.Text == b.Text:
		case a.Kind != b.Kind:
			return ""
		case a.Kind == lang.String:
			texts = true
		case typeName.MatchString(a.Text) || typeName.MatchString(b.Text):
			return "" // another type is no other name
		case a.Kind == lang.Ident && !lang.IsKeyword(l, a.Text) && !lang.IsKeyword(l, b.Text) && (names[a.Text] == "" || names[a.Text] == b.Text):
			names[a.Text] = b.Text
		default:
			return ""
		}
	}
	for from := range names {
		if slices.ContainsFunc(now, func(t lang.Token) bool { return t.Text == from }) {
			return "" // not every use was renamed: another thing is used
		}
	}
	switch {
	case len(names) > 0 && len(signsOf(d)) == 0:
		return "only names changed"
	case texts && len(names) == 0 && len(d.plus) == 0:
		return "only texts changed"
	}
	return ""
}

func codeTokens(l lang.Language, code string) []lang.Token {
	return slices.DeleteFunc(lang.Lex(l, code), func(t lang.Token) bool { return !isCode(t) })
}
