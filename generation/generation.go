// Package generation is step 4 of SecCoder, Secure code generation (arXiv
// 2410.01488, section 3.4): a frozen model behind the [Generator] interface.
//
// generation/llama runs a model on this machine and needs no server;
// generation/openai asks any OpenAI-compatible server. This package says what
// they have in common: the request, the completion, and when one ends.
package generation

import (
	"context"
	"errors"
	"time"
)

// ErrPromptTooLong says that a prompt and its completion do not fit the model's
// context. Generators wrap it in an error that names both sizes.
var ErrPromptTooLong = errors.New("the prompt does not fit the model's context")

// ErrUnusable says that an answer came and is no completion: no choices, no JSON, a web page,
// an error in place of them. It holds for this request alone; others may go well. Generators wrap it.
var ErrUnusable = errors.New("the answer cannot be used")

// A Generator lets a frozen model complete a prompt.
type Generator interface {
	// Generate returns request.N completions of the prompt, in the order of their
	// indices. When ctx ends it returns ctx.Err, wrapped, and no completions.
	Generate(ctx context.Context, request Request) (Response, error)
}

// A TokenCounter is a Generator that can say how many tokens of its model a text
// has. It is asked for by type assertion; where it is missing, [EstimateTokens]
// serves.
type TokenCounter interface {
	CountTokens(ctx context.Context, text string) (int, error)
}

// A ContextSizer is a Generator that knows how many tokens its model can attend to.
type ContextSizer interface {
	ContextTokens() int
}

// An Infiller is a Generator whose model may be able to fill in the middle.
type Infiller interface {
	CanInfill() bool
}

// A Renderer is a Generator that can say what its model reads, as one text. It is
// asked for by type assertion; where it is missing, it is Demonstration and Prefix.
type Renderer interface {
	Render(request Request) string
}

// A Request asks for completions of one prompt.
type Request struct {
	// Demonstration is the part of the prompt that comes first and is likely to come
	// again in other requests; generators may keep its state. It may be empty.
	Demonstration string
	// Prefix is the user's code before the cursor. The model reads Demonstration and
	// Prefix as one text.
	Prefix string
	// Suffix is the user's code behind the cursor. Where it is not empty the model fills
	// in the middle, if it can; a generator whose model cannot leaves it out.
	Suffix string
	// N is the number of completions, at least 1.
	N int
	// MaxTokens bounds each completion, in the model's tokens.
	MaxTokens int
	// Temperature of 0 takes the likeliest token at each step.
	Temperature float64
	// TopP samples from the likeliest tokens that hold this share of the probability; 0 and
	// 1 are all.
	TopP float64
	// Seed makes completions repeatable on one machine with one model. Completion i is
	// drawn from a stream of random numbers of its own, determined by Seed and i.
	Seed uint64
	// Stop, where set, is asked after every token for the length in bytes at which a
	// completion ends; text is all that came so far. It is called from one goroutine.
	Stop func(text string) (end int, ended bool)
	// OnText, where set, receives each completion as it grows, in order within one index,
	// without what Stop cuts off. It is called from one goroutine.
	OnText func(index int, delta string)
}

// A Response holds what a model made of a request.
type Response struct {
	Completions []Completion
	Usage       Usage
}

// A Completion is one text that the model put behind the prompt.
type Completion struct {
	Text string
	// Finish says why the text ended.
	Finish Finish
	// Tokens is the number of tokens that were generated, those cut off included.
	Tokens int
}

// Finish is the reason for which a completion ended.
type Finish string

// The reasons.
const (
	// FinishStop: the construct under the cursor ended (Request.Stop).
	FinishStop Finish = "stop"
	// FinishEnd: the model said that it was done.
	FinishEnd Finish = "end"
	// FinishLength: MaxTokens was reached, or a server sent more text than they can hold and
	// the rest was cut off.
	FinishLength Finish = "length"
)

// Usage counts a request's tokens and the time they took. Fields that a
// generator cannot know are zero.
type Usage struct {
	// PromptTokens counts the whole prompt once; CachedTokens is the part of it whose
	// state was kept from an earlier request.
	PromptTokens     int
	CachedTokens     int
	CompletionTokens int
	// Prefill is the time from the start of the request to the first token, Decode the rest.
	Prefill time.Duration
	Decode  time.Duration
}

// EstimateTokens estimates the number of tokens of a text for a model whose
// tokenizer is out of reach: code runs to about three bytes a token. The
// estimate is meant to be high rather than low.
func EstimateTokens(text string) int { return (len(text) + 2) / 3 }
