package eval

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"github.com/seccoder/seccoder"
)

// The retrievers that a method can name: those of package retrieval, and the program's
// default, whatever it is.
const (
	RetrieverNone    = "none"
	RetrieverRandom  = "random"
	RetrieverBM25    = "bm25"
	RetrieverDense   = "dense"
	RetrieverFused   = "fused"
	RetrieverDefault = "default"
)

var retrievers = []string{RetrieverNone, RetrieverRandom, RetrieverBM25, RetrieverDense, RetrieverFused, RetrieverDefault}

// The coders: how completions come about.
const (
	// CoderPaper takes completions as the model gives them.
	CoderPaper = "paper"
	// CoderProduct completes as the program does: one by one, taking those up again that
	// use names of the demonstration.
	CoderProduct = "product"
)

var coders = []string{CoderPaper, CoderProduct}

// The paper's settings (arXiv 2410.01488, section 4.1).
const (
	DefaultN           = 25
	DefaultTemperature = 0.4
	DefaultTopP        = 0.95
	DefaultMaxTokens   = 300
	DefaultContext     = 4096
	DefaultSeed        = 1
)

// A Plan says what a run measures: every model with every method on every suite.
// [ParsePlan] reads one from a run file and fills in the defaults.
type Plan struct {
	Name string `toml:"name"`
	// Suites are named "own" or "sven:DIR".
	Suites []string `toml:"suites"`
	// Scenarios are patterns for those to take of the suites ([Selected]); none takes all.
	Scenarios []string `toml:"scenarios,omitempty"`
	// Models are names of the catalogue or GGUF files.
	Models  []string `toml:"models"`
	Servers []Server `toml:"server,omitempty"`
	Sampling
	// Context bounds prompt and completion together, in tokens.
	Context int `toml:"context"`
	// Sven is the folder of SVEN's training data, for the codebases sven:train and
	// sven:val.
	Sven    string   `toml:"sven,omitempty"`
	Methods []Method `toml:"method"`
	// Overrides are settings of single suites, by their name in Suites without a folder.
	Overrides map[string]Sampling `toml:"suite,omitempty"`
}

// Sampling says how many samples are drawn and how.
type Sampling struct {
	// N is the number of samples of a scenario and seed. They are drawn Batch at a time;
	// each further batch has the next seed, as SVEN does.
	N           int      `toml:"n"`
	Batch       int      `toml:"batch"`
	Seeds       []uint64 `toml:"seeds"`
	Temperature float64  `toml:"temperature"`
	TopP        float64  `toml:"top_p"`
	MaxTokens   int      `toml:"max_tokens"`
}

// batches is the number of batches of a seed.
func (s Sampling) batches() int { return (s.N + s.Batch - 1) / s.Batch }

// A Server is a model that an OpenAI-compatible server runs.
type Server struct {
	// Name is how results call the model.
	Name    string `toml:"name"`
	URL     string `toml:"url"`
	Model   string `toml:"model"`
	API     string `toml:"api,omitempty"`
	KeyEnv  string `toml:"key_env,omitempty"`
	KeyFile string `toml:"key_file,omitempty"`
	// Context is the number of tokens that the model can attend to; 0 is not known.
	Context int `toml:"context,omitempty"`
}

// A Method is a way to choose demonstrations.
type Method struct {
	Name      string `toml:"name"`
	Retriever string `toml:"retriever"`
	// Codebase is "starter", "starter-heldout", "sven:train", "sven:val" or the path of a
	// SQLite store.
	Codebase string `toml:"codebase,omitempty"`
	// MaxChars leaves longer examples of SVEN out; 0 stands for PaperMaxChars, a negative
	// number leaves out none.
	MaxChars int `toml:"max_chars,omitempty"`
	// Size, where set, takes so many examples of the codebase, drawn with SizeSeed. A
	// smaller size takes the first of a larger one.
	Size     int    `toml:"size,omitempty"`
	SizeSeed uint64 `toml:"size_seed,omitempty"`
	// K is the number of demonstrations; 0 stands for as many as the program shows with the
	// retriever "default", for the paper's one with any other.
	K int `toml:"k,omitempty"`
	// AbstainBelow is seccoder.Coder's: the confidence under which no demonstration is
	// shown. 0 always shows one, but for the retriever "default", which abstains as the
	// program does; a negative number always shows one, with "default", too.
	AbstainBelow float64 `toml:"abstain_below,omitempty"`
	Coder        string  `toml:"coder"`
}

