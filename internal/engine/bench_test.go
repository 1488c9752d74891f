package engine_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/seccoder/seccoder/internal/engine"
	"github.com/seccoder/seccoder/internal/enginetest"
)

// benchmarkOptions are those of an engine with the model that the variable
// ENGINE_BENCH_MODEL names, and as many threads as there are free cores.
func benchmarkOptions(b *testing.B) engine.Options {
	name := os.Getenv("ENGINE_BENCH_MODEL")
	if name == "" {
		name = enginetest.SmallModel
	}
	return engine.Options{LibraryDir: enginetest.Libraries(b), ModelPath: enginetest.Model(b, name)}
}

// A sample that the model ends does not decode on: tokens are counted, not assumed.
func BenchmarkDecode(b *testing.B) {
	for _, n := range []int{1, 8, 25} {
		b.Run(fmt.Sprintf("n=%d", n), func(b *testing.B) {
			e := mustOpen(b, benchmarkOptions(b))
			g := engine.Generation{Demonstration: demonstration, Prefix: prefix, N: n, MaxTokens: 32, Temperature: 0.8, TopP: 0.95}
			mustGenerate(b, e, g)
			var tokens, nanoseconds int64
			for b.Loop() {
				g.Seed++
				u := mustGenerate(b, e, g).usage
				tokens += int64(u.CompletionTokens)
				nanoseconds += u.DecodeNanoseconds
			}
			b.ReportMetric(float64(tokens)/float64(nanoseconds)*1e9, "tokens/s")
		})
	}
}

func BenchmarkPrefill(b *testing.B) {
	e := mustOpen(b, benchmarkOptions(b))
	g := engine.Generation{Prefix: strings.Repeat(demonstration, 3), N: 1, MaxTokens: 1, TopP: 1}
	mustGenerate(b, e, g)
	var tokens, nanoseconds int64
	for b.Loop() {
		u := mustGenerate(b, e, g).usage
		tokens += int64(u.PromptTokens)
		nanoseconds += u.PrefillNanoseconds
	}
	b.ReportMetric(float64(tokens)/float64(nanoseconds)*1e9, "tokens/s")
}

// BenchmarkWarmDemonstration is the prefill of a prompt whose demonstration was seen
// before; the rate is that of all its tokens.
func BenchmarkWarmDemonstration(b *testing.B) {
	e := mustOpen(b, benchmarkOptions(b))
	g := engine.Generation{Demonstration: strings.Repeat(demonstration, 3), Prefix: prefix, N: 1, MaxTokens: 1, TopP: 1}
	mustGenerate(b, e, g)
	var tokens, cached, nanoseconds int64
	for b.Loop() {
		u := mustGenerate(b, e, g).usage
		tokens += int64(u.PromptTokens)
		cached += int64(u.CachedTokens)
		nanoseconds += u.PrefillNanoseconds
	}
	b.ReportMetric(float64(tokens)/float64(nanoseconds)*1e9, "tokens/s")
	b.ReportMetric(float64(cached)/float64(tokens), "cached")
}

// BenchmarkEmbed embeds one text at a time, some 100 tokens long.
func BenchmarkEmbed(b *testing.B) {
	o := benchmarkOptions(b)
	o.ModelPath = enginetest.Embedder(b)
	e := mustOpen(b, o)
	n, err := e.CountTokens(b.Context(), demonstration)
	if err != nil {
		b.Fatal(err)
	}
	texts := []string{demonstration}
	for b.Loop() {
		if _, err := e.Embed(b.Context(), texts, 256); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(n*b.N)/b.Elapsed().Seconds(), "tokens/s")
}
