package report

import "github.com/seccoder/seccoder/eval"

// A chart is a dot plot: one row a group, in it one dot a series, with a line for the
// 95 % interval. All coordinates are in pixels of the SVG.
type chart struct {
	ID, Title string
	Width     int
	Height    int
	// Left is where 0 % stands, Right 100 %; Bottom is the axis.
	Left, Right, Bottom int
	Ticks               []tick
	Rows                []chartRow
	Legend              []key
}

// A key says what a series looks like.
type key struct {
	Name string
	look
}

// A look is one of 24: a colour and a mark of the style sheet.
type look struct{ Colour, Mark int }

// lookOf is a series' look. Marks change once the colours are used up.
func lookOf(series int) look {
	return look{series % colours, series / colours % marks}
}

type tick struct {
	X     int
	Label string
}

type chartRow struct {
	Label string
	// Y is the middle, Top the upper edge, Height that of the row.
	Y, Top, Height int
	Dots           []dot
}

type dot struct {
	look
	X, Y    float64
	Low     float64
	High    float64
	Tooltip string
}

// A point is an estimate to be drawn.
type point struct {
	series   int
	name     string
	estimate eval.Estimate
}

type group struct {
	label  string
	points []point
}

// colours is the number of colours that the style sheet has for series, marks that of the
// forms of dots: a disc, a square and a diamond.
const (
	colours = 8
	marks   = 3
)

const (
	chartWidth  = 860
	chartLeft   = 250
	chartRight  = 830
	rowPadding  = 8
	dotDistance = 11
	chartTop    = 8
)

// newChart lays out a dot plot of rates.
func newChart(id, title string, legend []key, groups []group) chart {
	c := chart{ID: id, Title: title, Width: chartWidth, Left: chartLeft, Right: chartRight, Legend: legend}
	y := chartTop
	for _, g := range groups {
		known := 0
		for _, p := range g.points {
			if p.estimate.Known() {
				known++
			}
		}
		row := chartRow{Label: g.label, Top: y, Height: 2*rowPadding + dotDistance*max(known, 1)}
		row.Y = y + row.Height/2
		at := float64(y+rowPadding) + dotDistance/2.0
		for _, p := range g.points {
			if !p.estimate.Known() {
				continue
			}
			e := p.estimate
			row.Dots = append(row.Dots, dot{
				look: lookOf(p.series), X: place(e.Value), Y: at, Low: place(e.Low), High: place(e.High),
				Tooltip: g.label + ", " + p.name + ": " + eval.MetricColumn{}.Cell(e),
			})
			at += dotDistance
		}
		y += row.Height
		c.Rows = append(c.Rows, row)
	}
	c.Bottom = y
	c.Height = y + 24
	for _, rate := range []float64{0, 0.25, 0.5, 0.75, 1} {
		c.Ticks = append(c.Ticks, tick{X: int(place(rate)), Label: percent(rate)[:len(percent(rate))-2] + " %"})
	}
	return c
}

// place is the x coordinate of a rate.
func place(rate float64) float64 {
	return chartLeft + min(max(rate, 0), 1)*(chartRight-chartLeft)
}

// charts are those of one suite and split.
func charts(id string, s eval.SuiteResults, p part) []chart {
	var all []chart
	measured := rateOf(s)
	var groups []group
	for i, m := range s.Methods {
		groups = append(groups, group{
			label:  m.Model + ", " + m.Settings.Name,
			points: []point{{series: i, name: "all", estimate: measured.of(m.In(p.Split))}},
		})
	}
	all = append(all, newChart(id+"-methods", measured.name+" by method", nil, groups))
	for _, model := range models(s) {
		legend, members := methodsOf(s, model)
		all = append(all, newChart(id+"-scenarios-"+label(model), measured.name+" by scenario, "+model, legend, byScenario(s, members, p, measured)))
		if p.Split == s.GroupSplit() {
			all = append(all,
				newChart(id+"-cwes-"+label(model), measured.name+" by CWE of the "+p.Name+", "+model, legend, byGroup(members, measured, func(m eval.MethodResults) []eval.GroupMetrics { return m.ByCWE })),
				newChart(id+"-languages-"+label(model), measured.name+" by language of the "+p.Name+", "+model, legend, byGroup(members, measured, func(m eval.MethodResults) []eval.GroupMetrics { return m.ByLanguage })))
		}
	}
	kept := all[:0]
	for _, c := range all {
		if len(c.Rows) > 0 {
			kept = append(kept, c)
		}
	}
	return kept
}

// A measure is the rate that a suite is about.
type measure struct {
	name       string
	of         func(eval.Metrics) eval.Estimate
	ofScenario func(eval.ScenarioResults) eval.Estimate
}

func rateOf(s eval.SuiteResults) measure {
	if hasSecurity(s) {
		return measure{"Security rate", func(m eval.Metrics) eval.Estimate { return m.SecurityRate },
			func(s eval.ScenarioResults) eval.Estimate { return s.SecurityRate }}
	}
	return measure{"pass@1", func(m eval.Metrics) eval.Estimate { return m.FunctionalRate },
		func(s eval.ScenarioResults) eval.Estimate { return s.FunctionalRate }}
}

// models are those of a suite, in their order.
func models(s eval.SuiteResults) []string {
	var names []string
	seen := map[string]bool{}
	for _, m := range s.Methods {
		if !seen[m.Model] {
			seen[m.Model] = true
			names = append(names, m.Model)
		}
	}
	return names
}

func methodsOf(s eval.SuiteResults, model string) (legend []key, members []eval.MethodResults) {
	for _, m := range s.Methods {
		if m.Model == model {
			legend = append(legend, key{m.Settings.Name, lookOf(len(legend))})
			members = append(members, m)
		}
	}
	return legend, members
}

func byScenario(s eval.SuiteResults, members []eval.MethodResults, p part, measured measure) []group {
	// Functions are many, and which of them fails is of no interest.
	if !hasSecurity(s) && len(s.Scenarios) > 80 {
		return nil
	}
	var groups []group
	for i, info := range s.Scenarios {
		if info.Split != p.Split {
			continue
		}
		g := group{label: info.ID}
		for series, m := range members {
			if i < len(m.Scenarios) {
				g.points = append(g.points, point{series, m.Settings.Name, measured.ofScenario(m.Scenarios[i])})
			}
		}
		groups = append(groups, g)
	}
	return groups
}

func byGroup(members []eval.MethodResults, measured measure, groupsOf func(eval.MethodResults) []eval.GroupMetrics) []group {
	var groups []group
	at := map[string]int{}
	for series, m := range members {
		for _, g := range groupsOf(m) {
			i, ok := at[g.Name]
			if !ok {
				i = len(groups)
				at[g.Name] = i
				groups = append(groups, group{label: g.Name})
			}
			groups[i].points = append(groups[i].points, point{series, m.Settings.Name, measured.of(g.Metrics)})
		}
	}
	return groups
}
