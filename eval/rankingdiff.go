package eval

// RankingDifferences are how much better one retriever ranked queries than another, with
// intervals that draw the same queries for both.
type RankingDifferences struct {
	// Queries counts those that have a weakness to be found.
	Queries int `json:"queries"`
	// Top1, Top3 and Top5 are differences of rates.
	Top1 Estimate `json:"top1"`
	Top3 Estimate `json:"top3"`
	Top5 Estimate `json:"top5"`
	// MRR is one of mean reciprocal ranks, Rank one of mean places: better where it is
	// below 0.
	MRR  Estimate `json:"mrr"`
	Rank Estimate `json:"rank"`
}

// CompareRankings gives a less b. Both are rankings of the same queries in the same order:
// a row for each codebase that they were ranked in, as for [SumUpRankings], with nil where
// there was nothing to find. keep, where not nil, chooses queries.
func CompareRankings(a, b [][]*RankedQuery, keep func(*RankedQuery) bool) RankingDifferences {
	a, b = onlyRanked(a, keep), onlyRanked(b, keep)
	top1 := func(q *RankedQuery) float64 { return q.Top1 }
	rank := func(q *RankedQuery) float64 { return q.Rank }
	rates := func(value func(*RankedQuery) float64) Estimate {
		return difference(rankingGrid(a, value), rankingGrid(b, value))
	}
	return RankingDifferences{
		Queries: rankingGrid(a, top1).scenarios(),
		Top1:    rates(top1),
		Top3:    rates(func(q *RankedQuery) float64 { return q.Top3 }),
		Top5:    rates(func(q *RankedQuery) float64 { return q.Top5 }),
		MRR:     rates(func(q *RankedQuery) float64 { return q.ReciprocalRank }),
		Rank:    less(rankingGrid(a, rank), rankingGrid(b, rank)),
	}
}
