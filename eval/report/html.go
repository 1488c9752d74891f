package report

import (
	"bytes"
	"compress/gzip"
	"embed"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html/template"
	"io"
	"strings"

	"github.com/seccoder/seccoder/eval"
)

//go:embed page
var page embed.FS

// HTML writes one page that holds everything: tables, charts, a heat map, and every sample
// with its prompt, demonstration, code, findings and trace. It needs no network, and what a
// model wrote is shown as text, never run. The samples are compressed within the page;
// tables and charts can be read without scripts.
func HTML(w io.Writer, r *eval.Results) error {
	source, err := page.ReadFile("page/page.html")
	if err != nil {
		return err
	}
	t, err := template.New("page").Funcs(template.FuncMap{
		"percent": percent, "points": points, "cell": eval.MetricColumn.Cell, "about": about,
		// the width of a row behind the model's name
		"columns": func(p partView) int { return len(p.Columns) + 2 },
		"shade":   shade, "whole": func(rate float64) string { return fmt.Sprintf("%.0f", 100*rate) },
	}).Parse(string(source))
	if err != nil {
		return err
	}
	view, err := newView(r)
	if err != nil {
		return err
	}
	return t.Execute(w, view)
}

// A view is what the page's template reads.
type view struct {
	Title, Provenance string
	Run               eval.RunInfo
	Suites            []suiteView
	CSS               template.CSS
	JS                template.JS
	// Data is the samples: JSON, gzip, base64.
	Data string
}

type suiteView struct {
	eval.SuiteResults
	ID string
	// Sampling says what the completions were drawn with.
	Sampling   string
	PairedNote string
	Parts      []partView
	Cost       table
}

type partView struct {
	ID, Name, Heading string
	Columns           []eval.MetricColumn
	Rows              []rowView
	DifferenceColumns []eval.DifferenceColumn
	Differences       []differenceView
	Charts            []chart
	Heat              heat
	Harm              []harmView
}

type rowView struct {
	Method eval.MethodResults
	Cells  []rateCell
	Counts eval.Counts
}

// A rateCell has its interval below the value: beside it, the table is wider than a screen.
type rateCell struct{ Value, Interval string }

func newRateCell(c eval.MetricColumn, e eval.Estimate) rateCell {
	value, interval, found := strings.Cut(c.Cell(e), " [")
	if found {
		interval = "[" + interval
	}
	return rateCell{value, interval}
}

type differenceView struct {
	A, B, Scenarios string
	Cells           []differenceCell
}

// A differenceCell is clear where the interval leaves 0 out.
type differenceCell struct {
	Text  string
	Clear bool
}

// A harmView is a scenario on which a method is worse than the baseline.
type harmView struct {
	Scenario, Method, Against string
	Difference                eval.Estimate
	Clear                     bool
}

// A heat map has a row for each method and a column for each scenario.
type heat struct {
	Scenarios []string
	Rows      []heatRow
}

type heatRow struct {
	Model, Method string
	Cells         []heatCell
}

type heatCell struct {
	Scenario string
	Rate     eval.Estimate
}

func newView(r *eval.Results) (view, error) {
	css, err := page.ReadFile("page/page.css")
	if err != nil {
		return view{}, err
	}
	js, err := page.ReadFile("page/page.js")
	if err != nil {
		return view{}, err
	}
	data, err := pack(r)
	if err != nil {
		return view{}, err
	}
	v := view{
		Title: title(r), Provenance: provenance(r), Run: r.Run, Data: data,
		CSS: template.CSS(css), JS: template.JS(js), //nolint:gosec // the project's own files
	}
	for i, s := range r.Suites {
		sv := suiteView{
			SuiteResults: s, ID: fmt.Sprintf("suite-%d", i),
			Sampling: sampling(s), PairedNote: pairedNote, Cost: costTable(s),
		}
		for _, p := range partsOf(s) {
			sv.Parts = append(sv.Parts, newPart(sv.ID, s, p))
		}
		v.Suites = append(v.Suites, sv)
	}
	return v, nil
}

func newPart(suite string, s eval.SuiteResults, p part) partView {
	v := partView{ID: suite + "-" + string(p.Split), Name: p.Name, Heading: upperFirst(p.Name), Columns: columnsOf(s)}
	for _, m := range s.Methods {
		row := rowView{Method: m, Counts: m.In(p.Split).Counts}
		for _, c := range v.Columns {
			row.Cells = append(row.Cells, newRateCell(c, c.Of(m.In(p.Split))))
		}
		v.Rows = append(v.Rows, row)
	}
	rows, columns := p.differences(s)
	v.DifferenceColumns = columns
	for _, r := range rows {
		d := differenceView{A: r.A.String(), B: r.B.String(), Scenarios: scenariosOf(r.GroupDifferences)}
		for _, c := range columns {
			e := c.Of(r.Differences)
			d.Cells = append(d.Cells, differenceCell{difference(e, r.Differences.Scenarios), e.Clear()})
		}
		v.Differences = append(v.Differences, d)
	}
	for _, c := range s.Comparisons {
		for _, sd := range c.Scenarios {
			if sd.Split == p.Split && sd.Harm {
				v.Harm = append(v.Harm, harmView{sd.ID, c.A.String(), c.B.Method, sd.Difference, sd.Clear})
			}
		}
	}
	v.Charts = charts(v.ID, s, p)
	v.Heat = newHeat(s, p)
	return v
}

