package retrieval

import (
	"strings"
	"unicode/utf8"

	"github.com/seccoder/seccoder/codebase"
)

// Sentence encoders read a fixed number of tokens, 256 for MiniLM, and drop
// what comes behind. Of a query it is the end that matters, the code next to the
// cursor, so the query is cut at the front before the embedder can cut it at
// the back.
const (
	// queryBytes bounds the query's window.
	queryBytes = 1000
	// queryPieces bounds the estimate of its tokens: 256, less the two that frame them
	// and some for the estimate's error. Code has many tokens: of functions of SVEN's
	// training set cut at random, 1,000 bytes were more than MiniLM reads for 89 %, what
	// this bound leaves (some 600 bytes) for 2 %.
	queryPieces = 240
	// documentBytes bounds an example's code, which is read from its start. 256 tokens
	// rarely reach as far, and a function of 100,000 bytes need not be tokenised for them.
	documentBytes = 8 << 10
)

// queryWindow is the part of a query that is embedded: as much of its end as
// both bounds allow, from the start of a line.
func queryWindow(text string) string {
	window := tail(text, queryBytes)
	start := len(window)
	for pieces := 0; start > 0; {
		from, cost := lastPiece(window[:start])
		if pieces += cost; pieces > queryPieces {
			return tail(window, len(window)-start)
		}
		start = from
	}
	return window
}

// lastPiece finds where the last word or character of a text starts, and
// estimates how many tokens a sentence encoder makes of it: none of space, one of
// a punctuation mark, and one for every four bytes of a word, since identifiers
// are rarely in its vocabulary as a whole.
func lastPiece(text string) (start, cost int) {
	start = len(text)
	for start > 0 && isWordByte(text[start-1]) {
		start--
	}
	if start < len(text) {
		return start, (len(text) - start + 2) / 3
	}
	if strings.IndexByte(" \t\r\n", text[start-1]) >= 0 {
		return start - 1, 0
	}
	return start - 1, 1
}

// isWordByte is true of ASCII letters and digits. MiniLM's tokenizer splits at underscores.
func isWordByte(b byte) bool {
	return 'a' <= b|0x20 && b|0x20 <= 'z' || '0' <= b && b <= '9'
}

// tail returns at most the last n bytes of a text, from the start of a line, or,
// where a long line would cost more than half of them, of a character.
func tail(text string, n int) string {
	if len(text) <= n {
		return text
	}
	cut := text[len(text)-n:]
	if text[len(text)-n-1] == '\n' {
		return cut
	}
	if i := strings.IndexByte(cut, '\n'); i >= 0 && i+1 <= n/2 {
		return cut[i+1:]
	}
	for i := range min(len(cut), utf8.UTFMax) {
		if utf8.RuneStart(cut[i]) {
			return cut[i:]
		}
	}
	return cut
}

// documentText is what is embedded of an example: the start of its code.
func documentText(example codebase.Example) string {
	code := example.Code
	if len(code) <= documentBytes {
		return code
	}
	end := documentBytes
	for end > documentBytes-utf8.UTFMax && !utf8.RuneStart(code[end]) {
		end--
	}
	return code[:end]
}
