package engine

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// exchange sends a command and serves its steps until it is done. When ctx ends, the
// worker is told, and killed if it does not stop soon.
func (e *Engine) exchange(ctx context.Context, c command, onStep func([]Piece) []int) (*done, error) {
	p := e.process
	e.lastID++
	c.ID = e.lastID
	p.send(c)
	cancelled := ctx.Done()
	var overdue <-chan time.Time
	for {
		select {
		case <-cancelled:
			cancelled = nil
			overdue = time.After(graceTimeout)
			p.send(command{ID: c.ID, Cancel: true})
		case <-overdue:
			e.discard()
			return nil, ctx.Err()
		case r, ok := <-p.reports:
			switch {
			case !ok:
				err := p.deathError()
				e.discard()
				if ctx.Err() != nil {
					return nil, ctx.Err()
				}
				return nil, err
			case r.ID != c.ID:
				// Nobody waits for it.
			case r.Done != nil:
				return r.Done.result(ctx)
			case cancelled == nil && ctx.Err() != nil:
				// The worker learns of the cancellation by its own message.
			default:
				e.step(p, r, onStep)
			}
		}
	}
}

// step hands the pieces of one step to the caller and its answer to the worker. A
// caller that panics would leave the worker in the middle of the request, so the
// worker ends then.
func (e *Engine) step(p *process, r report, onStep func([]Piece) []int) {
	served := false
	defer func() {
		if !served {
			e.discard()
		}
	}()
	ended := onStep(r.Step)
	served = true
	p.send(command{ID: r.ID, Step: &stepCommand{Ended: ended}})
}

// result turns a request's end into what callers get.
func (d *done) result(ctx context.Context) (*done, error) {
	switch {
	case d.Cancelled && ctx.Err() != nil:
		return nil, ctx.Err()
	case d.TooLong:
		return nil, fmt.Errorf("%w%s", ErrTooLong, d.Error[len(ErrTooLong.Error()):])
	case d.Error != "":
		return nil, errors.New(d.Error)
	}
	return d, nil
}
