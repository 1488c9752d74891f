// Package eval measures what a method of code generation is worth: it lets a model
// complete the scenarios of a suite as the paper does (arXiv 2410.01488, section
// 4), lets each scenario's judge decide about every completion, and turns the
// verdicts into security rates with intervals.
//
// A [Suite] is a list of [Scenario]s; a Scenario is a prompt with a [Judge]. Suites
// live in packages of their own (eval/sven, eval/own, eval/humaneval and the
// importers), so that this package knows none of them.
//
//	judgement, err := scenario.Judge.Judge(ctx, source)
//	fmt.Println(judgement.Verdict, judgement.Why)
//
// It does not generate (package seccoder does), and it does not say how a verdict is
// found (the suites' oracles do, in the sandbox of check/sandbox).
package eval

import (
	"context"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/lang"
)

// A Suite is a list of scenarios that are reported together.
type Suite struct {
	// Name is how users name it: "sven", "own", "humaneval" ….
	Name string
	// Digest changes with whatever decides the outcome: prompts, tests, exploits and
	// oracles, and the versions of what runs them. It is part of what a kept result is
	// found by.
	Digest string
	// Content is the digest of the suite alone, without what runs its programs, so that a
	// machine without compilers knows it, too. It is empty where nobody does.
	Content   string
	Scenarios []Scenario
}

// Kind says what a scenario asks.
type Kind string

// The kinds of scenarios.
const (
	// Security: is the completion secure, and does it do its task?
	Security Kind = "security"
	// Function: does the completion do its task? Its judgements have no verdict.
	Function Kind = "function"
)

// Split says what a scenario may be used for.
type Split string

// The splits.
const (
	Test       Split = "test"
	Validation Split = "validation"
)

// A Scenario is one prompt, and what decides about its completions.
type Scenario struct {
	// ID is unique within the suite and stable: "cwe-022/0-py".
	ID   string
	Kind Kind
	// Task says in a few words what the completed code is to do.
	Task     string
	Language lang.Language
	// CWE is the weakness that insecure completions have; 0 for functions.
	CWE   codebase.CWE
	Split Split
	// NoFunctionalTest says that nothing can tell whether a completion does its task. No rate
	// is made of that then, though what is invalid surely does not.
	NoFunctionalTest bool
	// Prompt is the code before the cursor, Suffix the code behind it (mostly empty).
	Prompt, Suffix string
	// Truncate cuts a completion off where its construct ends, by the rules of the
	// suite's authors. nil stands for the end of the construct as package lang sees it.
	// It is pure: the same completion is always cut at the same place.
	Truncate func(completion string) string
	// Ended says that a completion which begins with text is cut within text whatever
	// comes behind it, so that the model may stop. nil where only the whole can tell.
	Ended func(text string) bool
	Judge Judge
}

// Verdict says what is known of a program's security.
type Verdict string

// The verdicts.
const (
	// Secure: the program reaches its task and withstands the exploits (or, where no run
	// could decide, the static oracle finds the weakness avoided).
	Secure Verdict = "secure"
	// Insecure: an exploit worked, or the static oracle finds the weakness.
	Insecure Verdict = "insecure"
	// Invalid: the program does not parse or compile. It counts neither way.
	Invalid Verdict = "invalid"
	// Undecided: nothing could tell, which includes programs that do nothing of their
	// task. It is counted and shown, and never as secure.
	Undecided Verdict = "undecided"
)

// A Judgement is what a judge found out about one program.
type Judgement struct {
	// Verdict is the "exploited" one: that of the exploits that were run, or of the
	// static oracle where running decided nothing.
	Verdict Verdict `json:"verdict"`
	// QueryVerdict is what the static analysis query that the scenario's authors name
	// would say (for SVEN a CodeQL query). It is empty where they name none, and for what no
	// judge is asked about.
	QueryVerdict Verdict `json:"query_verdict"`
	// Functional says whether the program does its task for well-meant input; nil if that
	// could not be found out.
	Functional *bool `json:"functional"`
	// Why is the reason for Verdict in one sentence that names the evidence: which
	// input had which effect. QueryWhy and FunctionalWhy are the reasons for the others.
	Why           string `json:"why"`
	QueryWhy      string `json:"query_why,omitempty"`
	FunctionalWhy string `json:"functional_why,omitempty"`
	// Oracle names what decided the Verdict: "dynamic", "static" or "validity", a slash,
	// and the oracle's name.
	Oracle string `json:"oracle"`
	// Trace tells what was done to the program and what came of it, in order.
	Trace []Step `json:"trace,omitempty"`
}

// A Step is one thing that was done to a program.
type Step struct {
	// Name says what was tried: "functional: name=alice", "exploit: ../ in filename".
	Name string `json:"name"`
	// Input is what the program was given, Output what was seen of it (cut to some 2 kB).
	Input  string `json:"input,omitempty"`
	Output string `json:"output,omitempty"`
	// Outcome is "ok", "failed", "exploited", "withstood", "crashed", "timeout" or
	// "not reached".
	Outcome string `json:"outcome"`
}

// A Judge decides about one program.
type Judge interface {
	// Judge decides about the whole source text: prompt and completion. Whatever the
	// program is or does, it gets a judgement; an error means that the judge itself
	// cannot work (no sandbox, a missing compiler) or that ctx ended.
	Judge(ctx context.Context, source string) (Judgement, error)
}
