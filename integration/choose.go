package integration

import (
	"context"
	"fmt"

	"github.com/seccoder/seccoder/codebase"
)

// A builder adds examples to a block for as long as the budget allows.
type builder struct {
	count counter
	block block
	// room bounds the whole prompt, limit the demonstration.
	room, limit  int
	suffixTokens int

	used         []codebase.Example
	skipped      []Skip
	text         string
	tokens       int
	promptTokens int
}

// choose takes up to k of the examples, in their order. Each is tried together
// with those taken before, because that is how the model will read them.
func (b *builder) choose(ctx context.Context, examples []codebase.Example, k int) error {
	for _, example := range examples {
		if len(b.used) == k {
			return nil
		}
		if plain(example.Code) == "" {
			b.skipped = append(b.skipped, Skip{ID: example.ID, Reason: ReasonEmpty})
			continue
		}
		text := b.block.render(append(b.used[:len(b.used):len(b.used)], example))
		if text == "" {
			b.skipped = append(b.skipped, Skip{ID: example.ID, Reason: ReasonNoPlace})
			continue
		}
		if err := b.try(ctx, example, text); err != nil {
			return fmt.Errorf("count the tokens of a prompt with example %.12q: %w", example.ID, err)
		}
	}
	return nil
}

// try keeps text, the block with one example more, if it fits.
func (b *builder) try(ctx context.Context, example codebase.Example, text string) error {
	tokens, err := b.count(ctx, b.block.head+text)
	if err != nil {
		return err
	}
	skip := Skip{ID: example.ID, Tokens: tokens - b.tokens, Reason: ReasonTooLong}
	if tokens > b.limit {
		b.skipped = append(b.skipped, skip)
		return nil
	}
	// The whole is counted too: tokens of the parts need not add up.
	promptTokens, err := b.count(ctx, b.block.head+text+b.block.prefix)
	if err != nil {
		return err
	}
	promptTokens += b.suffixTokens
	if promptTokens > b.room {
		b.skipped = append(b.skipped, skip)
		return nil
	}
	b.used = append(b.used, example)
	b.text, b.tokens, b.promptTokens = text, tokens, promptTokens
	return nil
}
