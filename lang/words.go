package lang

import "strings"

// Identifiers lists the identifiers of the source text in order, repeats
// included and keywords left out. What stands in comments and strings does not
// count.
func Identifiers(l Language, src string) []string {
	var names []string
	for _, t := range Lex(l, src) {
		if t.Kind == Ident && !IsKeyword(l, t.Text) {
			names = append(names, t.Text)
		}
	}
	return names
}

// Words lists, in lower case and in order, the identifiers of the source text
// and the words of its comments and strings: what retrieval by words compares.
// An identifier stays whole, whatever its case or underscores. Keywords of the
// code and single letters of comments and strings are left out.
func Words(l Language, src string) []string {
	var words []string
	for _, t := range Lex(l, src) {
		switch t.Kind {
		case Ident:
			if !IsKeyword(l, t.Text) {
				words = append(words, strings.ToLower(t.Text))
			}
		case Comment:
			words = appendProse(words, t.Text)
		case String:
			text := t.Text
			if i := strings.IndexAny(text, "\"'`/<"); i > 0 {
				text = text[i:] // drops the prefix
			}
			words = appendProse(words, text)
		}
	}
	return words
}

// appendProse appends the words of a comment's or string's text. A backslash
// hides the letter behind it.
func appendProse(words []string, text string) []string {
	for i := 0; i < len(text); {
		switch n := identLength(text[i:], false); {
		case n > 1:
			words = append(words, strings.ToLower(text[i:i+n]))
			i += n
		case text[i] == '\\':
			i += 2
		default:
			i += max(n, 1)
		}
	}
	return words
}

// IsKeyword reports whether the language keeps the word for itself.
func IsKeyword(l Language, word string) bool { return keywords[l][word] }

// keywords are the reserved words of each language, the names of C's and Java's
// primitive types included.
var keywords = map[Language]map[string]bool{
	Python: set(`False None True and as assert async await break class continue def del elif else except finally for
		from global if import in is lambda nonlocal not or pass raise return try while with yield`),
	C:   set(cKeywords),
	CPP: set(cKeywords + cppKeywords),
	Go: set(`break case chan const continue default defer else fallthrough for func go goto if import interface map
		package range return select struct switch type var`),
	JavaScript: set(jsKeywords),
	TypeScript: set(jsKeywords + ` abstract any boolean declare enum implements interface keyof namespace never number
		private protected public readonly string type unknown`),
	Java: set(`abstract assert boolean break byte case catch char class const continue default do double else enum
		extends final finally float for goto if implements import instanceof int interface long native new null package
		private protected public return short static strictfp super switch synchronized this throw throws transient
		true false try void volatile while`),
}

const (
	cKeywords = `auto break case char const continue default do double else enum extern float for goto if inline int long
		register restrict return short signed sizeof static struct switch typedef union unsigned void volatile while
		_Alignas _Alignof _Atomic _Bool _Generic _Noreturn _Static_assert _Thread_local`
	cppKeywords = ` alignas alignof bool catch char8_t char16_t char32_t class concept const_cast consteval constexpr
		constinit co_await co_return co_yield decltype delete dynamic_cast explicit export false friend mutable
		namespace new noexcept nullptr operator private protected public reinterpret_cast requires static_assert
		static_cast template this thread_local throw true try typeid typename using virtual wchar_t`
	jsKeywords = `async await break case catch class const continue debugger default delete do else export extends
		false finally for function if import in instanceof let new null of return static super switch this throw true
		try typeof undefined var void while with yield`
)

// set makes a set of the words in a text.
func set(text string) map[string]bool {
	s := map[string]bool{}
	for _, word := range strings.Fields(text) {
		s[word] = true
	}
	return s
}
