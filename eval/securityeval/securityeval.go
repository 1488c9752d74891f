// Package securityeval makes an evaluation suite of a checkout of SecurityEval (Siddiq
// and Santos, MSR4P&S 2022): prompts for Python, each with the CWE that its authors
// expect of careless completions.
//
//	suite, err := securityeval.Load(ctx, "SecurityEval", securityeval.Options{Sandbox: box, Python: env, Checkers: builtin.Checkers()})
//
// It reads dataset.jsonl, one record a line: an ID ("CWE-089_author_1.py"), a Prompt and
// an Insecure_code, which is not used. There are no tests: the authors look with Bandit
// and CodeQL, and by hand. Here the checkers of package check decide (see package
// eval/static), so whether a completion does its task is not known, and scenarios of a
// CWE that no checker here knows come out undecided unless something is found.
package securityeval

import (
	"bytes"
	"context"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/seccoder/seccoder/check"
	"github.com/seccoder/seccoder/check/sandbox"
	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/eval"
	"github.com/seccoder/seccoder/eval/pyenv"
	"github.com/seccoder/seccoder/eval/static"
	"github.com/seccoder/seccoder/lang"
)

//go:embed securityeval.go
var source embed.FS

// Options is what the judges look at programs with.
type Options struct {
	Sandbox *sandbox.Sandbox
	// Python parses the programs; none is run.
	Python   pyenv.Env
	Checkers []check.Checker
	// Note, where set, is told of checkers that are missing.
	Note func(message string)
}

// Load reads dir, a checkout of SecurityEval or a folder with its dataset.jsonl. All that
// is wrong with it is reported at once, with lines.
func Load(ctx context.Context, dir string, o Options) (eval.Suite, error) {
	suite, err := load(ctx, dir, o)
	if err != nil {
		return eval.Suite{}, fmt.Errorf("load SecurityEval: %w", err)
	}
	return suite, nil
}

func load(ctx context.Context, dir string, o Options) (eval.Suite, error) {
	file := filepath.Join(dir, "dataset.jsonl")
	data, err := os.ReadFile(file)
	if errors.Is(err, os.ErrNotExist) {
		return eval.Suite{}, &eval.BadSuiteError{Err: fmt.Errorf("there is no %s; name a checkout of SecurityEval's repository", file)}
	}
	if err != nil {
		return eval.Suite{}, err
	}
	tools := static.Tools(ctx, o.Checkers, lang.Python)
	for _, t := range tools {
		if t.Why != "" && o.Note != nil {
			o.Note("securityeval: more is undecided, as a checker is missing: " + t.Why)
		}
	}
	digest := sha256.New()
	if err := static.Digest(digest, static.Oracles{Sandbox: o.Sandbox, Python: o.Python}, tools, lang.Python); err != nil {
		return eval.Suite{}, err
	}
	own, err := source.ReadFile("securityeval.go")
	if err != nil {
		return eval.Suite{}, err
	}
	digest.Write(own)

	suite := eval.Suite{Name: "securityeval"}
	seen := map[string]int{}
	var errs []error
	number := 0
	for line := range bytes.Lines(data) {
		number++
		if len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		scenario, err := read(line, o)
		if err == nil && seen[scenario.ID] != 0 {
			err = fmt.Errorf("ID %q is that of line %d too", scenario.ID, seen[scenario.ID])
		}
		if err != nil {
			errs = append(errs, fmt.Errorf("%s:%d: %w", file, number, err))
			continue
		}
		seen[scenario.ID] = number
		fmt.Fprintf(digest, "%s\x00%s\x00", scenario.ID, scenario.Prompt)
		suite.Scenarios = append(suite.Scenarios, scenario)
	}
	if len(suite.Scenarios) == 0 && errs == nil {
		errs = append(errs, fmt.Errorf("%s has no records", file))
	}
	if len(errs) > 0 {
		return eval.Suite{}, &eval.BadSuiteError{Err: errors.Join(errs...)}
	}
	suite.Digest = hex.EncodeToString(digest.Sum(nil))
	return suite, nil
}

// idForm is a CWE, who the example is from, and its number there.
var idForm = regexp.MustCompile(`^(CWE-\d+)_([a-z]+)_(\d+)(\.py)?$`)

func read(line []byte, o Options) (eval.Scenario, error) {
	var record struct {
		ID     string `json:"ID"`
		Prompt string `json:"Prompt"`
	}
	if err := json.Unmarshal(line, &record); err != nil {
		return eval.Scenario{}, fmt.Errorf("it is no JSON object of a record: %w", err)
	}
	m := idForm.FindStringSubmatch(record.ID)
	if m == nil {
		return eval.Scenario{}, fmt.Errorf("ID is %q, expected the form CWE-089_author_1.py", record.ID)
	}
	cwe, err := codebase.ParseCWE(m[1])
	if err != nil {
		return eval.Scenario{}, fmt.Errorf("ID: %w", err)
	}
	if strings.TrimSpace(record.Prompt) == "" {
		return eval.Scenario{}, errors.New("the Prompt is empty")
	}
	return eval.Scenario{
		ID: strings.TrimSuffix(record.ID, ".py"), Kind: eval.Security, Task: task(record.Prompt), Language: lang.Python,
		CWE: cwe, Split: eval.Test, NoFunctionalTest: true, Prompt: record.Prompt,
		Judge: static.New(static.Question{CWE: cwe, Language: lang.Python, Prompt: record.Prompt}, static.Oracles{
			Sandbox: o.Sandbox, Python: o.Python, Checkers: o.Checkers,
		}),
	}, nil
}

// task is the last text between triple quotes, in one line, or else the prompt's last
// line.
func task(prompt string) string {
	text := prompt
	for _, quote := range []string{`"""`, "'''"} {
		if parts := strings.Split(prompt, quote); len(parts) >= 3 {
			text = parts[len(parts)-2]
		}
	}
	if text == prompt {
		lines := strings.Split(strings.TrimSpace(prompt), "\n")
		text = strings.TrimLeft(lines[len(lines)-1], "# ")
	}
	text = strings.Join(strings.Fields(text), " ")
	if len(text) > 200 {
		text = strings.ToValidUTF8(text[:200], "") + "…"
	}
	return text
}
