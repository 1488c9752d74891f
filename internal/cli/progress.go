package cli

import (
	"fmt"
	"sync"
	"time"

	"github.com/schollz/progressbar/v3"
)

// lineEvery is how often progress writes a line where there is no terminal.
const lineEvery = 5 * time.Second

// A progress shows how far something is: a bar on a terminal, a line now and then
// elsewhere, nothing with --quiet.
type progress struct {
	app   *app
	what  string
	unit  string
	total int64

	mu    sync.Mutex
	bar   *progressbar.ProgressBar
	last  time.Time
	ended bool
}

// progress begins to show something of a size, in bytes where unit is empty. A total
// of 0 or less is not known.
func (a *app) progress(what, unit string, total int64) *progress {
	p := &progress{app: a, what: what, unit: unit, total: total, last: time.Now()}
	if a.quiet || !isTerminal(a.err) {
		return p
	}
	options := []progressbar.Option{
		progressbar.OptionSetWriter(a.err), progressbar.OptionSetDescription(what), progressbar.OptionThrottle(100 * time.Millisecond),
		progressbar.OptionClearOnFinish(), progressbar.OptionSetWidth(12), progressbar.OptionShowCount(), progressbar.OptionSetPredictTime(true),
	}
	if total <= 0 {
		total = -1
	}
	if unit == "" {
		options = append(options, progressbar.OptionShowBytes(true))
	} else {
		options = append(options, progressbar.OptionSetItsString(unit), progressbar.OptionShowIts())
	}
	p.bar = progressbar.NewOptions64(total, options...)
	return p
}

// at says how far it is.
func (p *progress) at(done int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.ended {
		return
	}
	if p.bar != nil {
		_ = p.bar.Set64(done)
		return
	}
	if time.Since(p.last) < lineEvery {
		return
	}
	p.last = time.Now()
	switch {
	case p.unit == "" && p.total > 0:
		p.app.note("%s: %d%% of %s", p.what, 100*min(done, p.total)/p.total, megabytes(p.total))
	case p.unit == "":
		p.app.note("%s: %s", p.what, megabytes(done))
	case p.total > 0:
		p.app.note("%s: %d of %d %s", p.what, done, p.total, p.unit)
	default:
		p.app.note("%s: %d %s", p.what, done, p.unit)
	}
}

// end takes the bar away.
func (p *progress) end() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.bar != nil && !p.ended {
		_ = p.bar.Finish()
	}
	p.ended = true
}

// megabytes writes a number of bytes for people, in decimal units.
func megabytes(bytes int64) string {
	if bytes < 1e6 {
		return fmt.Sprintf("%d kB", (bytes+999)/1e3)
	}
	return fmt.Sprintf("%d MB", (bytes+5e5)/1e6)
}
