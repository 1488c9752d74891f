// Package builtin lists the checkers that come with the program, so that whoever wants
// them all need not know each.
//
//	result, err := check.Run(ctx, builtin.Checkers(), request, check.RunOptions{})
package builtin

import (
	"github.com/seccoder/seccoder/check"
	"github.com/seccoder/seccoder/check/bandit"
	"github.com/seccoder/seccoder/check/clang"
	"github.com/seccoder/seccoder/check/cppcheck"
	"github.com/seccoder/seccoder/check/gcc"
	"github.com/seccoder/seccoder/check/gosec"
	"github.com/seccoder/seccoder/check/semgrep"
)

// Checkers are all of them, each with its standard options, in the order in which they
// are listed to users.
func Checkers() []check.Checker {
	return []check.Checker{
		gcc.New(gcc.Options{}), clang.New(clang.Options{}), cppcheck.New(cppcheck.Options{}),
		bandit.New(bandit.Options{}), gosec.New(gosec.Options{}), semgrep.New(semgrep.Options{}),
	}
}

// Names are those of the checkers.
func Names() []string {
	var names []string
	for _, c := range Checkers() {
		names = append(names, c.Name())
	}
	return names
}
