package openai

import "strings"

// A dialect is how a server differs from the API as documented. The zero value
// is a server that does not.
type dialect struct {
	oneChoice           bool // n must be 1
	noSeed              bool
	noStreamOptions     bool
	maxCompletionTokens bool // the newer name of max_tokens
}

// dialect returns what is known of the server.
func (g *Generator) dialect() dialect {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.learned
}

// learn adds to it what a success has proved.
func (g *Generator) learn(d dialect) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.learned.oneChoice = g.learned.oneChoice || d.oneChoice
	g.learned.noSeed = g.learned.noSeed || d.noSeed
	g.learned.noStreamOptions = g.learned.noStreamOptions || d.noStreamOptions
	g.learned.maxCompletionTokens = g.learned.maxCompletionTokens || d.maxCompletionTokens
}

// adapt changes d to what a refusal asks for and reports whether it did.
func (d *dialect) adapt(refusal *Error) bool {
	if !isRefusal(refusal) || refusal.Err != nil {
		return false
	}
	for _, field := range []struct {
		name string
		flag *bool
	}{
		{"stream_options", &d.noStreamOptions},
		{"max_completion_tokens", &d.maxCompletionTokens},
		{"seed", &d.noSeed},
	} {
		if !*field.flag && strings.Contains(refusal.Message, field.name) {
			*field.flag = true
			return true
		}
	}
	return false
}
