package cli

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"github.com/seccoder/seccoder/codebase"
)

// baseStats counts what a codebase holds.
type baseStats struct {
	Schema   string `json:"schema"`
	Examples int    `json:"examples"`
	// Twins have their insecure code; Proven are told from it by a checker; Reviewed were
	// let in by a person against a check.
	Twins    int `json:"twins"`
	Proven   int `json:"proven"`
	Reviewed int `json:"reviewed"`
	// Languages, Sources and Licences count examples by name, Weaknesses by main CWE and
	// then language.
	Languages  map[string]int            `json:"languages"`
	Sources    map[string]int            `json:"sources"`
	Licences   map[string]int            `json:"licences"`
	Weaknesses map[string]map[string]int `json:"weaknesses"`
	// First and Last are when the oldest and the newest were admitted; left out where
	// there are none.
	First *time.Time `json:"first,omitempty"`
	Last  *time.Time `json:"last,omitempty"`
	// Quarantine counts what was not let in, by state.
	Quarantine map[string]int `json:"quarantine"`
}

func newBaseStats(a *app) *cobra.Command {
	var o filterOptions
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "stats",
		Short: "Count the examples: weaknesses by language, sources, proofs",
		Example: `  seccoder base stats
  seccoder base stats --source git --since 2026-01-31 --json`,
		Args: argCount(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			filter, err := o.filter()
			if err != nil {
				return err
			}
			return a.withStore(cmd.Context(), func(store codebase.Store) error {
				stats, err := countBase(cmd.Context(), store, filter)
				if err != nil {
					return err
				}
				if asJSON {
					return a.printJSON(stats)
				}
				return a.printStats(stats)
			})
		},
	}
	o.addFlags(cmd.Flags())
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the counts as JSON")
	return cmd
}

func countBase(ctx context.Context, store codebase.Store, filter codebase.Filter) (baseStats, error) {
	s := baseStats{
		Schema: "seccoder.base-stats/1", Languages: map[string]int{}, Sources: map[string]int{}, Licences: map[string]int{},
		Weaknesses: map[string]map[string]int{}, Quarantine: map[string]int{},
	}
	for e, err := range store.Examples(ctx, filter) {
		if err != nil {
			return s, err
		}
		s.count(e)
	}
	quarantine, ok := store.(codebase.Quarantine)
	if !ok {
		return s, nil
	}
	for h, err := range quarantine.AllHeld(ctx, codebase.HeldFilter{}) {
		if err != nil {
			return s, err
		}
		s.Quarantine[string(h.State)]++
	}
	return s, nil
}

func (s *baseStats) count(e codebase.Example) {
	s.Examples++
	s.Languages[string(e.Language)]++
	s.Sources[e.Source.Kind]++
	s.Licences[e.Source.Licence]++
	weakness := "none"
	if len(e.CWEs) > 0 {
		weakness = e.CWEs[0].String()
	}
	if s.Weaknesses[weakness] == nil {
		s.Weaknesses[weakness] = map[string]int{}
	}
	s.Weaknesses[weakness][string(e.Language)]++
	if e.Insecure != "" {
		s.Twins++
	}
	if slices.ContainsFunc(e.CheckedBy, func(by string) bool {
		return strings.HasPrefix(by, "twin/") && strings.Contains(by, " "+string(codebase.Accepts))
	}) {
		s.Proven++
	}
	if reviewed(e) {
		s.Reviewed++
	}
	if s.First == nil || e.AdmittedAt.Before(*s.First) {
		s.First = &e.AdmittedAt
	}
	if s.Last == nil || e.AdmittedAt.After(*s.Last) {
		s.Last = &e.AdmittedAt
	}
}

// reviewed reports whether a person let the example in against a check.
func reviewed(e codebase.Example) bool {
	return slices.ContainsFunc(e.CheckedBy, func(by string) bool { return strings.HasPrefix(by, "review by ") })
}

// barWidth is the length of the longest bar.
const barWidth = 30

// printStats draws the weaknesses by language, with a bar for their sum.
func (a *app) printStats(s baseStats) error {
	languages := slices.Sorted(maps.Keys(s.Languages))
	most := 1
	sums := map[string]int{}
	for weakness, by := range s.Weaknesses {
		for _, n := range by {
			sums[weakness] += n
		}
		most = max(most, sums[weakness])
	}
	table := tabwriter.NewWriter(a.out, 0, 0, 2, ' ', 0)
	fmt.Fprintf(table, "weakness\t%s\tall\n", strings.Join(languages, "\t"))
	for _, weakness := range slices.Sorted(maps.Keys(s.Weaknesses)) {
		cells := make([]string, len(languages))
		for i, l := range languages {
			if cells[i] = "·"; s.Weaknesses[weakness][l] > 0 {
				cells[i] = fmt.Sprint(s.Weaknesses[weakness][l])
			}
		}
		sum := sums[weakness]
		fmt.Fprintf(table, "%s\t%s\t%d\t%s\n", weakness, strings.Join(cells, "\t"), sum, strings.Repeat("█", max(1, sum*barWidth/most)))
	}
	if err := table.Flush(); err != nil {
		return err
	}
	fmt.Fprintf(a.out, "\n%s", counted(s.Examples, "example"))
	if s.Examples > 0 {
		fmt.Fprintf(a.out, ", admitted %s to %s\n", s.First.Format(time.DateOnly), s.Last.Format(time.DateOnly))
		fmt.Fprintf(a.out, "sources: %s\nlicences: %s", countsOf(s.Sources), countsOf(s.Licences))
	}
	fmt.Fprintf(a.out, "\ntwins: %d, of which a checker tells %d apart; let in by review: %d\n", s.Twins, s.Proven, s.Reviewed)
	_, err := fmt.Fprintf(a.out, "quarantine: %s\n", countsOf(s.Quarantine))
	return err
}

// countsOf lists names with their counts, the most frequent first.
func countsOf(counts map[string]int) string {
	names := slices.Sorted(maps.Keys(counts))
	slices.SortStableFunc(names, func(a, b string) int { return counts[b] - counts[a] })
	parts := make([]string, len(names))
	for i, name := range names {
		parts[i] = fmt.Sprintf("%d %s", counts[name], visible(name))
	}
	if len(parts) == 0 {
		return "none"
	}
	return strings.Join(parts, ", ")
}
