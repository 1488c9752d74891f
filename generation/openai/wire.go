package openai

import (
	"encoding/json"

	"github.com/seccoder/seccoder/generation"
)

// body is what both endpoints are sent.
type body struct {
	Model               string         `json:"model"`
	Prompt              string         `json:"prompt,omitempty"`
	Suffix              string         `json:"suffix,omitempty"`
	Messages            []message      `json:"messages,omitempty"`
	N                   int            `json:"n,omitempty"`
	MaxTokens           int            `json:"max_tokens,omitempty"`
	MaxCompletionTokens int            `json:"max_completion_tokens,omitempty"`
	Temperature         float64        `json:"temperature"`
	TopP                float64        `json:"top_p"`
	Seed                *uint64        `json:"seed,omitempty"`
	Stream              bool           `json:"stream"`
	StreamOptions       *streamOptions `json:"stream_options,omitempty"`
}

type streamOptions struct {
	IncludeUsage bool `json:"include_usage"`
}

type message struct {
	Role    string `json:"role,omitempty"`
	Content string `json:"content"`
}

// newBody writes the request for n completions in a server's dialect.
func (g *Generator) newBody(request generation.Request, d dialect, n int, seed uint64) body {
	b := body{
		Model:       g.options.Model,
		Temperature: request.Temperature,
		TopP:        request.TopP,
		Stream:      true,
	}
	if b.TopP == 0 {
		b.TopP = 1
	}
	if n > 1 { // 1 is every server's default, and some know no n
		b.N = n
	}
	if !d.noSeed {
		b.Seed = &seed
	}
	if !d.noStreamOptions {
		b.StreamOptions = &streamOptions{IncludeUsage: true}
	}
	if d.maxCompletionTokens {
		b.MaxCompletionTokens = request.MaxTokens
	} else {
		b.MaxTokens = request.MaxTokens
	}
	if g.chat {
		b.Messages = chatMessages(request)
	} else {
		b.Prompt, b.Suffix = g.options.Infill.prompt(request)
	}
	return b
}

// chunk is one event of a stream, or a whole answer that was not streamed.
type chunk struct {
	Choices []choice        `json:"choices"`
	Usage   *usage          `json:"usage"`
	Error   json.RawMessage `json:"error"`

	whole bool // it was not streamed
}

type choice struct {
	Index        int      `json:"index"`
	Text         string   `json:"text"`    // completions
	Delta        *message `json:"delta"`   // chat
	Message      *message `json:"message"` // chat, not streamed
	FinishReason *string  `json:"finish_reason"`
}

func (c choice) text() string {
	switch {
	case c.Delta != nil:
		return c.Delta.Content
	case c.Message != nil:
		return c.Message.Content
	default:
		return c.Text
	}
}

type usage struct {
	PromptTokens        int `json:"prompt_tokens"`
	CompletionTokens    int `json:"completion_tokens"`
	PromptTokensDetails *struct {
		CachedTokens int `json:"cached_tokens"`
	} `json:"prompt_tokens_details"`
}

func (u usage) cached() int {
	if u.PromptTokensDetails == nil {
		return 0
	}
	return u.PromptTokensDetails.CachedTokens
}

// newFinish maps a server's reason. Whatever is no limit is the model's own end.
func newFinish(reason string) generation.Finish {
	if reason == "length" || reason == "max_tokens" {
		return generation.FinishLength
	}
	return generation.FinishEnd
}
