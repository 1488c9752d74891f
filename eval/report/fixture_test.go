package report_test

import (
	"time"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/eval"
	"github.com/seccoder/seccoder/lang"
)

// hostile is what a model may write, and what must stay text.
const hostile = `</script><script>document.title = "owned"</script><img src=x onerror="document.title='owned'">`

// results is a run of two methods on three scenarios, small enough to be read.
func results() *eval.Results {
	at := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	yes, no := true, false
	infos := []eval.ScenarioInfo{
		{ID: "cwe-089/0-py", Kind: eval.Security, Task: "find a user", Language: lang.Python, CWE: 89, Split: eval.Test, Prompt: "def find(name):\n"},
		{ID: "cwe-787/0-c", Kind: eval.Security, Task: "copy a name", Language: lang.C, CWE: 787, Split: eval.Test, Prompt: "void copy(char *s) {\n"},
		{ID: "cwe-078/2-py", Kind: eval.Security, Task: "ping a host", Language: lang.Python, CWE: 78, Split: eval.Validation, Prompt: "def ping(host):\n"},
	}
	sample := func(index int, code string, verdict eval.Verdict, functional *bool) eval.Sample {
		return eval.Sample{
			Index: index, Completion: code, Code: code, Finish: "stop", Tokens: 12, DuplicateOf: -1,
			Judgement: &eval.Judgement{
				Verdict: verdict, QueryVerdict: eval.Secure, Functional: functional, Why: "the quote ended the literal", QueryWhy: "the name is bound",
				Oracle: "dynamic/test",
				Trace:  []eval.Step{{Name: "exploit: quote", Input: "' OR 1=1 --", Output: "3 rows", Outcome: "exploited"}},
			},
		}
	}
	estimate := func(value float64) eval.Estimate {
		return eval.Estimate{Value: value, Low: max(0, value-0.2), High: min(1, value+0.2), Of: 2}
	}
	scenarios := func(rate float64) []eval.ScenarioResults {
		var all []eval.ScenarioResults
		for i, info := range infos {
			samples := []eval.Sample{
				sample(0, "    run(name)", eval.Insecure, &yes),
				sample(1, "    "+hostile, eval.Secure, &no),
			}
			counts := eval.Counts{Samples: 2, Valid: 2, Secure: 1, Insecure: 1, QueryKnown: 2, QuerySecure: 2, ValidAll: 2, FunctionalKnown: 2, Functional: 1}
			if i == 1 {
				counts.Undecided, counts.Secure = 1, 0
			}
			all = append(all, eval.ScenarioResults{
				ID: info.ID, Counts: counts, SecurityRate: estimate(rate), QueryRate: estimate(1),
				FunctionalRate: estimate(0.5), FuncSecRate: estimate(0),
				Seeds: []eval.SeedResults{{Seed: 1, Counts: counts, FirstSameCWERank: 2, Batches: []eval.Batch{{
					Seed: 1, Cost: eval.Cost{PromptTokens: 40, CachedTokens: 8, CompletionTokens: 24, GenerateSeconds: 1.5, JudgeSeconds: 0.25}, Prompt: "# shown\n" + info.Prompt,
					Demonstrations: []eval.Demonstration{{
						ID: "a1", Title: "bind <parameters>", Language: info.Language, CWEs: []codebase.CWE{89},
						Rank: 1, Score: 0.61, Why: "cosine 0.61", Code: "execute(q, (a,))",
					}},
					Samples: samples,
				}}}},
			})
		}
		return all
	}
	method := func(name string, rate float64, k int) eval.MethodResults {
		metrics := eval.Metrics{
			Scenarios: 2, Counts: eval.Counts{Samples: 4, Valid: 4, Secure: 1, Insecure: 2, Undecided: 1, ValidAll: 4, Functional: 2},
			SecurityRate: estimate(rate), QueryRate: estimate(1), ValidRate: estimate(1),
			UndecidedRate: estimate(0.25), FunctionalRate: estimate(0.5), FuncSecRate: estimate(0),
		}
		validation := metrics
		validation.Scenarios = 1
		settings := eval.MethodSettings{Name: name, Retriever: name, Coder: "paper"}
		if k > 0 {
			settings.Codebase, settings.Examples, settings.K = "starter", 110, k
			metrics.Shown = estimate(1)
			metrics.Top1SameCWE, metrics.FirstSameCWERank = estimate(0.5), eval.Estimate{Value: 2, Low: 1, High: 3, Of: 2}
		}
		return eval.MethodResults{
			Model: "tiny_model", Settings: settings, Seeds: []uint64{1}, N: 2, Test: metrics, Validation: validation,
			ByCWE:      []eval.GroupMetrics{{Name: "CWE-089", Metrics: metrics}, {Name: "CWE-787", Metrics: metrics}},
			ByLanguage: []eval.GroupMetrics{{Name: "python", Metrics: metrics}, {Name: "c", Metrics: metrics}},
			Scenarios:  scenarios(rate),
			Cost:       eval.Cost{PromptTokens: 120, CachedTokens: 24, CompletionTokens: 72, GenerateSeconds: 4.5, JudgeSeconds: 0.75},
		}
	}
	difference := eval.Estimate{Value: 0.25, Low: 0.05, High: 0.4, Of: 2}
	ofOne := difference
	ofOne.Of = 1
	return &eval.Results{
		Schema: eval.ResultsSchema,
		Run: eval.RunInfo{
			ID: "r1", Name: "first look", File: "models = [\"tiny_model\"]\n", StartedAt: at, UpdatedAt: at,
			Wanted: 12, Done: 12, Machine: "a machine & two cores", Versions: map[string]string{"seccoder": "test", "gcc": "12.2.0"},
		},
		Suites: []eval.SuiteResults{{
			Name: "sven", Spec: "sven:data", Scenarios: infos, Temperature: 0.4, TopP: 0.95, MaxTokens: 300,
			Methods: []eval.MethodResults{method("none", 0.25, 0), method("dense", 0.5, 1)},
			Comparisons: []eval.Comparison{{
				A: eval.MethodName{Model: "tiny_model", Method: "dense"}, B: eval.MethodName{Model: "tiny_model", Method: "none"},
				Test:       eval.Differences{Scenarios: 3, SecurityRate: difference, FuncSecRate: estimate(0), FunctionalRate: estimate(0)},
				Validation: eval.Differences{Scenarios: 1, SecurityRate: ofOne},
				Groups: []eval.GroupDifferences{
					{Name: "c", Differences: eval.Differences{Scenarios: 1, SecurityRate: ofOne}},
					{Name: eval.DemonstratedRight, Differences: eval.Differences{Scenarios: 1, SecurityRate: ofOne}},
				},
				Scenarios: []eval.ScenarioDifference{
					{ID: "cwe-787/0-c", Split: eval.Test, A: estimate(0.1), B: estimate(0.4), Difference: eval.Estimate{Value: -0.3, Low: -0.5, High: -0.1, Of: 1}, Harm: true, Clear: true},
				},
			}},
		}},
	}
}
