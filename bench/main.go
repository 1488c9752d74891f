// Bench measures the speeds that docs/performance.md reports, as ratios within one run:
// the machines that it runs on are shared, and absolute numbers from different days do
// not compare. Run it on an otherwise idle machine:
//
//	bench/run
//
// It needs the default model. Where OLLAMA names an ollama binary, and
// SECCODER_TEST_PYTHON a Python with xllamacpp, their servers run beside it with the
// same model file, prompt and number of samples.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/seccoder/seccoder"
	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/generation/llama"
	"github.com/seccoder/seccoder/model"
)

// The workload of all measurements.
const (
	promptTokens     = 300
	completionTokens = 100
	samples          = 25
)

func main() {
	seccoder.RunWorker()
	flag.Usage = func() {
		fmt.Fprintln(flag.CommandLine.Output(), "usage: bench, which measures for minutes; bench/run builds and calls it")
	}
	flag.Parse()
	if flag.NArg() > 0 {
		flag.Usage()
		os.Exit(2)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context) error {
	fmt.Printf("%s, %s/%s, %d cores\n", time.Now().Format(time.DateOnly), runtime.GOOS, runtime.GOARCH, runtime.NumCPU())
	cache := model.Cache{Dir: os.Getenv("SECCODER_CACHE_DIR")}
	pulled, err := cache.Resolve(ctx, model.DefaultGenerator)
	if err != nil {
		return err
	}
	engine, err := cache.Resolve(ctx, model.DefaultEngine)
	if err != nil {
		return err
	}
	open := func() (*llama.Generator, error) {
		return llama.New(ctx, llama.Options{LibraryDir: engine.Dir, ModelPath: pulled.Model()})
	}
	g, err := open()
	if err != nil {
		return err
	}
	defer g.Close()
	prompt, err := promptOf(ctx, g, promptTokens)
	if err != nil {
		return err
	}
	for _, measure := range []func() error{
		func() error { return measureBatch(ctx, g, prompt) },
		func() error { return measureDemonstrations(ctx, g, prompt) },
		func() error { return measureOverhead(ctx, g) },
		func() error { return measureStart(ctx, open, prompt) },
		func() error { return measureProgram(ctx, "bin/seccoder") },
		func() error { return measureServers(ctx, g, pulled.Model(), prompt) },
	} {
		if err := measure(); err != nil {
			return err
		}
	}
	return nil
}

// promptOf is real code of about the given number of tokens.
func promptOf(ctx context.Context, g *llama.Generator, tokens int) (string, error) {
	examples, err := codebase.Starter()
	if err != nil {
		return "", err
	}
	var text strings.Builder
	for _, e := range slices.Backward(examples) {
		if e.Language == "python" {
			text.WriteString(e.Code + "\n\n")
		}
	}
	lines := strings.SplitAfter(text.String(), "\n")
	for n := 1; n <= len(lines); n++ {
		prompt := strings.Join(lines[:n], "")
		count, err := g.CountTokens(ctx, prompt)
		if err != nil {
			return "", err
		}
		if count >= tokens {
			return prompt, nil
		}
	}
	return text.String(), nil
}

// median of durations.
func median(all []time.Duration) time.Duration {
	slices.Sort(all)
	return all[len(all)/2]
}
