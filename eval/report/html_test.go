package report_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"github.com/seccoder/seccoder/eval"
	"github.com/seccoder/seccoder/eval/report"
)

// browser starts a real one, without a sandbox of its own where the tests run as root.
func browser(t *testing.T) context.Context {
	t.Helper()
	found := false
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "chrome"} {
		if _, err := exec.LookPath(name); err == nil {
			found = true
		}
	}
	if !found {
		t.Skip("no browser: chromium is not installed")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.Flag("disable-background-networking", true))
	if os.Geteuid() == 0 {
		options = append(options, chromedp.NoSandbox)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewExecAllocator(ctx, options...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	return ctx
}

func do[T any](ctx context.Context, t *testing.T, action chromedp.Action[T]) T {
	t.Helper()
	result, err := chromedp.Run(ctx, action)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

func TestThePageInABrowser(t *testing.T) {
	ctx := browser(t)
	requests := 0
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/" {
			http.NotFound(w, r)
			if r.URL.Path != "/favicon.ico" {
				requests++
			}
			return
		}
		if err := report.HTML(w, results()); err != nil {
			t.Error(err)
		}
	}))
	defer server.Close()

	do(ctx, t, chromedp.Navigate(server.URL))
	do(ctx, t, chromedp.WaitVisible("#list li"))
	all := do(ctx, t, chromedp.Text("#count"))
	dots := do(ctx, t, chromedp.Evaluate[int](`document.querySelectorAll("figure circle").length`))
	// A cell of the heat map leads to its samples.
	do(ctx, t, chromedp.Evaluate[chromedp.Void](`document.querySelector('a[data-method="dense"][data-scenario="cwe-787/0-c"]').click()`))
	filtered := do(ctx, t, chromedp.Text("#count"))
	do(ctx, t, chromedp.SetValue(`select[name="verdict"]`, "secure"))
	do(ctx, t, chromedp.Evaluate[chromedp.Void](`document.getElementById("filters").dispatchEvent(new Event("input"))`))
	verdicts := do(ctx, t, chromedp.Text("#list .verdict"))
	more := do(ctx, t, chromedp.Evaluate[int](`document.querySelectorAll("#list li").length`))
	do(ctx, t, chromedp.Click("#list summary"))
	do(ctx, t, chromedp.WaitVisible("#list pre"))
	code := do(ctx, t, chromedp.Text("#list pre"))
	trace := do(ctx, t, chromedp.Evaluate[string](`document.querySelector("#list details").textContent`))
	findings := do(ctx, t, chromedp.Evaluate[string](`[...document.querySelectorAll("#list dt")].find((t) => t.textContent === "findings")?.nextSibling.textContent ?? ""`))
	scripts := do(ctx, t, chromedp.Evaluate[int](`document.querySelectorAll("#list script").length`))
	images := do(ctx, t, chromedp.Evaluate[int](`document.images.length`))
	title := do(ctx, t, chromedp.Title())
	if want := "12 of 12 samples"; all != want {
		t.Errorf("at first %q are listed, expected %q", all, want)
	}
	if want := "2 of 12 samples"; filtered != want {
		t.Errorf("the heat map's cell leads to %q, expected %q", filtered, want)
	}
	if verdicts != "secure" || more != 1 {
		t.Errorf("the filter shows %d samples, the first %q, expected one that is secure", more, verdicts)
	}
	if !strings.Contains(code, hostile) {
		t.Errorf("the sample's code is not shown as it is: %q", code)
	}
	for _, want := range []string{"the quote ended the literal", "bind <parameters>", "' OR 1=1 --", "3 rows"} {
		if !strings.Contains(trace, want) {
			t.Errorf("the opened sample does not show %q", want)
		}
	}
	// The query says what the verdict says, and its reason is there all the same.
	if want := "by the query: secure: the name is bound"; findings != want {
		t.Errorf("findings %q, expected %q", findings, want)
	}
	if title != "Evaluation: first look" || scripts != 0 || images != 0 {
		t.Errorf("what a model wrote became part of the page: title %q, %d scripts, %d images", title, scripts, images)
	}
	if dots == 0 {
		t.Error("the charts have no dots")
	}
	if requests != 0 {
		t.Errorf("the page asked for %d other files", requests)
	}
}

// The main table fits a screen of 1200 pixels with every column and all of a method's
// settings, which are read in one line.
func TestTheMainTableFits(t *testing.T) {
	ctx := browser(t)
	wide := eval.Estimate{Value: 1, Low: 0.856, High: 1, Of: 2}
	r := results()
	for i := range r.Suites[0].Methods {
		m := &r.Suites[0].Methods[i]
		m.Model = "qwen2.5-coder-1.5b"
		m.Settings.Codebase, m.Settings.Examples, m.Settings.K = "starter-heldout", 324, 2
		m.Settings.Untrained, m.Settings.AbstainBelow = true, 0.5
		m.Test = eval.Metrics{
			Scenarios: 2, SecurityRate: wide, QueryRate: wide, FuncSecRate: wide, FunctionalRate: wide, ValidRate: wide, UndecidedRate: wide,
			Shown: wide, Top1SameCWE: wide, FirstSameCWERank: eval.Estimate{Value: 12.5, Low: 10.25, High: 100.75, Of: 2}, Counts: eval.Counts{Samples: 1350, Valid: 1225},
		}
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		if err := report.HTML(w, r); err != nil {
			t.Error(err)
		}
	}))
	defer server.Close()
	do(ctx, t, chromedp.EmulateViewport(1200, 900))
	do(ctx, t, chromedp.Navigate(server.URL))
	do(ctx, t, chromedp.WaitVisible("table.metrics"))
	mustFixTheFont(ctx, t)
	over := do(ctx, t, chromedp.Evaluate[int](`(() => { const s = document.querySelector("table.metrics").parentElement; return s.scrollWidth - s.clientWidth })()`))
	if over > 0 {
		t.Errorf("the table is %d pixels too wide", over)
	}
	lines := do(ctx, t, chromedp.Evaluate[int](`[...document.querySelectorAll("table.metrics td[colspan] small")].reduce((most, s) => Math.max(most, s.getClientRects().length), 0)`))
	if lines != 1 {
		t.Errorf("a method's settings take %d lines, expected 1", lines)
	}
}

// mustFixTheFont gives the table letters of one width, six tenths of their size in any such
// font: which proportional ones a machine has must not decide a test.
func mustFixTheFont(ctx context.Context, t *testing.T) {
	t.Helper()
	size := do(ctx, t, chromedp.Evaluate[float64](`(() => {
		const style = document.createElement("style");
		style.textContent = "table.metrics { font: 13px/1.5 monospace }";
		document.head.append(style);
		return parseFloat(getComputedStyle(document.querySelector("table.metrics")).fontSize);
	})()`))
	if size != 13 {
		t.Fatalf("the table's letters are of %v pixels, expected 13", size)
	}
}
