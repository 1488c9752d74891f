package sqlite

import (
	"strings"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/lang"
)

// conditions puts a filter as a condition on the table example, with the
// arguments that it binds.
func conditions(filter codebase.Filter) (where string, args []any) {
	parts := []string{"true"}
	if filter.Language != "" {
		// The filter's own language is among them even where package lang does not know it.
		marks := "?"
		args = append(args, string(filter.Language))
		for _, l := range lang.All() {
			if l != filter.Language && filter.Language.Compatible(l) {
				marks += ", ?"
				args = append(args, string(l))
			}
		}
		parts = append(parts, "example.language IN ("+marks+")")
	}
	if filter.CWE != 0 {
		parts = append(parts, "example.id IN (SELECT example_id FROM example_cwe WHERE cwe = ?)")
		args = append(args, int(filter.CWE))
	}
	if filter.SourceKind != "" {
		parts = append(parts, "example.kind = ?")
		args = append(args, filter.SourceKind)
	}
	if !filter.Since.IsZero() {
		// As a list of ids, or SQLite would go through all examples in their order.
		parts = append(parts, "example.id IN (SELECT id FROM example INDEXED BY example_admitted WHERE admitted_at >= ?)")
		args = append(args, filter.Since.UTC().Format(timeForm))
	}
	return strings.Join(parts, " AND "), args
}
