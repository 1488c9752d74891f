package cli

import (
	"time"

	"github.com/seccoder/seccoder"
	"github.com/seccoder/seccoder/generation"
)

// completionSchema names the form of what complete --json prints. Fields may be added
// within a version; none change their meaning or go.
const completionSchema = "seccoder.completion/1"

type completionReport struct {
	Schema         string                `json:"schema"`
	File           string                `json:"file"`
	Language       string                `json:"language"`
	Cursor         cursorReport          `json:"cursor"`
	Model          string                `json:"model"`
	Retriever      string                `json:"retriever"`
	Options        optionsReport         `json:"options"`
	Demonstrations []demonstrationReport `json:"demonstrations"`
	Skipped        []skipReport          `json:"skipped"`
	CutBytes       int                   `json:"cut_bytes"`
	SuffixCutBytes int                   `json:"suffix_cut_bytes"`
	SuffixLeftOut  bool                  `json:"suffix_left_out"`
	Completions    []textReport          `json:"completions"`
	Usage          usageReport           `json:"usage"`
	TimingMS       timingReport          `json:"timing_ms"`
}

type cursorReport struct {
	Line   int `json:"line"`
	Column int `json:"column"`
}

type optionsReport struct {
	N           int     `json:"n"`
	MaxTokens   int     `json:"max_tokens"`
	Temperature float64 `json:"temperature"`
	TopP        float64 `json:"top_p"`
	Seed        uint64  `json:"seed"`
	TopK        int     `json:"top_k"`
}

type demonstrationReport struct {
	ID         string   `json:"id"`
	Title      string   `json:"title"`
	CWEs       []string `json:"cwes"`
	Fix        string   `json:"fix"`
	Language   string   `json:"language"`
	Source     string   `json:"source"`
	Rank       int      `json:"rank"`
	Score      float64  `json:"score"`
	Confidence float64  `json:"confidence"`
	Why        string   `json:"why"`
	Code       string   `json:"code"`
}

type skipReport struct {
	ID     string `json:"id"`
	Reason string `json:"reason"`
}

type textReport struct {
	Index        int               `json:"index"`
	Text         string            `json:"text"`
	Finish       generation.Finish `json:"finish"`
	Tokens       int               `json:"tokens"`
	ForeignNames []string          `json:"foreign_names"`
	Retries      int               `json:"retries"`
}

type usageReport struct {
	PromptTokens        int `json:"prompt_tokens"`
	CachedTokens        int `json:"cached_tokens"`
	DemonstrationTokens int `json:"demonstration_tokens"`
	CompletionTokens    int `json:"completion_tokens"`
}

type timingReport struct {
	Retrieval   float64 `json:"retrieval"`
	Integration float64 `json:"integration"`
	Prefill     float64 `json:"prefill"`
	Decode      float64 `json:"decode"`
	Total       float64 `json:"total"`
}

func newCompletionReport(a *app, s *source, o seccoder.Options, r seccoder.Result) completionReport {
	report := completionReport{
		Schema: completionSchema,
		File:   s.path, Language: string(s.language), Cursor: cursorReport{s.line, s.column},
		Model: a.settings.modelName(), Retriever: a.settings.retriever,
		Options:        optionsReport{o.N, o.MaxTokens, o.Temperature, o.TopP, o.Seed, o.TopK},
		Demonstrations: demonstrationReports(r.Prompt.Used),
		Skipped:        []skipReport{},
		CutBytes:       r.Prompt.CutBytes, SuffixCutBytes: r.Prompt.SuffixCutBytes, SuffixLeftOut: r.Prompt.SuffixLeftOut,
		Usage: usageReport{r.Usage.PromptTokens, r.Usage.CachedTokens, r.Prompt.DemonstrationTokens, r.Usage.CompletionTokens},
		TimingMS: timingReport{
			milliseconds(r.Timing.Retrieval), milliseconds(r.Timing.Integration), milliseconds(r.Timing.Prefill),
			milliseconds(r.Timing.Decode), milliseconds(r.Timing.Total),
		},
	}
	for _, skip := range r.Prompt.Skipped {
		report.Skipped = append(report.Skipped, skipReport{skip.ID, string(skip.Reason)})
	}
	for _, c := range r.Completions {
		names := c.ForeignNames
		if names == nil {
			names = []string{}
		}
		report.Completions = append(report.Completions, textReport{c.Index, c.Text, c.Finish, c.Tokens, names, c.Retries})
	}
	return report
}

func demonstrationReports(used []seccoder.Demonstration) []demonstrationReport {
	reports := []demonstrationReport{}
	for _, d := range used {
		reports = append(reports, newDemonstrationReport(d))
	}
	return reports
}

func newDemonstrationReport(d seccoder.Demonstration) demonstrationReport {
	e := d.Example
	report := demonstrationReport{
		ID: e.ID, Title: e.Title, CWEs: []string{}, Fix: e.Fix, Language: string(e.Language), Source: e.Source.Path,
		Rank: d.Rank, Score: d.Score, Confidence: d.Confidence, Why: d.Why, Code: e.Code,
	}
	for _, cwe := range e.CWEs {
		report.CWEs = append(report.CWEs, cwe.String())
	}
	return report
}

func milliseconds(d time.Duration) float64 {
	return float64(d.Round(10*time.Microsecond)) / float64(time.Millisecond)
}
