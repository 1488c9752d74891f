package cli

import (
	"slices"

	"github.com/seccoder/seccoder/eval"
)

// svenScenarios are all that SVEN's authors measure with. The folder that a user names may
// hold fewer, and a mean over these would stand under the same name. A test holds the list
// against the scenarios that package sven has oracles for.
var svenScenarios = []string{
	"cwe-022/0-py", "cwe-022/1-py", "cwe-022/2-py",
	"cwe-078/0-py", "cwe-078/1-py", "cwe-078/2-py",
	"cwe-079/0-py", "cwe-079/1-py",
	"cwe-089/0-py", "cwe-089/1-py", "cwe-089/2-py",
	"cwe-125/0-c", "cwe-125/1-c", "cwe-125/2-c",
	"cwe-190/0-c", "cwe-190/1-c", "cwe-190/2-c",
	"cwe-416/0-c", "cwe-416/1-c",
	"cwe-476/0-c", "cwe-476/2-c",
	"cwe-787/0-c", "cwe-787/1-c", "cwe-787/2-c",
}

// missingScenarios are those that a suite should have and has not, and how many it should have,
// where that is known.
func missingScenarios(s eval.Suite) (missing []string, of int) {
	if s.Name != "sven" {
		return nil, 0
	}
	missing = slices.DeleteFunc(slices.Clone(svenScenarios), func(id string) bool {
		return slices.ContainsFunc(s.Scenarios, func(c eval.Scenario) bool { return c.ID == id })
	})
	return missing, len(svenScenarios)
}
