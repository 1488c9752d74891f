package main

import (
	"fmt"
	"hash/fnv"
	"slices"
	"strings"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/eval"
	"github.com/seccoder/seccoder/retrieval"
)

// The sets of queries by which confidence is measured.
const (
	functionsInStarter = iota
	functionsInSVEN
	twinsInStarter
	sets // how many there are
)

var setNames = [sets]string{
	"training functions, starter codebase",
	"training functions, SVEN's other repositories",
	"starter twins, the other starter examples",
}

// Into how many parts the starter examples are divided, each to be looked up in the others:
// by example, and by their kinds of weaknesses.
const (
	twinFolds = 4
	kindFolds = 8
)

// A trial is queries that one head judges.
type trial struct {
	what           string // names the trial in lines of progress
	queries        []eval.RetrievalQuery
	pairs, starter []codebase.Example // what the head is trained on
	twins          bool               // whether the queries are of the starter codebase
	absent         bool               // whether head and codebase have nothing of their weaknesses
}

// A lookup is of a trial's queries in one codebase.
type lookup struct {
	set      int
	examples []codebase.Example
}

// lookups are in what the head was trained on, as it is in use.
func (t trial) lookups() []lookup {
	if t.twins {
		return []lookup{{twinsInStarter, t.starter}}
	}
	return []lookup{{functionsInStarter, t.starter}, {functionsInSVEN, t.pairs}}
}

// trials are of the first halves of SVEN's insecure training functions and of those of the
// starter examples' twins. No head and no codebase has anything of a query's own repository,
// or of its own example.
func trials(d data) []trial { return slices.Concat(functionTrials(d), twinTrials(d)) }

func functionTrials(d data) []trial {
	var made []trial
	for i, fold := range byRepository(d.train, folds) {
		t := trial{
			what:    fmt.Sprintf("training functions, part %d of %d", i+1, folds),
			queries: eval.HalfQueries(fold), pairs: withoutRepositories(d.train, fold), starter: d.starter,
		}
		made = append(made, t)
		for _, kind := range kindsOf(fold) {
			made = append(made, t.without(kind))
		}
	}
	return made
}

func twinTrials(d data) []trial {
	var made []trial
	for i := range twinFolds {
		in := func(e codebase.Example) bool { return partOf(e.ID, twinFolds) == i }
		fold, others := split(d.starter, in)
		made = append(made, trial{
			what:    fmt.Sprintf("starter twins, part %d of %d", i+1, twinFolds),
			queries: eval.HalfQueries(fold), pairs: d.train, starter: others, twins: true,
		})
	}
	all := trial{what: "starter twins", queries: eval.HalfQueries(d.starter), pairs: d.train, starter: d.starter, twins: true}
	for _, kinds := range kindGroups(d.starter) {
		made = append(made, all.without(kinds...))
	}
	return made
}

// without is the trial of the queries of some kinds of weaknesses, of which the head and the
// codebase then have nothing.
func (t trial) without(kinds ...codebase.CWE) trial {
	var names []string
	for _, kind := range kinds {
		names = append(names, kind.String())
	}
	isOf := func(cwe codebase.CWE) bool { return slices.Contains(kinds, retrieval.Kind(cwe)) }
	ofAny := func(e codebase.Example) bool { return slices.ContainsFunc(e.CWEs, isOf) }
	t.what += ", without " + strings.Join(names, ", ")
	t.queries = slices.DeleteFunc(slices.Clone(t.queries), func(q eval.RetrievalQuery) bool { return !isOf(q.CWE) })
	_, t.pairs = split(t.pairs, ofAny)
	_, t.starter = split(t.starter, ofAny)
	t.absent = true
	return t
}

// kindsOf are the kinds of the weaknesses that examples are about first of all, in order.
func kindsOf(examples []codebase.Example) []codebase.CWE {
	var kinds []codebase.CWE
	for _, e := range examples {
		kinds = append(kinds, retrieval.Kind(e.CWEs[0]))
	}
	slices.Sort(kinds)
	return slices.Compact(kinds)
}

// kindGroups divides the kinds of examples: a head for each kind would take too long.
func kindGroups(examples []codebase.Example) [][]codebase.CWE {
	groups := make([][]codebase.CWE, kindFolds)
	for _, kind := range kindsOf(examples) {
		i := partOf(kind.String(), kindFolds)
		groups[i] = append(groups[i], kind)
	}
	return slices.DeleteFunc(groups, func(kinds []codebase.CWE) bool { return len(kinds) == 0 })
}

// partOf is one of n parts: any, and always the same for the same text.
func partOf(text string, n uint32) int {
	h := fnv.New32a()
	h.Write([]byte(text))
	return int(h.Sum32() % n)
}

// split divides examples into those that are in and the others.
func split(examples []codebase.Example, isIn func(codebase.Example) bool) (in, others []codebase.Example) {
	for _, e := range examples {
		if isIn(e) {
			in = append(in, e)
		} else {
			others = append(others, e)
		}
	}
	return in, others
}
