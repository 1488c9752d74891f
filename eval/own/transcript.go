package own

import (
	"bytes"
	"encoding/json"

	"github.com/seccoder/seccoder/check/sandbox"
)

// The kinds of cases, and what a harness says came of one.
const (
	functional = "functional"
	exploit    = "exploit"

	passed      = "ok"        // the case came to its end
	failed      = "failed"    // a check failed, or an exception left the case
	exited      = "exited"    // the program ended its process
	exploited   = "exploited" // the attack worked
	sanitized   = "sanitizer" // a sanitizer ended the process
	crashed     = "crashed"   // a signal did, or an abort
	overflowed  = "overflow"  // the stack was used up
	outOfMemory = "memory"    // memory was
	timedOut    = "timeout"
)

// transcript is what came of a program.
type transcript struct {
	// invalid is the compiler's message about a program that is none.
	invalid string
	// mismatch is its message when the program is fine and the test cannot be compiled
	// with it: a name that the prompt asked for is missing, say.
	mismatch string
	cases    []result
	// cut says why not all cases were run; empty when they were.
	cut string
}

// result is what came of one case.
type result struct {
	Kind    string `json:"kind"`
	Case    string `json:"case"`
	Outcome string `json:"outcome"`
	Detail  string `json:"detail"`
	Reached bool   `json:"reached"`
}

// parse reads what a harness printed. Only lines that begin with the nonce count.
func parse(r sandbox.Result, nonce string) transcript {
	var t transcript
	var running *result
	done := false
	for line := range bytes.Lines(r.Stdout) {
		text, own := bytes.CutPrefix(line, []byte(nonce+" "))
		if !own {
			continue
		}
		var said struct {
			result
			Start    *result `json:"start"`
			Done     *int    `json:"done"`
			Cut      string  `json:"cut"`
			Invalid  *string `json:"invalid"`
			Mismatch *string `json:"mismatch"`
		}
		if json.Unmarshal(text, &said) != nil {
			continue
		}
		switch {
		case said.Invalid != nil:
			t.invalid = or(*said.Invalid, "it does not compile")
			return t
		case said.Mismatch != nil:
			t.mismatch = or(*said.Mismatch, "the test does not compile with it")
			return t
		case said.Cut != "":
			t.cut = said.Cut
			return t
		case said.Start != nil:
			running = said.Start
		case said.Done != nil:
			done = *said.Done == len(t.cases) && len(t.cases) > 0
		case said.Outcome != "":
			t.cases, running = append(t.cases, said.result), nil
		}
	}
	if done {
		return t
	}
	t.cut = end(r)
	if running != nil {
		running.Outcome, running.Detail = crashed, t.cut
		switch r.Exceeded {
		case sandbox.ExceededMemory:
			running.Outcome = outOfMemory
		case sandbox.ExceededWall, sandbox.ExceededCPU:
			running.Outcome = timedOut
		}
		t.cases = append(t.cases, *running)
	}
	return t
}

// end says how a run ended that should have gone on.
func end(r sandbox.Result) string {
	switch {
	case r.Exceeded != "":
		return "the program passed the sandbox's limit: " + r.Exceeded
	case r.Signal != "":
		return "the program was ended by " + r.Signal
	}
	return "the program ended before its cases were over"
}

func or(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}
