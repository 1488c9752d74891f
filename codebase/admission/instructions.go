package admission

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/lang"
)

// An address is a way in which text speaks to a model instead of a programmer.
type address struct {
	name string
	form form
}

// Parts of the forms below.
const (
	model    = `(?:ai|a\.i\.|llms?|language models?|code models?|models?|assistants?|copilots?|chat ?bots?|chatgpt|gpt(?:-?\d\S*)?|claude|gemini|codex|cursor|agents?|(?:code|text) generators?|coding assistants?|autocomplete|completion engine)`
	earlier  = `(?:previous|prior|above|earlier|preceding|foregoing|former|existing|original|other|system|initial|safety|security)`
	orders   = `(?:instructions?|rules?|prompts?|guidelines?|guidance|directions?|directives?|constraints?|context|messages?|policy|policies|examples?)`
	weaklyIn = `(?:shell ?= ?true|eval\b|exec\b|strcpy|strcat|gets\b|sprintf|os\.system|yaml\.load\b|pickle|md5|sha-?1\b|verify ?= ?false|innerhtml|string (?:concatenation|formatting)|f-strings?|concatenat\w+)`
)

var addresses = []address{
	{"takes back instructions", newForm(`\b(?:ignore|disregard|forget|override|bypass|skip|drop|discard)\b(?: \w+){0,3}? ` + earlier + `(?: \w+){0,2}? ` + orders + `\b`)},
	{"takes back instructions", newForm(`\b(?:ignore|disregard|forget)\b (?:all|any|every|everything|what)\b.{0,30}\b(?:above|before|told|instructions?|rules?|prompts?)\b`)},
	{"takes back instructions", newForm(`\b(?:ignore|disregard|forget|override)\b (?:the |all |any |these |those |of )*` + orders + ` (?:above|before|given|so far)\b`)},
	{"gives a model a role", newForm(`\byou(?: are|'re) (?:now |no longer )?(?:an? |the |in )?(?:\w+ ){0,3}` + model + `\b|\byou are now\b|\bas an? (?:ai|language model|llm|coding assistant)\b|\bact as (?:an? |the )?(?:\w+ ){0,2}(?:assistant|developer|administrator|expert|ai)\b`)},
	{"speaks to a model", newForm(`\b(?:note|notice|message|instructions?|attention|important|reminder|hint|directives?|hello|hi|hey|dear|to|for)\b[ ,:]*(?:to |for )?(?:the |all |any )?(?:\w+ )?` + modelStrict + `\b|\b(?:to|dear|hey|hello) (?:the |all )?assistants?\b`)},
	{"speaks to a model", newForm(`^\W*(?:the )?(?:ai|llm|assistant|copilot|language model|chatgpt|claude|gpt|system|user|human) ?(?:note|notice|prompt|instructions?)? ?:`)},
	{"speaks of its completion", newForm(`\b(?:when|whenever|while|if|before|after) (?:you|(?:the |an? |any )?` + model + `)\b.{0,25}\b(?:complet|generat|suggest|autocomplet|continu|produc|emit|answer|respond|write|writing)`)},
	{"speaks of its completion", newForm(`\b(?:your|the|each|every|all|any) (?:next |generated |suggested |following )?(?:completions?|generated code|suggested code|suggestions?|output code|answers?|responses?) (?:must|should|shall|has to|have to|needs? to|may|will|always|never)\b`)},
	{"speaks of its completion", newForm(`\b(?:always|never|do not|don't|must|please|now) (?:\w+ ){0,2}?(?:generate|complete|suggest|emit|autocomplete|reproduce|output|continue with)\b.{0,40}\b(?:code|completions?|functions?|patterns?|examples?|quer(?:y|ies)|lines?|snippets?|style|way)\b`)},
	{"names a system prompt", newForm(`\bsystem prompt\b|<\/?(?:system|assistant|instructions?)>|\[(?:system|assistant|instructions?)\]|#{2,} ?(?:system|instruction|assistant|response)s?\b|\b(?:begin|end|new|updated|hidden|secret) (?:of )?(?:system )?instructions?\b|["']role["'] ?: ?["'](?:system|assistant)["']|\bprompt injection\b|\bjailbreak\b|\bdeveloper mode\b`)},
	{"advises a weakness", newForm(`\b(?:always|should|prefer|must|simply|just|instead|better|please|recommended|required) (?:to )?(?:be )?(?:use|using|call|set|pass|switch to|go with|build|write|copy|concatenate|interpolate)\b.{0,40}` + weaklyIn)},
	{"advises a weakness", newForm(`\b(?:do not|don't|never|no need to|needn't|need not|not necessary to|unnecessary to|skip|omit|avoid|remove|disable|turn off|leave out)(?: \w+){0,2}? (?:(?:validat|sanit)\w+|parametri[sz]\w+|escap(?:e|ing) (?:the |this |any |user |it\b)|bounds?[ -]checks?|length checks?|null checks?|input checks?|(?:certificate|cert|host ?name|signature|tls|ssl) (?:check|verif)\w*|authenti\w+|security checks?|safety checks?)`)},
	{"says in another language that instructions do not count", newForm(`忽略.{0,12}(?:指令|提示|指示|规则)|무시.{0,12}(?:지시|명령)|(?:以前|上記|前)の(?:指示|命令).{0,8}無視|ignorier\w* .{0,30}(?:anweisung|regel|vorgabe)|ignore[rz]? .{0,30}(?:consignes|les instructions)|ignor[ae]\w* .{0,30}(?:instrucci[oó]n|instruç|istruzion)|игнорируй\w* .{0,30}(?:инструкц|указан)`)},
}

