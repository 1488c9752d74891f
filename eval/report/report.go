// Package report shows the results of an evaluation to people: as one HTML page that
// needs nothing beside itself, and as tables in Markdown, LaTeX and CSV.
//
//	err := report.HTML(w, results)
//
// It computes no metric; those and their intervals are eval's. What it does choose is
// what stands first: the security rate as the paper has it, and beside it always what a
// method could hide behind it (valid rate, undecided programs, function).
package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/seccoder/seccoder/eval"
)

// A Format is a form of a report.
type Format string

// The formats.
const (
	FormatHTML     Format = "html"
	FormatMarkdown Format = "markdown"
	FormatLaTeX    Format = "latex"
	FormatCSV      Format = "csv"
)

// formats holds each format's ending and writer, in the order in which they are listed.
var formats = []struct {
	format Format
	ending string
	write  func(io.Writer, *eval.Results) error
}{
	{FormatHTML, ".html", HTML},
	{FormatMarkdown, ".md", Markdown},
	{FormatLaTeX, ".tex", LaTeX},
	{FormatCSV, ".csv", CSV},
}

// Formats lists every format.
func Formats() []Format {
	all := make([]Format, len(formats))
	for i, row := range formats {
		all[i] = row.format
	}
	return all
}

// FormatOf is the format that a file's name asks for by its ending.
func FormatOf(path string) (Format, error) {
	var endings []string
	for _, row := range formats {
		if strings.HasSuffix(strings.ToLower(path), row.ending) {
			return row.format, nil
		}
		endings = append(endings, row.ending)
	}
	return "", fmt.Errorf("%s: no known form of a report has this ending (known: %s)", path, strings.Join(endings, ", "))
}

// Write writes a report in a format.
func Write(w io.Writer, format Format, r *eval.Results) error {
	for _, row := range formats {
		if row.format == format {
			if err := row.write(w, r); err != nil {
				return fmt.Errorf("write %s report of run %s: %w", format, r.Run.ID, err)
			}
			return nil
		}
	}
	return fmt.Errorf("unknown form of a report %q (known: %v)", format, Formats())
}
