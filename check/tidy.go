package check

import (
	"cmp"
	"slices"
	"strings"
)

// Sort puts findings into the order of path, line, column, CWE and checker.
func Sort(findings []Finding) {
	slices.SortStableFunc(findings, func(a, b Finding) int {
		return cmp.Or(
			cmp.Compare(a.Path, b.Path), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column),
			cmp.Compare(a.CWE, b.CWE), cmp.Compare(a.Checker, b.Checker), cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Message, b.Message),
		)
	})
}

// tidy sorts findings, and drops those that are the same in all: a tool reports what it
// sees in a header for each file that includes it.
func tidy(findings []Finding) []Finding {
	Sort(findings)
	return slices.CompactFunc(findings, func(a, b Finding) bool {
		return a.Path == b.Path && a.Line == b.Line && a.Column == b.Column && a.Checker == b.Checker && a.Rule == b.Rule && a.CWE == b.CWE && a.Message == b.Message
	})
}

// compare orders by the first pair that differs.
func compare(pairs ...string) int {
	for i := 0; i+1 < len(pairs); i += 2 {
		if c := strings.Compare(pairs[i], pairs[i+1]); c != 0 {
			return c
		}
	}
	return 0
}

func joined(words []string) string { return strings.Join(words, ", ") }
