package eval

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/internal/svenpairs"
	"github.com/seccoder/seccoder/lang"
)

// The paper's demonstration sets are SVEN's training data: pairs of a function before and
// after the fix of a vulnerability, of which the fixed one becomes an example.

// PaperMaxChars is the paper's length filter, as far as it can be known: with it 596 of
// SVEN's 720 training pairs and 63 of its 83 validation pairs are left, which are the
// paper's numbers.
const PaperMaxChars = 3885

// ReadPairs reads SVEN's pairs of a split, "train" or "val", below dir, and makes
// examples of the fixed functions. Those of more than maxChars characters are left
// out, as the paper leaves long ones out; 0 leaves out none. The CWE is that of the
// file's name. Lines that cannot be read are errors, reported all at once with their
// places.
func ReadPairs(dir, split string, maxChars int) ([]codebase.Example, error) {
	pairs, err := svenpairs.Read(dir, split)
	errs := []error{err}
	seen := map[string]bool{}
	var examples []codebase.Example
	for _, p := range pairs {
		if maxChars > 0 && utf8.RuneCountInString(p.After) > maxChars {
			continue
		}
		e, err := pairExample(p)
		if err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", p.Where, err))
		} else if !seen[e.ID] {
			seen[e.ID] = true
			examples = append(examples, e)
		}
	}
	if err := errors.Join(errs...); err != nil {
		return nil, fmt.Errorf("read SVEN's pairs: %w", err)
	}
	slices.SortFunc(examples, func(a, b codebase.Example) int { return strings.Compare(a.ID, b.ID) })
	return examples, nil
}

// admitted is a fixed time, so that the same data always make the same store.
var admitted = time.Date(2023, 2, 1, 0, 0, 0, 0, time.UTC)

func pairExample(p svenpairs.Pair) (codebase.Example, error) {
	language, ok := lang.FromPath(p.File)
	if !ok {
		return codebase.Example{}, fmt.Errorf("no known language has files like %q", p.File)
	}
	e := codebase.Example{
		Code: p.After, Language: language, CWEs: []codebase.CWE{p.CWE}, Title: oneLine(p.Name), Insecure: p.Before,
		Source:     codebase.Source{Kind: "dataset", Dataset: "SVEN", Repository: oneLine(p.Commit), Path: oneLine(p.File), Licence: "LicenseRef-Unknown"},
		AdmittedAt: admitted, AdmittedBy: "seccoder eval",
	}
	e.ID = e.Hash()
	return e, e.Validate()
}

// oneLine keeps what a title may hold.
func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }
