package cli

import (
	"github.com/seccoder/seccoder"
	"github.com/seccoder/seccoder/retrieval"
)

const searchSchema = "seccoder.search/1"

type searchReport struct {
	Schema    string        `json:"schema"`
	Query     string        `json:"query"`
	Language  string        `json:"language"`
	Retriever string        `json:"retriever"`
	Filter    searchFilter  `json:"filter"`
	Matches   []searchMatch `json:"matches"`
}

// A searchFilter is what the flags filter by, as they were given.
type searchFilter struct {
	CWEs   []string `json:"cwes"`
	Source string   `json:"source"`
	Since  string   `json:"since"`
}

type searchMatch struct {
	demonstrationReport
	Parts retrieval.Parts  `json:"parts"`
	Terms []retrieval.Term `json:"terms"`
	Lines []matchedLine    `json:"lines"`
}

func newSearchReport(argument, retriever string, query retrieval.Query, o searchOptions, matches []retrieval.Match) searchReport {
	report := searchReport{
		Schema: searchSchema, Query: argument, Language: string(query.Language), Retriever: retriever,
		Filter:  searchFilter{CWEs: []string{}, Source: o.source, Since: o.since},
		Matches: []searchMatch{},
	}
	for _, cwe := range query.Only.CWEs {
		report.Filter.CWEs = append(report.Filter.CWEs, cwe.String())
	}
	for i, m := range matches {
		found := searchMatch{demonstrationReport: newDemonstrationReport(demonstrationOf(i+1, m)), Parts: m.Parts, Terms: m.Terms, Lines: bestLines(m)}
		if found.Terms == nil {
			found.Terms = []retrieval.Term{}
		}
		report.Matches = append(report.Matches, found)
	}
	return report
}

func demonstrationOf(rank int, m retrieval.Match) seccoder.Demonstration {
	return seccoder.Demonstration{Example: m.Example, Rank: rank, Score: m.Score, Confidence: m.Confidence, Why: m.Why}
}
