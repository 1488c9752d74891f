package eval_test

import (
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seccoder/seccoder"
	"github.com/seccoder/seccoder/eval"
)

const fullPlan = `name = "table-1"
suites = ["sven:data/sven", "own"]
scenarios = ["validation", "python/*"]
models = ["small", "models/other.gguf"]
seeds = [1, 2, 3]
n = 10

[[server]]
url = "http://127.0.0.1:8080/v1"
model = "big"

[[method]]
retriever = "none"

[[method]]
name = "train"
retriever = "dense"
codebase = "sven:train"
size = [100, 200]
k = [1, 2]

[[method]]
retriever = "bm25"
coder = "product"

[[method]]
retriever = "fused"
abstain_below = 0.8

[[method]]
retriever = "default"

[[method]]
retriever = "default"
k = 1

[[method]]
retriever = "default"
abstain_below = 0

[[method]]
retriever = "default"
abstain_below = 0.8

[[method]]
retriever = "fused"
abstain_below = 0

[suite.own]
n = 100
seeds = [5]
`

func mustParsePlan(t *testing.T, text string) *eval.Plan {
	t.Helper()
	plan, err := eval.ParsePlan(text, "plan.toml", filepath.FromSlash("/home/me"), eval.Known{})
	if err != nil {
		t.Fatal(err)
	}
	return plan
}

func TestParsePlan(t *testing.T) {
	plan := mustParsePlan(t, fullPlan)
	path := func(p string) string { return filepath.FromSlash("/home/me/" + p) }
	if got, want := plan.Suites, []string{"sven:" + path("data/sven"), "own"}; !slices.Equal(got, want) {
		t.Errorf("suites %q, want %q", got, want)
	}
	if got, want := plan.Models, []string{"small", path("models/other.gguf")}; !slices.Equal(got, want) {
		t.Errorf("models %q, want %q", got, want)
	}
	if want := []string{"validation", "python/*"}; !slices.Equal(plan.Scenarios, want) {
		t.Errorf("scenarios %q, want %q", plan.Scenarios, want)
	}
	if plan.Sven != path("data/sven") {
		t.Errorf("SVEN's data in %q", plan.Sven)
	}
	wantSampling := eval.Sampling{N: 10, Batch: 10, Seeds: []uint64{1, 2, 3}, Temperature: 0.4, TopP: 0.95, MaxTokens: 300}
	if diff := cmp.Diff(wantSampling, plan.Sampling); diff != "" {
		t.Errorf("sampling (-want +got):\n%s", diff)
	}
	wantOwn := eval.Sampling{N: 100, Batch: 25, Seeds: []uint64{5}, Temperature: 0.4, TopP: 0.95, MaxTokens: 300}
	if diff := cmp.Diff(wantOwn, plan.Overrides["own"]); diff != "" {
		t.Errorf("the own suite's sampling (-want +got):\n%s", diff)
	}
	var names []string
	for _, m := range plan.Methods {
		names = append(names, m.Name)
	}
	want := []string{"none", "train-100-k1", "train-100-k2", "train-200-k1", "train-200-k2", "bm25-product", "fused-abstain0.8", "default", "default-k1", "default-always", "default-abstain0.8", "fused"}
	if !slices.Equal(names, want) {
		t.Errorf("methods %q, want %q", names, want)
	}
	if m := plan.Methods[1]; m.Size != 100 || m.K != 1 || m.MaxChars != eval.PaperMaxChars || m.Coder != eval.CoderPaper {
		t.Errorf("method %+v", m)
	}
	for i, want := range []int{0, 1, 2, 1, 2, 1, 1, seccoder.DefaultTopK, 1, seccoder.DefaultTopK, seccoder.DefaultTopK, 1} {
		if got := plan.Methods[i].K; got != want {
			t.Errorf("method %s shows %d, want %d", plan.Methods[i].Name, got, want)
		}
	}
	for i, want := range []float64{0, 0, 0, 0, 0, 0, 0.8, seccoder.DefaultAbstainBelow, seccoder.DefaultAbstainBelow, -1, 0.8, 0} {
		if got := plan.Methods[i].AbstainBelow; got != want {
			t.Errorf("method %s abstains below %v, want %v", plan.Methods[i].Name, got, want)
		}
	}
	if models := plan.AllModels(); len(models) != 3 || models[2].Name != "big" || models[2].Server == nil {
		t.Errorf("models %+v", models)
	}
}

