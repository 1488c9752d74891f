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
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/eval"
	"github.com/seccoder/seccoder/eval/toolchain"
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
// folder that holds scenarios. All that is wrong with them is reported at once.
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
		return eval.Suite{}, fmt.Errorf("load SVEN scenarios: %w", err)
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
	if reason, ok := pythonReasons[id]; ok {
		return reason
	}
	return cReasons[id]
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
	return "", nil, fmt.Errorf("no scenarios in %s; it should be a checkout of SVEN's repository, or a folder with cwe-*/*/info.json in it", dir)
}

// info is the part of info.json that is used here.
type info struct {
	Language    string `json:"language"`
	CWE         string `json:"cwe"`
	Description string `json:"description"`
}

func read(root, id string, o Oracles) (eval.Scenario, error) {
	dir := filepath.Join(root, filepath.FromSlash(id))
	data, err := os.ReadFile(filepath.Join(dir, "info.json"))
	if err != nil {
		return eval.Scenario{}, err
	}
	var i info
	if err := json.Unmarshal(data, &i); err != nil {
		return eval.Scenario{}, fmt.Errorf("%s: %w", filepath.Join(dir, "info.json"), err)
	}
	s := eval.Scenario{ID: id, Kind: eval.Security, Task: plain(i.Description), Split: eval.Test}
	if slices.Contains(validation, id) {
		s.Split = eval.Validation
	}
	if s.CWE, err = codebase.ParseCWE(i.CWE); err != nil {
		return eval.Scenario{}, fmt.Errorf("%s: %w", filepath.Join(dir, "info.json"), err)
	}
	switch i.Language {
	case "py":
		s.Language, s.Truncate, s.Ended = lang.Python, truncatePython, endedPython
		s.Judge, err = newPythonJudge(id, o)
	case "c":
		s.Language, s.Truncate, s.Ended = lang.C, truncateC, endedC
		s.Judge, err = newCJudge(id, o)
	default:
		err = fmt.Errorf("language %q has no oracles here (known: py, c)", i.Language)
	}
	if err != nil {
		return eval.Scenario{}, fmt.Errorf("%s: %w", dir, err)
	}
	for _, name := range []string{"file_context.", "func_context."} {
		part, err := os.ReadFile(filepath.Join(dir, name+i.Language))
		if err != nil {
			return eval.Scenario{}, err
		}
		s.Prompt += string(part)
	}
	return s, nil
}

// plain takes the TeX out of a description.
func plain(description string) string {
	return strings.NewReplacer("``", `"`, "''", `"`, "$", "").Replace(description)
}
