package seccoder

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/seccoder/seccoder/generation"
	"github.com/seccoder/seccoder/lang"
)

// A Result is what came of a prompt.
type Result struct {
	// Completions are ordered: those that use no foreign names first, each group as the
	// model drew them.
	Completions []Completion
	// Prompt is what the model read and why.
	Prompt Integrated
	Usage  generation.Usage
	Timing Timing
}

// A Completion is one text to put behind the prefix.
type Completion struct {
	// Index is the place in which the model drew it, from 0.
	Index  int
	Text   string
	Finish generation.Finish
	// Tokens is the number of tokens that were generated, those cut off included.
	Tokens int
	// ForeignNames are names that the text uses and that only the demonstration defines:
	// the program would not run with them.
	ForeignNames []string
	// Retries is how often the text was taken up again to avoid such names.
	Retries int
}

// Timing says where the time went. Prefill ends with the first token of the first
// try; Decode is the rest of generation, with further tries.
type Timing struct {
	Retrieval, Integration, Prefill, Decode, Total time.Duration
}

// Complete lets the model complete the prompt, with the demonstration that fits. The
// text ends where the construct under the cursor (function, block) ends.
//
// Errors wrap those of the retriever and the generator, such as
// generation.ErrPromptTooLong. When ctx ends, its error is wrapped.
func (c *Coder) Complete(ctx context.Context, p Prompt, o Options) (Result, error) {
	started := time.Now()
	if c.Generator == nil {
		return Result{}, errors.New("complete: the Coder has no Generator")
	}
	if err := o.check(); err != nil {
		return Result{}, err
	}
	o = o.withDefaults()
	integrated, err := c.Integrate(ctx, p, o)
	if err != nil {
		return Result{}, err
	}
	if integrated.Demonstration+integrated.Prefix+integrated.Suffix == "" {
		return Result{}, errors.New("complete: there is neither code before the cursor nor a demonstration")
	}
	if o.OnPrompt != nil {
		o.OnPrompt(integrated)
	}
	t := &task{
		generator: c.Generator, options: o, prompt: integrated, user: p.Prefix[integrated.CutBytes:],
		construct: lang.NewConstruct(p.Language, p.Prefix),
		foreign:   newForeignCheck(p, integrated.Used),
		next:      nextLine(integrated.Suffix),
	}
	result := Result{Prompt: integrated}
	if o.N == 1 && !o.KeepForeign && t.foreign.possible() {
		result.Completions = make([]Completion, 1)
		result.Completions[0], result.Usage, err = t.one(ctx)
	} else {
		result.Completions, result.Usage, err = t.all(ctx)
	}
	if err != nil {
		return Result{}, err
	}
	result.Timing = Timing{
		Retrieval: integrated.Retrieval, Integration: integrated.Integration,
		Prefill: result.Usage.Prefill, Decode: result.Usage.Decode, Total: time.Since(started),
	}
	return result, nil
}

// A task is one call of Complete behind the prompt.
type task struct {
	generator generation.Generator
	options   Options
	prompt    Integrated
	// user is the code before the cursor as far as the context holds it.
	user      string
	construct *lang.Construct
	foreign   *foreignCheck
	next      string // the line behind the cursor
}

// end is where a text ends: with its construct, or before it repeats the code behind
// the cursor.
func (t *task) end(text string) (end int, ended bool) {
	end, ended = t.construct.End(text)
	if at := repeats(text, t.next); at >= 0 && (!ended || at < end) {
		return at, true
	}
	return end, ended
}

// request is the generator's request for whole completions.
func (t *task) request() generation.Request {
	o := t.options
	return generation.Request{
		Demonstration: t.prompt.Demonstration, Prefix: t.prompt.Prefix, Suffix: t.prompt.Suffix,
		N: o.N, MaxTokens: o.MaxTokens, Temperature: o.Temperature, TopP: o.TopP, Seed: o.Seed,
		Stop:   t.end,
		OnText: o.OnText,
	}
}

// generate sees to it that the generator, which may be anybody's, keeps its word.
func (t *task) generate(ctx context.Context, r generation.Request) (generation.Response, error) {
	response, err := t.generator.Generate(ctx, r)
	if err != nil {
		return generation.Response{}, err
	}
	if got := len(response.Completions); got != r.N {
		return generation.Response{}, fmt.Errorf("complete: the generator returned %d completions, expected %d", got, r.N)
	}
	return response, nil
}

// all takes all completions as they come, and puts those with foreign names last.
func (t *task) all(ctx context.Context) ([]Completion, generation.Usage, error) {
	response, err := t.generate(ctx, t.request())
	if err != nil {
		return nil, generation.Usage{}, err
	}
	completions := make([]Completion, len(response.Completions))
	for i, c := range response.Completions {
		completions[i] = Completion{
			Index: i, Text: c.Text, Finish: c.Finish, Tokens: c.Tokens,
			ForeignNames: t.foreign.names(c.Text),
		}
	}
	if !t.options.KeepForeign {
		slices.SortStableFunc(completions, func(a, b Completion) int {
			return min(len(a.ForeignNames), 1) - min(len(b.ForeignNames), 1)
		})
	}
	return completions, response.Usage, nil
}