// A Model is a model of a plan: of this machine, or of a server.
type Model struct {
	Name   string
	Server *Server
}

// AllModels lists the models, those of servers last.
func (p *Plan) AllModels() []Model {
	models := make([]Model, 0, len(p.Models)+len(p.Servers))
	for _, name := range p.Models {
		models = append(models, Model{Name: name})
	}
	for i := range p.Servers {
		models = append(models, Model{Name: p.Servers[i].Name, Server: &p.Servers[i]})
	}
	return models
}

// called reports whether a model has the name. Results know models by nothing else.
func (p *Plan) called(name string) bool {
	return slices.ContainsFunc(p.AllModels(), func(m Model) bool { return m.Name == name })
}

func nameTaken(server string) string {
	return fmt.Sprintf("the name %q of a server is that of a model or of an earlier server: give it another name", server)
}

// sampling is that of a suite.
func (p *Plan) sampling(spec string) Sampling {
	name, _, _ := strings.Cut(spec, ":")
	if s, ok := p.Overrides[name]; ok {
		return s
	}
	return p.Sampling
}

// ID is what a run of the plan is found by: its name and a hash of all settings.
func (p *Plan) ID() string {
	sum := sha256.Sum256([]byte(p.TOML()))
	return p.Name + "-" + hex.EncodeToString(sum[:3])
}

// defaultSampling has the paper's settings.
func defaultSampling() Sampling {
	return Sampling{N: DefaultN, Batch: 0, Seeds: []uint64{DefaultSeed}, Temperature: DefaultTemperature, TopP: DefaultTopP, MaxTokens: DefaultMaxTokens}
}

// complete fills in what was left open.
func (s *Sampling) complete() {
	if s.Batch == 0 {
		s.Batch = max(min(s.N, DefaultN), 1) // of a wrong N nobody has written a wrong Batch
	}
}

// problems are the values that mean nothing, by key.
func (s Sampling) problems() map[string]string {
	p := map[string]string{}
	if s.N < 1 || s.N > 10000 {
		p["n"] = fmt.Sprintf("n = %d: expected 1 to 10000 samples", s.N)
	}
	if s.Batch < 0 || s.Batch > 1000 {
		p["batch"] = fmt.Sprintf("batch = %d: expected 1 to 1000 samples", s.Batch)
	}
	if !(s.Temperature >= 0 && s.Temperature <= 5) {
		p["temperature"] = fmt.Sprintf("temperature = %g: expected 0 to 5", s.Temperature)
	}
	if !(s.TopP > 0 && s.TopP <= 1) {
		p["top_p"] = fmt.Sprintf("top_p = %g: expected a share above 0 and up to 1", s.TopP)
	}
	if s.MaxTokens < 1 {
		p["max_tokens"] = fmt.Sprintf("max_tokens = %d: expected at least 1", s.MaxTokens)
	}
	if problem := s.seedProblem(); problem != "" {
		p["seeds"] = problem
	}
	return p
}

// seedProblem finds seeds whose samples would be the same.
func (s Sampling) seedProblem() string {
	if len(s.Seeds) == 0 {
		return "seeds: expected at least one"
	}
	if s.N < 1 || s.Batch < 1 {
		return ""
	}
	sorted := slices.Sorted(slices.Values(s.Seeds))
	for i := 1; i < len(sorted); i++ {
		if sorted[i] == sorted[i-1] {
			return fmt.Sprintf("seeds: %d is there twice", sorted[i])
		}
		if sorted[i]-sorted[i-1] < uint64(s.batches()) {
			return fmt.Sprintf("seeds: %d and %d share samples: with n = %d in batches of %d each seed takes %d seeds, so they must lie that far apart",
				sorted[i-1], sorted[i], s.N, s.Batch, s.batches())
		}
	}
	return ""
}

