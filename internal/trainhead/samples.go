package main

import (
	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/eval"
	"github.com/seccoder/seccoder/lang"
	"github.com/seccoder/seccoder/retrieval"
)

// data is what heads are trained on and measured with: SVEN's pairs of two splits, and the
// starter codebase.
type data struct{ train, validation, starter []codebase.Example }

func readData(sven string) (d data, err error) {
	if d.train, err = eval.ReadPairs(sven, "train", 0); err != nil {
		return d, err
	}
	if d.validation, err = eval.ReadPairs(sven, "val", 0); err != nil {
		return d, err
	}
	d.starter, err = codebase.Starter()
	return d, err
}

// withoutRepositories are the pairs of repositories that none of the held ones comes from.
func withoutRepositories(pairs, held []codebase.Example) []codebase.Example {
	of := map[string]bool{}
	for _, e := range held {
		of[eval.RepositoryOf(e)] = true
	}
	var kept []codebase.Example
	for _, e := range pairs {
		if !of[eval.RepositoryOf(e)] {
			kept = append(kept, e)
		}
	}
	return kept
}

// samples are the code of examples, whole, and the first halves of their twins, which is
// what a query looks like.
func samples(examples []codebase.Example) []retrieval.HeadSample {
	var made []retrieval.HeadSample
	for _, e := range examples {
		made = append(made, retrieval.HeadSample{Language: e.Language, Code: e.Code, CWE: e.CWEs[0]})
	}
	for _, q := range eval.HalfQueries(examples) {
		made = append(made, retrieval.HeadSample{Language: q.Language, Code: q.Text, CWE: q.CWE, Unfinished: true})
	}
	return made
}

// nearSamples are the samples of Python code that is near a weakness.
func nearSamples(examples []codebase.Example) []retrieval.DangerSample {
	var made []retrieval.DangerSample
	for _, e := range examples {
		if e.Language != lang.Python {
			continue
		}
		group := eval.RepositoryOf(e)
		if group == "" {
			group = e.ID // the starter examples have nothing in common but their author
		}
		made = append(made, retrieval.DangerSample{Language: e.Language, Code: e.Code, Near: true, Group: group})
		for _, q := range eval.HalfQueries([]codebase.Example{e}) {
			made = append(made, retrieval.DangerSample{Language: q.Language, Code: q.Text, Near: true, Unfinished: true, Group: group})
		}
	}
	return made
}
