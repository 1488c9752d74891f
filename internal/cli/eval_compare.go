package cli

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/seccoder/seccoder/eval"
)

const compareSchema = "seccoder.comparison/1"

type compareReport struct {
	Schema string `json:"schema"`
	// Comparisons have an entry for each suite that both have.
	Comparisons []suiteComparison `json:"comparisons"`
}

type suiteComparison struct {
	Suite string `json:"suite"`
	// Warning says that not the methods alone differ; empty where they do.
	Warning string `json:"warning,omitempty"`
	eval.Comparison
}

func newEvalCompare(a *app) *cobra.Command {
	var dir, model string
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "compare A B",
		Short: "Compare two runs, methods or models, scenario by scenario",
		Long: `Compare A with B: the differences are A minus B, with intervals that draw the same
scenarios for both. A and B are RUN, RUN:METHOD, RUN:METHOD:MODEL or RUN::MODEL; "last" is
the run that was begun last. Without a METHOD all methods that both have are compared. Results
of the same model are set against each other, or where each side has one model, these two.
Scenarios whose prompts differ are left out, and a warning says where the judges or prompts of
a suite differ.`,
		Example: `  seccoder eval compare last:default last:none
  seccoder eval compare last::qwen2.5-coder-1.5b last::qwen2.5-coder-0.5b
  seccoder eval compare table-3f2a91 table-77b0c2 --json`,
		Args: argCount(2, 2),
		RunE: func(cmd *cobra.Command, args []string) error {
			var sides [2]compareSide
			for i, arg := range args {
				id, rest, _ := strings.Cut(arg, ":")
				results, err := a.resultsOf(cmd.Context(), id, dir)
				if err != nil {
					return err
				}
				method, own := methodAndModel(results, rest)
				sides[i] = compareSide{results: results, method: method, model: cmp.Or(own, model)}
			}
			comparisons, err := compareSides(sides[0], sides[1])
			if err != nil {
				return err
			}
			a.warnOfSuites(comparisons)
			if asJSON {
				return a.printJSON(compareReport{compareSchema, comparisons})
			}
			for _, c := range comparisons {
				a.printComparison(c)
			}
			return nil
		},
	}
	flags := cmd.Flags()
	addEvalDir(flags, &dir)
	flags.StringVar(&model, "only-model", "", "compare results of this model only, where a side names none")
	flags.BoolVar(&asJSON, "json", false, "print the comparison as JSON (docs/json.md)")
	oneRun(flags)
	return cmd
}

// warnOfSuites prints the warning of each suite once.
func (a *app) warnOfSuites(comparisons []suiteComparison) {
	for i, c := range comparisons {
		if c.Warning != "" && (i == 0 || comparisons[i-1].Warning != c.Warning) {
			a.warn("%s", visible(c.Warning))
		}
	}
}

// methodAndModel splits METHOD:MODEL, both of whose names may have colons, by the methods that a
// run has.
func methodAndModel(results *eval.Results, text string) (method, model string) {
	method, model, _ = strings.Cut(text, ":")
	for _, s := range results.Suites {
		for _, m := range s.Methods {
			rest, begins := strings.CutPrefix(text, m.Settings.Name)
			if begins && len(m.Settings.Name) > len(method) && (rest == "" || rest[0] == ':') {
				method, model = m.Settings.Name, strings.TrimPrefix(rest, ":")
			}
		}
	}
	return method, model
}

// A compareSide is a run, and which of its methods and models are meant.
type compareSide struct {
	results       *eval.Results
	method, model string
}

// of lists the methods of a suite that are meant.
func (c compareSide) of(suite *eval.SuiteResults) []*eval.MethodResults {
	var found []*eval.MethodResults
	for i := range suite.Methods {
		m := &suite.Methods[i]
		if (c.method == "" || m.Settings.Name == c.method) && (c.model == "" || m.Model == c.model) {
			found = append(found, m)
		}
	}
	return found
}

// names lists the methods of a run.
func (c compareSide) names() string {
	var names []string
	for _, s := range c.results.Suites[:min(1, len(c.results.Suites))] {
		for _, m := range s.Methods {
			names = append(names, m.Model+" "+m.Settings.Name)
		}
	}
	return strings.Join(names, ", ")
}

