package retrieval_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/lang"
	"github.com/seccoder/seccoder/retrieval"
)

// variedCorpus has examples of several weaknesses, kinds of sources and days.
func variedCorpus(source *rand.Rand, n int) []codebase.Example {
	examples := randomCorpus(source, n)
	for i := range examples {
		examples[i].CWEs = [][]codebase.CWE{{787}, {121}, {89, 79}, {22}, {1000}, nil, {79}, {122, 20}}[source.IntN(8)]
		examples[i].Source.Kind = []string{"file", "git", "dataset"}[source.IntN(3)]
		examples[i].AdmittedAt = time.Date(2026, 1, 1+source.IntN(20), 0, 0, 0, 0, time.UTC)
	}
	return examples
}

// admits is what a filter should let through.
func admits(f retrieval.Filter, e codebase.Example) bool {
	kinds := map[codebase.CWE][]codebase.CWE{787: {787, 120, 121, 122, 124}, 121: {121}, 79: {79, 80, 83, 87}, 20: {20}}
	of := len(f.CWEs) == 0
	for _, cwe := range f.CWEs {
		of = of || slices.ContainsFunc(e.CWEs, func(own codebase.CWE) bool { return slices.Contains(kinds[cwe], own) })
	}
	return of && (f.SourceKind == "" || f.SourceKind == e.Source.Kind) && !e.AdmittedAt.Before(f.Since)
}

// TestFilter wants what the whole ranking has of the filter's examples, with the same parts
// of the score, of each retriever, with and without an index.
func TestFilter(t *testing.T) {
	day := time.Date(2026, 1, 12, 0, 0, 0, 0, time.UTC)
	filters := []retrieval.Filter{
		{}, {CWEs: []codebase.CWE{787}}, {CWEs: []codebase.CWE{121}}, {CWEs: []codebase.CWE{79, 20}},
		{SourceKind: "git"}, {Since: day}, {CWEs: []codebase.CWE{787, 79}, SourceKind: "dataset", Since: day},
		{CWEs: []codebase.CWE{416}}, {Since: day.AddDate(1, 0, 0)},
	}
	source := rand.New(rand.NewPCG(61, 62))
	examples := variedCorpus(source, 260)
	store := mustOpen(t, filepath.Join(t.TempDir(), "codebase.db"))
	mustAdd(t, store, examples...)
	retrievers := map[string]retrieval.Retriever{}
	for name, r := range all(store) {
		retrievers[string(name)] = r
	}
	dense, fused := retrieval.NewDense(store, bagOfWords{64}), retrieval.NewFused(store, bagOfWords{64})
	dense.SetExactUpTo(indexedFrom)
	fused.SetExactUpTo(indexedFrom)
	retrievers["dense, index"], retrievers["fused, index"] = dense, fused
	for name, r := range retrievers {
		t.Run(name, func(t *testing.T) {
			for i, filter := range filters {
				query := retrieval.Query{Text: examples[i*7].Code, Language: []lang.Language{"", examples[i*7].Language}[i%2]}
				whole := mustRetrieve(t, r, query, len(examples))
				query.Only = filter
				got := mustRetrieve(t, r, query, len(examples))
				compareFiltered(t, fmt.Sprintf("filter %d", i), whole, got, filter)
				few := mustRetrieve(t, r, query, 3)
				if len(few) != min(3, len(got)) || len(few) > 0 && few[0].Example.ID != got[0].Example.ID {
					t.Errorf("filter %d: %d of 3 matches, or another first", i, len(few))
				}
			}
		})
	}
}

func compareFiltered(t *testing.T, name string, whole, got []retrieval.Match, filter retrieval.Filter) {
	t.Helper()
	want := make(map[string]retrieval.Match)
	for _, m := range whole {
		if admits(filter, m.Example) {
			want[m.Example.ID] = m
		}
	}
	if len(got) != len(want) {
		t.Errorf("%s: %d matches, want %d", name, len(got), len(want))
	}
	for _, m := range got {
		w, ok := want[m.Example.ID]
		if !ok {
			t.Errorf("%s: %.12s is not to be returned", name, m.Example.ID)
			continue
		}
		if !samePart(m.Parts.BM25, w.Parts.BM25) || !samePart(m.Parts.Cosine, w.Parts.Cosine) {
			t.Errorf("%s: %.12s has the parts %+v, want %+v", name, m.Example.ID, m.Parts, w.Parts)
		}
		if a, b := m.Parts.Weakness, w.Parts.Weakness; a != nil && a.CWE == b.CWE && math.Abs(a.Probability-b.Probability) > 1e-3 {
			t.Errorf("%s: %s has the probability %v, %v without the filter", name, a.CWE, a.Probability, b.Probability)
		}
	}
}

