package eval

// RankingDifferences are how much better one retriever ranked queries than another, with
// intervals that draw the same queries for both.
type RankingDifferences struct {
	// Queries counts those that have a weakness to be found.
	Queries int
	// Top1 is a difference of rates, Rank one of mean places: better where it is below 0.
	Top1, Rank Estimate
}

// CompareRankings gives a less b. Both are rankings of the same queries in the same order,
// in one codebase, with nil where there was nothing to find. keep, where not nil, chooses
// queries.
func CompareRankings(a, b []*RankedQuery, keep func(*RankedQuery) bool) RankingDifferences {
	var top1, rank [2]grid
	for i, row := range [][]*RankedQuery{a, b} {
		top1[i], rank[i] = make(grid, 1), make(grid, 1)
		for _, q := range row {
			if q != nil && (keep == nil || keep(q)) {
				top1[i][0] = append(top1[i][0], &cell{value: q.Top1})
				rank[i][0] = append(rank[i][0], &cell{value: q.Rank})
			}
		}
	}
	return RankingDifferences{
		Queries: len(top1[0][0]),
		Top1:    difference(top1[0], top1[1]),
		Rank:    less(rank[0], rank[1]),
	}
}