// settings are the method's in results.
func (m Method) settings(c Codebase) MethodSettings {
	s := MethodSettings{Name: m.Name, Retriever: m.Retriever, Coder: m.Coder}
	if m.Retriever != RetrieverNone {
		s.Codebase, s.K, s.Examples, s.AbstainBelow = m.Codebase, m.K, c.Examples, max(m.AbstainBelow, 0)
		s.Untrained = c.Untrained && (m.Retriever == RetrieverFused || m.Retriever == RetrieverDefault)
	}
	return s
}

// complete fills in what was left open.
func (m *Method) complete() {
	if m.Coder == "" {
		m.Coder = CoderPaper
	}
	if m.Retriever == RetrieverNone {
		m.Codebase, m.K, m.Size, m.MaxChars, m.AbstainBelow = "", 0, 0, 0, 0
	} else {
		if m.Codebase == "" {
			m.Codebase = "starter"
		}
		if m.K == 0 {
			m.K = m.defaultK()
		}
		m.AbstainBelow = m.abstainBelow()
		if m.MaxChars == 0 && strings.HasPrefix(m.Codebase, "sven:") {
			m.MaxChars = PaperMaxChars
		}
	}
	if m.Name == "" {
		m.Name = m.defaultName()
	}
}

// defaultK is the number of demonstrations where none is asked for.
func (m *Method) defaultK() int {
	if m.Retriever == RetrieverDefault {
		return seccoder.DefaultTopK
	}
	return 1
}

// abstainBelow has one number for what several mean.
func (m *Method) abstainBelow() float64 {
	switch {
	case m.AbstainBelow > 0:
		return m.AbstainBelow
	case m.Retriever != RetrieverDefault:
		return 0
	case m.AbstainBelow == 0:
		return seccoder.DefaultAbstainBelow
	}
	return -1 // never, where 0 is the program's default
}

// defaultName says what sets the method apart.
func (m *Method) defaultName() string {
	name := m.Retriever
	if m.Retriever != RetrieverNone && m.Codebase != "starter" {
		name += "@" + m.Codebase
	}
	if m.Size > 0 {
		name += fmt.Sprintf("-%d", m.Size)
	}
	if m.K > 0 && m.K != m.defaultK() {
		name += fmt.Sprintf("-k%d", m.K)
	}
	switch {
	case m.AbstainBelow < 0:
		name += "-always"
	case m.AbstainBelow > 0 && (m.Retriever != RetrieverDefault || m.AbstainBelow != seccoder.DefaultAbstainBelow):
		name += fmt.Sprintf("-abstain%g", m.AbstainBelow)
	}
	if m.Coder == CoderProduct {
		name += "-product"
	}
	return name
}

// problems are the values that mean nothing, by key.
func (m Method) problems(known Known) map[string]string {
	p := map[string]string{}
	if !slices.Contains(retrievers, m.Retriever) {
		p["retriever"] = fmt.Sprintf("unknown retriever %q (known: %s)", m.Retriever, strings.Join(retrievers, ", "))
	}
	if m.Coder != "" && !slices.Contains(coders, m.Coder) {
		p["coder"] = fmt.Sprintf("unknown coder %q (known: %s)", m.Coder, strings.Join(coders, ", "))
	}
	if m.K < 0 || m.K > 10 {
		p["k"] = fmt.Sprintf("k = %d: expected 1 to 10 demonstrations", m.K)
	}
	if !(m.AbstainBelow <= 1) { // nor is NaN
		p["abstain_below"] = fmt.Sprintf("abstain_below = %g: expected a confidence of 0 to 1, or less to always show a demonstration", m.AbstainBelow)
	}
	if m.Size < 0 {
		p["size"] = fmt.Sprintf("size = %d: expected a number of examples", m.Size)
	}
	if m.Codebase != "" && known.Codebase != nil && m.Retriever != RetrieverNone {
		if err := known.Codebase(m.Codebase); err != nil {
			p["codebase"] = err.Error()
		}
	}
	return p
}

// Known says what the program can open, so that a run file's mistakes are found before
// anything is loaded. A nil function accepts all.
type Known struct {
	// Suite, Codebase and Model check a name as the run file gives it, paths made
	// absolute.
	Suite, Codebase, Model func(name string) error
	// Scenarios lists a suite's scenarios. It fails where that takes more than reading
	// them; what the plan selects of them is then checked when the run begins.
	Scenarios func(suite string) ([]Scenario, error)
}
