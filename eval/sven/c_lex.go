package sven

import (
	"strings"

	"github.com/seccoder/seccoder/lang"
)

// A cToken is a token of C with its line. Preprocessing is done: no directive is left.
type cToken struct {
	kind lang.Kind
	text string
	line int
	// from and to are its place in the source. What a macro stands for lies where the macro is used:
	// its first token has that from, its last one that to, and all else is nowhere.
	from, to int
}

// nowhere is the place of what is not written in the source.
const nowhere = -1

// cMostTokens bounds what is parsed: programs that complete a scenario have some hundred.
const cMostTokens = 50_000

// cTokens splits source into tokens, follows simple conditions, and replaces macros
// without parameters.
func cTokens(source string) []cToken {
	p := cPreprocessor{macros: map[string][]cToken{"__linux__": nil, "__GNUC__": nil, "__unix__": nil}}
	line := 1
	var logical []cToken
	for _, t := range lang.Lex(lang.C, source) {
		switch t.Kind {
		case lang.Newline:
			p.line(logical)
			logical = logical[:0]
		case lang.Space, lang.Comment:
		default:
			logical = append(logical, cToken{t.Kind, strings.ReplaceAll(t.Text, "\\\n", ""), line, t.Offset, t.Offset + len(t.Text)})
			// A shift comes in two tokens from package lang, which C++ templates want so.
			if n := len(logical); n > 1 && t.Offset > 0 && source[t.Offset-1] == t.Text[0] {
				if a, b := logical[n-2].text, t.Text; a == "<" && (b == "<" || b == "<=") || a == ">" && (b == ">" || b == ">=") {
					logical[n-2].text += b
					logical[n-2].to = logical[n-1].to
					logical = logical[:n-1]
				}
			}
		}
		line += strings.Count(t.Text, "\n")
		if len(p.out) > cMostTokens {
			break
		}
	}
	p.line(logical)
	return p.out
}

// A cPreprocessor takes lines of tokens.
type cPreprocessor struct {
	out    []cToken
	macros map[string][]cToken
	// skipped has an entry for each open condition: whether its lines are left out.
	skipped []bool
}

func (p *cPreprocessor) skipping() bool {
	for _, s := range p.skipped {
		if s {
			return true
		}
	}
	return false
}

// line takes one line.
func (p *cPreprocessor) line(tokens []cToken) {
	if len(tokens) == 0 {
		return
	}
	if tokens[0].kind != lang.Directive {
		if !p.skipping() {
			for _, t := range tokens {
				p.expand(t, 0)
			}
		}
		return
	}
	rest := tokens[1:]
	switch name := strings.TrimLeft(tokens[0].text, "# \t"); name {
	case "if", "ifdef", "ifndef":
		p.skipped = append(p.skipped, !p.holds(name, rest))
	case "elif", "else":
		if n := len(p.skipped); n > 0 {
			p.skipped[n-1] = !p.skipped[n-1] || name == "elif" && !p.holds("if", rest)
		}
	case "endif":
		if n := len(p.skipped); n > 0 {
			p.skipped = p.skipped[:n-1]
		}
	case "define":
		// A macro with parameters stays a call in the text.
		if len(rest) > 0 && !p.skipping() && (len(rest) < 2 || rest[1].text != "(" || rest[len(rest)-1].text == ")" && len(rest) < 5) {
			p.macros[rest[0].text] = append([]cToken{}, rest[1:]...)
		}
	case "undef":
		if len(rest) > 0 {
			delete(p.macros, rest[0].text)
		}
	}
}

// holds says whether the lines behind a condition count.
func (p *cPreprocessor) holds(directive string, rest []cToken) bool {
	if len(rest) == 0 {
		return false
	}
	not := directive == "ifndef"
	name := rest[0].text
	if directive == "if" {
		switch {
		case len(rest) == 1 && name == "0":
			return false
		case len(rest) > 1 && name == "!":
			not, rest = true, rest[1:]
		}
		if rest[0].text != "defined" || len(rest) < 2 {
			return true
		}
		name = strings.Trim(rest[1].text, "()")
		if name == "" && len(rest) > 2 {
			name = rest[2].text
		}
	}
	_, defined := p.macros[name]
	return defined != not
}

// expand puts a token out, or what its macro stands for.
func (p *cPreprocessor) expand(t cToken, depth int) {
	body, ok := p.macros[t.text]
	if t.kind != lang.Ident || !ok || depth > 10 || len(p.out) > cMostTokens {
		p.out = append(p.out, t)
		return
	}
	for i, b := range body {
		b.line, b.from, b.to = t.line, nowhere, nowhere
		if i == 0 {
			b.from = t.from
		}
		if i == len(body)-1 {
			b.to = t.to
		}
		if b.text == t.text {
			p.out = append(p.out, b)
			continue
		}
		p.expand(b, depth+1)
	}
}
