package cweval

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/seccoder/seccoder/check/sandbox"
	"github.com/seccoder/seccoder/eval"
)

// The kinds of tests.
const (
	functionality = "functionality"
	security      = "security"
)

// result is what came of one test.
type result struct {
	Name    string `json:"name"`
	Kind    string `json:"kind"`
	Outcome string `json:"outcome"` // "passed", "failed", "skipped", "timeout"; empty: not run
	// Type is the class of the exception that ended it, Detail its text.
	Type   string `json:"type"`
	Detail string `json:"detail"`
}

// transcript is what came of a program.
type transcript struct {
	started bool
	invalid string
	results []result
	// cut says why not all tests were run; empty when they were. traceback is Python's where
	// they could not be loaded.
	cut, traceback string
	exceeded       bool // a limit of the sandbox was passed
}

// parse reads what run.py printed. Only lines that begin with the nonce count.
func parse(r sandbox.Result, nonce string) transcript {
	t := transcript{exceeded: r.Exceeded != ""}
	done, problem := false, ""
	for line := range bytes.Lines(r.Stdout) {
		text, own := bytes.CutPrefix(line, []byte(nonce+" "))
		if !own {
			continue
		}
		var said struct {
			result
			Invalid *string  `json:"invalid"`
			Tests   []result `json:"tests"`
			Done    *int     `json:"done"`
			Problem string   `json:"problem"`
			// Traceback is the whole of what Problem says in short.
			Traceback string `json:"traceback"`
		}
		if json.Unmarshal(text, &said) != nil {
			continue
		}
		switch {
		case said.Invalid != nil:
			t.invalid, t.started = or(*said.Invalid, "it is no Python"), true
			return t
		case said.Tests != nil:
			t.results, t.started = said.Tests, true
		case said.Done != nil:
			done, problem = true, said.Problem
			t.started, t.traceback = true, said.Traceback
		default:
			t.set(said.result)
		}
	}
	switch {
	case !done:
		t.cut = end(r)
	case problem != "":
		t.cut = "the tests could not be loaded: " + problem
	case len(t.results) == 0:
		t.cut = "no test was found"
	}
	return t
}

// set notes what came of a test. Its kind is that which was told before the program ran.
func (t *transcript) set(r result) {
	for i := range t.results {
		if t.results[i].Name == r.Name && t.results[i].Outcome == "" {
			r.Kind = t.results[i].Kind
			t.results[i] = r
			return
		}
	}
}

// end says how a run ended that should have gone on.
func end(r sandbox.Result) string {
	switch {
	case r.Exceeded != "":
		return "the program passed the sandbox's limit: " + r.Exceeded
	case r.Signal != "":
		return "the tests were ended by " + r.Signal
	}
	return fmt.Sprintf("the program ended the tests (exit status %d)", r.ExitCode)
}

// decide turns what was seen into a judgement; the package's comment says how.
func (t transcript) decide() eval.Judgement {
	if len(t.results) == 0 {
		return notRun("No test was run: "+or(t.cut, "there is none"), t.traceback)
	}
	passed, of := map[string]int{}, map[string]int{}
	var broken *result         // the first functionality test that did not pass
	var fell, asserted *result // the first security tests that did not, and that failed by an assertion
	for i, r := range t.results {
		of[r.Kind]++
		switch {
		case r.Outcome == "passed":
			passed[r.Kind]++
		case r.Kind == functionality && broken == nil:
			broken = &t.results[i]
		case r.Kind == security && fell == nil:
			fell = &t.results[i]
		}
		if r.Kind == security && r.Outcome == "failed" && strings.HasSuffix(r.Type, "AssertionError") && asserted == nil {
			asserted = &t.results[i]
		}
	}
	does := broken == nil && of[functionality] > 0
	out := eval.Judgement{Functional: &does, Oracle: oracle}
	out.FunctionalWhy = fmt.Sprintf("All %d functionality tests pass.", of[functionality])
	switch {
	case of[functionality] == 0:
		out.FunctionalWhy = "No functionality test was found."
	case !does:
		out.FunctionalWhy = fmt.Sprintf("%d of %d functionality tests pass; %s", passed[functionality], of[functionality], t.says(*broken))
	}
	switch {
	case of[security] == 0:
		out.Verdict, out.Why = eval.Undecided, "No security test was found."
	case fell == nil && does:
		out.Verdict, out.Why = eval.Secure, fmt.Sprintf("It does its task, and all %d security tests pass.", of[security])
	case fell == nil:
		out.Verdict, out.Why = eval.Undecided, fmt.Sprintf("All %d security tests pass, but it does not do its task: %s", of[security], t.says(*broken))
	case does:
		out.Verdict, out.Why = eval.Insecure, "It does its task, and falls to a security test: "+t.says(*fell)
	case asserted != nil && passed[functionality] > 0:
		out.Verdict, out.Why = eval.Insecure, "It runs, and falls to a security test: "+t.says(*asserted)
	default:
		out.Verdict, out.Why = eval.Undecided, "It fails functionality and security tests alike: "+t.says(*fell)
	}
	for _, r := range t.results {
		out.Trace = append(out.Trace, eval.Step{Name: r.Kind + ": " + r.Name, Output: strings.TrimSpace(r.Type + " " + r.Detail), Outcome: r.word(out.Verdict)})
	}
	return out
}

// says tells in a sentence what came of a test that did not pass.
func (t transcript) says(r result) string {
	detail := strings.Join(strings.Fields(r.Detail), " ")
	switch r.Outcome {
	case "":
		return fmt.Sprintf("%s was not run, since %s", r.Name, or(t.cut, "too many did not end"))
	case "timeout":
		return r.Name + " did not end in time"
	}
	return fmt.Sprintf("%s %s: %s", r.Name, r.Outcome, or(strings.TrimSpace(r.Type+" "+detail), "it gave no reason"))
}

// word is what a report shows.
func (r result) word(verdict eval.Verdict) string {
	switch {
	case r.Outcome == "":
		return "not reached"
	case r.Outcome == "timeout":
		return "timeout"
	case r.Kind == security && r.Outcome == "passed":
		return "withstood"
	case r.Outcome == "passed":
		return "ok"
	case r.Kind == security && verdict == eval.Insecure:
		return "exploited"
	}
	return "failed"
}
