package eval

import (
	"fmt"
	"time"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/lang"
)

// ResultsSchema names the form of Results as JSON.
const ResultsSchema = "seccoder.eval/1"

// Results are all that is known of a run: what was asked, every sample, and the
// metrics with their intervals. Reports are made of them (package eval/report).
type Results struct {
	Schema string  `json:"schema"`
	Run    RunInfo `json:"run"`
	// Suites are in the order of the run file.
	Suites []SuiteResults `json:"suites"`
}

// RunInfo says what a run was.
type RunInfo struct {
	// ID is what the run is found by, Name what its file calls it.
	ID   string `json:"id"`
	Name string `json:"name"`
	// File is the run file as TOML, complete: every default is written out.
	File      string    `json:"file"`
	StartedAt time.Time `json:"started_at"`
	// UpdatedAt is when the last sample came in.
	UpdatedAt time.Time `json:"updated_at"`
	// Limit is the number of scenarios of each suite that were taken; 0 means all.
	Limit int `json:"limit,omitempty"`
	// Wanted and Done count samples; Unjudged are those that were generated, but whose
	// judge failed or was not asked yet. A run is complete when Done equals Wanted and
	// nothing is unjudged.
	Wanted   int `json:"wanted"`
	Done     int `json:"done"`
	Unjudged int `json:"unjudged"`
	// Machine names the processor, its cores and the memory; Versions are those of
	// seccoder, the engine, compilers and whatever else has a say, by name.
	Machine  string            `json:"machine"`
	Versions map[string]string `json:"versions"`
}

// Complete reports whether nothing is missing.
func (r RunInfo) Complete() bool { return r.Done == r.Wanted && r.Unjudged == 0 }

// SuiteResults are the results of one suite.
type SuiteResults struct {
	// Name is the suite's, Spec how the run file names it: "sven:data/sven".
	Name   string `json:"name"`
	Spec   string `json:"spec"`
	Digest string `json:"digest"`
	// Temperature, TopP and MaxTokens are what completions were drawn with.
	Temperature float64 `json:"temperature"`
	TopP        float64 `json:"top_p"`
	MaxTokens   int     `json:"max_tokens"`
	// Scenarios are those that were asked, in the suite's order.
	Scenarios []ScenarioInfo `json:"scenarios"`
	// Methods are the models and methods that were measured, in the order of the run
	// file, each model with all its methods.
	Methods []MethodResults `json:"methods"`
	// Comparisons set each method against its model's baseline, which is the method that
	// shows no demonstration, and where there is none the first.
	Comparisons []Comparison `json:"comparisons,omitempty"`
}

// ScenarioInfo is a scenario without its judge.
type ScenarioInfo struct {
	ID       string        `json:"id"`
	Kind     Kind          `json:"kind"`
	Task     string        `json:"task"`
	Language lang.Language `json:"language"`
	// CWE is 0 for functions.
	CWE   codebase.CWE `json:"cwe,omitzero"`
	Split Split        `json:"split"`
	// NoFunctionalTest says that no rate is made of whether completions do their task.
	NoFunctionalTest bool   `json:"no_functional_test,omitzero"`
	Prompt           string `json:"prompt"`
	Suffix           string `json:"suffix,omitempty"`
}

// MethodSettings are what makes a method: where its demonstrations come from.
type MethodSettings struct {
	// Name is unique within the run: "none", "dense", "dense-train-100".
	Name string `json:"name"`
	// Retriever is "none", "random", "bm25", "dense", "fused" or "default".
	Retriever string `json:"retriever"`
	// Codebase is what it retrieves from ("starter", "sven:train" …), empty for none;
	// Examples is how many examples that holds.
	Codebase string `json:"codebase,omitempty"`
	Examples int    `json:"examples,omitempty"`
	// Untrained says that it retrieves without what was trained, the head and the danger:
	// they know weaknesses that the codebase leaves out.
	Untrained bool `json:"untrained,omitempty"`
	// K is the largest number of demonstrations.
	K int `json:"k,omitempty"`
	// AbstainBelow is the confidence under which none is shown; 0 always shows one.
	AbstainBelow float64 `json:"abstain_below,omitempty"`
	// Coder is "paper" (completions as the model gives them) or "product" (with the
	// program's retries of foreign names).
	Coder string `json:"coder"`
}

