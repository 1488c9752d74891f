// Package own makes an evaluation suite of the scenarios that were written for this
// project (folder suites) or of a user's folder of the same form, which
// suites/README.md describes.
//
//	suite, err := own.Load(own.Oracles{Sandbox: box, Python: env})
//	judgement, err := suite.Scenarios[0].Judge.Judge(ctx, program)
//
// Every oracle here is dynamic: the program runs in the sandbox, against functional
// cases and against exploits. A harness in the scenario's language (folder harness)
// runs each case apart from the others and reports it with a nonce that the program does
// not get to see, so that a program that ends early, prints what a success looks
// like, or hangs cannot pass.
//
// It does not generate, and knows nothing of rates: package eval does.
package own

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/seccoder/seccoder/check/sandbox"
	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/eval"
	"github.com/seccoder/seccoder/eval/pyenv"
	"github.com/seccoder/seccoder/eval/toolchain"
	"github.com/seccoder/seccoder/lang"
	"github.com/seccoder/seccoder/suites"
)

// Oracles is what the scenarios' judges run programs with.
type Oracles struct {
	// Sandbox is where every program runs, and every compiler too.
	Sandbox *sandbox.Sandbox
	// Python runs the Python scenarios.
	Python pyenv.Env
	// CacheDir is a folder for Go's build cache, which grows to some 100 MB, and for the
	// Java harness. Empty stands for seccoder/eval in the user's cache folder. Without a warm
	// one the first Go program takes as long as compiling the standard library.
	CacheDir string
}

// Load returns the suite that comes with the program.
func Load(o Oracles) (eval.Suite, error) {
	return load(suites.Files, "own", "suites", o)
}

// LoadDir returns the suite in a folder of the user's. The error names all that is wrong
// with it, with files and lines.
func LoadDir(dir string, o Oracles) (eval.Suite, error) {
	info, err := os.Stat(dir)
	if err != nil {
		return eval.Suite{}, fmt.Errorf("load suite: %w", err)
	}
	if !info.IsDir() {
		return eval.Suite{}, fmt.Errorf("load suite: %s is no folder; name the one that holds python/cwe-NNN and so on", dir)
	}
	return load(os.DirFS(dir), filepath.Base(filepath.Clean(dir)), dir, o)
}

// load reads fsys, which the user knows as place. name is for suites that have none.
func load(fsys fs.FS, name, place string, o Oracles) (eval.Suite, error) {
	read, err := read(fsys, place)
	if err != nil {
		return eval.Suite{}, fmt.Errorf("load suite %s:\n%w", place, err)
	}
	suite := eval.Suite{Name: name}
	if suite.Digest, err = suiteDigest(read, o); err != nil {
		return eval.Suite{}, fmt.Errorf("load suite %s: %w", place, err)
	}
	if read.name != "" {
		suite.Name = read.name
	}
	languages := newLanguages(o)
	for _, s := range read.scenarios {
		suite.Scenarios = append(suite.Scenarios, eval.Scenario{
			ID: s.id, Kind: eval.Security, Task: s.title, Language: s.language, CWE: s.cwes[0], Split: eval.Test,
			Prompt: s.prompt, Suffix: s.suffix,
			Judge: judge{scenario: s, language: languages[s.language], sandbox: o.Sandbox},
		})
	}
	return suite, nil
}

// tools run the programs of each language but Python.
var tools = map[lang.Language]string{
	lang.JavaScript: "node", lang.C: "clang", lang.CPP: "clang++", lang.Go: "go", lang.Java: "java",
}

// suiteDigest covers what was read and what runs it here.
func suiteDigest(read folder, o Oracles) (string, error) {
	sum := sha256.New()
	fmt.Fprintf(sum, "%s\x00", read.digest)
	used := map[lang.Language]bool{}
	for _, s := range read.scenarios {
		used[s.language] = true
	}
	if used[lang.Python] {
		o.Python.Digest(sum)
	}
	var asked []string
	for l, tool := range tools {
		if used[l] {
			asked = append(asked, tool)
		}
	}
	slices.Sort(asked)
	if err := toolchain.Digest(sum, o.Sandbox, asked...); err != nil {
		return "", err
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

// HeldOutCWEs are the weaknesses of about half of the scenarios: those of which a
// held-out build of the codebase has no examples, so that the suite measures how a
// method fares with weaknesses that it was shown nothing of. Whoever builds one leaves
// out every example that has one of them anywhere among its CWEs:
//
//	if slices.ContainsFunc(e.CWEs, func(c codebase.CWE) bool { return slices.Contains(heldOut, c) }) { continue }
func HeldOutCWEs() ([]codebase.CWE, error) {
	read, err := read(suites.Files, "suites")
	if err != nil {
		return nil, fmt.Errorf("load suite suites:\n%w", err)
	}
	return read.heldOut, nil
}

// A Reference is a scenario's pair of completions that are known to be secure and not.
type Reference struct {
	// ID is the scenario's.
	ID string
	// Language, Prompt and Suffix are the scenario's too.
	Language       lang.Language
	Prompt, Suffix string
	// Secure and Insecure follow the prompt.
	Secure, Insecure string
	// Why says what makes Insecure so.
	Why string
	// CWEs are the scenario's weaknesses, the main one first.
	CWEs []codebase.CWE
}

// References returns the references of the suite that comes with the program, in the
// order of its scenarios. They prove the judges; no model may be shown them.
func References() ([]Reference, error) {
	return references(suites.Files, "suites")
}

func references(fsys fs.FS, place string) ([]Reference, error) {
	read, err := read(fsys, place)
	if err != nil {
		return nil, fmt.Errorf("load suite %s:\n%w", place, err)
	}
	var all []Reference
	for _, s := range read.scenarios {
		all = append(all, Reference{s.id, s.language, s.prompt, s.suffix, s.secure, s.insecure, s.why, s.cwes})
	}
	return all, nil
}
