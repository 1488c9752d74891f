package cli

import (
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/seccoder/seccoder/eval"
)

// evalLineEvery is how often an evaluation writes a line where there is no terminal.
const evalLineEvery = 15 * time.Second

// evalProgress shows how far an evaluation is, and how long the rest will take.
type evalProgress struct {
	app  *app
	id   string
	mu   sync.Mutex
	bar  *progress
	last time.Time
}

func (a *app) newEvalProgress(plan *eval.Plan) *evalProgress {
	return &evalProgress{app: a, id: plan.ID(), last: time.Now()}
}

// at is told by the runner, mostly many times a second at the start of a resumed run.
func (p *evalProgress) at(now eval.Progress) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.app.quiet {
		return
	}
	if !isTerminal(p.app.err) {
		if time.Since(p.last) >= evalLineEvery {
			p.last = time.Now()
			p.app.note("%s: %s", p.id, evalState(now))
		}
		return
	}
	if p.bar == nil {
		p.bar = p.app.progress(p.id, "samples", int64(now.Wanted))
	}
	if p.bar.bar != nil {
		p.bar.bar.Describe(p.id + ": " + evalState(now))
	}
	p.bar.at(int64(now.Judged))
}

func (p *evalProgress) end() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.bar != nil {
		p.bar.end()
	}
}

func evalState(p eval.Progress) string {
	text := fmt.Sprintf("generated %d, judged %d of %d samples", p.Generated, p.Judged, p.Wanted)
	if p.Left >= time.Second {
		text += ", about " + roughly(p.Left) + " left"
	}
	return text
}

// roughly writes a duration with as much of it as anybody believes.
func roughly(d time.Duration) string {
	switch {
	case d < time.Minute:
		return d.Round(time.Second).String()
	case d < time.Hour:
		return strings.TrimSuffix(d.Round(time.Minute).String(), "0s")
	default:
		return strings.TrimSuffix(strings.TrimSuffix(d.Round(5*time.Minute).String(), "0s"), "0m")
	}
}
