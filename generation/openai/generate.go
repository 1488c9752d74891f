package openai

import (
	"context"
	"errors"
	"fmt"
	"math"

	"github.com/seccoder/seccoder/generation"
)

// Generate implements [generation.Generator]. The server is sent numbers derived
// from Seed; whether they make completions repeatable is up to it. Where a
// completion ends by Stop, its request is cancelled as soon as no other completion
// needs it, and its tokens are counted by the events that came. A server that sends
// more text than MaxTokens can hold is cut off in the same way: the completion ends with
// [generation.FinishLength]. An answer that is no completion,
// or that goes on for 64 MiB within one piece of text, is a [generation.ErrUnusable].
func (g *Generator) Generate(ctx context.Context, request generation.Request) (generation.Response, error) {
	switch {
	case request.N < 1:
		return generation.Response{}, fmt.Errorf("complete with model %s: %d completions asked for; it takes at least 1", g.options.Model, request.N)
	case request.MaxTokens < 1:
		return generation.Response{}, fmt.Errorf("complete with model %s: at most %d tokens asked for; it takes at least 1", g.options.Model, request.MaxTokens)
	case !(request.Temperature >= 0) || math.IsInf(request.Temperature, 0) || !(request.TopP >= 0 && request.TopP <= 1):
		return generation.Response{}, fmt.Errorf("complete with model %s: temperature %v and top-p %v are no such numbers", g.options.Model, request.Temperature, request.TopP)
	}
	c := newCollector(g, request)
	if err := g.collect(ctx, c, request); err != nil {
		if ctx.Err() != nil {
			return generation.Response{}, g.fail(ctx.Err(), "")
		}
		return generation.Response{}, err
	}
	return c.response(), nil
}

// collect asks for all completions at once if the server may know n, and for
// each one that did not come alone.
func (g *Generator) collect(ctx context.Context, c *collector, request generation.Request) error {
	joint := newJob(request, 0, request.N)
	alone := request.N == 1 || g.dialect().oneChoice
	if !alone {
		err := g.run(ctx, c, request, []*job{joint})
		var e *Error
		switch {
		case err == nil:
		case errors.As(err, &e) && isRefusal(e) && !errors.Is(err, generation.ErrPromptTooLong) && ctx.Err() == nil:
			// llama-server refuses an n above its number of slots, vLLM any n at temperature
			// 0, hosted ones call it this or that. If n is not the trouble, the requests
			// below will say what is.
		default:
			return err
		}
	}
	var jobs []*job
	for i := range request.N {
		if !c.began(i) {
			jobs = append(jobs, newJob(request, i, 1))
		}
	}
	if len(jobs) == 0 {
		return nil
	}
	if err := g.run(ctx, c, request, jobs); err != nil {
		return err
	}
	// A joint request that was cut off says nothing of n.
	if !alone && request.Temperature > 0 && !c.isRunaway(joint) {
		g.learn(dialect{oneChoice: true})
	}
	for _, j := range jobs {
		if !c.began(j.first) {
			return g.failAnswer("the server answered with no completion")
		}
	}
	return nil
}

func isRefusal(e *Error) bool {
	return e.Status == 400 || e.Status == 422 || e.Status == 501
}
