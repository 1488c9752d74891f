// Package integration is step 3 of SecCoder, Integration (arXiv 2410.01488,
// section 3.3): it puts the demonstration before the user's code, so that a
// frozen model that completes the code has read a secure example first.
//
// The templates are the paper's. In Python the example stands in a fenced block
// in a docstring, in C and C++ between #if 0 and #endif; the other languages
// get the nearest equal, a block comment. What the paper's templates lack is
// proof against the example's own text: a docstring, an unbalanced #endif, an
// unclosed comment, a trailing backslash or a fence ends the template early, and
// the model then completes another program. Here one rule holds whatever bytes an
// example has, and tests with real parsers hold it:
//
//	The program that the model completes is the one that the user wrote.
//
// For Python, code with a demonstration parses to the tree that it has without, a
// leading string apart; for C, the preprocessor gives the same tokens.
//
// [Integrate] also keeps the prompt within the model's context:
//
//	result, err := integration.Integrate(ctx, integration.Request{
//		Language:      lang.Python,
//		Prefix:        "def find_user(db, name):\n",
//		Examples:      ranked, // the best first
//		ContextTokens: 4096,
//		MaxTokens:     300,
//	})
//	// The model reads result.Demonstration + result.Prefix.
//
// The package neither ranks examples (package retrieval does) nor talks to a
// model (package generation does).
package integration

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/lang"
)

// reservedTokens is kept free for what generators add to a prompt and counters
// do not see: a token that begins the text and those that mark prefix, suffix and
// middle.
const reservedTokens = 8

// A Request is a prompt to be made.
type Request struct {
	// Language is the language of the user's code.
	Language lang.Language
	// Prefix and Suffix are the user's code before and behind the cursor.
	Prefix, Suffix string
	// Examples are the candidates, the best first.
	Examples []codebase.Example
	// K is the number of demonstrations that are wanted; 0 means 1.
	K int
	// ContextTokens is the number of tokens that the model can attend to. 0 means that
	// it is not known: then nothing is cut.
	ContextTokens int
	// MaxTokens is the part of the context that the completion may need.
	MaxTokens int
	// MaxDemonstrationTokens bounds the demonstration. 0 means a third of what
	// MaxTokens leaves of the context.
	MaxDemonstrationTokens int
	// Count counts the tokens of a text as the model does. Nil means an estimate of
	// three bytes a token.
	Count func(ctx context.Context, text string) (int, error)
}

// A Result is a prompt that fits the context.
type Result struct {
	// Demonstration is what the model reads first. It ends with a newline, or is
	// empty. It begins with the first HeadBytes bytes of the user's code where
	// something in it must stay first, such as a "#!" line.
	Demonstration string
	// Prefix and Suffix are the user's code, without its head and possibly cut.
	Prefix, Suffix string
	// Used are the examples in Demonstration, in order; Skipped are those that were
	// passed over on the way to them.
	Used    []codebase.Example
	Skipped []Skip
	// HeadBytes is how much of the start of the user's code was moved into
	// Demonstration. See [Head].
	HeadBytes int
	// CutBytes is how much was cut from the start of the user's prefix, and
	// SuffixCutBytes from the end of its suffix.
	CutBytes, SuffixCutBytes int
	// DemonstrationTokens counts Demonstration, PromptTokens all that the model reads.
	DemonstrationTokens, PromptTokens int
}

// A Skip is an example that was not used.
type Skip struct {
	// ID is the example's.
	ID string
	// Tokens is what the example would have added to the demonstration; 0 where it
	// was not counted.
	Tokens int
	Reason Reason
}

// A Reason says, for a person, why an example was skipped.
type Reason string

// The reasons.
const (
	ReasonTooLong Reason = "does not fit the token budget"
	ReasonEmpty   Reason = "holds no code that can be shown"
	// ReasonNoPlace: the user's code is one unfinished line that must stay first.
	ReasonNoPlace Reason = "has no place before the user's code"
)

