package eval

// A Comparison sets method A against method B on the scenarios that both have with the same
// prompt.
type Comparison struct {
	A MethodName `json:"a"`
	B MethodName `json:"b"`
	// Test and Validation hold the differences of the rates, A minus B; that of a split of
	// which there is no scenario is left out of JSON.
	Test       Differences `json:"test,omitzero"`
	Validation Differences `json:"validation,omitzero"`
	// Groups are parts of the scenarios of GroupSplit: by language, and by what A's
	// demonstration was about.
	Groups []GroupDifferences `json:"groups,omitempty"`
	// Scenarios are those of both splits, in the suite's order.
	Scenarios []ScenarioDifference `json:"scenarios"`
	// LeftOut are the scenarios that both have under one ID, but with different prompts.
	LeftOut []string `json:"left_out,omitempty"`
}

// MethodName names a model with a method; Run is set where two runs are compared.
type MethodName struct {
	Run    string `json:"run,omitempty"`
	Model  string `json:"model"`
	Method string `json:"method"`
}

// String is "model, method", with the run before it where there is one.
func (m MethodName) String() string {
	name := m.Model + ", " + m.Method
	if m.Run != "" {
		name = m.Run + ": " + name
	}
	return name
}

// Differences are of rates, with intervals that resample the same scenarios for both.
type Differences struct {
	Scenarios      int      `json:"scenarios"`
	SecurityRate   Estimate `json:"security_rate"`
	QueryRate      Estimate `json:"query_rate"`
	ValidRate      Estimate `json:"valid_rate"`
	FunctionalRate Estimate `json:"functional_rate"`
	FuncSecRate    Estimate `json:"func_sec_rate"`
}

// GroupDifferences are those of the scenarios of a group, such as "python" or
// [DemonstratedRight].
type GroupDifferences struct {
	Name        string      `json:"name"`
	Differences Differences `json:"differences"`
}

// The groups by what a method showed: an example of the scenario's CWE, one of another, none,
// or not the same with every seed.
const (
	DemonstratedRight   = "shown: the scenario's CWE"
	DemonstratedWrong   = "shown: another CWE"
	DemonstratedNone    = "shown: nothing"
	DemonstratedVarying = "shown: varying by seed"
)

// A ScenarioDifference is that of one scenario.
type ScenarioDifference struct {
	ID    string `json:"id"`
	Split Split  `json:"split"`
	// A and B are the rates: security rates, for functions pass rates.
	A Estimate `json:"a"`
	B Estimate `json:"b"`
	// Difference is A minus B, with the interval of the samples alone.
	Difference Estimate `json:"difference"`
	// Harm says that A is worse than B; Clear that the interval leaves 0 out.
	Harm  bool `json:"harm"`
	Clear bool `json:"clear"`
}

// In are the differences on the scenarios of a split.
func (c *Comparison) In(split Split) Differences {
	if split == Validation {
		return c.Validation
	}
	return c.Test
}
