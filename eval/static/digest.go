package static

import (
	"context"
	"embed"
	"fmt"
	"io"
	"slices"

	"github.com/seccoder/seccoder/check"
	"github.com/seccoder/seccoder/check/semgrep"
	"github.com/seccoder/seccoder/eval/toolchain"
	"github.com/seccoder/seccoder/lang"
)

// sources are the package's own files.
//
//go:embed *.go parse.py
var sources embed.FS

// A Tool is a checker on this machine.
type Tool struct {
	// Name and Version are as in "bandit", "1.9.2"; the version is empty where the tool is
	// missing, and Why says so.
	Name, Version, Why string
}

// Tools asks the checkers that look at one of the languages for their versions.
func Tools(ctx context.Context, checkers []check.Checker, languages ...lang.Language) []Tool {
	var tools []Tool
	for _, c := range checkers {
		if !slices.ContainsFunc(languages, func(l lang.Language) bool { return slices.Contains(c.Languages(), l) }) {
			continue
		}
		t := Tool{Name: c.Name()}
		if p, ok := c.(check.Prober); ok {
			var err error
			if t.Version, err = p.Probe(ctx); err != nil {
				t.Why = err.Error()
			}
		}
		tools = append(tools, t)
	}
	return tools
}

// Digest writes whatever verdicts of this package depend on: its own text, the tools, the
// rules, and what tells programs from other text. It is for the digest of a suite.
func Digest(to io.Writer, o Oracles, tools []Tool, languages ...lang.Language) error {
	o.Python.Digest(to)
	for _, l := range languages {
		if compiler := compilers[l]; compiler != "" {
			if err := toolchain.Digest(to, o.Sandbox, compiler); err != nil {
				return err
			}
		}
	}
	for _, t := range tools {
		fmt.Fprintf(to, "%s %s\x00", t.Name, t.Version)
	}
	for _, l := range languages {
		rules, err := semgrep.Config(l)
		if err != nil {
			return err
		}
		fmt.Fprintf(to, "%s\x00%s\x00", l, rules)
	}
	return toolchain.Sources(to, sources)
}
