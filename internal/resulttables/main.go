// Command resulttables writes the tables of measured rates into the pages that have them, so
// that a number in a document is what a run says.
//
//	go run ./internal/resulttables -reports DIR PAGE...
//
// DIR has the reports of runs as JSON (seccoder eval report NAME --output DIR/NAME.json). A
// page says in a comment what its table is made of, and the table stands between that and a
// comment that ends it:
//
//	<!-- table rates test security func-sec pass
//	head = model | method
//	1.5B | none = test-1.5b qwen2.5-coder-1.5b none
//	1.5B | **default** = test-1.5b qwen2.5-coder-1.5b default
//	-->
//	...
//	<!-- /table -->
//
// The first line has the kind of table, the split of the scenarios and the columns. The head
// names the first cells, and every further line is a row: its first cells, and what its numbers
// are of, which is a run, a model and a method. There are four kinds:
//
//   - rates: metrics of a method with their intervals.
//   - differences: a method less another, in percentage points, of all scenarios or, behind an @,
//     of a group of them: "test-1.5b qwen2.5-coder-1.5b default - none @c". {n} in a row's first cells is their number. What is beyond
//     chance is bold.
//   - gains: a row for a method, another and a metric, "test-1.5b qwen2.5-coder-1.5b default - none security", with
//     both rates, the other's first, and the difference. The head names these cells, too.
//   - scenarios: a row for each scenario and a column for each line, of security rates or, with
//     "titles" behind the method, of what was shown.
//
// "make tables" makes the reports and calls it.
package main

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"

	"github.com/seccoder/seccoder/internal/atomicfile"
)

func main() {
	reports := flag.String("reports", "", "folder with the runs' reports, NAME.json")
	flag.Parse()
	if *reports == "" || flag.NArg() == 0 {
		fmt.Fprintln(os.Stderr, "usage: resulttables -reports DIR PAGE...")
		os.Exit(2)
	}
	if err := run(*reports, flag.Args()); err != nil {
		fmt.Fprintf(os.Stderr, "resulttables: %v\n", err)
		os.Exit(1)
	}
}

// run writes the pages, or none where anything is wrong with one.
func run(reports string, paths []string) error {
	source := &source{dir: reports}
	pages := make([][]byte, len(paths))
	var errs []error
	for i, path := range paths {
		page, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		pages[i], err = fill(page, source)
		if err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", path, err))
		} else if bytes.Equal(page, pages[i]) {
			pages[i] = nil
		}
	}
	if err := errors.Join(errs...); err != nil {
		return err
	}
	for i, path := range paths {
		if pages[i] == nil {
			continue
		}
		if err := atomicfile.Write(path, 0o644, func(w io.Writer) error {
			_, err := w.Write(pages[i])
			return err
		}); err != nil {
			return err
		}
	}
	return nil
}
