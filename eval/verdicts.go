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
	rejudge bool
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

func newVerdicts(store *Store, rejudge bool, timeout time.Duration, onJudged func(*verdict)) *verdicts {
	v := &verdicts{store: store, rejudge: rejudge, timeout: timeout, all: map[key]*verdict{}, onJudged: onJudged}
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
		done := v.done
		vs.mu.Unlock()
		if done {
			vs.onJudged(&verdict{samples: 1})
		}
		return v, nil
	}
	vs.mu.Unlock()
	// Only the goroutine that generates wants verdicts, so nobody else makes this one.
	v = &verdict{key: k, scenario: s, source: source, samples: 1}
	if !vs.rejudge {
		var err error
		if v.done, err = vs.store.get(ctx, k, &v.judged); err != nil {
			return nil, err
		}
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
		result := judged{j, time.Since(started).Seconds()}
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
