package lang

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A Kind says what a token is.
type Kind uint8

// The kinds of tokens.
const (
	// Space is a run of blanks, line splices (a backslash before a line ending) included.
	Space Kind = iota
	// Newline is one line ending, "\n" or "\r\n".
	Newline
	// Comment is a whole comment; a line comment is without its line ending.
	Comment
	// String is a string, character, template or regular expression literal with
	// its prefix and quotes, or the name of a header behind #include.
	String
	Number
	// Ident is an identifier or a keyword.
	Ident
	// Punct is an operator, a bracket, or text that is nothing else.
	Punct
	// Directive is a C preprocessor directive's name, as "#define". The rest of its
	// line follows as ordinary tokens.
	Directive
)

// String gives the kind's name.
func (k Kind) String() string {
	names := [...]string{"space", "newline", "comment", "string", "number", "ident", "punct", "directive"}
	if int(k) < len(names) {
		return names[k]
	}
	return "unknown"
}

// A Token is a piece of source text. Offset is where it starts, in bytes.
type Token struct {
	Kind   Kind
	Text   string
	Offset int
}

// end is the offset behind the token.
func (t Token) end() int { return t.Offset + len(t.Text) }

// significant reports whether the token is more than layout and comment.
func (t Token) significant() bool { return t.Kind > Comment }

// Lex splits source text into tokens. It never fails: the texts of the tokens,
// joined, are src, whatever src holds. A string that does not end runs to the end
// of its line, or of the text where it may span lines; a comment likewise.
//
// The tokens of a text are those of any longer text that begins with it, but for
// those that touch its end. [Construct] rests on this.
func Lex(l Language, src string) []Token {
	return AppendTokens(make([]Token, 0, len(src)/4+1), l, src)
}

// AppendTokens is Lex for a caller that has room for tokens: it appends those of src to to.
func AppendTokens(to []Token, l Language, src string) []Token {
	x := newLexer(l, src)
	for x.pos < len(x.src) {
		to = append(to, x.next())
	}
	return to
}

// A lexer walks over source text. Copied, it can go on from where it was.
type lexer struct {
	l   Language
	src string
	pos int
	// previous is the last significant token: it tells a division from a regular expression.
	previous Token
	// lineStart is true where only blanks and comments stand before pos on its line.
	lineStart bool
	// include is true behind #include: a header's name may follow.
	include bool
	// begun is true behind the first token of the file.
	begun bool
}

func newLexer(l Language, src string) lexer { return lexer{l: l, src: src, lineStart: true} }

// resume is the lexer at the start of src, which follows what the lexer has read.
func (x lexer) resume(src string) lexer {
	x.previous.Offset -= x.pos
	x.src, x.pos = src, 0
	return x
}

// next takes the next token, which is never empty.
func (x *lexer) next() Token {
	kind, end := x.scan()
	t := Token{Kind: kind, Text: x.src[x.pos:end], Offset: x.pos}
	x.pos = end
	x.begun = true
	switch {
	case kind == Newline:
		x.lineStart, x.include = true, false
	case t.significant():
		x.lineStart = false
		x.include = kind == Directive && strings.Contains(t.Text, "include")
		x.previous = t
	}
	return t
}

// scan finds the kind and the end of the token at pos.
func (x *lexer) scan() (Kind, int) {
	rest := x.src[x.pos:]
	if isIdentByte(rest[0]) { // as most tokens begin, but no layout, comment or directive
		return x.word(rest)
	}
	if n := lineEnding(rest); n > 0 {
		return Newline, x.pos + n
	}
	if n := x.blanks(rest); n > 0 {
		return Space, x.pos + n
	}
	if end := x.comment(rest); end > 0 {
		return Comment, x.pos + end
	}
	if (x.l == C || x.l == CPP) && x.lineStart && rest[0] == '#' {
		return Directive, x.pos + directiveLength(rest)
	}
	if x.include && rest[0] == '<' {
		return String, x.headerName()
	}
	return x.word(rest)
}

// word finds the kind and the end of a token that is no layout, comment or directive.
func (x *lexer) word(rest string) (Kind, int) {
	if end := x.literal(); end > 0 {
		return String, end
	}
	if n := identLength(rest, x.dollar()); n > 0 {
		return Ident, x.pos + n
	}
	if n := numberLength(rest, x.l == CPP); n > 0 {
		return Number, x.pos + n
	}
	return Punct, x.pos + operatorLength(x.l, rest)
}

// dollar reports whether the language lets identifiers hold a dollar sign.
func (x *lexer) dollar() bool { return x.l == JavaScript || x.l == TypeScript || x.l == Java }

func lineEnding(s string) int {
	switch {
	case strings.HasPrefix(s, "\n"):
		return 1
	case strings.HasPrefix(s, "\r\n"):
		return 2
	}
	return 0
}

// blanks measures the run of blanks and line splices that s starts with.
func (x *lexer) blanks(s string) int {
	splices := x.l == C || x.l == CPP || x.l == Python
	n := 0
	for n < len(s) {
		switch c := s[n]; {
		case c == ' ' || c == '\t' || c == '\f' || c == '\v':
			n++
		case c == '\r' && lineEnding(s[n:]) == 0:
			n++
		case c == '\\' && splices && lineEnding(s[n+1:]) > 0:
			n += 1 + lineEnding(s[n+1:])
		case c == '\\' && splices && s[n+1:] == "\r": // the rest of the line ending is yet to come
			n += 2
		case !x.begun && n == 0 && strings.HasPrefix(s, "\uFEFF"):
			n += len("\uFEFF")
		default:
			return n
		}
	}
	return n
}

