package openai

import (
	"context"
	"errors"
	"fmt"

	"github.com/seccoder/seccoder/generation"
)

// A job is one request: for completions first to first+n-1.
type job struct {
	first, n int
	seed     uint64
	cancel   context.CancelCauseFunc // set before the first piece
	surplus  int                     // bytes that came behind ends; the collector's
}

// newJob gives completion i the seed base+i, as llama-server does within one
// request. The base is scattered by the seed: requests with seeds 1, 2 and 3
// would else share all but two of their streams of random numbers. Seeds stay
// below 2^31, which every server takes.
func newJob(request generation.Request, first, n int) *job {
	z := request.Seed + 0x9e3779b97f4a7c15 // the finalizer of SplitMix64
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	z ^= z >> 31
	return &job{first: first, n: n, seed: z>>34 + uint64(first)}
}

// A piece is what one event of a job's stream brings.
type piece struct {
	job   *job
	chunk chunk
}

// A result is a job's end.
type result struct {
	job *job
	err error
}

// run does jobs side by side and feeds what they bring to the collector, here,
// so that Stop and OnText are called from the goroutine of Generate. It returns
// when every job has ended.
func (g *Generator) run(ctx context.Context, c *collector, request generation.Request, jobs []*job) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	pieces := make(chan piece)
	results := make(chan result, len(jobs))
	queue := make(chan *job, len(jobs))
	for _, j := range jobs {
		queue <- j
	}
	close(queue)
	for range min(g.options.Parallel, len(jobs)) {
		go func() {
			for j := range queue {
				results <- result{j, g.do(ctx, j, request, pieces)}
			}
		}()
	}
	var first error
	for range jobs {
		for ended := false; !ended; {
			select {
			case p := <-pieces:
				if first == nil && c.take(p) {
					p.job.cancel(errEnded)
				}
			case r := <-results:
				ended = true
				if r.err == nil {
					c.finish(r.job, generation.FinishEnd) // some servers end a stream and give no reason
				} else if first == nil {
					first = r.err
					cancel()
				}
			}
		}
	}
	return first
}

// do makes a job's request, again and differently where the server wants that.
func (g *Generator) do(ctx context.Context, j *job, request generation.Request, pieces chan<- piece) error {
	ctx, stop := context.WithTimeoutCause(ctx, g.options.Timeout, errTimeout)
	defer stop()
	ctx, j.cancel = context.WithCancelCause(ctx)
	defer j.cancel(nil)

	d := g.dialect()
	for {
		body := g.newBody(request, d, j.n, j.seed)
		e := g.withRetries(ctx, func() *Error {
			came := false
			e := g.attempt(ctx, body, maxText(request), func(c chunk) *Error {
				for _, choice := range c.Choices {
					if choice.Index < 0 || choice.Index >= j.n {
						return g.failAnswer(fmt.Sprintf("the server sent choice %d of %d", choice.Index, j.n))
					}
					came = came || choice.text() != "" || choice.FinishReason != nil
				}
				select {
				case pieces <- piece{j, c}:
					return nil
				case <-ctx.Done():
					return g.failContext(context.Cause(ctx))
				}
			})
			if e != nil && came {
				e.retry = false // Stop and OnText have seen it
			}
			return e
		})
		switch {
		case errors.Is(context.Cause(ctx), errEnded):
			return nil
		case e == nil:
			g.learn(d)
			return nil
		case !d.adapt(e):
			return e
		}
	}
}
