package cli

import (
	"slices"

	"github.com/seccoder/seccoder/eval"
	"github.com/seccoder/seccoder/eval/sven"
)

// missingScenarios are those that a suite should have and has not, and how many it should have,
// where that is known: the folder that a user names may hold fewer of SVEN's, and a mean over
// these would stand under the same name.
func missingScenarios(s eval.Suite) (missing []string, of int) {
	if s.Name != "sven" {
		return nil, 0
	}
	all := sven.IDs()
	of = len(all)
	missing = slices.DeleteFunc(all, func(id string) bool {
		return slices.ContainsFunc(s.Scenarios, func(c eval.Scenario) bool { return c.ID == id })
	})
	return missing, of
}
