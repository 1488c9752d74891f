package cli

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/lang"
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
	// Weaknesses counts examples by main CWE and language, in that order, the others by
	// name, the most frequent first. Quarantine counts what was not let in, by state.
	Weaknesses []weaknessCount `json:"weaknesses"`
	Languages  []nameCount     `json:"languages"`
	Sources    []nameCount     `json:"sources"`
	Licences   []nameCount     `json:"licences"`
	Quarantine []nameCount     `json:"quarantine"`
	// First and Last are when the oldest and the newest were admitted; left out where
	// there are none.
	First *time.Time `json:"first,omitempty"`
	Last  *time.Time `json:"last,omitempty"`
}

type nameCount struct {
	Name  string `json:"name"`
	Count int    `json:"count"`
}

type weaknessCount struct {
	// CWE is 0 for examples that name none.
	CWE      codebase.CWE  `json:"cwe,omitzero"`
	Language lang.Language `json:"language"`
	Count    int           `json:"count"`
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
	s := baseStats{Schema: "seccoder.base-stats/1"}
	weaknesses := map[weaknessCount]int{} // by those with count 0
	languages, sources, licences, quarantine := map[string]int{}, map[string]int{}, map[string]int{}, map[string]int{}
	for e, err := range store.Examples(ctx, filter) {
		if err != nil {
			return s, err
		}
		s.count(e)
		languages[string(e.Language)]++
		sources[e.Source.Kind]++
		licences[e.Source.Licence]++
		w := weaknessCount{Language: e.Language}
		if len(e.CWEs) > 0 {
			w.CWE = e.CWEs[0]
		}
		weaknesses[w]++
	}
	if q, ok := store.(codebase.Quarantine); ok {
		for h, err := range q.AllHeld(ctx, codebase.HeldFilter{}) {
			if err != nil {
				return s, err
			}
			quarantine[string(h.State)]++
		}
	}
	s.Languages, s.Sources, s.Licences, s.Quarantine = byCount(languages), byCount(sources), byCount(licences), byCount(quarantine)
	s.Weaknesses = []weaknessCount{}
	for w, n := range weaknesses {
		w.Count = n
		s.Weaknesses = append(s.Weaknesses, w)
	}
	slices.SortFunc(s.Weaknesses, func(a, b weaknessCount) int {
		return cmp.Or(cmp.Compare(a.CWE, b.CWE), cmp.Compare(a.Language, b.Language))
	})
	return s, nil
}

// byCount lists names with their counts, the most frequent first.
func byCount(counts map[string]int) []nameCount {
	list := []nameCount{}
	for name, n := range counts {
		list = append(list, nameCount{name, n})
	}
	slices.SortFunc(list, func(a, b nameCount) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Name, b.Name))
	})
	return list
}

func (s *baseStats) count(e codebase.Example) {
	s.Examples++
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
	table := tabwriter.NewWriter(a.out, 0, 0, 2, ' ', 0)
	fmt.Fprint(table, "weakness")
	for _, l := range s.Languages {
		fmt.Fprintf(table, "\t%s", visible(l.Name))
	}
	fmt.Fprint(table, "\tall\n")
	sums, most := map[codebase.CWE]int{}, 1
	for _, w := range s.Weaknesses {
		sums[w.CWE] += w.Count
		most = max(most, sums[w.CWE])
	}
	for _, cwe := range slices.Sorted(maps.Keys(sums)) {
		fmt.Fprint(table, cmp.Or(cweOrNone(cwe), "none"))
		for _, l := range s.Languages {
			cell := "·"
			for _, w := range s.Weaknesses {
				if w.CWE == cwe && string(w.Language) == l.Name {
					cell = strconv.Itoa(w.Count)
				}
			}
			fmt.Fprintf(table, "\t%s", cell)
		}
		fmt.Fprintf(table, "\t%d\t%s\n", sums[cwe], strings.Repeat("█", max(1, sums[cwe]*barWidth/most)))
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

// countsOf says counts in one line.
func countsOf(counts []nameCount) string {
	parts := make([]string, len(counts))
	for i, c := range counts {
		parts[i] = fmt.Sprintf("%d %s", c.Count, visible(c.Name))
	}
	return cmp.Or(strings.Join(parts, ", "), "none")
}
