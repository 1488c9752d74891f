package sven

import (
	"github.com/seccoder/seccoder/check/sandbox"
	"github.com/seccoder/seccoder/eval/pyenv"
)

// Oracles is what the scenarios' judges run programs with.
type Oracles struct {
	// Sandbox is where every program runs.
	Sandbox *sandbox.Sandbox
	// Python has the packages that the Python scenarios import.
	Python pyenv.Env
}
