package codebase_test

import (
	"testing"

	"github.com/seccoder/seccoder/codebase"
)

// shingle is the length in tokens of the runs by which code is compared here.
const shingle = 5

// TestStarterLeak finds starter examples that give away an evaluation scenario.
// A scenario's code is what a model is asked to complete; an example that holds
// half of it would make the evaluation measure memory.
//
// The measure is containment: the share of the scenario's 5-token runs that
// the example, or its twin, has too. Runs that are idiom (the head of main, a
// list of includes) say nothing and are left out: those that starter entries of
// three CWEs or more have. A context of which fewer than 8 runs are left is
// taken together with the file around it.
func TestStarterLeak(t *testing.T) {
	const limit, enough = 0.5, 8
	scenarios := mustScenarios(t)
	examples := mustStarter(t)
	known := idioms(examples)
	worst, worstPair, tooShort := 0.0, "", 0
	for _, s := range scenarios {
		context := without(s.context, known)
		if len(context) < enough {
			context = without(s.whole, known)
		}
		if len(context) < enough {
			tooShort++
			continue
		}
		for _, e := range examples {
			for _, text := range []string{e.Code, e.Insecure} {
				held := context.Containment(runs(e.Language, text))
				if held >= limit {
					t.Errorf("%s gives away %s: it holds %.2f of its %d runs of tokens, must be below %.1f",
						e.Source.Path, s.name, held, len(context), limit)
				}
				if held > worst {
					worst, worstPair = held, e.Source.Path+" and "+s.name
				}
			}
		}
	}
	t.Logf("%d scenarios, %d of them nothing but idiom; the nearest pair is %s, at %.2f", len(scenarios), tooShort, worstPair, worst)
}

// idioms are the runs of tokens that examples of three CWEs or more have.
func idioms(examples []codebase.Example) codebase.Shingles {
	cwes := map[uint64]map[codebase.CWE]bool{}
	for _, e := range examples {
		for run := range runs(e.Language, e.Code) {
			if cwes[run] == nil {
				cwes[run] = map[codebase.CWE]bool{}
			}
			cwes[run][e.CWEs[0]] = true
		}
	}
	common := codebase.Shingles{}
	for run, of := range cwes {
		if len(of) >= 3 {
			common[run] = struct{}{}
		}
	}
	return common
}

func without(all, some codebase.Shingles) codebase.Shingles {
	left := codebase.Shingles{}
	for run := range all {
		if _, drop := some[run]; !drop {
			left[run] = struct{}{}
		}
	}
	return left
}