// modelStrict leaves out of model the words that programmers use of other things.
const modelStrict = `(?:ai|llms?|language models?|code models?|coding assistants?|ai (?:models?|assistants?|agents?|tools?)|copilots?|chatgpt|claude|codex|(?:code|text) generators?|autocomplete|completion engine)`

// judgeInstructions rejects text that is addressed to a model, or that advises a
// weakness: in comments, strings, names, and what is said about the example. It goes
// by forms of words, and a text that avoids them all passes (docs/admission.md has the
// shares).
func judgeInstructions(c *Candidate) codebase.Outcome {
	words, names := spoken(c)
	for _, text := range words {
		for _, read := range [...]string{text, unspaced(text), unleeted(text)} {
			if why := addressed(read); why != "" {
				return rejects("it %s", why)
			}
		}
	}
	if why := addressed(names); why != "" {
		return rejects("it %s", why)
	}
	return accepts("")
}

// addressed says how a text speaks to a model, or "".
func addressed(text string) string {
	for _, f := range addressWords.possible(text) {
		if at := f.FindStringIndex(text); at != nil {
			return fmt.Sprintf("%s: %q", addressNames[f], text[at[0]:at[1]])
		}
	}
	return ""
}

// addressWords are the words of addresses, and addressNames what each form of theirs is
// called.
var addressWords, addressNames = func() (*vocabulary, map[*form]string) {
	var forms []*form
	names := map[*form]string{}
	for i := range addresses {
		forms = append(forms, &addresses[i].form)
		names[&addresses[i].form] = addresses[i].name
	}
	return newVocabulary(forms...), names
}()

// spoken are the texts of an example that a model would read as words, in lower case,
// with one space between words: neighbouring comments are one text. The words of long
// names are one more.
func spoken(c *Candidate) (words []string, names string) {
	all := []string{plainWords(c.Title), plainWords(c.Fix)}
	var comments strings.Builder
	var long strings.Builder
	for _, t := range c.tokens() {
		switch t.Kind {
		case lang.Comment:
			comments.WriteString(strings.Trim(t.Text, "/*#!- \t"))
			comments.WriteByte(' ')
			all = append(all, plainWords(strings.Trim(t.Text, "/*#! \t")))
		case lang.String:
			text := strings.Trim(t.Text, "rbfuRBFU\"'`")
			if strings.IndexByte(text, '\\') >= 0 {
				text = escapedSpace.Replace(text)
			}
			all = append(all, plainWords(text))
		case lang.Ident:
			if strings.Count(t.Text, "_") >= 2 || len(t.Text) > 20 {
				writeSplit(&long, t.Text)
				long.WriteString(" . ")
			}
		}
	}
	return append(all, plainWords(comments.String())), plainWords(long.String())
}

var (
	escapedSpace = strings.NewReplacer(`\n`, " ", `\t`, " ")
	typographic  = strings.NewReplacer("’", "'", "‘", "'", "“", `"`, "”", `"`, "\u00a0", " ", "‐", "-", "–", "-")
	leet         = strings.NewReplacer("0", "o", "1", "i", "3", "e", "4", "a", "5", "s", "7", "t", "@", "a", "$", "s")
)

// plainWords makes white space, line markers of comments and typographic quotes one.
func plainWords(text string) string {
	text = strings.ToLower(text)
	if !isASCII(text) {
		text = typographic.Replace(text)
	}
	const markers = " \t*#/|>"
	if strings.IndexByte(text, '\n') < 0 {
		text = strings.TrimLeft(text, markers)
	} else {
		lines := strings.Split(text, "\n")
		for i, line := range lines {
			lines[i] = strings.TrimLeft(line, markers)
		}
		text = strings.Join(lines, " ")
	}
	if text = strings.TrimRight(text, " "); singleSpaced(text) {
		return text
	}
	return strings.Join(strings.Fields(text), " ")
}

// singleSpaced reports whether a text is of ASCII and has no white space but single spaces
// between words.
func singleSpaced(text string) bool {
	space := true
	for i := range len(text) {
		c := text[i]
		if c >= utf8.RuneSelf || c >= '\t' && c <= '\r' || c == ' ' && space {
			return false
		}
		space = c == ' '
	}
	return !space || text == ""
}

// writeSplit writes an identifier with its words apart.
func writeSplit(b *strings.Builder, name string) {
	for i, r := range name {
		switch {
		case r == '_':
			b.WriteByte(' ')
		case unicode.IsUpper(r) && i > 0:
			b.WriteByte(' ')
			b.WriteRune(r)
		default:
			b.WriteRune(r)
		}
	}
}

var spacedOut = regexp.MustCompile(`(?:\b\pL[ ._-]){4,}\pL\b`)

// unspaced joins letters that stand alone, as in "i g n o r e"; two spaces or more part words.
func unspaced(text string) string {
	if !lettersAlone(text) || !spacedOut.MatchString(text) {
		return ""
	}
	return spacedOut.ReplaceAllStringFunc(text, func(run string) string {
		return strings.NewReplacer(" ", "", ".", "", "_", "", "-", "").Replace(run)
	})
}

// lettersAlone finds what spacedOut may match: four letters in a row with one sign between
// each and the next.
func lettersAlone(text string) bool {
	run, letter := 0, false
	for _, r := range text {
		switch {
		case unicode.IsLetter(r) && !letter:
			letter = true
		case letter && (r == ' ' || r == '.' || r == '_' || r == '-'):
			if run++; run == 4 {
				return true
			}
			letter = false
		default:
			run, letter = 0, unicode.IsLetter(r)
		}
	}
	return false
}

// unleeted reads digits and signs that stand for letters.
func unleeted(text string) string {
	if !strings.ContainsAny(text, "013457@$") {
		return ""
	}
	return leet.Replace(text)
}
