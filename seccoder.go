// Package seccoder makes any code model write safer code without training it. It
// implements SecCoder (arXiv 2410.01488): from a codebase of fixed vulnerabilities it
// retrieves the example that fits the code being written, shows it to the model as a
// demonstration, and lets the frozen model complete.
//
// A [Coder] composes the steps, each of which is a package: codebase keeps the
// examples, retrieval chooses, integration makes the prompt, generation runs the model.
//
//	func main() {
//		seccoder.RunWorker() // the embedded engine starts its worker from this binary
//		coder, err := seccoder.Open(ctx, seccoder.Config{})
//		if err != nil { … }
//		defer coder.Close()
//		result, err := coder.Complete(ctx, seccoder.Prompt{Language: lang.Python, Prefix: code}, seccoder.Options{})
//		fmt.Print(result.Completions[0].Text)
//	}
//
// [Open] wires the defaults, which need no server: models that "seccoder models pull"
// has fetched, and the starter codebase. Any other retriever or generator can be put
// into a Coder by its fields.
package seccoder

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"strings"
	"time"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/generation"
	"github.com/seccoder/seccoder/generation/llama"
	"github.com/seccoder/seccoder/integration"
	"github.com/seccoder/seccoder/lang"
	"github.com/seccoder/seccoder/retrieval"
)

// RunWorker turns this process into the embedded engine's worker if it was started
// as one, and returns at once if it was not. Programs call it first in main.
func RunWorker() { llama.RunWorker() }

// A Prompt is the code around a cursor.
type Prompt struct {
	Language lang.Language
	// Prefix is the code before the cursor, Suffix the code behind it. Where Suffix has
	// more than white space, models that can fill in the middle do.
	Prefix, Suffix string
}

// The paper's settings, which Options' zero values stand for.
const (
	DefaultMaxTokens   = 300
	DefaultTemperature = 0.4
	DefaultTopP        = 0.95
)

// DefaultTopK is one demonstration more than the paper shows: the example that fits is
// often the second of the right weakness (docs/ablations.md, "One, two or three demonstrations").
const DefaultTopK = 2

// Options say how to complete. The zero value asks for one completion with the
// paper's sampling and DefaultTopK demonstrations.
type Options struct {
	// N is the number of completions; 0 means 1.
	N int
	// MaxTokens bounds each completion; 0 means DefaultMaxTokens.
	MaxTokens int
	// Temperature and TopP; 0 means the defaults.
	Temperature, TopP float64
	// Greedy takes the likeliest token at each step, whatever Temperature says.
	Greedy bool
	// Seed makes completions repeatable on one machine.
	Seed uint64
	// TopK is the largest number of demonstrations; 0 means DefaultTopK. Fewer are shown
	// where fewer fit the token budget.
	TopK int
	// Demonstrations, where not nil, are shown instead of what the retriever finds: all
	// that fit, in their order, whatever TopK says.
	Demonstrations []codebase.Example
	// KeepForeign takes completions as they come. Without it, a name that only the
	// demonstration defines makes a single completion try again from the line before,
	// and puts one of several behind those without.
	KeepForeign bool
	// OnText, where set, receives completions as they grow; what it receives of one index
	// is that completion's text. With N > 1, indices are those of Completion.Index.
	OnText func(index int, delta string)
	// OnPrompt, where set, receives what was decided before the model starts.
	OnPrompt func(Integrated)
}

// A Coder completes code in the four steps. It may be used from several goroutines if
// its parts may. Without a Generator it can make prompts, but not complete them.
type Coder struct {
	// Retriever chooses demonstrations; nil chooses none.
	Retriever retrieval.Retriever
	Generator generation.Generator
	// ContextTokens bounds prompt and completion together, where the model could attend
	// to more than is worth waiting for; 0 leaves it to the model.
	ContextTokens int
	// AbstainBelow is the confidence that the retriever must have in its best match for
	// any demonstration to be shown: one of another weakness than the code is in danger of
	// does more harm than none. It binds retrievers that tell their confidence
	// ([retrieval.Match]). 0 shows whatever is found.
	AbstainBelow float64

	closers []io.Closer
}

// DefaultAbstainBelow is where a demonstration becomes likelier to be of the right weakness
// than of another.
const DefaultAbstainBelow = 0.5