// compareSides pairs suites by name, and methods by model and, where none was named, by name.
// A method that was named is paired with the other's, whatever that is called. Where each side
// has a single model, or a single method, these are paired, too.
func compareSides(a, b compareSide) ([]suiteComparison, error) {
	var all []suiteComparison
	for i := range a.results.Suites {
		suiteA := &a.results.Suites[i]
		for j := range b.results.Suites {
			suiteB := &b.results.Suites[j]
			if suiteA.Name != suiteB.Name {
				continue
			}
			ofA, ofB := a.of(suiteA), b.of(suiteB)
			single, oneModel := len(ofA) == 1 && len(ofB) == 1, haveOneModel(ofA) && haveOneModel(ofB)
			warning := a.warning(suiteA, b, suiteB)
			for _, m := range ofA {
				for _, o := range ofB {
					sameModel := oneModel || m.Model == o.Model
					sameMethod := a.method != "" && b.method != "" || m.Settings.Name == o.Settings.Name
					if single || sameModel && sameMethod {
						all = append(all, suiteComparison{suiteA.Name, warning, eval.Compare(a.name(m, b), suiteA, m, b.name(o, a), suiteB, o)})
					}
				}
			}
		}
	}
	if len(all) == 0 {
		return nil, usagef("nothing to compare: %s has %s; %s has %s", a.results.Run.ID, a.names(), b.results.Run.ID, b.names())
	}
	return all, nil
}

// haveOneModel reports whether all results are of the same model.
func haveOneModel(results []*eval.MethodResults) bool {
	return !slices.ContainsFunc(results, func(m *eval.MethodResults) bool { return m.Model != results[0].Model })
}

// warning says where a difference may be one of the judges, which two versions of the program
// have, and not one of the methods.
func (c compareSide) warning(suite *eval.SuiteResults, other compareSide, otherSuite *eval.SuiteResults) string {
	if suite.Digest == otherSuite.Digest {
		return ""
	}
	id, otherID := c.results.Run.ID, other.results.Run.ID
	return fmt.Sprintf("the judges or prompts of suite %s differ between the two runs: differences may be theirs, and not the methods'; "+
		"judge both with one program: seccoder eval resume %s, and seccoder eval resume %s", suite.Name, id, otherID)
}

func (c compareSide) name(m *eval.MethodResults, other compareSide) eval.MethodName {
	name := eval.MethodName{Model: m.Model, Method: m.Settings.Name}
	if c.results.Run.ID != other.results.Run.ID {
		name.Run = c.results.Run.ID
	}
	return name
}

func (a *app) printComparison(c suiteComparison) {
	fmt.Fprintf(a.out, "%s: %s\n  against %s; in percentage points, with 95 %% intervals\n", visible(c.Suite), visible(c.A.String()), visible(c.B.String()))
	if len(c.LeftOut) > 0 {
		fmt.Fprintf(a.out, "  left out, as the two have other prompts: %s\n", visible(strings.Join(c.LeftOut, ", ")))
	}
	table := tabwriter.NewWriter(a.out, 0, 0, 2, ' ', 0)
	var parts []eval.GroupDifferences
	for _, split := range []eval.Split{eval.Test, eval.Validation} {
		parts = append(parts, eval.GroupDifferences{Name: string(split), Differences: c.In(split)})
		if split != c.GroupSplit() {
			continue
		}
		for _, g := range c.Groups {
			parts = append(parts, eval.GroupDifferences{Name: "  " + g.Name, Differences: g.Differences})
		}
	}
	columns := eval.DifferenceColumns(parts)
	for _, part := range parts {
		d := part.Differences
		if d.Scenarios == 0 {
			continue
		}
		fmt.Fprintf(table, "%s (%d)", part.Name, d.Scenarios)
		for _, column := range columns {
			fmt.Fprintf(table, "\t%s %s", column.Name, pointsOf(column.Of(d), d.Scenarios))
		}
		fmt.Fprintln(table)
	}
	_ = table.Flush() // a.out remembers its errors
	for _, s := range c.Scenarios {
		mark := ""
		switch {
		case s.Harm && s.Clear:
			mark = "worse"
		case s.Harm:
			mark = "worse?"
		case s.Clear:
			mark = "better"
		}
		fmt.Fprintf(table, "  %s\t%s\t%s\t%s\t%s\n", visible(s.ID), bare(s.A), bare(s.B), points(s.Difference), mark)
	}
	_ = table.Flush()
	fmt.Fprintln(a.out)
}
