package eval

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/seccoder/seccoder"
	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/generation"
	"github.com/seccoder/seccoder/retrieval"
)

// A producer makes the prompts and completions that are missing. It has one model
// loaded at a time.
type producer struct {
	*session
	model     int // the loaded one; -1 for none
	generator generation.Generator
	closer    io.Closer
	stores    map[string]codebase.Store      // by digest
	ranked    map[string]retrieval.Retriever // by retriever and digest
}

func newProducer(s *session) *producer {
	return &producer{session: s, model: -1, stores: map[string]codebase.Store{}, ranked: map[string]retrieval.Retriever{}}
}

// close ends the model's worker.
func (p *producer) close() error {
	p.model, p.generator = -1, nil
	if p.closer == nil {
		return nil
	}
	err := p.closer.Close()
	p.closer = nil
	return err
}

// tries is how often a generation that fails is tried: the engine starts anew
// after a crash, and servers have their moments.
const tries = 3

// produce sees to it that the unit has a prompt and completions, and keeps them.
func (p *producer) produce(ctx context.Context, u *unit) error {
	if err := p.use(ctx, u.model); err != nil {
		return err
	}
	if u.prompt == nil {
		prompt, err := p.integrate(ctx, u)
		if err != nil {
			return p.failed(u, err)
		}
		if err := p.store.put(ctx, p.promptKey(u), prompt); err != nil {
			return err
		}
		u.prompt = prompt
		// A prompt made anew by another program is mostly the old one.
		if ok, err := p.recallCompletions(ctx, u); ok || err != nil {
			return err
		}
	}
	for try := 1; ; try++ {
		g, err := p.generate(ctx, u)
		if err == nil {
			u.generated = g
			return p.store.put(ctx, p.generationKey(u), g)
		}
		if ctx.Err() != nil || try == tries || errors.Is(err, generation.ErrPromptTooLong) {
			return p.failed(u, err)
		}
	}
}

func (p *producer) failed(u *unit, err error) error {
	return fmt.Errorf("%s, %s, %s, seed %d: %w", p.models[u.model].Name, p.methodOf(u).Name, p.scenarioOf(u).ID, u.batchSeed, err)
}

// use loads the model, in place of the one before.
func (p *producer) use(ctx context.Context, model int) error {
	if p.model == model {
		return nil
	}
	if err := p.close(); err != nil {
		return err
	}
	g, closer, err := p.bench.Generator(ctx, p.models[model].Model)
	if err != nil {
		return err
	}
	p.model, p.generator, p.closer = model, g, closer
	return nil
}

// retriever is that of the unit's method; nil for none.
func (p *producer) retriever(ctx context.Context, u *unit) (retrieval.Retriever, error) {
	name, c := p.methodOf(u).Retriever, p.codebaseOf(u)
	if name == RetrieverNone {
		return nil, nil
	}
	id := name + " " + c.Digest
	if r, ok := p.ranked[id]; ok {
		return r, nil
	}
	store, ok := p.stores[c.Digest]
	if !ok {
		var err error
		if store, err = c.Open(ctx); err != nil {
			return nil, err
		}
		p.stores[c.Digest] = store
	}
	r, err := p.bench.Retriever(ctx, name, *c, store)
	if err != nil {
		return nil, err
	}
	p.ranked[id] = r
	return r, nil
}

func (p *producer) coder(r retrieval.Retriever) *seccoder.Coder {
	return &seccoder.Coder{Retriever: r, Generator: p.generator, ContextTokens: p.plan.Context}
}

// integrate makes the prompt.
func (p *producer) integrate(ctx context.Context, u *unit) (*prompted, error) {
	r, err := p.retriever(ctx, u)
	if err != nil {
		return nil, err
	}
	scenario, method := p.scenarioOf(u), p.methodOf(u)
	coder := p.coder(r)
	coder.AbstainBelow = max(method.AbstainBelow, 0)
	i, err := coder.Integrate(ctx,
		seccoder.Prompt{Language: scenario.Language, Prefix: scenario.Prompt, Suffix: scenario.Suffix},
		seccoder.Options{MaxTokens: p.samplingOf(u).MaxTokens, TopK: method.K, Seed: u.seed})
	if err != nil {
		return nil, err
	}
	prompt := &prompted{Demonstration: i.Demonstration, Prefix: i.Prefix, Suffix: i.Suffix, Text: coder.Text(i)}
	for _, d := range i.Used {
		prompt.Used = append(prompt.Used, d.Example)
		prompt.Shown = append(prompt.Shown, shown(d))
	}
	query := retrieval.Query{Text: scenario.Prompt, Language: scenario.Language, Seed: u.seed}
	if prompt.Rank, err = rankOf(ctx, r, query, scenario.CWE, p.codebaseOf(u).Examples); err != nil {
		return nil, err
	}
	return prompt, nil
}