// Abstains reports whether a Coder shows nothing, by the confidence in the best match
// ([retrieval.Match]) and Coder.AbstainBelow.
func Abstains(confidence, below float64) bool { return confidence > 0 && confidence < below }

// candidatesPerDemonstration is how many ranked examples are at hand for each
// demonstration wanted, so that one that does not fit the token budget gives way to
// the next.
const candidatesPerDemonstration = 8

// A Demonstration is an example that is shown to the model.
type Demonstration struct {
	Example codebase.Example
	// Rank is the place in the retriever's ranking, from 1; 0 for a demonstration that
	// the caller chose. The rest is the retriever's ([retrieval.Match]).
	Rank       int
	Score      float64
	Confidence float64
	Why        string
	Parts      retrieval.Parts
	Terms      []retrieval.Term
}

// Integrated is a prompt, ready for the model, and what was decided on the way.
type Integrated struct {
	// Demonstration, Prefix and Suffix are what the model reads.
	Demonstration, Prefix, Suffix string
	// Used are the demonstrations, Skipped what was passed over and why. Where the Coder
	// Abstained, nothing is used and the best match is skipped.
	Used      []Demonstration
	Skipped   []integration.Skip
	Abstained bool
	// CutBytes and SuffixCutBytes are what was cut from the far ends of the user's code
	// because it did not fit the model's context.
	CutBytes, SuffixCutBytes int
	// SuffixLeftOut says that there is code behind the cursor, but the model cannot fill
	// in the middle.
	SuffixLeftOut bool
	// DemonstrationTokens and PromptTokens are counts of the model's tokens, estimates
	// where the generator cannot count.
	DemonstrationTokens, PromptTokens int

	Retrieval, Integration time.Duration
}

// Integrate runs the steps before the model: retrieval and integration.
func (c *Coder) Integrate(ctx context.Context, p Prompt, o Options) (Integrated, error) {
	if err := o.check(); err != nil {
		return Integrated{}, err
	}
	o = o.withDefaults()
	suffixLeftOut := false
	if strings.TrimSpace(p.Suffix) == "" {
		p.Suffix = ""
	} else if infiller, ok := c.Generator.(generation.Infiller); ok && !infiller.CanInfill() {
		p.Suffix, suffixLeftOut = "", true
	}
	started := time.Now()
	candidates, withheld, err := c.candidates(ctx, p, o)
	if err != nil {
		return Integrated{}, err
	}
	retrieved := time.Now()
	request := integration.Request{
		Language: p.Language, Prefix: p.Prefix, Suffix: p.Suffix,
		K: o.TopK, MaxTokens: o.MaxTokens,
	}
	for _, d := range candidates {
		request.Examples = append(request.Examples, d.Example)
	}
	if counter, ok := c.Generator.(generation.TokenCounter); ok {
		request.Count = counter.CountTokens
	}
	if sizer, ok := c.Generator.(generation.ContextSizer); ok {
		request.ContextTokens = sizer.ContextTokens()
	}
	if c.ContextTokens > 0 && (request.ContextTokens == 0 || c.ContextTokens < request.ContextTokens) {
		request.ContextTokens = c.ContextTokens
	}
	r, err := integration.Integrate(ctx, request)
	if err != nil {
		return Integrated{}, err
	}
	return Integrated{
		Demonstration: r.Demonstration, Prefix: r.Prefix, Suffix: r.Suffix,
		Used: pick(candidates, r.Used), Skipped: append(withheld, r.Skipped...), Abstained: len(withheld) > 0,
		CutBytes: r.CutBytes, SuffixCutBytes: r.SuffixCutBytes, SuffixLeftOut: suffixLeftOut,
		DemonstrationTokens: r.DemonstrationTokens, PromptTokens: r.PromptTokens,
		Retrieval: retrieved.Sub(started), Integration: time.Since(retrieved),
	}, nil
}

// Text is the prompt as one text, in the generator's form.
func (c *Coder) Text(i Integrated) string {
	if renderer, ok := c.Generator.(generation.Renderer); ok {
		return renderer.Render(generation.Request{Demonstration: i.Demonstration, Prefix: i.Prefix, Suffix: i.Suffix})
	}
	return i.Demonstration + i.Prefix
}

