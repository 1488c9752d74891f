package cli

import (
	"context"
	"errors"
	"strings"
	"sync"

	"github.com/seccoder/seccoder/check"
	"github.com/seccoder/seccoder/check/builtin"
)

// examineCheckers asks the checkers' tools for their versions. None is needed to
// complete; check works with those that are here.
func examineCheckers(ctx context.Context) []finding {
	checkers := builtin.Checkers()
	findings := make([]finding, len(checkers))
	var wait sync.WaitGroup
	for i, c := range checkers {
		wait.Go(func() { findings[i] = examineChecker(ctx, c) })
	}
	wait.Wait()
	return findings
}

func examineChecker(ctx context.Context, c check.Checker) finding {
	f := finding{"checker " + c.Name(), "ok", "for " + strings.Join(words(c.Languages()), ", "), ""}
	p, ok := c.(check.Prober)
	if !ok {
		return f
	}
	version, err := p.Probe(ctx)
	if err == nil {
		f.Detail = strings.TrimSpace(version + " " + f.Detail)
		return f
	}
	f.State, f.Detail = "optional", firstLine(err.Error())
	if missing, ok := errors.AsType[*check.MissingError](err); ok {
		f.Detail, f.Remedy = missing.Why, missing.Get
		if f.Detail == "" {
			f.Detail = "checks " + strings.Join(words(c.Languages()), ", ")
		}
	}
	return f
}