// A plan that is written out is the same plan, so that runs can be resumed.
func TestPlanRoundTrip(t *testing.T) {
	plan := mustParsePlan(t, fullPlan)
	again := mustParsePlan(t, plan.TOML())
	if diff := cmp.Diff(plan, again); diff != "" {
		t.Errorf("read again (-want +got):\n%s", diff)
	}
	if plan.ID() != again.ID() || !strings.HasPrefix(plan.ID(), "table-1-") {
		t.Errorf("ids %s and %s", plan.ID(), again.ID())
	}
	changed := mustParsePlan(t, strings.Replace(fullPlan, "n = 10\n", "n = 11\n", 1))
	if changed.ID() == plan.ID() {
		t.Error("a changed setting has the same id")
	}
}

const wrongPlan = `nam = "x"
suites = ["own", "own", "nosuch"]
models = []
n = "many"
temperature = 9
seeds = []

[[method]]
retriever = "dense"
codebase = "nowhere"

[[method]]
retreiver = "none"

[[method]]
retriever = "sparse"
k = "two"

[suite.other]
n = 5
`

// All mistakes are reported, each with its line.
func TestParsePlanErrors(t *testing.T) {
	known := eval.Known{
		Suite: func(spec string) error {
			if spec != "own" {
				return errors.New("unknown suite " + spec)
			}
			return nil
		},
		Codebase: func(name string) error {
			if name != "starter" {
				return errors.New("unknown codebase " + name)
			}
			return nil
		},
	}
	_, err := eval.ParsePlan(wrongPlan, "plan.toml", "", known)
	plan, ok := errors.AsType[*eval.PlanError](err)
	if !ok {
		t.Fatalf("error %v, want a PlanError", err)
	}
	for _, want := range []string{
		`plan.toml:1: unknown key "nam" (known: `,
		`plan.toml:2: suite "own" is there twice`,
		`plan.toml:2: unknown suite nosuch`,
		`plan.toml:3: models: expected at least one`,
		`plan.toml:4: n: expected a whole number`,
		`plan.toml:5: temperature = 9: expected 0 to 5`,
		`plan.toml:6: seeds: expected at least one`,
		`plan.toml:10: unknown codebase nowhere`,
		`plan.toml:12: retriever is missing`,
		`plan.toml:13: unknown key "retreiver"`,
		`plan.toml:16: unknown retriever "sparse"`,
		`plan.toml:17: k: expected a whole number or a list`,
		`plan.toml:19: suite.other: there is no suite of this name`,
	} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("no %q in:\n%v", want, err)
		}
	}
	if !slices.IsSortedFunc(plan.Problems, func(a, b eval.PlanProblem) int { return a.Line - b.Line }) {
		t.Errorf("not in the order of lines:\n%v", err)
	}
}

func TestParsePlanSingleErrors(t *testing.T) {
	const head = "suites = [\"own\"]\nmodels = [\"m\"]\n"
	tests := map[string]struct{ text, want string }{
		"no TOML":              {head + "n = = 3\n", "plan.toml:3: "},
		"nothing":              {"", "plan.toml:1: suites: expected at least one"},
		"shared samples":       {head + "n = 50\nseeds = [1, 2]\n[[method]]\nretriever = \"none\"\n", "plan.toml:4: seeds: 1 and 2 share samples"},
		"equal seeds":          {head + "seeds = [4, 4]\n[[method]]\nretriever = \"none\"\n", "plan.toml:3: seeds: 4 is there twice"},
		"equal methods":        {head + "[[method]]\nretriever = \"none\"\n[[method]]\nretriever = \"none\"\n", `plan.toml:5: method "none" is there twice`},
		"SVEN without data":    {head + "[[method]]\nretriever = \"bm25\"\ncodebase = \"sven:val\"\n", `plan.toml:5: codebase "sven:val" needs the folder`},
		"no method":            {head, "no [[method]]"},
		"server by half":       {head + "[[server]]\nurl = \"http://x\"\n[[method]]\nretriever = \"none\"\n", "plan.toml:3: a server needs url and model"},
		"a server as a model":  {head + "[[server]]\nurl = \"http://x\"\nmodel = \"m\"\n[[method]]\nretriever = \"none\"\n", `plan.toml:5: the name "m" of a server is that of a model or of an earlier server: give it another name`},
		"a server as a server": {head + "[[server]]\nurl = \"http://x\"\nmodel = \"a\"\n[[server]]\nname = \"a\"\nurl = \"http://y\"\nmodel = \"b\"\n[[method]]\nretriever = \"none\"\n", `plan.toml:7: the name "a" of a server is that`},
		"a bad name":           {"name = \"a b\"\n" + head + "[[method]]\nretriever = \"none\"\n", `plan.toml:1: name "a b"`},
		"a broken pattern":     {"scenarios = [\"cwe-[\"]\n" + head + "[[method]]\nretriever = \"none\"\n", `plan.toml:1: scenario "cwe-[" is no pattern`},
		"a high threshold":     {head + "[[method]]\nretriever = \"fused\"\nabstain_below = 50\n", "plan.toml:5: abstain_below = 50: expected a confidence of 0 to 1"},
		"a negative seed":      {head + "seeds = [-1]\n[[method]]\nretriever = \"none\"\n", "plan.toml:3: seeds: -1: expected whole numbers, 0 or more"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := eval.ParsePlan(test.text, "plan.toml", "", eval.Known{})
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error %v, want one with %q", err, test.want)
			}
		})
	}
}

