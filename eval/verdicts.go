package eval

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/seccoder/seccoder/check/sandbox"
)

// judged is what is kept of a judgement.
type judged struct {
	Judgement Judgement `json:"judgement"`
	Seconds   float64   `json:"seconds"`
	// At is when it began; judgements of older versions have none.
	At time.Time `json:"at,omitzero"`
}

// rejudgedKey is what the time is kept under since when a run is judged again. Judgements
// from before do not count for it until it is complete, so that whoever goes on with it after a
// stop judges the rest, and does not mix old and new. Nothing is deleted: other runs share them,
// and the judge may turn out not to work.
func rejudgedKey(run string) key { return newKey("rejudged", run) }

// A rejudging is what is kept under that key; zero for a run that takes all judgements that
// are there.
type rejudging struct {
	Since time.Time `json:"since"`
	// Limit is that of the run which was to judge again.
	Limit int `json:"limit,omitzero"`
}

// ends reports whether a complete run with a limit has judged again all that was to be.
func (r rejudging) ends(limit int) bool { return !r.Since.IsZero() && (limit == 0 || limit == r.Limit) }

func (s *Store) rejudging(ctx context.Context, run string) (r rejudging, err error) {
	_, err = s.get(ctx, rejudgedKey(run), &r)
	return r, err
}

// A verdict is the judgement of one program, or its lack.
type verdict struct {
	key      key
	scenario Scenario
	source   string
	samples  int // how many samples wait for it

	done bool
	judged
	err error
}

// verdicts holds each program's verdict once, and the queue of those to be judged.
type verdicts struct {
	store   *Store
	since   time.Time // kept judgements from before do not count
	timeout time.Duration

	mu      sync.Mutex
	changed sync.Cond
	all     map[key]*verdict
	queue   []*verdict
	closed  bool // nothing more will come
	stopped bool
	// failures counts judges' errors without a judgement between them.
	failures int
	onJudged func(v *verdict)
}

func newVerdicts(store *Store, since time.Time, timeout time.Duration, onJudged func(*verdict)) *verdicts {
	v := &verdicts{store: store, since: since, timeout: timeout, all: map[key]*verdict{}, onJudged: onJudged}
	v.changed.L = &v.mu
	return v
}

// want is the verdict of a program, which is judged unless that is known.
func (vs *verdicts) want(ctx context.Context, suite string, s Scenario, source string) (*verdict, error) {
	k := newKey("judgement", suite, s.ID, source)
	vs.mu.Lock()
	v, ok := vs.all[k]
	if ok {
		v.samples++
		done, err := v.done, v.err
		vs.mu.Unlock()
		if done {
			vs.onJudged(&verdict{samples: 1, err: err})
		}
		return v, nil
	}
	vs.mu.Unlock()
	// Only the goroutine that generates wants verdicts, so nobody else makes this one.
	v = &verdict{key: k, scenario: s, source: source, samples: 1}
	var kept judged
	if ok, err := vs.store.get(ctx, k, &kept); err != nil {
		return nil, err
	} else if ok && !kept.At.Before(vs.since) {
		v.judged, v.done = kept, true
	}
	vs.mu.Lock()
	vs.all[k] = v
	known := v.done
	if !known {
		vs.queue = append(vs.queue, v)
		vs.changed.Signal()
	}
	vs.mu.Unlock()
	if known {
		vs.onJudged(v)
	}
	return v, nil
}

// close says that no more will be wanted.
func (vs *verdicts) close() {
	vs.mu.Lock()
	vs.closed = true
	vs.changed.Broadcast()
	vs.mu.Unlock()
}

// stop makes the judges go home.
func (vs *verdicts) stop() {
	vs.mu.Lock()
	vs.stopped = true
	vs.changed.Broadcast()
	vs.mu.Unlock()
}

// next waits for a program to judge; nil means that there will be none.
func (vs *verdicts) next() *verdict {
	vs.mu.Lock()
	defer vs.mu.Unlock()
	for len(vs.queue) == 0 && !vs.closed && !vs.stopped {
		vs.changed.Wait()
	}
	if len(vs.queue) == 0 || vs.stopped {
		return nil
	}
	v := vs.queue[0]
	vs.queue = vs.queue[1:]
	return v
}

// tooManyFailures is the number of judges' errors in a row after which the rest will
// hardly do better.
const tooManyFailures = 20

// work judges until there is nothing more. A judge that fails on one program costs
// that program's judgement; one that cannot work at all ends the run.
func (vs *verdicts) work(ctx context.Context) error {
	for {
		v := vs.next()
		if v == nil {
			return ctx.Err()
		}
		started := time.Now()
		j, err := JudgeSource(ctx, v.scenario, v.source, vs.timeout)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		result := judged{j, time.Since(started).Seconds(), started.UTC()}
		if err == nil {
			if err := vs.store.put(ctx, v.key, result); err != nil {
				return err
			}
		}
		vs.mu.Lock()
		v.judged, v.err, v.done = result, err, true
		copied := *v
		if err == nil {
			vs.failures = 0
		} else {
			vs.failures++
		}
		failures := vs.failures
		vs.mu.Unlock()
		vs.onJudged(&copied)
		if err != nil && (errors.Is(err, sandbox.ErrUnavailable) || failures >= tooManyFailures) {
			return err
		}
	}
}