func shown(d seccoder.Demonstration) Demonstration {
	e := d.Example
	source := e.Source.Kind
	for _, part := range []string{e.Source.Dataset, e.Source.Repository, e.Source.Path, e.Source.Commit} {
		if part != "" {
			source += " " + part
		}
	}
	return Demonstration{
		ID: e.ID, Title: e.Title, Fix: e.Fix, Language: e.Language, CWEs: e.CWEs, Source: source,
		Rank: d.Rank, Score: d.Score, Why: d.Why, Code: e.Code,
	}
}

// generate draws the unit's samples.
func (p *producer) generate(ctx context.Context, u *unit) (*generated, error) {
	started := time.Now()
	var g *generated
	var err error
	if p.methodOf(u).Coder == CoderProduct {
		g, err = p.generateProduct(ctx, u)
	} else {
		g, err = p.generatePaper(ctx, u)
	}
	if err != nil {
		return nil, err
	}
	g.Cost.GenerateSeconds = time.Since(started).Seconds()
	return g, nil
}

// generatePaper draws all samples at once, as the model gives them.
func (p *producer) generatePaper(ctx context.Context, u *unit) (*generated, error) {
	s := p.samplingOf(u)
	r, err := p.generator.Generate(ctx, generation.Request{
		Demonstration: u.prompt.Demonstration, Prefix: u.prompt.Prefix, Suffix: u.prompt.Suffix,
		N: u.n, MaxTokens: s.MaxTokens, Temperature: s.Temperature, TopP: s.TopP, Seed: u.batchSeed,
		Stop: p.scenarioOf(u).stop(),
	})
	if err != nil {
		return nil, err
	}
	if len(r.Completions) != u.n {
		return nil, fmt.Errorf("the generator returned %d completions, expected %d", len(r.Completions), u.n)
	}
	g := &generated{}
	for _, c := range r.Completions {
		g.Completions = append(g.Completions, completion{Text: bounded(c.Text), Finish: string(c.Finish), Tokens: c.Tokens})
	}
	g.Cost.Add(costOf(r.Usage))
	return g, nil
}

// generateProduct completes as the program does, one sample at a time.
func (p *producer) generateProduct(ctx context.Context, u *unit) (*generated, error) {
	s, scenario := p.samplingOf(u), p.scenarioOf(u)
	// Seeds lie apart, since the coder takes a text up again with those that follow.
	const apart = 1 << 16
	demonstrations := u.prompt.Used
	if demonstrations == nil {
		demonstrations = []codebase.Example{}
	}
	g := &generated{}
	for i := range u.n {
		r, err := p.coder(nil).Complete(ctx,
			seccoder.Prompt{Language: scenario.Language, Prefix: scenario.Prompt, Suffix: scenario.Suffix},
			seccoder.Options{
				N: 1, MaxTokens: s.MaxTokens, Temperature: s.Temperature, Greedy: s.Temperature == 0, TopP: s.TopP,
				Seed: u.batchSeed*apart*apart + uint64(i)*apart, Demonstrations: demonstrations,
			})
		if err != nil {
			return nil, err
		}
		c := r.Completions[0]
		g.Completions = append(g.Completions, completion{Text: bounded(c.Text), Finish: string(c.Finish), Tokens: c.Tokens, Retries: c.Retries})
		g.Cost.Add(costOf(r.Usage))
	}
	return g, nil
}

func costOf(u generation.Usage) Cost {
	return Cost{PromptTokens: u.PromptTokens, CachedTokens: u.CachedTokens, CompletionTokens: u.CompletionTokens, PrefillSeconds: u.Prefill.Seconds()}
}

// Add adds what something else has cost.
func (c *Cost) Add(o Cost) {
	c.PromptTokens += o.PromptTokens
	c.CachedTokens += o.CachedTokens
	c.CompletionTokens += o.CompletionTokens
	c.GenerateSeconds += o.GenerateSeconds
	c.PrefillSeconds += o.PrefillSeconds
	c.JudgeSeconds += o.JudgeSeconds
}