// candidates ranks the examples that may become demonstrations. Where the Coder abstains,
// there are none, and what would have been the first is withheld.
func (c *Coder) candidates(ctx context.Context, p Prompt, o Options) (ranked []Demonstration, withheld []integration.Skip, err error) {
	if o.Demonstrations != nil {
		forced := make([]Demonstration, len(o.Demonstrations))
		for i, e := range o.Demonstrations {
			forced[i] = Demonstration{Example: e, Why: "the caller chose it"}
		}
		return forced, nil, nil
	}
	if c.Retriever == nil {
		return nil, nil, nil
	}
	query := retrieval.Query{Text: p.Prefix, Language: p.Language, Seed: o.Seed}
	matches, err := c.retrieve(ctx, query, o.TopK*candidatesPerDemonstration)
	if err != nil {
		return nil, nil, fmt.Errorf("retrieve a demonstration: %w", err)
	}
	if len(matches) > 0 && Abstains(matches[0].Confidence, c.AbstainBelow) {
		reason := fmt.Sprintf("may not be about a weakness that is near: confidence %.2f, below %.2f", matches[0].Confidence, c.AbstainBelow)
		return nil, []integration.Skip{{ID: matches[0].Example.ID, Reason: integration.Reason(reason)}}, nil
	}
	ranked = make([]Demonstration, len(matches))
	for i, m := range matches {
		ranked[i] = DemonstrationOf(i+1, m)
	}
	return ranked, nil, nil
}

// DemonstrationOf is the match at a place of a ranking as a demonstration.
func DemonstrationOf(rank int, m retrieval.Match) Demonstration {
	return Demonstration{
		Example: m.Example, Rank: rank, Score: m.Score, Confidence: m.Confidence, Why: m.Why, Parts: m.Parts, Terms: m.Terms,
	}
}

// retrieve asks a retriever that can choose for what is to be shown together, any other for
// what is near.
func (c *Coder) retrieve(ctx context.Context, query retrieval.Query, n int) ([]retrieval.Match, error) {
	if chooser, ok := c.Retriever.(retrieval.Chooser); ok {
		return chooser.Choose(ctx, query, n, c.AbstainBelow)
	}
	return c.Retriever.Retrieve(ctx, query, n)
}

// pick returns the candidates whose examples were used.
func pick(candidates []Demonstration, used []codebase.Example) []Demonstration {
	var picked []Demonstration
	next := 0
	for _, d := range candidates {
		if next < len(used) && d.Example.ID == used[next].ID && d.Example.Code == used[next].Code {
			picked = append(picked, d)
			next++
		}
	}
	return picked
}

func (o Options) withDefaults() Options {
	o.N = max(o.N, 1)
	if o.TopK == 0 {
		o.TopK = DefaultTopK
	}
	if o.Demonstrations != nil {
		o.TopK = max(len(o.Demonstrations), 1)
	}
	if o.MaxTokens == 0 {
		o.MaxTokens = DefaultMaxTokens
	}
	if o.Temperature == 0 {
		o.Temperature = DefaultTemperature
	}
	if o.TopP == 0 {
		o.TopP = DefaultTopP
	}
	if o.Greedy {
		o.Temperature = 0
	}
	return o
}

// check finds values that mean nothing.
func (o Options) check() error {
	switch {
	case o.N < 0:
		return fmt.Errorf("complete: %d completions asked for, expected at least 1", o.N)
	case o.TopK < 0:
		return fmt.Errorf("complete: %d demonstrations asked for, expected at least 1", o.TopK)
	case o.MaxTokens < 0:
		return fmt.Errorf("complete: %d tokens asked for, expected at least 1", o.MaxTokens)
	case o.Temperature < 0 || math.IsNaN(o.Temperature) || math.IsInf(o.Temperature, 1):
		return fmt.Errorf("complete: temperature %g, expected 0 or more", o.Temperature)
	case o.TopP < 0 || o.TopP > 1 || math.IsNaN(o.TopP):
		return fmt.Errorf("complete: top-p %g, expected a share between 0 and 1", o.TopP)
	}
	return nil
}

// Close ends what Open started.
func (c *Coder) Close() error {
	var errs []error
	for i := len(c.closers) - 1; i >= 0; i-- {
		errs = append(errs, c.closers[i].Close())
	}
	c.closers = nil
	return errors.Join(errs...)
}
