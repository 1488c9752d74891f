package tool

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"regexp"
	"sync"

	"github.com/seccoder/seccoder/check"
)

// A Program is an outside program. It is found once; it may be used by many at once and
// must not be copied.
type Program struct {
	// Name is how the program is looked up in PATH, and called in messages. Path, where it
	// is given, is used instead of a look-up.
	Name, Path string
	// Get is the command that gets it.
	Get string
	// VersionArgs make it print its version; Version is a regular expression whose first
	// group is the version in what is printed. Without a pattern it is not asked.
	VersionArgs []string
	Version     string

	mu      sync.Mutex
	path    string
	version string
}

// ErrNoVersion says that a program works, but does not say its version: it may be another one.
var ErrNoVersion = errors.New("it does not say its version")

// Probe finds the program and asks it for its version. The error is a
// *check.MissingError where it is not here. A program that was found is asked once.
func (p *Program) Probe(ctx context.Context) (version string, err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.path != "" {
		return p.version, nil
	}
	name := p.Name
	if p.Path != "" {
		name = p.Path
	}
	path, err := exec.LookPath(name)
	if err != nil {
		return "", &check.MissingError{Tool: name, Get: p.Get}
	}
	if p.Version == "" {
		p.path = path
		return "", nil
	}
	limited, cancel := context.WithTimeout(ctx, check.ProbeTimeout)
	defer cancel()
	out, err := run(limited, path, p.Name, Command{Args: p.VersionArgs})
	if err != nil {
		return "", fmt.Errorf("ask %s for its version: %w", path, err)
	}
	wanted, err := regexp.Compile(p.Version)
	if err != nil {
		return "", fmt.Errorf("version pattern of %s: %w", p.Name, err)
	}
	for _, text := range [][]byte{out.Stdout, out.Stderr} {
		if m := wanted.FindSubmatch(text); m != nil {
			p.path, p.version = path, string(m[1])
			return p.version, nil
		}
	}
	return "", fmt.Errorf("%s is not the %s that was expected: %w%s", path, p.Name, ErrNoVersion, said(out))
}

// Run runs the program; [Output.Code] is for the caller to judge. An error says that it
// is missing, could not be started, crashed, flooded or did not end in time.
func (p *Program) Run(ctx context.Context, c Command) (Output, error) {
	if _, err := p.Probe(ctx); err != nil {
		return Output{}, err
	}
	return run(ctx, p.path, p.Name, c)
}
