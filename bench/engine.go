package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/seccoder/seccoder"
	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/generation"
	"github.com/seccoder/seccoder/generation/llama"
	"github.com/seccoder/seccoder/integration"
	"github.com/seccoder/seccoder/lang"
	"github.com/seccoder/seccoder/retrieval"
)

func request(prompt string, n int) generation.Request {
	return generation.Request{
		Prefix: prompt, N: n, MaxTokens: completionTokens,
		Temperature: seccoder.DefaultTemperature, TopP: seccoder.DefaultTopP, Seed: 1,
	}
}

// measureBatch compares decoding of one sample with that of many behind one prompt.
func measureBatch(ctx context.Context, g *llama.Generator, prompt string) error {
	fmt.Printf("\n## Samples of one prompt of %d tokens, %d tokens each\n", promptTokens, completionTokens)
	var single float64
	for _, n := range []int{1, 8, samples} {
		started := time.Now()
		r, err := g.Generate(ctx, request(prompt, n))
		if err != nil {
			return err
		}
		rate := float64(r.Usage.CompletionTokens) / r.Usage.Decode.Seconds()
		if n == 1 {
			single = rate
		}
		fmt.Printf("n = %2d: prefill %.2f s (%d tokens), decode %.1f tokens/s = %.2f x n = 1; %d tokens in %.2f s in all\n",
			n, r.Usage.Prefill.Seconds(), r.Usage.PromptTokens, rate, rate/single, r.Usage.CompletionTokens, time.Since(started).Seconds())
	}
	return nil
}

// measureDemonstrations compares the time to the first token without a demonstration, with one
// and with two that are new, and with the two once their state is kept.
func measureDemonstrations(ctx context.Context, g *llama.Generator, prompt string) error {
	fmt.Printf("\n## Time to the first token, prompt of %d tokens\n", promptTokens)
	examples, err := codebase.Starter()
	if err != nil {
		return err
	}
	examples = slices.DeleteFunc(examples, func(e codebase.Example) bool { return e.Language != lang.Python })
	const rounds = 7
	var none, one, two, kept []time.Duration
	for pair := range slices.Chunk(examples[:2*rounds], 2) {
		both := integration.Demonstration(lang.Python, prompt, pair)
		for _, step := range []struct {
			demonstration string
			times         *[]time.Duration
		}{{"", &none}, {integration.Demonstration(lang.Python, prompt, pair[1:]), &one}, {both, &two}, {both, &kept}} {
			r := request(prompt, 1)
			r.MaxTokens, r.Demonstration = 1, step.demonstration
			response, err := g.Generate(ctx, r)
			if err != nil {
				return err
			}
			*step.times = append(*step.times, response.Usage.Prefill)
		}
	}
	base := median(none)
	fmt.Printf("median of %d: without %v", rounds, base.Round(time.Millisecond))
	for _, m := range []struct {
		what  string
		times []time.Duration
	}{{"a new demonstration", one}, {"two new ones", two}, {"two kept ones", kept}} {
		took := median(m.times)
		fmt.Printf("; %s %v = %.2f x", m.what, took.Round(time.Millisecond), took.Seconds()/base.Seconds())
	}
	fmt.Println()
	return nil
}

// measureOverhead compares all that SecCoder adds to a completion with the completion.
func measureOverhead(ctx context.Context, g *llama.Generator) error {
	fmt.Printf("\n## Without generation: open a ready store, embed the query, search, integrate\n")
	dir, err := os.MkdirTemp("", "seccoder-bench")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	config := seccoder.Config{StorePath: filepath.Join(dir, "codebase.db"), CacheDir: os.Getenv("SECCODER_CACHE_DIR")}
	store, err := config.OpenStore(ctx) // fill it
	if err != nil {
		return err
	}
	if err := store.Close(); err != nil {
		return err
	}
	embedder, err := config.OpenEmbedder(ctx)
	if err != nil {
		return err
	}
	defer embedder.Close()
	prompt := seccoder.Prompt{Language: lang.Python, Prefix: "import sqlite3\n\n\ndef find(db, name):\n    cursor = db.cursor()\n"}
	var all []time.Duration
	for range 9 {
		started := time.Now()
		store, err := config.OpenStore(ctx)
		if err != nil {
			return err
		}
		coder := &seccoder.Coder{Retriever: retrieval.NewDense(store, embedder), Generator: g}
		if _, err := coder.Integrate(ctx, prompt, seccoder.Options{}); err != nil {
			return err
		}
		all = append(all, time.Since(started))
		if err := store.Close(); err != nil {
			return err
		}
	}
	started := time.Now()
	r := request(prompt.Prefix, 1)
	r.Temperature = 0
	response, err := g.Generate(ctx, r)
	if err != nil {
		return err
	}
	completion := time.Since(started)
	fmt.Printf("median of %d: %v = %.1f %% of a completion of %d tokens (%v)\n", len(all), median(all).Round(100*time.Microsecond),
		100*median(all).Seconds()/completion.Seconds(), response.Usage.CompletionTokens, completion.Round(time.Millisecond))
	return nil
}

// measureStart says where the time from start to the first token goes, with the model
// in the page cache.
func measureStart(ctx context.Context, open func() (*llama.Generator, error), prompt string) error {
	fmt.Printf("\n## Start to first token, model in the page cache\n")
	started := time.Now()
	g, err := open()
	if err != nil {
		return err
	}
	defer g.Close()
	opened := time.Now()
	r := request(prompt, 1)
	r.MaxTokens = 1
	response, err := g.Generate(ctx, r)
	if err != nil {
		return err
	}
	total := time.Since(started)
	fmt.Printf("start the worker and load the model %v; make the context and read %d tokens %v; in all %v\n",
		opened.Sub(started).Round(time.Millisecond), response.Usage.PromptTokens, time.Since(opened).Round(time.Millisecond), total.Round(time.Millisecond))
	return nil
}
