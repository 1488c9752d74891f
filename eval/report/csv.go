package report

import (
	"encoding/csv"
	"io"
	"strconv"

	"github.com/seccoder/seccoder/eval"
)

// CSV writes one row for each suite, model, method, scenario and seed, with its counts and
// what it cost: what a statistics program needs to compute every rate anew.
func CSV(w io.Writer, r *eval.Results) error {
	c := csv.NewWriter(w)
	err := c.Write([]string{
		"suite", "model", "method", "codebase", "examples", "k", "abstain_below", "coder", "scenario", "split", "language", "cwe", "seed",
		"samples", "duplicates", "invalid", "valid", "secure", "insecure", "undecided", "unjudged",
		"query_known", "query_secure", "valid_all", "functional_known", "functional", "func_sec", "first_same_cwe_rank",
		"prompt_tokens", "cached_tokens", "completion_tokens", "generate_seconds", "judge_seconds",
	})
	if err != nil {
		return err
	}
	for _, s := range r.Suites {
		infos := map[string]eval.ScenarioInfo{}
		for _, info := range s.Scenarios {
			infos[info.ID] = info
		}
		for _, m := range s.Methods {
			for _, scenario := range m.Scenarios {
				for _, seed := range scenario.Seeds {
					if err := c.Write(csvRow(s, m, infos[scenario.ID], seed)); err != nil {
						return err
					}
				}
			}
		}
	}
	c.Flush()
	return c.Error()
}

func csvRow(s eval.SuiteResults, m eval.MethodResults, info eval.ScenarioInfo, seed eval.SeedResults) []string {
	n := seed.Counts
	row := []string{
		s.Name, m.Model, m.Settings.Name, m.Settings.Codebase, strconv.Itoa(m.Settings.Examples), strconv.Itoa(m.Settings.K),
		decimal(m.Settings.AbstainBelow), m.Settings.Coder,
		info.ID, string(info.Split), string(info.Language), strconv.Itoa(int(info.CWE)),
		strconv.FormatUint(seed.Seed, 10),
	}
	for _, count := range []int{
		n.Samples, n.Duplicates, n.Invalid, n.Valid, n.Secure, n.Insecure, n.Undecided, n.Unjudged,
		n.QueryKnown, n.QuerySecure, n.ValidAll, n.FunctionalKnown, n.Functional, n.FuncSec, seed.FirstSameCWERank,
	} {
		row = append(row, strconv.Itoa(count))
	}
	var cost eval.Cost
	for _, b := range seed.Batches {
		cost.Add(b.Cost)
	}
	return append(row,
		strconv.Itoa(cost.PromptTokens), strconv.Itoa(cost.CachedTokens), strconv.Itoa(cost.CompletionTokens),
		decimal(cost.GenerateSeconds), decimal(cost.JudgeSeconds))
}

func decimal(x float64) string { return strconv.FormatFloat(x, 'g', -1, 64) }