// words is a suite of one scenario; what another name means can be read by nobody.
func words(spec string) ([]eval.Scenario, error) {
	if spec != "words" {
		return nil, errors.New("cannot be read")
	}
	return []eval.Scenario{scenario("one", eval.Test)}, nil
}

// What somebody wrote is reported where they wrote it, once, and what follows from it not at
// all. Names are looked up in the same pass.
func TestParsePlanReportsOnce(t *testing.T) {
	const method = "[[method]]\nretriever = \"none\"\n"
	known := eval.Known{Scenarios: words, Model: func(name string) error {
		if name != "m" {
			return errors.New("unknown model " + name)
		}
		return nil
	}}
	tests := map[string]struct {
		text string
		want []string
		more string // models
	}{
		"a wrong n":              {"n = -3\n" + method, []string{"plan.toml:3: n = -3: expected 1 to 10000 samples"}, ""},
		"a wrong n and batch":    {"n = -3\nbatch = -1\n" + method, []string{"plan.toml:3: n = -3: expected 1 to 10000 samples", "plan.toml:4: batch = -1: expected 1 to 1000 samples"}, ""},
		"an inherited value":     {"temperature = -1\n" + method + "[suite.words]\nn = 5\n", []string{"plan.toml:3: temperature = -1: expected 0 to 5"}, ""},
		"a value of each":        {"temperature = -1\n" + method + "[suite.words]\ntemperature = -1\n", []string{"plan.toml:3: temperature = -1: expected 0 to 5", "plan.toml:7: temperature = -1: expected 0 to 5"}, ""},
		"n of a suite":           {method + "[suite.words]\nn = 0\n", []string{"plan.toml:6: n = 0: expected 1 to 10000 samples"}, ""},
		"seeds too near for one": {"seeds = [1, 2]\n" + method + "[suite.words]\nn = 50\n", []string{"plan.toml:6: seeds: 1 and 2 share samples: with n = 50 in batches of 25 each seed takes 2 seeds, so they must lie that far apart"}, ""},
		"lists":                  {"[[method]]\nretriever = \"bm25\"\nsize = [1, 2]\nk = [1, 2]\nabstain_below = 7\n", []string{"plan.toml:7: abstain_below = 7: expected a confidence of 0 to 1, or less to always show a demonstration"}, ""},
		"the methods' coder":     {"coder = \"nobody\"\n" + method, []string{`plan.toml:3: unknown coder "nobody" (known: paper, product)`}, ""},
		"a model, too":           {"n = 0\n" + strings.Replace(method, "none", "nosuch", 1), []string{"plan.toml:2: unknown model other", "plan.toml:3: n = 0: expected 1 to 10000 samples", `plan.toml:5: unknown retriever "nosuch" (known: none, random, bm25, dense, fused, default)`}, `, "other"`},
		"a pattern":              {"scenarios = [\"test\", \"tset\", \"on[\"]\n" + method, []string{`plan.toml:3: scenario "on[" is no pattern: expected as in "validation", "cwe-022/2-py", "cwe-022" or "*/*-c"`, `plan.toml:3: "tset" in words: no such scenario`}, ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := eval.ParsePlan("suites = [\"words\"]\nmodels = [\"m\""+test.more+"]\n"+test.text, "plan.toml", "", known)
			if err == nil {
				t.Fatal("no error")
			}
			if diff := cmp.Diff(test.want, strings.Split(err.Error(), "\n")); diff != "" {
				t.Errorf("problems (-want +got):\n%s", diff)
			}
		})
	}
}