func samePart(a, b *retrieval.Part) bool {
	if a == nil || b == nil {
		return a == b
	}
	return math.Abs(a.Value-b.Value) < 1e-3 && math.Abs(a.Z-b.Z) < 1e-3
}

// TestFilterInTheSearch has more examples than an index gives candidates of, and those that
// are wanted are the farthest: a filter that looked at candidates alone would find none.
func TestFilterInTheSearch(t *testing.T) {
	source := rand.New(rand.NewPCG(63, 64))
	examples := randomCorpus(source, 1200)
	near := randomCode(source, 30)
	for i := range examples {
		switch {
		case i < 4:
			examples[i] = example(lang.Python, "Far", fmt.Sprintf("far%d()", i))
			examples[i].CWEs, examples[i].Source.Kind = []codebase.CWE{416}, "git"
		default:
			examples[i] = example(lang.Python, "Near", fmt.Sprintf("%s\nx%d = 1", near, i))
		}
	}
	store := mustOpen(t, filepath.Join(t.TempDir(), "codebase.db"))
	mustAdd(t, store, examples...)
	fused := retrieval.NewFused(store, bagOfWords{64})
	fused.SetExactUpTo(indexedFrom)
	for name, only := range map[string]retrieval.Filter{"by CWE": {CWEs: []codebase.CWE{416}}, "by source": {SourceKind: "git"}} {
		for _, language := range []lang.Language{"", lang.Python} {
			matches := mustRetrieve(t, fused, retrieval.Query{Text: near, Language: language, Only: only}, 9)
			if len(matches) != 4 {
				t.Errorf("%s, language %q: %d matches, want the 4 that there are", name, language, len(matches))
			}
			for _, m := range matches {
				if m.Example.Title != "Far" || language != "" && m.Parts.Weakness.Probability > 0.5 {
					t.Errorf("%s: %s with %+v", name, m.Example.Title, m.Parts.Weakness)
				}
			}
		}
	}
}

// TestParts wants a score that its parts explain.
func TestParts(t *testing.T) {
	store := mustStore(t, variedCorpus(rand.New(rand.NewPCG(65, 66)), 80)...)
	query := retrieval.Query{Text: "name1 = name2 = name3 = name40"}
	for name, r := range all(store) {
		for _, m := range mustRetrieve(t, r, query, 10) {
			p, sum := m.Parts, 0.0
			for _, term := range m.Terms {
				sum += term.Weight
			}
			switch name {
			case retrieval.NameBM25:
				if p.BM25.Value != m.Score || math.Abs(sum-m.Score) > 1e-9 || p.Cosine != nil {
					t.Errorf("BM25: score %v, part %v, words %v", m.Score, p.BM25, sum)
				}
			case retrieval.NameDense:
				if p.Cosine.Value != m.Score || p.BM25 != nil {
					t.Errorf("dense: score %v, part %v", m.Score, p.Cosine)
				}
			case retrieval.NameFused:
				if math.Abs(p.BM25.Z+p.Cosine.Z-m.Score) > 1e-9 || math.Abs(sum-p.BM25.Value) > 1e-9 || p.Weakness != nil {
					t.Errorf("fused: score %v, parts %+v, words %v", m.Score, p, sum)
				}
			}
		}
	}
	query.Language = lang.Python
	votes := map[codebase.CWE]float64{}
	for _, m := range mustRetrieve(t, retrieval.NewFused(store, bagOfWords{64}), query, 80) {
		w := m.Parts.Weakness
		if _, known := votes[w.CWE]; !known && w.Probability != m.Score {
			t.Errorf("%s: probability %v, score %v in the first round", w.CWE, w.Probability, m.Score)
		}
		if (w.Description != nil) != slices.Contains(described, w.CWE) || w.Head != nil {
			t.Errorf("%s: description %v, head %v", w.CWE, w.Description, w.Head)
		}
		votes[w.CWE] = w.Votes
	}
	sum := 0.0
	for _, v := range votes {
		sum += v
	}
	if math.Abs(sum-1) > 1e-9 {
		t.Errorf("the votes of all weaknesses add up to %v", sum)
	}
}