func newHeat(s eval.SuiteResults, p part) heat {
	var h heat
	if !hasSecurity(s) {
		return h
	}
	for _, info := range s.Scenarios {
		if info.Split == p.Split {
			h.Scenarios = append(h.Scenarios, info.ID)
		}
	}
	for _, m := range s.Methods {
		row := heatRow{Model: m.Model, Method: m.Settings.Name}
		for i, info := range s.Scenarios {
			if info.Split == p.Split && i < len(m.Scenarios) {
				row.Cells = append(row.Cells, heatCell{info.ID, m.Scenarios[i].SecurityRate})
			}
		}
		h.Rows = append(h.Rows, row)
	}
	return h
}

// shade is the class of a heat map's cell: 0 to 10.
func shade(e eval.Estimate) string {
	if !e.Known() {
		return "none"
	}
	return fmt.Sprint(int(10*e.Value + 0.5))
}

// A packed is the form in which the page's script gets the samples. Texts that many samples
// share stand once.
type packed struct {
	Texts   []string `json:"texts"`
	Samples []row    `json:"samples"`
}

// A row is one sample. Prompt, Read and the demonstrations are indices of texts.
type row struct {
	Suite     string          `json:"suite"`
	Scenario  string          `json:"scenario"`
	Task      string          `json:"task"`
	Language  string          `json:"language"`
	CWE       int             `json:"cwe"`
	Split     eval.Split      `json:"split"`
	Model     string          `json:"model"`
	Method    string          `json:"method"`
	Seed      uint64          `json:"seed"`
	Index     int             `json:"index"`
	Duplicate int             `json:"duplicate"`
	Prompt    int             `json:"prompt"`
	Read      int             `json:"read"`
	Shown     []shown         `json:"shown,omitempty"`
	Code      string          `json:"code"`
	Tokens    int             `json:"tokens"`
	Finish    string          `json:"finish"`
	Judgement *eval.Judgement `json:"judgement"`
	Findings  []eval.Finding  `json:"findings,omitempty"`
	Error     string          `json:"error,omitempty"`
}

// shown is a demonstration.
type shown struct {
	Title string  `json:"title"`
	CWEs  string  `json:"cwes"`
	Score float64 `json:"score"`
	Why   string  `json:"why"`
	Code  int     `json:"code"`
}

func pack(r *eval.Results) (string, error) {
	p := packed{Texts: []string{}, Samples: []row{}}
	index := map[string]int{}
	text := func(s string) int {
		i, ok := index[s]
		if !ok {
			i = len(p.Texts)
			index[s] = i
			p.Texts = append(p.Texts, s)
		}
		return i
	}
	for _, s := range r.Suites {
		infos := map[string]eval.ScenarioInfo{}
		for _, info := range s.Scenarios {
			infos[info.ID] = info
		}
		for _, m := range s.Methods {
			for _, scenario := range m.Scenarios {
				info := infos[scenario.ID]
				base := row{
					Suite: s.Name, Scenario: info.ID, Task: info.Task, Language: string(info.Language), CWE: int(info.CWE),
					Split: info.Split, Model: m.Model, Method: m.Settings.Name, Prompt: text(info.Prompt),
				}
				for _, seed := range scenario.Seeds {
					for _, batch := range seed.Batches {
						packBatch(&p, base, seed.Seed, batch, text)
					}
				}
			}
		}
	}
	data, err := json.Marshal(p)
	if err != nil {
		return "", err
	}
	var buffer bytes.Buffer
	z := gzip.NewWriter(&buffer)
	if _, err := z.Write(data); err != nil {
		return "", err
	}
	if err := z.Close(); err != nil {
		return "", err
	}
	return base64.StdEncoding.EncodeToString(buffer.Bytes()), nil
}

func packBatch(p *packed, base row, seed uint64, batch eval.Batch, text func(string) int) {
	base.Seed, base.Read = seed, text(batch.Prompt)
	for _, d := range batch.Demonstrations {
		cwes := make([]string, len(d.CWEs))
		for i, c := range d.CWEs {
			cwes[i] = c.String()
		}
		base.Shown = append(base.Shown, shown{Title: d.Title, CWEs: strings.Join(cwes, ", "), Score: d.Score, Why: d.Why, Code: text(d.Code)})
	}
	for _, sample := range batch.Samples {
		r := base
		r.Index, r.Duplicate, r.Code, r.Tokens = sample.Index, sample.DuplicateOf, sample.Code, sample.Tokens
		r.Finish, r.Judgement, r.Error = sample.Finish, sample.Judgement, sample.Error
		r.Findings = sample.Judgement.Findings()
		p.Samples = append(p.Samples, r)
	}
}