// comment measures the comment that s starts with.
func (x *lexer) comment(s string) int {
	switch {
	case x.l == Python:
		if s[0] == '#' {
			return lineLength(s, false)
		}
		return 0
	case strings.HasPrefix(s, "//"):
		return lineLength(s, x.l == C || x.l == CPP)
	case strings.HasPrefix(s, "/*"):
		return blockCommentLength(s)
	case !x.begun && strings.HasPrefix(s, "#!") && (x.l == JavaScript || x.l == TypeScript):
		return lineLength(s, false)
	}
	return 0
}

// blockCommentLength measures a comment that starts with "/*".
func blockCommentLength(s string) int {
	if i := strings.Index(s[2:], "*/"); i >= 0 {
		return i + 4
	}
	return len(s)
}

// lineLength measures the line that s starts with, without its line ending.
// Where splices is set a backslash before the line ending takes the next line in.
func lineLength(s string, splices bool) int {
	for from := 0; ; {
		i := strings.IndexByte(s[from:], '\n')
		if i < 0 {
			return len(s)
		}
		end := from + i
		from = end + 1
		if end > 0 && s[end-1] == '\r' {
			end--
		}
		if !splices || end == 0 || s[end-1] != '\\' {
			return end
		}
	}
}

// directiveLength measures "#", blanks and a name.
func directiveLength(s string) int {
	n := 1
	for n < len(s) && (s[n] == ' ' || s[n] == '\t') {
		n++
	}
	if name := identLength(s[n:], false); name > 0 {
		return n + name
	}
	return 1
}

// headerName finds the end of <name.h>, or of the line.
func (x *lexer) headerName() int {
	line := x.src[x.pos : x.pos+lineLength(x.src[x.pos:], false)]
	if i := strings.IndexByte(line, '>'); i >= 0 {
		line = line[:i+1]
	}
	return x.pos + len(line)
}

// identLength measures the identifier that s starts with.
func identLength(s string, dollar bool) int {
	n := 0
	for n < len(s) && identBytes[s[n]] && (n > 0 || !isDigit(s[0])) { // all of most
		n++
	}
	for n < len(s) {
		c := s[n]
		if c < utf8.RuneSelf {
			if !isIdentByte(c) && (c != '$' || !dollar) || n == 0 && isDigit(c) {
				break
			}
			n++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[n:])
		if r == utf8.RuneError || !unicode.IsLetter(r) && (n == 0 || !unicode.In(r, unicode.Mn, unicode.Mc, unicode.Nd, unicode.Pc)) {
			break
		}
		n += size
	}
	return n
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func isIdentByte(c byte) bool { return identBytes[c] }

// identBytes has the bytes of identifiers in ASCII: each byte of a text is looked up, most more
// than once.
var identBytes = func() (in [256]bool) {
	for c := range 256 {
		in[c] = c == '_' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || isDigit(byte(c))
	}
	return in
}()

// numberLength measures the number that s starts with, as loosely as the C
// preprocessor does. Where quotes is set, single quotes may separate digits.
func numberLength(s string, quotes bool) int {
	if !isDigit(s[0]) && (s[0] != '.' || len(s) < 2 || !isDigit(s[1])) {
		return 0
	}
	hex := len(s) > 1 && s[0] == '0' && (s[1] == 'x' || s[1] == 'X')
	n := 1
	for n < len(s) {
		c := s[n]
		switch {
		case isIdentByte(c) || c == '.':
		case c == '+' || c == '-':
			exponent := byte('e')
			if hex {
				exponent = 'p'
			}
			if s[n-1]|0x20 != exponent {
				return n
			}
		case c == '\'' && quotes && n+1 < len(s) && isIdentByte(s[n+1]) && isIdentByte(s[n-1]):
		default:
			return n
		}
		n++
	}
	return n
}

// operators are the operators of more than one byte, the longest first. Shifts
// are left out, so that the two ends of nested template arguments stay apart.
var operators = []struct {
	text string
	in   []Language // empty: in all
}{
	{"...", nil}, {"===", []Language{JavaScript, TypeScript}}, {"!==", []Language{JavaScript, TypeScript}},
	{"->", nil}, {"=>", []Language{JavaScript, TypeScript}}, {":=", []Language{Python, Go}}, {"::", []Language{CPP, Java}},
	{"?.", []Language{JavaScript, TypeScript}}, {"??", []Language{JavaScript, TypeScript}},
	{"**", []Language{Python, JavaScript, TypeScript}}, {"//", []Language{Python}},
	{"==", nil}, {"!=", nil}, {"<=", nil}, {">=", nil}, {"++", nil}, {"--", nil}, {"&&", nil}, {"||", nil},
	{"+=", nil}, {"-=", nil}, {"*=", nil}, {"/=", nil}, {"%=", nil}, {"&=", nil}, {"|=", nil}, {"^=", nil},
}

// operatorLength measures the operator that s starts with, or else one
// character; a byte that is not UTF-8 stands alone.
func operatorLength(l Language, s string) int {
	if len(s) < 2 || s[0] >= utf8.RuneSelf || strings.IndexByte(".=>:?*/+-&|", s[1]) < 0 {
		_, size := utf8.DecodeRuneInString(s)
		return size
	}
	for _, op := range operators {
		if strings.HasPrefix(s, op.text) && (op.in == nil || slices.Contains(op.in, l)) {
			return len(op.text)
		}
	}
	return 1
}