// A pattern may name something in the suite that cannot be read before the run begins.
func TestPatternsOfAnUnreadSuite(t *testing.T) {
	const text = "suites = [\"words\", \"elsewhere\"]\nmodels = [\"m\"]\nscenarios = [\"tset\"]\n[[method]]\nretriever = \"none\"\n"
	if _, err := eval.ParsePlan(text, "plan.toml", "", eval.Known{Scenarios: words}); err != nil {
		t.Errorf("error %v", err)
	}
}

// A plan without a file says as much.
func TestNewPlanPatterns(t *testing.T) {
	plan := eval.Plan{Suites: []string{"words"}, Scenarios: []string{"one", "tset"}, Models: []string{"m"}, Methods: []eval.Method{{Retriever: "nosuch"}}}
	_, err := eval.NewPlan(plan, eval.Known{Scenarios: words})
	if !errors.Is(err, eval.ErrNoScenario) || !strings.Contains(err.Error(), `"tset" in words: no such scenario`) || !strings.Contains(err.Error(), `unknown retriever "nosuch"`) {
		t.Errorf("error %v", err)
	}
}

// What a plan without a file leaves open is filled in, and the caller's own stays as it was.
func TestNewPlanCompletes(t *testing.T) {
	given := eval.Plan{
		Suites: []string{"own"}, Models: []string{"m"}, Methods: []eval.Method{{Retriever: "none"}},
		Servers:   []eval.Server{{URL: "http://x", Model: "big"}},
		Sampling:  eval.Sampling{N: 40, Batch: 10, TopP: 0.5, Seeds: []uint64{7}},
		Overrides: map[string]eval.Sampling{"own": {N: 100, Temperature: 0.2}, "sven": {MaxTokens: 20}},
	}
	plan, err := eval.NewPlan(given, eval.Known{})
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]eval.Sampling{
		"own":  {N: 100, Batch: 25, Seeds: []uint64{7}, Temperature: 0.2, TopP: 0.5, MaxTokens: 300},
		"sven": {N: 40, Batch: 10, Seeds: []uint64{7}, TopP: 0.5, MaxTokens: 20},
	}
	if diff := cmp.Diff(want, plan.Overrides); diff != "" {
		t.Errorf("overrides (-want +got):\n%s", diff)
	}
	if name := plan.Servers[0].Name; name != "big" {
		t.Errorf("the server is called %q", name)
	}
	if given.Overrides["own"].Batch != 0 || given.Servers[0].Name != "" {
		t.Errorf("the caller's plan is now %+v", given)
	}
}

func TestNewPlanErrors(t *testing.T) {
	tests := map[string]struct {
		change func(*eval.Plan)
		want   string
	}{
		"a server as a model": {func(p *eval.Plan) { p.Servers = []eval.Server{{URL: "http://x", Model: "m"}} }, `the name "m" of a server is that of a model or of an earlier server: give it another name`},
		"a server as a server": {func(p *eval.Plan) {
			p.Servers = []eval.Server{{URL: "http://x", Model: "a"}, {URL: "http://y", Model: "a"}}
		}, `the name "a" of a server is that`},
		"a bad name":  {func(p *eval.Plan) { p.Name = "таблица" }, `name "таблица": expected the letters a to z`},
		"a suite's n": {func(p *eval.Plan) { p.Overrides = map[string]eval.Sampling{"own": {N: -1}} }, "suite own: n = -1: expected"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			plan := eval.Plan{Suites: []string{"own"}, Models: []string{"m"}, Methods: []eval.Method{{Retriever: "none"}}}
			test.change(&plan)
			if _, err := eval.NewPlan(plan, eval.Known{}); err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error %v, want one with %q", err, test.want)
			}
		})
	}
}

func FuzzParsePlan(f *testing.F) {
	f.Add(fullPlan)
	f.Add(wrongPlan)
	f.Add("[[method]]\nk = [")
	f.Add("suite = 3\nmethod = [1]\nserver = \"x\"")
	f.Add("a = \"\"\"\n[[method]]\n\"\"\"")
	f.Fuzz(func(t *testing.T, text string) {
		plan, err := eval.ParsePlan(text, "plan.toml", "/", eval.Known{})
		if err != nil {
			if strings.TrimSpace(err.Error()) == "" {
				t.Error("an error without words")
			}
			return
		}
		again, err := eval.ParsePlan(plan.TOML(), "plan.toml", "/", eval.Known{})
		if err != nil || again.ID() != plan.ID() {
			t.Errorf("written out and read again: %v\n%s", err, plan.TOML())
		}
	})
}
