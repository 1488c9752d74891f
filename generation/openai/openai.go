// Package openai completes prompts with any server that speaks the
// OpenAI-compatible HTTP API: vLLM, llama-server, Ollama, hosted models.
//
//	g, err := openai.New(openai.Options{
//		BaseURL: "http://127.0.0.1:8080/v1",
//		Model:   "qwen2.5-coder-7b",
//	})
//	response, err := g.Generate(ctx, generation.Request{
//		Prefix: "def add(a, b):\n    return", N: 3, MaxTokens: 50, Temperature: 0.4, TopP: 0.95,
//	})
//
// The completions API is the default and the better one here: the model reads
// the prompt as it is. The chat API is for models that are served by nothing
// else; what comes back is taken out of its fence and joined to the code.
//
// Servers differ, and only what they answer tells how. One that refuses more
// than one completion a request, or ignores n, gets one request for each; one
// that does not know seed or stream_options is asked without. Both are
// remembered for the life of the Generator.
//
// The HTTP is net/http alone. The vendor's client library makes a program 18 MB
// larger and ten times slower to build, for two endpoints; and it cannot tell a
// stream that broke off from one that ended, has no limit on silence, takes its
// address and key from the environment unasked, and sends the user's operating
// system along.
package openai

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/seccoder/seccoder/generation"
)

// The two APIs that a server may be asked by.
const (
	APICompletions = "completions"
	APIChat        = "chat"
)

// Options say which server to ask, and how. BaseURL and Model are needed.
type Options struct {
	// BaseURL is the address in front of /completions, mostly ending in /v1.
	BaseURL string
	// Model is the name by which the server knows the model.
	Model string
	// API is APICompletions, the default, or APIChat.
	API string
	// KeyEnv names the environment variable that holds the key. Where it is empty,
	// OPENAI_API_KEY is used if set, though never sent unencrypted to another machine.
	KeyEnv string
	// KeyFile is a file that holds the key, readable by its owner alone. It wins over KeyEnv.
	KeyFile string
	// Timeout bounds one request, its retries included; 0 is 10 minutes.
	Timeout time.Duration
	// IdleTimeout bounds the silence within a stream that has begun; 0 is one minute.
	// What comes before the first token (waiting in line, reading the prompt) may take Timeout.
	IdleTimeout time.Duration
	// MaxRetries is how often a request is made again after 429, 5xx or a lost
	// connection, as long as nothing of its answer has come; 0 is 4, less than 0 is never.
	MaxRetries int
	// Parallel bounds the requests at one time where each brings one completion; 0 is 4.
	Parallel int
	// ContextTokens is the size of the model's context; 0 is unknown.
	ContextTokens int
	// Infill says how the model fills in the middle by the completions API; the zero
	// value says that it cannot.
	Infill InfillForm
}

// InfillForm is how a prompt with code behind the cursor is written.
type InfillForm struct {
	// Prefix, Suffix and Middle are the model's special tokens, such as <|fim_prefix|>.
	// The prompt is Prefix, the code before the cursor, Suffix, the code behind it, Middle.
	Prefix, Suffix, Middle string
	// UseSuffix sends the code behind the cursor as the request's suffix and leaves
	// the rest to the server.
	UseSuffix bool
}

// Generator is a [generation.Generator], [generation.ContextSizer],
// [generation.Infiller] and [generation.Renderer] that asks a server. It may be used by many goroutines.
type Generator struct {
	options Options
	chat    bool
	url     string // of the endpoint
	shown   string // url without what may be secret, for errors
	client  *http.Client
	key     key

	maxDropped int // bytes of an answer that are read only to be left out

	mu      sync.Mutex
	learned dialect
}

var (
	_ generation.Generator    = (*Generator)(nil)
	_ generation.ContextSizer = (*Generator)(nil)
	_ generation.Infiller     = (*Generator)(nil)
	_ generation.Renderer     = (*Generator)(nil)
)

// New makes a Generator. It reads the key and checks the options but asks the
// server nothing.
func New(options Options) (*Generator, error) {
	g, err := build(options)
	if err != nil {
		return nil, fmt.Errorf("set up the OpenAI-compatible server: %w", err)
	}
	return g, nil
}

func build(o Options) (*Generator, error) {
	if o.Model == "" {
		return nil, errors.New("no model is named")
	}
	base, err := parseBaseURL(o.BaseURL)
	if err != nil {
		return nil, err
	}
	g := &Generator{maxDropped: 64 << 20}
	switch o.API {
	case "", APICompletions:
		base = base.JoinPath("completions")
	case APIChat:
		base = base.JoinPath("chat", "completions")
		g.chat = true
	default:
		return nil, fmt.Errorf("unknown API %q (known: %s, %s)", o.API, APICompletions, APIChat)
	}
	if f := o.Infill; !f.UseSuffix && f != (InfillForm{}) && !f.hasMarks() {
		return nil, errors.New("infilling needs all three of the prefix, suffix and middle tokens")
	}
	if g.key, err = loadKey(o, base); err != nil {
		return nil, err
	}
	o.Timeout = orDefault(o.Timeout, 10*time.Minute)
	o.IdleTimeout = orDefault(o.IdleTimeout, time.Minute)
	o.Parallel = orDefault(o.Parallel, 4)
	if o.MaxRetries == 0 {
		o.MaxRetries = 4
	}
	g.options = o
	g.url = base.String()
	shown := *base
	shown.User, shown.RawQuery, shown.Fragment = nil, "", ""
	g.shown = shown.String()
	g.client = newClient(o.Parallel)
	return g, nil
}

// parseBaseURL does not repeat the address in its errors, which may hold a password.
func parseBaseURL(text string) (*url.URL, error) {
	if text == "" {
		return nil, errors.New("no base URL is set; it looks like http://127.0.0.1:8080/v1")
	}
	u, err := url.Parse(strings.TrimSpace(text))
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" {
		return nil, errors.New("the base URL is not one; it looks like http://127.0.0.1:8080/v1")
	}
	return u, nil
}

func orDefault[T time.Duration | int](value, otherwise T) T {
	if value <= 0 {
		return otherwise
	}
	return value
}

// ContextTokens is Options.ContextTokens: 0 where nobody said.
func (g *Generator) ContextTokens() int { return g.options.ContextTokens }

// CanInfill reports whether code behind the cursor reaches the model.
func (g *Generator) CanInfill() bool {
	return g.chat || g.options.Infill.UseSuffix || g.options.Infill.hasMarks()
}

func (f InfillForm) hasMarks() bool { return f.Prefix != "" && f.Suffix != "" && f.Middle != "" }
