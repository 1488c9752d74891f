package eval

import (
	"encoding/json"
	"strings"
)

// FoundByQuery is the By of a finding of the query that the scenario's authors name.
const FoundByQuery = "query"

// A Finding is what was found in a program's text, without running it.
type Finding struct {
	// By is FoundByQuery, or the static oracle as Judgement.Oracle has it.
	By      string  `json:"by"`
	Verdict Verdict `json:"verdict"`
	Why     string  `json:"why,omitempty"`
}

// Findings are the query's verdict with its reason, where one is named, and that of the
// static oracle, where it decided; of what is no program there are none. They are there
// whether or not the verdicts differ: a reader wants to know what a query sees in a program
// that an exploit broke, too.
func (j *Judgement) Findings() []Finding {
	var all []Finding
	if j == nil || j.Verdict == Invalid {
		return all
	}
	if j.QueryVerdict != "" {
		all = append(all, Finding{FoundByQuery, j.QueryVerdict, j.QueryWhy})
	}
	if strings.HasPrefix(j.Oracle, "static/") && j.Verdict != Undecided {
		all = append(all, Finding{j.Oracle, j.Verdict, j.Why})
	}
	return all
}

// MarshalJSON writes the judgement's findings beside it, so that whoever reads the document
// need not know which oracles are static.
func (s Sample) MarshalJSON() ([]byte, error) {
	type fields Sample // without this method
	return json.Marshal(struct {
		fields
		Findings []Finding `json:"findings,omitempty"`
	}{fields(s), s.Judgement.Findings()})
}