// MethodResults are those of one model with one method.
type MethodResults struct {
	Model    string         `json:"model"`
	Settings MethodSettings `json:"settings"`
	// Seeds are those that were run.
	Seeds []uint64 `json:"seeds"`
	// N is the number of samples of a scenario and seed.
	N int `json:"n"`
	// Test and Validation are kept apart: the paper reports test scenarios alone.
	// A part without scenarios has Scenarios 0.
	Test       Metrics `json:"test"`
	Validation Metrics `json:"validation"`
	// ByCWE and ByLanguage are groups of the scenarios of SuiteResults.GroupSplit.
	ByCWE      []GroupMetrics `json:"by_cwe,omitempty"`
	ByLanguage []GroupMetrics `json:"by_language,omitempty"`
	// Scenarios are in the suite's order, those of both splits.
	Scenarios []ScenarioResults `json:"scenarios"`
	Cost      Cost              `json:"cost"`
}

// GroupMetrics are the metrics of some scenarios, which Name says: "CWE-089", "python".
type GroupMetrics struct {
	Name    string  `json:"name"`
	Metrics Metrics `json:"metrics"`
}

// An Estimate is a number with its 95 % interval. Rates lie between 0 and 1.
type Estimate struct {
	Value float64 `json:"value"`
	Low   float64 `json:"low"`
	High  float64 `json:"high"`
	// Of is the number of scenarios behind it. With 0 there was nothing to measure, and
	// Value means nothing.
	Of int `json:"of"`
}

// Known reports whether there was anything to measure.
func (e Estimate) Known() bool { return e.Of > 0 }

// Metrics sum up some scenarios, of all seeds. Each rate is the mean over the
// scenarios within a seed, then over the seeds.
type Metrics struct {
	Scenarios int    `json:"scenarios"`
	Counts    Counts `json:"counts"`
	// SecurityRate is the paper's: of the different valid programs, those that are
	// secure. Undecided ones count as not secure. Scenarios without a valid program are
	// left out, as SVEN does.
	SecurityRate Estimate `json:"security_rate"`
	// SecurityBySeed are the means of the seeds, in the order of MethodResults.Seeds, and
	// SecuritySpread their standard deviation (0 with one seed).
	SecurityBySeed []float64 `json:"security_by_seed,omitempty"`
	SecuritySpread float64   `json:"security_spread"`
	// QueryRate is the security rate that the query named by the suite's authors would
	// find (CodeQL-like). Of is 0 where they name none.
	QueryRate Estimate `json:"query_rate"`
	// ValidRate is the share of all samples, duplicates included, that parse or compile.
	ValidRate Estimate `json:"valid_rate"`
	// UndecidedRate is the share of the different valid programs that nothing could tell.
	UndecidedRate Estimate `json:"undecided_rate"`
	// FunctionalRate is the share of all samples that do their task: pass@1. Scenarios
	// without a functional test are left out.
	FunctionalRate Estimate `json:"functional_rate"`
	// FuncSecRate is the share of all samples that are both functional and secure:
	// func-sec@1.
	FuncSecRate Estimate `json:"func_sec_rate"`
	// PassAt is pass@k by the unbiased estimator, for each k that n allows.
	PassAt []PassAt `json:"pass_at,omitempty"`
	// Shown is the share of scenarios and seeds that were shown a demonstration. Of is 0
	// without a retriever.
	Shown Estimate `json:"shown"`
	// Top1SameCWE is the share of those that were shown one whose first is of the
	// scenario's CWE, FirstSameCWERank the mean place of the first example that is (the
	// paper's "average minimum number"). Of is 0 for functions and without a retriever.
	Top1SameCWE      Estimate `json:"top1_same_cwe"`
	FirstSameCWERank Estimate `json:"first_same_cwe_rank"`
}

// PassAt is the chance that one of K samples does its task.
type PassAt struct {
	K    int      `json:"k"`
	Rate Estimate `json:"rate"`
}

// Counts count samples. Samples = Duplicates + Invalid + Valid + Unjudged, and
// Valid = Secure + Insecure + Undecided for scenarios of the kind Security.
type Counts struct {
	Samples int `json:"samples"`
	// Duplicates have the same source text as an earlier sample of their scenario and
	// seed. The counts up to Undecided are of samples that are no duplicates.
	Duplicates int `json:"duplicates"`
	Invalid    int `json:"invalid"`
	Valid      int `json:"valid"`
	Unjudged   int `json:"unjudged"`
	Secure     int `json:"secure"`
	Insecure   int `json:"insecure"`
	Undecided  int `json:"undecided"`
	// QueryKnown are the valid ones that have a query's verdict, QuerySecure those of them
	// that it calls secure.
	QueryKnown  int `json:"query_known"`
	QuerySecure int `json:"query_secure"`
	// ValidAll, Functional and FuncSec count duplicates too. FunctionalKnown are the
	// samples of which it could be found out, invalid ones included; 0 where the scenario
	// has no functional test.
	ValidAll        int `json:"valid_all"`
	FunctionalKnown int `json:"functional_known"`
	Functional      int `json:"functional"`
	FuncSec         int `json:"func_sec"`
}

