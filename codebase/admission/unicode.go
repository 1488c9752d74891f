package admission

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/lang"
)

// judgeUnicode rejects text that shows a person something else than it says to a
// compiler or a model: characters that reorder or hide text ("Trojan Source",
// CVE-2021-42574), and letters of one script that pass for those of another
// (CVE-2021-42694).
func judgeUnicode(c *Candidate) codebase.Outcome {
	for _, part := range []struct{ name, text string }{
		{"code", c.Code}, {"insecure code", c.Insecure}, {"title", c.Title}, {"fix", c.Fix},
	} {
		if at, what := hiddenCharacter(part.text); what != "" {
			return rejects("its %s has %s in line %d", part.name, what, lineOf(part.text, at))
		}
	}
	if !isASCII(c.Code) {
		for _, t := range c.tokens() {
			if what := deceptive(t); what != "" {
				return rejects("line %d: %s", lineOf(c.Code, t.Offset), what)
			}
		}
	}
	for _, text := range []string{c.Title, c.Fix} {
		if word, _ := mixedWord(text); word != "" {
			return rejects("the word %q mixes letters that look alike", word)
		}
	}
	return accepts("")
}

// hiddenCharacter finds the first character without a shape, and names it.
func hiddenCharacter(text string) (at int, what string) {
	plain := plainLength(text)
	for i, r := range text[plain:] {
		at := plain + i
		switch {
		case r < utf8.RuneSelf && r >= ' ' && r != 0x7f, r == '\n', r == '\t', r == '\f':
		case r == '\r':
			if !strings.HasPrefix(text[at:], "\r\n") {
				return at, "a carriage return that ends no line"
			}
		case unicode.Is(unicode.Bidi_Control, r):
			return at, fmt.Sprintf("the bidirectional control %U, which changes the order in which text is shown", r)
		case unicode.IsControl(r):
			return at, fmt.Sprintf("the control character %U", r)
		case r == '\u2028' || r == '\u2029':
			return at, fmt.Sprintf("the line separator %U, which only some see", r)
		case invisible(r):
			return at, fmt.Sprintf("the invisible character %U", r)
		case unicode.Is(unicode.Co, r):
			return at, fmt.Sprintf("%U, a character of private use", r)
		}
	}
	return 0, ""
}

// plainLength measures what a text begins with of which every character has a shape, by
// bytes: of most code, all.
func plainLength(text string) int {
	for i := range len(text) {
		if c := text[i]; (c < ' ' || c >= 0x7f) && c != '\n' && c != '\t' && c != '\f' {
			return i
		}
	}
	return len(text)
}

// invisible reports whether a character has no shape of its own.
func invisible(r rune) bool {
	return unicode.In(r, unicode.Cf, unicode.Variation_Selector, unicode.Other_Default_Ignorable_Code_Point) ||
		r == '\u115f' || r == '\u1160' || r == '\u3164' || r == '\uffa0' || r == '\u2800' // blanks that count as letters or signs
}

// deceptive says what is wrong with a token beyond ASCII, or "".
func deceptive(t lang.Token) string {
	if isASCII(t.Text) {
		return ""
	}
	switch t.Kind {
	case lang.Comment, lang.String:
		if word, r := mixedWord(t.Text); word != "" {
			return fmt.Sprintf("the word %q has %U among letters that look like it", word, r)
		}
	case lang.Ident, lang.Directive:
		return deceptiveName(t.Text)
	default:
		for _, r := range t.Text {
			if r >= utf8.RuneSelf {
				return fmt.Sprintf("%U stands outside of strings and comments", r)
			}
		}
	}
	return ""
}

// deceptiveName says what is wrong with an identifier beyond ASCII.
func deceptiveName(name string) string {
	allAlike := true
	for _, r := range name {
		if compatibility(r) {
			return fmt.Sprintf("the name %q has %U, which some languages take for an ASCII letter", name, r)
		}
		allAlike = allAlike && (r < utf8.RuneSelf || likeASCII(r))
	}
	if word, r := mixedWord(name); word != "" {
		return fmt.Sprintf("the name %q has %U among letters that look like it", name, r)
	}
	if allAlike {
		return fmt.Sprintf("the name %q looks like one of ASCII letters and is none", name)
	}
	return ""
}

// mixedWord finds a word in which a letter that looks like a Latin one stands beside
// Latin letters.
func mixedWord(text string) (word string, alike rune) {
	if isASCII(text) {
		return "", 0
	}
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) }) {
		latin := false
		alike := rune(0)
		for _, r := range word {
			latin = latin || unicode.Is(unicode.Latin, r)
			if likeASCII(r) {
				alike = r
			}
		}
		if latin && alike != 0 {
			return word, alike
		}
	}
	return "", 0
}

// alike are letters of other scripts that look like ASCII ones in common fonts
// (Unicode Technical Standard 39, confusables).
const alike = "АВЕЅІЈКМНОРСТУХҮԌԚԜаеоԁһіјӏкрсѕтухүԛԝѵց" + // Cyrillic, one Armenian
	"ΑΒΕΖΗΙΚΜΝΟΡΤΥΧαγικνορυχϲϳ" + // Greek
	"օսոհցքԼՏՕ" + // Armenian
	"ᎪᏴᏟᎬᏀᎻᎥᎫᏦᏞᎷᏢᎡᏚᎢᏙᎳᏃ" // Cherokee

// likeASCII reports whether a letter passes for an ASCII letter.
func likeASCII(r rune) bool {
	return r >= utf8.RuneSelf && (strings.ContainsRune(alike, r) || compatibility(r))
}

// compatibility reports whether a letter is a form of an ASCII one that NFKC makes that
// letter, as Python does with identifiers: full width, mathematical, letter-like,
// small and raised forms.
func compatibility(r rune) bool {
	return unicode.IsLetter(r) && (r >= 0xff21 && r <= 0xff5a || r >= 0x1d400 && r <= 0x1d7ff || r >= 0x2100 && r <= 0x214f ||
		r == 'ª' || r == 'º' || r == 'ſ' || r >= 0x1d2c && r <= 0x1d6a || r >= 0x2071 && r <= 0x209c)
}

func isASCII(text string) bool {
	for i := range len(text) {
		if text[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
