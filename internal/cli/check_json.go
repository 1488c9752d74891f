package cli

import (
	"github.com/seccoder/seccoder/check"
	"github.com/seccoder/seccoder/check/worktree"
)

const checkSchema = "seccoder.check/1"

// A checkReport is the JSON of check.
type checkReport struct {
	Schema     string             `json:"schema"`
	Complete   bool               `json:"complete"`
	Findings   []check.Named      `json:"findings"`
	Suppressed []check.Named      `json:"suppressed"`
	Checkers   []check.CheckerRun `json:"checkers"`
	// Unchecked no checker looked at; Partly some checker could not.
	Unchecked []check.Unchecked  `json:"unchecked"`
	Partly    []check.Unchecked  `json:"partly"`
	Skipped   []worktree.Skipped `json:"skipped"`
	// Others leaves Complete as it is.
	Others []worktree.OfLanguage `json:"other_languages"`
	Counts checkCounts           `json:"counts"`
}

// checkCounts say how many files and findings went where.
type checkCounts struct {
	Files      int `json:"files"`
	Findings   int `json:"findings"`
	Defects    int `json:"defects"`
	Suppressed int `json:"suppressed"`
	Baseline   int `json:"baseline"`
	Gone       int `json:"baseline_gone"`
	Below      int `json:"below_severity"`
	OtherCWE   int `json:"other_cwe"`
	Elsewhere  int `json:"unchanged_lines"`
	Outside    int `json:"outside_paths"`
}

func (c checkOutcome) report() checkReport {
	r := c.review
	return checkReport{
		Schema: checkSchema, Complete: c.incomplete() == "",
		Findings: orEmpty(r.Findings), Suppressed: orEmpty(r.Suppressed), Checkers: orEmpty(c.result.Checkers),
		Unchecked: orEmpty(c.unchecked), Partly: orEmpty(c.result.Partly), Skipped: orEmpty(c.skipped), Others: orEmpty(c.others),
		Counts: checkCounts{
			Files: len(c.files), Findings: len(r.Findings), Defects: len(check.Merge(r.Findings)), Suppressed: len(r.Suppressed),
			Baseline: r.LeftOut.Known, Gone: r.Gone, Below: r.LeftOut.Below, OtherCWE: r.LeftOut.OtherCWE, Elsewhere: r.LeftOut.Elsewhere, Outside: r.LeftOut.Outside,
		},
	}
}

// orEmpty makes JSON's [] of a nil slice.
func orEmpty[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}
