package eval

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/lang"
)

// The paper's demonstration sets are SVEN's training data: pairs of a function before and
// after the fix of a vulnerability, of which the fixed one becomes an example.

// PaperMaxChars is the paper's length filter, as far as it can be known: with it 596 of
// SVEN's 720 training pairs and 63 of its 83 validation pairs are left, which are the
// paper's numbers.
const PaperMaxChars = 3885

// pairLayouts are where the data lie below the folder that users name.
var pairLayouts = []string{"data_train_val", "."}

// A svenPair is the part of a line of SVEN's data that is used here.
type svenPair struct {
	Name   string `json:"func_name"`
	Before string `json:"func_src_before"`
	After  string `json:"func_src_after"`
	File   string `json:"file_name"`
	Commit string `json:"commit_link"`
}

// ReadPairs reads SVEN's pairs of a split, "train" or "val", below dir, and makes
// examples of the fixed functions. Those of more than maxChars characters are left
// out, as the paper leaves long ones out; 0 leaves out none. The CWE is that of the
// file's name. Lines that cannot be read are errors, reported all at once with their
// places.
func ReadPairs(dir, split string, maxChars int) ([]codebase.Example, error) {
	files, err := pairFiles(dir, split)
	if err != nil {
		return nil, fmt.Errorf("read SVEN's pairs: %w", err)
	}
	seen := map[string]bool{}
	var examples []codebase.Example
	var errs []error
	for _, file := range files {
		read, err := readPairFile(file, maxChars)
		errs = append(errs, err)
		for _, e := range read {
			if !seen[e.ID] {
				seen[e.ID] = true
				examples = append(examples, e)
			}
		}
	}
	if err := errors.Join(errs...); err != nil {
		return nil, fmt.Errorf("read SVEN's pairs:\n%w", err)
	}
	slices.SortFunc(examples, func(a, b codebase.Example) int { return strings.Compare(a.ID, b.ID) })
	return examples, nil
}

func pairFiles(dir, split string) ([]string, error) {
	for _, layout := range pairLayouts {
		files, err := filepath.Glob(filepath.Join(dir, layout, split, "cwe-*.jsonl"))
		if err != nil {
			return nil, err
		}
		if len(files) > 0 {
			return files, nil
		}
	}
	return nil, fmt.Errorf("no pairs in %s; it should be a checkout of SVEN's repository, or a folder with %s/cwe-*.jsonl in it", dir, split)
}

func readPairFile(path string, maxChars int) ([]codebase.Example, error) {
	cwe, err := codebase.ParseCWE(strings.TrimSuffix(filepath.Base(path), ".jsonl"))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	var examples []codebase.Example
	var errs []error
	scanner := bufio.NewScanner(file)
	scanner.Buffer(nil, 64<<20)
	line := 0
	for scanner.Scan() {
		line++
		if strings.TrimSpace(scanner.Text()) == "" {
			continue
		}
		var p svenPair
		if err := json.Unmarshal(scanner.Bytes(), &p); err != nil {
			errs = append(errs, fmt.Errorf("%s:%d: %w", path, line, err))
			continue
		}
		if maxChars > 0 && utf8.RuneCountInString(p.After) > maxChars {
			continue
		}
		e, err := p.example(cwe)
		if err != nil {
			errs = append(errs, fmt.Errorf("%s:%d: %w", path, line, err))
			continue
		}
		examples = append(examples, e)
	}
	if err := scanner.Err(); err != nil {
		errs = append(errs, fmt.Errorf("%s:%d: %w", path, line+1, err))
	}
	return examples, errors.Join(errs...)
}

// admitted is a fixed time, so that the same data always make the same store.
var admitted = time.Date(2023, 2, 1, 0, 0, 0, 0, time.UTC)

func (p svenPair) example(cwe codebase.CWE) (codebase.Example, error) {
	language, ok := lang.FromPath(p.File)
	if !ok {
		return codebase.Example{}, fmt.Errorf("no known language has files like %q", p.File)
	}
	e := codebase.Example{
		Code: p.After, Language: language, CWEs: []codebase.CWE{cwe}, Title: oneLine(p.Name), Insecure: p.Before,
		Source:     codebase.Source{Kind: "dataset", Dataset: "SVEN", Repository: oneLine(p.Commit), Path: oneLine(p.File), Licence: "LicenseRef-Unknown"},
		AdmittedAt: admitted, AdmittedBy: "seccoder eval",
	}
	e.ID = e.Hash()
	return e, e.Validate()
}

// oneLine keeps what a title may hold.
func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }
