//go:build amd64 || arm64

package sandbox

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"
)

// open tries the back ends in their order.
func open(ctx context.Context, o Options) (*Sandbox, error) {
	executable, err := os.Executable()
	if err != nil {
		return nil, fmt.Errorf("%w: find this program's own file: %w", ErrUnavailable, err)
	}
	makers := []struct {
		name string
		make func() (backend, error)
	}{
		{Bubblewrap, func() (backend, error) { return newBubblewrap(executable, true) }},
		{Bubblewrap, func() (backend, error) { return newBubblewrap(executable, false) }},
		{Namespaces, func() (backend, error) { return newNamespaces(executable) }},
	}
	var reasons []string
	for _, m := range makers {
		if o.Backend != "" && o.Backend != m.name {
			continue
		}
		b, err := m.make()
		if err == nil {
			s := &Sandbox{limits: o.Limits.over(defaultLimits), backend: b}
			if err = s.try(ctx); err == nil {
				return s, nil
			}
			if ctx.Err() != nil {
				return nil, err
			}
		}
		if reason := fmt.Sprintf("%s: %v", m.name, err); !errors.Is(err, errNotBounded) {
			reasons = append(reasons, reason)
		}
	}
	if reasons == nil {
		return nil, fmt.Errorf("%w: there is no back end %q; choose %q or %q", ErrUnavailable, o.Backend, Bubblewrap, Namespaces)
	}
	return nil, fmt.Errorf("%w: %s; install bubblewrap and allow user namespaces (in a container: its seccomp and AppArmor profiles, on Ubuntu kernel.apparmor_restrict_unprivileged_userns=0)",
		ErrUnavailable, strings.Join(reasons, "; "))
}

// try runs a program that does nothing.
func (s *Sandbox) try(ctx context.Context) error {
	// A slow machine must not look like one without namespaces.
	r, err := s.Run(ctx, Command{Args: []string{"true"}, Limits: Limits{Wall: 30 * time.Second}})
	if err != nil {
		return err
	}
	if r.ExitCode != 0 {
		return fmt.Errorf("the program true ended with %d %s %s: %s", r.ExitCode, r.Signal, r.Exceeded, r.Stderr)
	}
	return nil
}
