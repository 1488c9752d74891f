package eval

import (
	"math"
	"slices"

	"github.com/seccoder/seccoder"
)

// RetrievalMetrics sum up how a retriever ranked queries, with intervals that draw the
// queries anew.
type RetrievalMetrics struct {
	// Queries counts those that have a weakness to be found.
	Queries int      `json:"queries"`
	Top1    Estimate `json:"top1"`
	Top3    Estimate `json:"top3"`
	Top5    Estimate `json:"top5"`
	// MRR is the mean reciprocal rank, Rank the mean place of the first example of the
	// query's CWE: the paper's "average minimum number".
	MRR          Estimate `json:"mrr"`
	Rank         Estimate `json:"rank"`
	SameLanguage Estimate `json:"same_language"`
	// Shown is the part of the queries for which the program shows a demonstration, since
	// the retriever's confidence is not below [seccoder.DefaultAbstainBelow]; ShownTop1 is
	// Top1 of those. ShownRight2 and ShownRight3 are Right2 and Right3 of those. They are
	// left out where the retriever tells no confidence.
	Shown       *Estimate `json:"shown,omitempty"`
	ShownTop1   *Estimate `json:"shown_top1,omitempty"`
	ShownRight2 *Estimate `json:"shown_right2,omitempty"`
	ShownRight3 *Estimate `json:"shown_right3,omitempty"`
}

// SumUpRankings sums up the rankings of the same queries, in one order: a row for each
// codebase that they were ranked in, each with nil where there was nothing to find.
// keep, where not nil, chooses queries.
func SumUpRankings(rows [][]*RankedQuery, keep func(*RankedQuery) bool) RetrievalMetrics {
	rows = onlyRanked(rows, keep)
	cells := func(value func(*RankedQuery) float64) grid { return rankingGrid(rows, value) }
	top1 := cells(func(q *RankedQuery) float64 { return q.Top1 })
	m := RetrievalMetrics{
		Queries:      top1.scenarios(),
		Top1:         top1.rate(),
		Top3:         cells(func(q *RankedQuery) float64 { return q.Top3 }).rate(),
		Top5:         cells(func(q *RankedQuery) float64 { return q.Top5 }).rate(),
		MRR:          cells(func(q *RankedQuery) float64 { return q.ReciprocalRank }).rate(),
		Rank:         cells(func(q *RankedQuery) float64 { return q.Rank }).estimate(),
		SameLanguage: cells(func(q *RankedQuery) float64 { return q.SameLanguage }).rate(),
	}
	isShown := func(q *RankedQuery) bool { return q.Confidence >= seccoder.DefaultAbstainBelow }
	shown := cells(func(q *RankedQuery) float64 {
		switch {
		case q.Confidence == 0:
			return math.NaN() // it tells none
		case isShown(q):
			return 1
		}
		return 0
	}).rate()
	if shown.Known() {
		of := func(value func(*RankedQuery) float64) *Estimate {
			right := cells(func(q *RankedQuery) float64 {
				if !isShown(q) {
					return math.NaN()
				}
				return value(q)
			}).rate()
			return &right
		}
		m.Shown = &shown
		m.ShownTop1 = of(func(q *RankedQuery) float64 { return q.Top1 })
		m.ShownRight2 = of(func(q *RankedQuery) float64 { return q.Right2 })
		m.ShownRight3 = of(func(q *RankedQuery) float64 { return q.Right3 })
	}
	return m
}

// onlyRanked leaves the queries that keep chooses, and that have something to find in some
// row: others would be drawn in their place.
func onlyRanked(rows [][]*RankedQuery, keep func(*RankedQuery) bool) [][]*RankedQuery {
	left := make([][]*RankedQuery, len(rows))
	for query := range rows[0] {
		known := slices.ContainsFunc(rows, func(row []*RankedQuery) bool {
			return row[query] != nil && (keep == nil || keep(row[query]))
		})
		for i, row := range rows {
			if known {
				left[i] = append(left[i], row[query])
			}
		}
	}
	return left
}

// rankingGrid is nil where there was nothing to find, or value is not a number.
func rankingGrid(rows [][]*RankedQuery, value func(*RankedQuery) float64) grid {
	g := make(grid, len(rows))
	for i, row := range rows {
		g[i] = make([]*cell, len(row))
		for j, q := range row {
			if q == nil {
				continue
			}
			if x := value(q); !math.IsNaN(x) {
				g[i][j] = &cell{value: x}
			}
		}
	}
	return g
}