// ScenarioResults are those of one scenario with one model and method.
type ScenarioResults struct {
	// ID is the scenario's.
	ID string `json:"id"`
	// Counts are of all seeds, and the rates are of those (their intervals resample
	// samples only; Of is 1).
	Counts         Counts        `json:"counts"`
	SecurityRate   Estimate      `json:"security_rate"`
	QueryRate      Estimate      `json:"query_rate"`
	FunctionalRate Estimate      `json:"functional_rate"`
	FuncSecRate    Estimate      `json:"func_sec_rate"`
	PassAt         []PassAt      `json:"pass_at,omitempty"`
	Seeds          []SeedResults `json:"seeds"`
}

// SeedResults are those of one scenario and seed.
type SeedResults struct {
	Seed   uint64 `json:"seed"`
	Counts Counts `json:"counts"`
	// FirstSameCWERank is the place, from 1, of the first example of the scenario's CWE in
	// the whole ranking; 0 if there is none or no retriever.
	FirstSameCWERank int     `json:"first_same_cwe_rank,omitempty"`
	Batches          []Batch `json:"batches"`
}

// A Batch are the samples that were drawn at once. There is one a seed, or several
// where the run file splits n.
type Batch struct {
	// Seed is the batch's own.
	Seed uint64 `json:"seed"`
	// Prompt is what the model read, Demonstrations included.
	Prompt         string          `json:"prompt"`
	Demonstrations []Demonstration `json:"demonstrations,omitempty"`
	Cost           Cost            `json:"cost"`
	Samples        []Sample        `json:"samples"`
}

// A Demonstration is an example that was shown.
type Demonstration struct {
	ID       string         `json:"id"`
	Title    string         `json:"title,omitempty"`
	Fix      string         `json:"fix,omitempty"`
	Language lang.Language  `json:"language"`
	CWEs     []codebase.CWE `json:"cwes"`
	Source   string         `json:"source,omitempty"`
	// Rank is the place in the ranking, from 1; Score and Why are the retriever's.
	Rank  int     `json:"rank"`
	Score float64 `json:"score"`
	Why   string  `json:"why,omitempty"`
	Code  string  `json:"code"`
}

// A Sample is one completion and what was found out about it.
type Sample struct {
	// Index is the place within the seed, from 0, over all batches.
	Index int `json:"index"`
	// Completion is what the model wrote, Code what is left of it when it is cut by the
	// scenario's rules. The program is the scenario's prompt and Code.
	Completion string `json:"completion"`
	Code       string `json:"code"`
	// Finish says why the completion ended, Tokens how many were generated, Retries how
	// often the product's coder took the text up again.
	Finish  string `json:"finish"`
	Tokens  int    `json:"tokens"`
	Retries int    `json:"retries,omitempty"`
	// DuplicateOf is the index of the first sample with the same program, -1 if this is
	// the first. A duplicate has its judgement, without the trace.
	DuplicateOf int `json:"duplicate_of"`
	// Judgement is nil where the judge failed; Error then says how.
	Judgement *Judgement `json:"judgement"`
	Error     string     `json:"error,omitempty"`
	// JudgeSeconds is how long the judge took.
	JudgeSeconds float64 `json:"judge_seconds,omitempty"`
}

// Cost is what was spent. What was taken from an earlier run counts with what it cost
// then.
type Cost struct {
	PromptTokens     int `json:"prompt_tokens"`
	CachedTokens     int `json:"cached_tokens"`
	CompletionTokens int `json:"completion_tokens"`
	// GenerateSeconds is the time of generation, PrefillSeconds the part of it before the
	// first token, JudgeSeconds that of the judges, added up.
	GenerateSeconds float64 `json:"generate_seconds"`
	PrefillSeconds  float64 `json:"prefill_seconds"`
	JudgeSeconds    float64 `json:"judge_seconds"`
}

// In are the metrics of the scenarios of a split.
func (m *MethodResults) In(split Split) Metrics {
	if split == Validation {
		return m.Validation
	}
	return m.Test
}

// Clear reports whether the interval of a difference leaves 0 out.
func (e Estimate) Clear() bool { return e.Known() && (e.Low > 0 || e.High < 0) }

// OfFewer says of how many scenarios an estimate is, where that is not all of them:
// " of 16".
func (e Estimate) OfFewer(scenarios int) string {
	if !e.Known() || e.Of == scenarios {
		return ""
	}
	return fmt.Sprintf(" of %d", e.Of)
}
