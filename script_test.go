package seccoder_test

import (
	"context"
	"fmt"
	"time"

	"github.com/seccoder/seccoder/generation"
)

// A script is a generator whose model always says what is written here: it
// provokes what a real model does not do on demand. The text goes the way of
// every generator, token by token through an Emitter.
type script struct {
	// replies are the texts of each call, by index; the last reply serves all further calls.
	replies [][]string
	// size is the length of a token in bytes, 3 where it is 0.
	size int
	// before, where set, is called first.
	before func(context.Context) error
	// requests are those that came.
	requests []generation.Request
}

const (
	scriptPrefill = 10 * time.Millisecond
	scriptDecode  = time.Millisecond // a token
)

// says is a script with a single completion a call.
func says(texts ...string) *script {
	s := &script{}
	for _, text := range texts {
		s.replies = append(s.replies, []string{text})
	}
	return s
}

// Generate implements generation.Generator.
func (s *script) Generate(ctx context.Context, r generation.Request) (generation.Response, error) {
	s.requests = append(s.requests, r)
	if s.before != nil {
		if err := s.before(ctx); err != nil {
			return generation.Response{}, fmt.Errorf("script: %w", err)
		}
	}
	texts := s.replies[min(len(s.requests), len(s.replies))-1]
	response := generation.Response{Usage: generation.Usage{
		PromptTokens: len(r.Demonstration) + len(r.Prefix), Prefill: scriptPrefill,
	}}
	emitter := generation.NewEmitter(r.Stop, r.OnText, r.N)
	for i := range min(r.N, len(texts)) {
		c := s.say(ctx, emitter, i, texts[i], r.MaxTokens)
		emitter.Finish(i)
		c.Text = emitter.Text(i)
		response.Completions = append(response.Completions, c)
		response.Usage.CompletionTokens += c.Tokens
		response.Usage.Decode += time.Duration(c.Tokens) * scriptDecode
	}
	if err := ctx.Err(); err != nil {
		return generation.Response{}, fmt.Errorf("script: %w", err)
	}
	return response, nil
}

func (s *script) say(ctx context.Context, emitter *generation.Emitter, i int, text string, limit int) (c generation.Completion) {
	size := s.size
	if size == 0 {
		size = 3
	}
	for len(text) > 0 && ctx.Err() == nil {
		if c.Tokens == limit {
			c.Finish = generation.FinishLength
			return c
		}
		n := min(size, len(text))
		c.Tokens++
		if emitter.Push(i, text[:n]) {
			c.Finish = generation.FinishStop
			return c
		}
		text = text[n:]
	}
	c.Finish = generation.FinishEnd
	return c
}

// A countingScript has a tokenizer, a token a byte, and knows its context.
type countingScript struct {
	*script
	context int
}

func (s countingScript) CountTokens(_ context.Context, text string) (int, error) {
	return len(text), nil
}
func (s countingScript) ContextTokens() int { return s.context }

// An infillScript may be able to fill in the middle, and says what it reads.
type infillScript struct {
	*script
	can bool
}

func (s infillScript) CanInfill() bool { return s.can }
func (s infillScript) Render(r generation.Request) string {
	return "<" + r.Demonstration + r.Prefix + "|" + r.Suffix + ">"
}
