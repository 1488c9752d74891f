// Package svenpairs reads the pairs of SVEN's data set (arXiv 2302.05319), functions before
// and after the fix of a vulnerability, as they stand there: for evaluations and for tests
// that measure. What users import goes through codebase/importer, which streams.
//
//	pairs, err := svenpairs.Read("/data/sven", "val")
package svenpairs

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/seccoder/seccoder/check"
)

// A Pair is a line of the data.
type Pair struct {
	// CWE is the weakness, by the name of the file.
	CWE check.CWE `json:"-"`
	// Where is the file and the line.
	Where  string `json:"-"`
	Name   string `json:"func_name"`
	Before string `json:"func_src_before"`
	After  string `json:"func_src_after"`
	File   string `json:"file_name"`
	Commit string `json:"commit_link"`
}

// layouts are where the data lie below the folder that users name.
var layouts = []string{"data_train_val", "."}

// ErrNone says that a folder holds no pairs.
var ErrNone = errors.New("it should be a checkout of SVEN's repository, or a folder with train/cwe-*.jsonl and val/cwe-*.jsonl in it")

// Read reads the pairs of a split, "train" or "val", below dir, in the order of the files'
// names. The error is ErrNone where there are none; else it lists each line that cannot be
// read, and the others are returned.
func Read(dir, split string) ([]Pair, error) {
	var paths []string
	for i := 0; i < len(layouts) && len(paths) == 0; i++ {
		var err error
		if paths, err = filepath.Glob(filepath.Join(dir, layouts[i], split, "cwe-*.jsonl")); err != nil {
			return nil, err
		}
	}
	if len(paths) == 0 {
		return nil, fmt.Errorf("no pairs in %s: %w", dir, ErrNone)
	}
	var pairs []Pair
	var errs []error
	for _, path := range paths {
		read, err := readFile(path)
		pairs, errs = append(pairs, read...), append(errs, err)
	}
	return pairs, errors.Join(errs...)
}

// maxLine bounds a line, in bytes.
const maxLine = 64 << 20

func readFile(path string) ([]Pair, error) {
	cwe, err := check.ParseCWE(strings.TrimSuffix(filepath.Base(path), ".jsonl"))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	var pairs []Pair
	var errs []error
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, maxLine)
	line := 1
	for ; lines.Scan(); line++ {
		p := Pair{CWE: cwe, Where: fmt.Sprintf("%s:%d", path, line)}
		if strings.TrimSpace(lines.Text()) == "" {
			continue
		}
		if err := json.Unmarshal(lines.Bytes(), &p); err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", p.Where, err))
			continue
		}
		pairs = append(pairs, p)
	}
	if err := lines.Err(); err != nil {
		errs = append(errs, fmt.Errorf("%s:%d: %w", path, line, err))
	}
	return pairs, errors.Join(errs...)
}
