package eval

import (
	"context"
	"fmt"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/retrieval"
)

// A unit is a batch of samples: one model and method on one scenario, with one seed.
type unit struct {
	model, suite, scenario, method int
	// seed is the plan's, batchSeed that of this batch, first the index of its first
	// sample and n their number.
	seed, batchSeed uint64
	first, n        int

	prompt    *prompted
	generated *generated
	// verdicts are those of the samples.
	verdicts []*verdict
}

// prompted is what is kept of a prompt.
type prompted struct {
	Demonstration string             `json:"demonstration"`
	Prefix        string             `json:"prefix"`
	Suffix        string             `json:"suffix,omitempty"`
	Text          string             `json:"text"`
	Shown         []Demonstration    `json:"shown,omitempty"`
	Used          []codebase.Example `json:"used,omitempty"`
	// Rank is Seed Results' FirstSameCWERank.
	Rank int `json:"rank,omitempty"`
}

// generated is what is kept of a batch of completions.
type generated struct {
	Completions []completion `json:"completions"`
	Cost        Cost         `json:"cost"`
}

type completion struct {
	Text    string `json:"text"`
	Finish  string `json:"finish"`
	Tokens  int    `json:"tokens"`
	Retries int    `json:"retries,omitempty"`
}

// A session is a plan with all that it names at hand.
type session struct {
	plan      *Plan
	bench     Bench
	store     *Store
	about     About
	limit     int
	suites    []loadedSuite
	models    []loadedModel
	codebases []Codebase // by method; zero where it has none
}

type loadedSuite struct {
	Suite
	spec     string
	sampling Sampling
}

type loadedModel struct {
	Model
	fingerprint string
}

// load finds all that the plan names, without loading a model.
func load(ctx context.Context, plan *Plan, bench Bench, store *Store, limit int) (*session, error) {
	s := &session{plan: plan, bench: bench, store: store, limit: limit}
	for _, spec := range plan.Suites {
		suite, err := bench.Suite(ctx, spec)
		if err != nil {
			return nil, fmt.Errorf("load suite %s: %w", spec, err)
		}
		s.suites = append(s.suites, loadedSuite{suite, spec, plan.sampling(spec)})
	}
	if err := plan.choose(s.suites); err != nil {
		return nil, err
	}
	for i := range s.suites {
		s.suites[i].Scenarios = limited(s.suites[i].Scenarios, limit)
	}
	s.about = bench.About(ctx) // knows the oracles' versions, now that they are there
	for _, m := range plan.AllModels() {
		fingerprint, err := bench.Fingerprint(ctx, m)
		if err != nil {
			return nil, err
		}
		s.models = append(s.models, loadedModel{m, fingerprint})
	}
	for _, m := range plan.Methods {
		var c Codebase
		if m.Retriever != RetrieverNone {
			var err error
			spec := CodebaseSpec{Name: m.Codebase, Sven: plan.Sven, MaxChars: m.MaxChars, Size: m.Size, SizeSeed: m.SizeSeed}
			if c, err = bench.Codebase(ctx, spec); err != nil {
				return nil, fmt.Errorf("open the codebase of method %s: %w", m.Name, err)
			}
		}
		s.codebases = append(s.codebases, c)
	}
	return s, nil
}

// limited takes limit of the scenarios, spread evenly over all; 0 takes all.
func limited(scenarios []Scenario, limit int) []Scenario {
	if limit <= 0 || limit >= len(scenarios) {
		return scenarios
	}
	some := make([]Scenario, limit)
	for i := range some {
		some[i] = scenarios[i*len(scenarios)/limit]
	}
	return some
}

// state changes with whatever the results follow from.
func (s *session) state() string {
	determinants := []any{s.plan.TOML(), s.about.Program, s.limit}
	for _, suite := range s.suites {
		determinants = append(determinants, suite.Digest)
		for _, c := range suite.Scenarios {
			determinants = append(determinants, c.ID, c.Prompt, c.Suffix)
		}
	}
	for _, m := range s.models {
		determinants = append(determinants, m.fingerprint)
	}
	for _, c := range s.codebases {
		determinants = append(determinants, c.Digest)
	}
	return fmt.Sprintf("%x", newKey("state", determinants...))
}

// units lists all batches. What is first to be done comes first: a model at a time,
// a seed at a time, and all methods on a scenario before the next.
func (s *session) units() []*unit {
	var units []*unit
	for model := range s.models {
		for round := range s.rounds() {
			for suite, loaded := range s.suites {
				if round >= len(loaded.sampling.Seeds) {
					continue
				}
				for scenario := range loaded.Scenarios {
					for method := range s.plan.Methods {
						base := unit{model: model, suite: suite, scenario: scenario, method: method, seed: loaded.sampling.Seeds[round]}
						units = append(units, base.batches(loaded.sampling)...)
					}
				}
			}
		}
	}
	return units
}

// rounds is the largest number of seeds.
func (s *session) rounds() int {
	most := 0
	for _, suite := range s.suites {
		most = max(most, len(suite.sampling.Seeds))
	}
	return most
}

// batches splits a seed's samples.
func (u unit) batches(s Sampling) []*unit {
	var all []*unit
	for b := range s.batches() {
		batch := u
		batch.batchSeed, batch.first = u.seed+uint64(b), b*s.Batch
		batch.n = min(s.Batch, s.N-batch.first)
		all = append(all, &batch)
	}
	return all
}

func (s *session) scenarioOf(u *unit) Scenario  { return s.suites[u.suite].Scenarios[u.scenario] }
func (s *session) samplingOf(u *unit) Sampling  { return s.suites[u.suite].sampling }
func (s *session) methodOf(u *unit) Method      { return s.plan.Methods[u.method] }
func (s *session) codebaseOf(u *unit) *Codebase { return &s.codebases[u.method] }

// promptKey is what a unit's prompt is kept under.
func (s *session) promptKey(u *unit) key {
	scenario, method := s.scenarioOf(u), s.methodOf(u)
	seed := uint64(0)
	if method.Retriever == RetrieverRandom || method.Retriever == RetrieverDefault {
		seed = u.seed
	}
	determinants := []any{
		s.about.Program, s.models[u.model].fingerprint, s.plan.Context, s.samplingOf(u).MaxTokens,
		method.Retriever, method.K, method.AbstainBelow, s.codebaseOf(u).Digest, scenario.Language, scenario.CWE, scenario.Prompt, scenario.Suffix, seed,
	}
	if server := s.models[u.model].Server; server != nil && server.Context > 0 {
		determinants = append(determinants, server.Context) // the prompt is cut to fit it
	}
	return newKey("prompt", determinants...)
}

// generationKey is what a unit's completions are kept under.
func (s *session) generationKey(u *unit) key {
	sampling := s.samplingOf(u)
	determinants := []any{
		s.models[u.model].fingerprint, u.prompt.Demonstration, u.prompt.Prefix, u.prompt.Suffix,
		u.n, sampling.MaxTokens, sampling.Temperature, sampling.TopP, u.batchSeed,
	}
	if s.methodOf(u).Coder == CoderProduct {
		determinants = append(determinants, CoderProduct, s.about.Program)
	}
	return newKey("generation", determinants...)
}

// recall reads what is kept of the unit, and reports whether its completions are there.
func (s *session) recall(ctx context.Context, u *unit) (bool, error) {
	var p prompted
	if ok, err := s.store.get(ctx, s.promptKey(u), &p); !ok || err != nil {
		return false, err
	}
	u.prompt = &p
	return s.recallCompletions(ctx, u)
}

func (s *session) recallCompletions(ctx context.Context, u *unit) (bool, error) {
	var g generated
	ok, err := s.store.get(ctx, s.generationKey(u), &g)
	if !ok || err != nil || len(g.Completions) != u.n {
		return false, err
	}
	// A completion that was stopped by rules that are no longer the scenario's might
	// have gone on.
	stop := s.scenarioOf(u).stop()
	for _, c := range g.Completions {
		if c.Finish == "stop" && s.methodOf(u).Coder == CoderPaper {
			if stop == nil {
				return false, nil
			}
			if _, ended := stop(c.Text); !ended {
				return false, nil
			}
		}
	}
	u.generated = &g
	return true, nil
}

// rankOf is the place of the first example of the CWE in the whole ranking, 0 if there
// is none.
func rankOf(ctx context.Context, r retrieval.Retriever, q retrieval.Query, cwe codebase.CWE, examples int) (int, error) {
	if r == nil || cwe == 0 {
		return 0, nil
	}
	matches, err := r.Retrieve(ctx, q, max(examples, 1))
	if err != nil {
		return 0, fmt.Errorf("rank the examples: %w", err)
	}
	for i, m := range matches {
		for _, c := range m.Example.CWEs {
			if c == cwe {
				return i + 1, nil
			}
		}
	}
	return 0, nil
}
