package report_test

import (
	"bytes"
	"errors"
	"flag"
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
	r := results()
	r.Run.Done, r.Run.Unjudged, r.Run.Limit = 7, 2, 1
	for _, format := range []report.Format{report.FormatMarkdown, report.FormatLaTeX, report.FormatHTML} {
		var got bytes.Buffer
		if err := report.Write(&got, format, r); err != nil {
			t.Fatal(err)
		}
		for _, want := range []string{"Not complete: 7 of 12 samples, 2 of them without a judgement", "Only 1 scenarios of each suite"} {
			if !strings.Contains(got.String(), want) {
				t.Errorf("%s: %q is missing", format, want)
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
