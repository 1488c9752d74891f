package cli

import (
	"github.com/seccoder/seccoder/retrieval"
)

const searchSchema = "seccoder.search/1"

type searchReport struct {
	Schema    string        `json:"schema"`
	Query     string        `json:"query"`
	Language  string        `json:"language"`
	Retriever string        `json:"retriever"`
	Filter    searchFilter  `json:"filter"`
	ForModel  bool          `json:"for_model"`
	Abstained bool          `json:"abstained"`
	Matches   []searchMatch `json:"matches"`
	Skipped   []skipReport  `json:"skipped"`
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

func newSearchReport(argument, retriever string, query retrieval.Query, o searchOptions, f found) searchReport {
	report := searchReport{
		Schema: searchSchema, Query: argument, Language: string(query.Language), Retriever: retriever,
		Filter:   searchFilter{CWEs: []string{}, Source: o.source, Since: o.since},
		ForModel: o.forModel, Abstained: f.abstained,
		Matches: []searchMatch{}, Skipped: []skipReport{},
	}
	for _, cwe := range query.Only.CWEs {
		report.Filter.CWEs = append(report.Filter.CWEs, cwe.String())
	}
	for _, m := range f.matches {
		match := searchMatch{demonstrationReport: newDemonstrationReport(m), Parts: m.Parts, Terms: m.Terms, Lines: bestLines(m)}
		if match.Terms == nil {
			match.Terms = []retrieval.Term{}
		}
		report.Matches = append(report.Matches, match)
	}
	for _, skip := range f.skipped {
		report.Skipped = append(report.Skipped, skipReport{skip.ID, string(skip.Reason)})
	}
	return report
}
