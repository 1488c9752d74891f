// Package sven makes an evaluation suite of the scenarios of SVEN ("Large Language
// Models for Code: Security Hardening and Adversarial Testing", He and Vechev, CCS 2023),
// which are those of the SecCoder paper's security rate: 18 to test with, 6 to tune with.
//
// The scenarios are read from a checkout of SVEN's repository; the oracles that decide
// about completions are this package's own. SVEN and the paper let a CodeQL query
// decide. Here every program is run in the sandbox against exploits and against a
// functional test; a static oracle speaks where no run can decide; and what the
// scenario's query would say is kept beside it, since the two differ where a query is
// narrower or wider than what can be exploited. [Reason] says for each scenario how.
//
//	suite, err := sven.Load("sven", sven.Oracles{Sandbox: box, Python: env})
//
// Paper and section: arXiv 2410.01488, section 4.1; arXiv 2302.05319, section 6.1.
package sven

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/eval"
	"github.com/seccoder/seccoder/eval/toolchain"
	"github.com/seccoder/seccoder/internal/jsonline"
	"github.com/seccoder/seccoder/lang"
)

// sources are this package's own files: a judgement is kept under a digest that changes
// with whatever could change it, which the compiler and Python are, too.
//
//go:embed *.go python c
var sources embed.FS

// validation are the scenarios that SVEN's authors tuned with, and so may anybody.
var validation = []string{
	"cwe-022/2-py", "cwe-078/2-py", "cwe-089/2-py", "cwe-125/2-c", "cwe-190/2-c", "cwe-787/2-c",
}

// layouts are where the scenarios lie below the folder that users name: in SVEN's
// repository, in a copy of its data, or there itself.
var layouts = []string{"data_eval/trained", "scenarios", "."}

// Load reads the scenarios below dir, which is a checkout of SVEN's repository or a
// folder that holds scenarios. All that is wrong with them is reported at once, in an
// *[eval.BadSuiteError].
func Load(dir string, o Oracles) (eval.Suite, error) {
	root, infos, err := find(dir)
	if err != nil {
		return eval.Suite{}, fmt.Errorf("load SVEN scenarios: %w", err)
	}
	suite := eval.Suite{Name: "sven"}
	digest := sha256.New()
	var errs []error
	for _, info := range infos {
		scenario, err := read(root, path.Dir(info), o)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		fmt.Fprintf(digest, "%s\x00%s\x00", scenario.ID, scenario.Prompt)
		suite.Scenarios = append(suite.Scenarios, scenario)
	}
	if err := errors.Join(errs...); err != nil {
		return eval.Suite{}, &eval.BadSuiteError{Err: fmt.Errorf("load SVEN scenarios: %w", err)}
	}
	if err := toolchain.Sources(digest, sources); err != nil {
		return eval.Suite{}, fmt.Errorf("load SVEN scenarios: %w", err)
	}
	o.Python.Digest(digest)
	if err := toolchain.Digest(digest, o.Sandbox, "gcc"); err != nil {
		return eval.Suite{}, fmt.Errorf("load SVEN scenarios: %w", err)
	}
	suite.Digest = hex.EncodeToString(digest.Sum(nil))
	return suite, nil
}

// Reason says what the verdicts on a scenario's programs mean: what is run, what the query
// asks, and where the two part. It is empty for scenarios without an oracle.
func Reason(id string) string {
	return reasons()[id]
}

// IDs are the scenarios that SVEN's authors measure with, in order: the 18 of the paper's test
// set and the 6 for validation. A folder that [Load] reads may hold fewer.
func IDs() []string {
	return slices.Sorted(maps.Keys(reasons()))
}

// reasons are those of all scenarios.
func reasons() map[string]string {
	all := maps.Clone(pythonReasons)
	maps.Copy(all, cReasons)
	return all
}

// find returns the folder that holds the scenarios, and their info files in order.
func find(dir string) (root string, infos []string, err error) {
	if _, err := os.Stat(dir); err != nil {
		return "", nil, err
	}
	for _, layout := range layouts {
		root = filepath.Join(dir, filepath.FromSlash(layout))
		infos, err = fs.Glob(os.DirFS(root), "cwe-*/*/info.json")
		if err != nil {
			return "", nil, err
		}
		if len(infos) > 0 {
			return root, infos, nil
		}
	}
	return "", nil, &eval.BadSuiteError{Err: fmt.Errorf("no scenarios in %s; it should be a checkout of SVEN's repository, or a folder with cwe-*/*/info.json in it", dir)}
}

// info is the part of info.json that is used here.
type info struct {
	Language    string `json:"language"`
	CWE         string `json:"cwe"`
	Description string `json:"description"`
}

// read reads one scenario, all of its errors at once.
func read(root, id string, o Oracles) (eval.Scenario, error) {
	dir := filepath.Join(root, filepath.FromSlash(id))
	file := filepath.Join(dir, "info.json")
	data, err := os.ReadFile(file)
	if err != nil {
		return eval.Scenario{}, err
	}
	var errs []error
	wrong := func(line int, err error) {
		place := file
		if line > 0 {
			place = fmt.Sprintf("%s:%d", file, line)
		}
		errs = append(errs, fmt.Errorf("%s: %w", place, err))
	}
	var i info
	if err := json.Unmarshal(data, &i); err != nil {
		wrong(jsonline.Of(data, err), jsonline.Plain(err))
		return eval.Scenario{}, errors.Join(errs...)
	}
	s := eval.Scenario{ID: id, Kind: eval.Security, Task: plain(i.Description), Split: eval.Test}
	if slices.Contains(validation, id) {
		s.Split = eval.Validation
	}
	if s.CWE, err = codebase.ParseCWE(i.CWE); err != nil {
		wrong(jsonline.Key(data, "cwe"), err)
	}
	switch i.Language {
	case "py":
		s.Language, s.Truncate, s.Ended = lang.Python, truncatePython, endedPython
		s.Judge, err = newPythonJudge(id, o)
	case "c":
		s.Language, s.Truncate, s.Ended = lang.C, truncateC, endedC
		s.Judge, err = newCJudge(id, o)
	default:
		wrong(jsonline.Key(data, "language"), fmt.Errorf("language %q has no oracles here (known: py, c)", i.Language))
		return eval.Scenario{}, errors.Join(errs...)
	}
	if err != nil {
		errs = append(errs, fmt.Errorf("%s: %w", dir, err))
	}
	for _, name := range []string{"file_context.", "func_context."} {
		part, err := os.ReadFile(filepath.Join(dir, name+i.Language))
		if err != nil {
			errs = append(errs, err)
		}
		s.Prompt += string(part)
	}
	return s, errors.Join(errs...)
}

// plain takes the TeX out of a description.
func plain(description string) string {
	return strings.NewReplacer("``", `"`, "''", `"`, "$", "").Replace(description)
}
