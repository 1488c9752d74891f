package openai

import (
	"time"
	"unicode/utf8"

	"github.com/seccoder/seccoder/generation"
)

// A collector puts a request's completions together from the pieces of its jobs.
type collector struct {
	emitter *generation.Emitter
	states  []state
	replies []*reply // of the chat API
	totals  map[*job]usage
	most    int // bytes of a text
	start   time.Time
	text    time.Time // when the first text came
}

// state is what is known of one completion.
type state struct {
	job    *job
	size   int // bytes of text that came
	ended  bool
	said   bool // the server gave its finish_reason
	finish generation.Finish
	tokens int    // by the events that came
	usage  *usage // by the server
}

func newCollector(g *Generator, request generation.Request) *collector {
	c := &collector{
		emitter: generation.NewEmitter(request.Stop, request.OnText, request.N),
		states:  make([]state, request.N),
		totals:  map[*job]usage{},
		most:    maxText(request),
		start:   time.Now(),
	}
	if g.chat {
		for range request.N {
			c.replies = append(c.replies, newReply(request.Demonstration+request.Prefix))
		}
	}
	return c
}

// began reports whether anything came for a completion.
func (c *collector) began(i int) bool { return c.states[i].job != nil }

// maxText is how many bytes of text a completion may have. No MaxTokens tokens are longer,
// and a server may know nothing of MaxTokens.
func maxText(request generation.Request) int {
	return 64<<10 + 256*min(request.MaxTokens, 1<<20)
}

// take adds a piece. It reports whether the job can be cancelled: all of its
// completions have ended, and the server, which does not know, works on one.
func (c *collector) take(p piece) (idle bool) {
	for _, choice := range p.chunk.Choices {
		c.takeChoice(p, choice)
	}
	if u := p.chunk.Usage; u != nil {
		c.takeUsage(p, *u)
	}
	if c.isRunaway(p.job) {
		// It has lost itself in one of them. Those that have not begun are asked for alone.
		c.finish(p.job, generation.FinishLength)
		return true
	}
	working := false
	for i := p.job.first; i < p.job.first+p.job.n; i++ {
		if !c.states[i].ended {
			return false
		}
		working = working || !c.states[i].said
	}
	return working
}

// isRunaway reports whether so much came behind the ends of a job's completions that it is cut off.
func (c *collector) isRunaway(j *job) bool { return j.surplus > j.n*c.most }

func (c *collector) takeChoice(p piece, choice choice) {
	i := p.job.first + choice.Index
	s := &c.states[i]
	s.job = p.job
	s.said = s.said || choice.FinishReason != nil
	text := choice.text()
	if text != "" {
		if c.text.IsZero() {
			c.text = time.Now()
		}
		if p.chunk.whole {
			s.tokens = generation.EstimateTokens(text)
		} else {
			s.tokens++ // servers send an event for each token
		}
	}
	if s.ended {
		p.job.surplus += len(text)
		return
	}
	text, over := cut(text, c.most-s.size)
	s.size += len(text)
	p.job.surplus += over
	done := false
	if c.replies != nil {
		text, done = c.replies[i].push(text)
	}
	switch {
	case text != "" && c.emitter.Push(i, text):
		s.end(generation.FinishStop)
	case done:
		c.emitter.Finish(i)
		s.end(generation.FinishEnd)
	case over > 0:
		c.end(i, generation.FinishLength)
	case choice.FinishReason != nil:
		c.end(i, newFinish(*choice.FinishReason))
	}
}

// cut shortens a text to at most so many bytes, and says how many are over.
func cut(text string, most int) (string, int) {
	if len(text) <= most {
		return text, 0
	}
	over := len(text) - most
	for most > 0 && !utf8.RuneStart(text[most]) {
		most--
	}
	return text[:most], over
}

// takeUsage knows three habits: one event with no choice for the whole request
// (OpenAI, vLLM), several of them (llama-server's chat), and one with each last
// piece of a choice (llama-server's completions). Where a server repeats it with
// every piece, the last one counts.
func (c *collector) takeUsage(p piece, u usage) {
	if choices := p.chunk.Choices; len(choices) == 1 {
		c.states[p.job.first+choices[0].Index].usage = &u
		return
	}
	total := c.totals[p.job]
	u.PromptTokens = max(u.PromptTokens, total.PromptTokens)
	u.CompletionTokens += total.CompletionTokens
	c.totals[p.job] = u
}

// finish ends what a job has begun and left open.
func (c *collector) finish(j *job, as generation.Finish) {
	for i := j.first; i < j.first+j.n; i++ {
		if c.began(i) && !c.states[i].ended {
			c.end(i, as)
		}
	}
}

func (c *collector) end(i int, finish generation.Finish) {
	if c.replies != nil {
		if text := c.replies[i].finish(); text != "" && c.emitter.Push(i, text) {
			finish = generation.FinishStop
		}
	}
	c.emitter.Finish(i)
	c.states[i].end(finish)
}

func (s *state) end(finish generation.Finish) { s.ended, s.finish = true, finish }

func (c *collector) response() generation.Response {
	var r generation.Response
	counted := map[*job]bool{}
	for i, s := range c.states {
		total, known := c.totals[s.job]
		tokens := s.tokens
		switch {
		case s.usage != nil:
			tokens = s.usage.CompletionTokens
			r.Usage.PromptTokens = max(r.Usage.PromptTokens, s.usage.PromptTokens)
			if i == 0 {
				r.Usage.CachedTokens = s.usage.cached()
			}
		case known && s.job.n == 1:
			tokens = total.CompletionTokens
		}
		switch {
		case !known:
			r.Usage.CompletionTokens += tokens
		case !counted[s.job]:
			counted[s.job] = true
			r.Usage.CompletionTokens += total.CompletionTokens
			r.Usage.PromptTokens = max(r.Usage.PromptTokens, total.PromptTokens)
			if i == 0 {
				r.Usage.CachedTokens = total.cached()
			}
		}
		r.Completions = append(r.Completions, generation.Completion{Text: c.emitter.Text(i), Finish: s.finish, Tokens: tokens})
	}
	end := time.Now()
	if c.text.IsZero() {
		c.text = end
	}
	r.Usage.Prefill, r.Usage.Decode = c.text.Sub(c.start), end.Sub(c.text)
	return r
}