// Integrate makes the prompt. It takes, in their order, up to K examples that fit
// the token budget; one that does not fit gives way to the next that does.
//
// Where the user's code alone does not fit the context, its prefix is cut from its
// start, at the start of a line and if possible of a top-level construct, and its
// suffix from its end; the suffix gets what the prefix leaves, and at least a quarter.
// Where the code leaves no room for any example, it gives up a quarter of the room in
// the same way: its far end matters less than a demonstration. It is an error when
// MaxTokens leaves no room for a prompt, or when counting fails.
func Integrate(ctx context.Context, request Request) (Result, error) {
	room, err := request.check()
	if err != nil {
		return Result{}, err
	}
	if err := ctx.Err(); err != nil {
		return Result{}, fmt.Errorf("make the prompt: %w", err)
	}
	count := counter(request.Count)
	if count == nil {
		count = estimate
	}
	result, err := request.integrate(ctx, count, room, room)
	if err != nil || len(result.Used) > 0 || !tooLong(result.Skipped) {
		return result, err
	}
	yielding, err := request.integrate(ctx, count, room, room-room/4)
	if err != nil || len(yielding.Used) == 0 {
		return result, err
	}
	return yielding, nil
}

// tooLong reports whether examples were skipped for their length.
func tooLong(skipped []Skip) bool {
	return slices.ContainsFunc(skipped, func(s Skip) bool { return s.Reason == ReasonTooLong })
}

// integrate makes a prompt of at most room tokens, of which the user's code gets at
// most codeRoom.
func (r *Request) integrate(ctx context.Context, count counter, room, codeRoom int) (Result, error) {
	code, err := fit(ctx, count, r.Language, r.Prefix, r.Suffix, codeRoom)
	if err != nil {
		return Result{}, err
	}
	head := 0
	if code.cutPrefix == 0 {
		head = Head(r.Language, code.prefix)
	}
	b := builder{
		count: count,
		block: block{
			language:  r.Language,
			head:      code.prefix[:head],
			prefix:    code.prefix[head:],
			suffix:    code.suffix,
			firstLine: 1 + strings.Count(r.Prefix[:code.cutPrefix+head], "\n"),
		},
		room:         room,
		limit:        demonstrationLimit(*r, room, code.tokens),
		suffixTokens: code.suffixTokens,
	}
	if err := b.choose(ctx, r.Examples, max(r.K, 1)); err != nil {
		return Result{}, err
	}
	result := Result{
		Demonstration:       b.text,
		Prefix:              code.prefix,
		Suffix:              code.suffix,
		Used:                b.used,
		Skipped:             b.skipped,
		CutBytes:            code.cutPrefix,
		SuffixCutBytes:      code.cutSuffix,
		DemonstrationTokens: b.tokens,
		PromptTokens:        code.tokens,
	}
	if b.text != "" {
		result.Demonstration = code.prefix[:head] + b.text
		result.Prefix, result.HeadBytes = code.prefix[head:], head
		result.PromptTokens = b.promptTokens
	}
	return result, nil
}

// check looks for sizes that make no sense, and returns the tokens that the
// prompt may have.
func (r *Request) check() (room int, err error) {
	switch {
	case !known(r.Language):
		return 0, fmt.Errorf("make the prompt: no template for language %q", r.Language)
	case r.K < 0 || r.ContextTokens < 0 || r.MaxTokens < 0 || r.MaxDemonstrationTokens < 0:
		return 0, fmt.Errorf("make the prompt: a negative size (K %d, context %d, completion %d, demonstration %d tokens)",
			r.K, r.ContextTokens, r.MaxTokens, r.MaxDemonstrationTokens)
	case r.ContextTokens == 0:
		return math.MaxInt, nil
	}
	room = r.ContextTokens - r.MaxTokens - reservedTokens
	if room <= 0 {
		return 0, fmt.Errorf("make the prompt: a completion of %d tokens and %d for markers leave no room for a prompt in a context of %d tokens; ask for fewer tokens, or allow a larger context",
			r.MaxTokens, reservedTokens, r.ContextTokens)
	}
	return room, nil
}

// demonstrationLimit is the number of tokens that the demonstration may have when
// the user's code takes userTokens of room.
func demonstrationLimit(r Request, room, userTokens int) int {
	limit := r.MaxDemonstrationTokens
	if limit == 0 {
		limit = math.MaxInt
		if room != math.MaxInt {
			limit = room / 3
		}
	}
	return min(limit, max(room-userTokens, 0))
}

// counter counts the tokens of a text.
type counter func(ctx context.Context, text string) (int, error)

// estimate serves where the model's tokenizer is out of reach: code runs to about
// three bytes a token.
func estimate(_ context.Context, text string) (int, error) { return (len(text) + 2) / 3, nil }
