package report_test

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seccoder/seccoder/eval"
	"github.com/seccoder/seccoder/eval/report"
)

var update = flag.Bool("update", false, "write the golden files")

func TestTables(t *testing.T) {
	for _, format := range []report.Format{report.FormatMarkdown, report.FormatLaTeX, report.FormatCSV} {
		t.Run(string(format), func(t *testing.T) {
			var got bytes.Buffer
			if err := report.Write(&got, format, results()); err != nil {
				t.Fatal(err)
			}
			golden := filepath.Join("testdata", string(format)+".golden")
			if *update {
				if err := os.WriteFile(golden, got.Bytes(), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got.String()); diff != "" {
				t.Errorf("%s (-want +got):\n%s", golden, diff)
			}
		})
	}
}

func TestRunsThatAreNotCompleteSayHowMuchIsMissing(t *testing.T) {
	for limit, taken := range map[int]string{1: "Only 1 scenario of each suite was taken.", 2: "Only 2 scenarios of each suite were taken, spread over it."} {
		r := results()
		r.Run.Done, r.Run.Unjudged, r.Run.Limit = 7, 2, limit
		for _, format := range []report.Format{report.FormatMarkdown, report.FormatLaTeX, report.FormatHTML} {
			var got bytes.Buffer
			if err := report.Write(&got, format, r); err != nil {
				t.Fatal(err)
			}
			for _, want := range []string{"Not complete: 7 of 12 samples, 2 of them without a judgement", taken} {
				if !strings.Contains(got.String(), want) {
					t.Errorf("%s: %q is missing", format, want)
				}
			}
		}
	}
}

func TestResultsOfNothing(t *testing.T) {
	for _, format := range report.Formats() {
		if err := report.Write(&bytes.Buffer{}, format, &eval.Results{}); err != nil {
			t.Errorf("%s: %v", format, err)
		}
	}
}

// A suite of the project's size has its chart by scenario; hundreds of functions have none.
func TestChartByScenario(t *testing.T) {
	for kind, want := range map[eval.Kind]bool{eval.Security: true, eval.Function: false} {
		r := results()
		s := &r.Suites[0]
		for i := range 110 {
			info := eval.ScenarioInfo{ID: fmt.Sprintf("more/%d", i), Kind: kind, Split: eval.Test}
			s.Scenarios = append(s.Scenarios, info)
			for m := range s.Methods {
				more := s.Methods[m].Scenarios[0]
				more.ID = info.ID
				s.Methods[m].Scenarios = append(s.Methods[m].Scenarios, more)
			}
		}
		for i := range s.Scenarios {
			s.Scenarios[i].Kind = kind
		}
		if got := strings.Contains(mustHTML(t, r), `<figure id="suite-0-test-scenarios-`); got != want {
			t.Errorf("113 scenarios of the kind %s: there is a chart by scenario: %v, expected %v", kind, got, want)
		}
	}
}

// Every method of a chart looks unlike the others, in the legend as in the rows.
func TestLooksOfManyMethods(t *testing.T) {
	r := results()
	s := &r.Suites[0]
	for i := range 18 {
		more := s.Methods[1]
		more.Settings.Name = fmt.Sprintf("k%d", i)
		s.Methods = append(s.Methods, more)
	}
	html := mustHTML(t, r)
	style, err := os.ReadFile("page/page.css")
	if err != nil {
		t.Fatal(err)
	}
	for name, look := range map[string]string{"none": "s0 m0", "dense": "s1 m0", "k5": "s7 m0", "k6": "s0 m1", "k13": "s7 m1", "k14": "s0 m2"} {
		if want := `<span class="key ` + look + `"></span>` + name + " "; !strings.Contains(html, want) {
			t.Errorf("the legend lacks %s", want)
		}
		colour, _, _ := strings.Cut(look, " ")
		if !strings.Contains(string(style), ".key."+colour+" {") {
			t.Errorf("the style sheet has no colour %s", colour)
		}
	}
	if !strings.Contains(html, `<rect x="-3.5" y="-3.5" width="7" height="7" transform="translate(`) || !strings.Contains(html, ` rotate(45)"/>`) {
		t.Error("the dots of the ninth method and of the seventeenth are discs")
	}
}

// Methods that differ in their codebase are told apart, whatever characters it has.
func TestCodebasesAreToldApart(t *testing.T) {
	r := results()
	s := &r.Suites[0]
	for _, codebase := range []string{"sven:train", `my_code|50%<b>&\#{1}$x^2~.db`} {
		more := s.Methods[1]
		more.Settings.Codebase, more.Settings.Examples = codebase, 596
		s.Methods = append(s.Methods, more)
	}
	for format, want := range map[report.Format][]string{
		report.FormatMarkdown: {"| dense: starter (110 examples) |", "| dense: sven:train (596 examples) |", `| dense: my_code\|50%&lt;b>&\#{1}$x^2~.db (596 examples) |`},
		report.FormatLaTeX: {"& dense: starter (110 examples) &", "& dense: sven:train (596 examples) &",
			`& dense: my\_code\textbar{}50\%\textless{}b\textgreater{}\&\textbackslash{}\#\{1\}\$x\textasciicircum{}2\textasciitilde{}.db (596 examples) &`},
		report.FormatHTML: {"<small>dense: starter (110 examples)<", "<small>dense: sven:train (596 examples)<", `<small>dense: my_code|50%&lt;b&gt;&amp;\#{1}$x^2~.db (596 examples)<`},
		report.FormatCSV:  {",dense,starter,110,", ",dense,sven:train,596,", `,dense,my_code|50%<b>&\#{1}$x^2~.db,596,`},
	} {
		var got bytes.Buffer
		if err := report.Write(&got, format, r); err != nil {
			t.Fatal(err)
		}
		for _, w := range want {
			if !strings.Contains(got.String(), w) {
				t.Errorf("%s: %s is missing", format, w)
			}
		}
	}
}

// A rate that nothing is known of has no column.
func TestNoColumnOfAQueryThatIsNotThere(t *testing.T) {
	r := results()
	for i := range r.Suites[0].Methods {
		m := &r.Suites[0].Methods[i]
		m.Test.QueryRate, m.Validation.QueryRate = eval.Estimate{}, eval.Estimate{}
	}
	for _, format := range []report.Format{report.FormatMarkdown, report.FormatLaTeX, report.FormatHTML} {
		var got bytes.Buffer
		if err := report.Write(&got, format, r); err != nil {
			t.Fatal(err)
		}
		if strings.Contains(got.String(), "CodeQL-like") || !strings.Contains(got.String(), "func-sec@1") {
			t.Errorf("%s: it has a column CodeQL-like, or none of func-sec@1", format)
		}
	}
}

// A table of differences has every rate that any row has one of, by the names of the main
// table; the page has bold what the interval of leaves 0 out.
func TestDifferencesOfEveryRate(t *testing.T) {
	r := results()
	d := &r.Suites[0].Comparisons[0].Test
	d.QueryRate = eval.Estimate{Value: -0.125, Low: -0.25, High: -0.0625, Of: 3}
	d.ValidRate = eval.Estimate{Value: 0.0625, Low: -0.125, High: 0.25, Of: 3}
	for format, want := range map[report.Format][]string{
		report.FormatMarkdown: {"| method | against | scenarios | security rate | CodeQL-like | func-sec@1 | pass@1 | valid |", "| -12.5 [-25.0, -6.2] |", "| +6.2 [-12.5, +25.0] |"},
		report.FormatLaTeX:    {"method & against & scenarios & security rate & CodeQL-like & func-sec@1 & pass@1 & valid \\\\", "& $-12.5$ {\\scriptsize [$-25.0$, $-6.2$]} &"},
		report.FormatHTML: {
			"<th>scenarios</th><th>security rate</th><th>CodeQL-like</th><th>func-sec@1</th><th>pass@1</th><th>valid</th></tr>",
			`<td class="number clear">-12.5 [-25.0, -6.2]</td>`, `<td class="number">&#43;6.2 [-12.5, &#43;25.0]</td>`,
		},
	} {
		var got bytes.Buffer
		if err := report.Write(&got, format, r); err != nil {
			t.Fatal(err)
		}
		for _, w := range want {
			if !strings.Contains(got.String(), w) {
				t.Errorf("%s: %s is missing", format, w)
			}
		}
	}
}

// Whoever cites a table knows what was measured, with what, and what it cost.
func TestReportsCanBeCited(t *testing.T) {
	for _, format := range []report.Format{report.FormatMarkdown, report.FormatLaTeX, report.FormatHTML} {
		var got bytes.Buffer
		if err := report.Write(&got, format, results()); err != nil {
			t.Fatal(err)
		}
		for _, want := range []string{"seccoder test", "gcc 12.2.0", "n = 2, seed 1; temperature 0.4, top-p 0.95, at most 300 tokens", "tokens written", "of 2"} {
			if !strings.Contains(got.String(), want) {
				t.Errorf("%s: %q is missing", format, want)
			}
		}
	}
	older := results()
	older.Suites[0].Temperature, older.Suites[0].TopP, older.Suites[0].MaxTokens = 0, 0, 0
	if html := mustHTML(t, older); strings.Contains(html, "temperature") || !strings.Contains(html, "n = 2, seed 1.") {
		t.Error("results that do not say the temperature are shown with one, or without n and seeds")
	}
}

func mustHTML(t *testing.T, r *eval.Results) string {
	t.Helper()
	var got bytes.Buffer
	if err := report.HTML(&got, r); err != nil {
		t.Fatal(err)
	}
	return got.String()
}

func TestFormatOf(t *testing.T) {
	for path, want := range map[string]report.Format{
		"a.html": report.FormatHTML, "A.MD": report.FormatMarkdown, "x/t.tex": report.FormatLaTeX, "c.csv": report.FormatCSV,
	} {
		if got, err := report.FormatOf(path); err != nil || got != want {
			t.Errorf("%s: got %q, %v, expected %q", path, got, err, want)
		}
	}
	if _, err := report.FormatOf("report.pdf"); err == nil || !strings.Contains(err.Error(), ".html") {
		t.Errorf("got error %v, expected one that lists what is known", err)
	}
}

func TestWriteErrors(t *testing.T) {
	if err := report.Write(&bytes.Buffer{}, "pdf", results()); err == nil {
		t.Error("an unknown format was written")
	}
	for _, format := range report.Formats() {
		if err := report.Write(full{}, format, results()); !errors.Is(err, errFull) {
			t.Errorf("%s: got error %v, expected that of the writer", format, err)
		}
	}
}

var errFull = errors.New("no space left")

// full is a writer that has no space left.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, errFull }

// A run of validation scenarios alone has its tables and charts by CWE and by language, too,
// and they say of which scenarios they are.
func TestGroupsOfValidationScenarios(t *testing.T) {
	r := results()
	s := &r.Suites[0]
	for i := range s.Scenarios {
		s.Scenarios[i].Split = eval.Validation
	}
	for i := range s.Methods {
		s.Methods[i].Test = eval.Metrics{}
	}
	s.Comparisons[0].Test = eval.Differences{}
	for format, want := range map[report.Format][]string{
		report.FormatMarkdown: {"Security rate by CWE of the validation scenarios, in %.", "Security rate by language of the validation scenarios, in %.", "| c (1) |"},
		report.FormatLaTeX:    {"Security rate by CWE of the validation scenarios", "Security rate by language of the validation scenarios"},
		report.FormatHTML: {"<figcaption>Security rate by CWE of the validation scenarios, tiny_model<", "<figcaption>Security rate by language of the validation scenarios, tiny_model<",
			`<figure id="suite-0-validation-cwes-tiny-model">`, `<figure id="suite-0-validation-languages-tiny-model">`, "<td>c (1)</td>"},
	} {
		var got bytes.Buffer
		if err := report.Write(&got, format, r); err != nil {
			t.Fatal(err)
		}
		for _, w := range want {
			if !strings.Contains(got.String(), w) {
				t.Errorf("%s: %s is missing", format, w)
			}
		}
		if strings.Contains(got.String(), "of the test scenarios") {
			t.Errorf("%s: something is of test scenarios, of which there are none", format)
		}
	}
}
