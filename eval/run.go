package eval

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"
)

// A Runner runs plans. Store and Bench must be set.
//
//	runner := eval.Runner{Store: store, Bench: bench}
//	results, err := runner.Run(ctx, plan, eval.RunOptions{})
type Runner struct {
	Store *Store
	Bench Bench
	// Judges is how many programs are judged at once while a model of this machine
	// generates; 0 means half of the cores. When it has done, all cores judge.
	Judges int
	// JudgeTimeout bounds one judgement; 0 means DefaultJudgeTimeout.
	JudgeTimeout time.Duration
	// OnProgress, where set, is told how far the run is. It is called by one goroutine at
	// a time.
	OnProgress func(Progress)
}

// RunOptions say how much of a plan to run.
type RunOptions struct {
	// Limit takes so many scenarios of each suite, spread evenly; 0 takes all.
	Limit int
	// Rejudge judges anew what was judged before. Where it is stopped, a further Run judges
	// the rest anew, without it.
	Rejudge bool
	// GenerateOnly judges nothing: for a machine with a fast model and no sandbox, or to
	// judge later. Judgements that are kept count, with whatever they were made.
	GenerateOnly bool
}

// Progress says how far a run is, in samples.
type Progress struct {
	Wanted, Generated, Judged int
	// Left is the time that the rest will take; 0 where nothing is known yet.
	Left time.Duration
}

// Run runs the plan, or the rest of it. When ctx ends or something fails, it returns
// the results so far, if there are any, with the error; a further Run goes on from
// there. An answer that cannot be used, or a prompt that is too long, costs its own batch:
// the error is an [*UnusableError] when all else is done. A model that answers nothing but
// what cannot be used ends the run.
func (r *Runner) Run(ctx context.Context, plan *Plan, o RunOptions) (*Results, error) {
	s, err := load(ctx, plan, r.Bench, r.Store, o.Limit)
	if err != nil {
		return nil, err
	}
	settle := s.keepDigests
	if o.GenerateOnly {
		settle = s.recallDigests
	}
	if err := settle(ctx); err != nil {
		return nil, err
	}
	units := s.units()
	id := plan.ID()
	if o.Rejudge {
		if err := r.Store.put(ctx, rejudgedKey(id), rejudging{time.Now().UTC(), o.Limit}); err != nil {
			return nil, err
		}
	} else if done, err := r.finished(ctx, id, s.state()); done != nil || err != nil {
		return done, err
	}
	again, err := r.Store.rejudging(ctx, id)
	if err != nil {
		return nil, err
	}
	if err := r.Store.begin(ctx, id, plan.TOML(), o.Limit, samplesOf(units)); err != nil {
		return nil, err
	}
	p := &pipeline{session: s, runner: r, since: again.Since, meter: newMeter(samplesOf(units), r.OnProgress), lost: losses{completed: map[int]bool{}}}
	runErr := p.run(ctx, units, o)
	lost := p.lost.err()
	results, err := r.keep(ctx, s, units, again, runErr == nil)
	return results, errors.Join(runErr, lost, err)
}

// finished returns the kept results if nothing could change them.
func (r *Runner) finished(ctx context.Context, id, state string) (*Results, error) {
	record, err := r.Store.Run(ctx, id)
	if errors.Is(err, ErrNoRun) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	if record.ID != id || record.state != state || record.Done != record.Wanted || record.Unjudged > 0 {
		return nil, nil
	}
	return r.Store.results(ctx, id)
}

// keep collects the results of a run that ended or was stopped, and keeps them.
func (r *Runner) keep(ctx context.Context, s *session, units []*unit, again rejudging, ended bool) (*Results, error) {
	ctx = context.WithoutCancel(ctx)
	record, err := r.Store.Run(ctx, s.plan.ID())
	if err != nil {
		return nil, err
	}
	// What the run was stopped before it came to may be there all the same.
	if err := s.recallAll(ctx, units, again.Since); err != nil {
		return nil, err
	}
	record.UpdatedAt = time.Now().UTC()
	results := s.collect(record, units)
	if err := r.Store.finish(ctx, s.state(), results, ended); err != nil || !results.Run.Complete() || !again.ends(s.limit) {
		return results, err
	}
	return results, r.Store.put(ctx, rejudgedKey(record.ID), rejudging{})
}

// Results are those of a run as they were when it last ended or was stopped, or before if
// there was more then. For a run that was killed they are collected anew, from what is kept.
func (r *Runner) Results(ctx context.Context, id string) (*Results, error) {
	record, err := r.Store.Run(ctx, id)
	if err != nil {
		return nil, err
	}
	if results, err := r.Store.results(ctx, record.ID); results != nil || err != nil {
		return results, err
	}
	s, err := r.reload(ctx, record)
	if err != nil {
		return nil, err
	}
	if err := s.recallDigests(ctx); err != nil {
		return nil, err
	}
	again, err := r.Store.rejudging(ctx, record.ID)
	if err != nil {
		return nil, err
	}
	units := s.units()
	if err := s.recallAll(ctx, units, again.Since); err != nil {
		return nil, err
	}
	return s.collect(record, units), nil
}

// recallAll gives the units the completions and verdicts that are kept, where they have none.
func (s *session) recallAll(ctx context.Context, units []*unit, since time.Time) error {
	known := newVerdicts(s.store, since, 0, func(*verdict) {}) // nobody judges the others
	for _, u := range units {
		if len(u.verdicts) == u.n {
			continue
		}
		if u.generated == nil {
			if ok, err := s.recall(ctx, u); err != nil {
				return err
			} else if !ok {
				continue
			}
		}
		u.verdicts = nil
		if err := s.submit(ctx, u, known); err != nil {
			return err
		}
	}
	return nil
}

// reload finds again all that a run's plan names.
func (r *Runner) reload(ctx context.Context, record RunRecord) (*session, error) {
	plan, err := ParsePlan(record.Plan, record.ID, "", Known{})
	if err != nil {
		return nil, fmt.Errorf("read the plan of run %s: %w", record.ID, err)
	}
	return load(ctx, plan, r.Bench, r.Store, record.Limit)
}

func samplesOf(units []*unit) int {
	n := 0
	for _, u := range units {
		n += u.n
	}
	return n
}

// A pipeline generates in one goroutine and judges in others.
type pipeline struct {
	*session
	runner *Runner
	since  time.Time // when the verdicts that count begin
	meter  *meter
	lost   losses

	recording sync.Mutex
	recorded  time.Time
}

// recordEvery is how often judgements are recorded. Batches of samples always are.
const recordEvery = 2 * time.Second

// record keeps how far the run is, so that it is listed truly while it goes on and after
// it was killed, unless that was done less than every ago. Judgements are not recorded before
// all that was there is counted, or the run would be listed as if it had begun anew.
func (p *pipeline) record(ctx context.Context, every time.Duration) error {
	p.recording.Lock()
	defer p.recording.Unlock()
	if every > 0 && (p.recorded.IsZero() || time.Since(p.recorded) < every) {
		return nil
	}
	p.recorded = time.Now()
	return p.store.progress(ctx, p.plan.ID(), p.meter.now())
}

func (p *pipeline) run(ctx context.Context, units []*unit, o RunOptions) error {
	if o.GenerateOnly {
		// What is known counts; what is not waits for another run.
		known := func(v *verdict) { p.meter.judged(&verdict{samples: v.samples}) }
		return p.generateAll(ctx, units, newVerdicts(p.store, p.since, p.runner.JudgeTimeout, known))
	}
	vs := newVerdicts(p.store, p.since, p.runner.JudgeTimeout, func(v *verdict) {
		p.meter.judged(v)
		// A store that cannot be written to says so to whoever keeps something next.
		_ = p.record(ctx, recordEvery)
	})
	work, within := errgroup.WithContext(ctx)
	stop := context.AfterFunc(within, vs.stop)
	defer stop()

	cores := runtime.GOMAXPROCS(0)
	beside := p.runner.Judges
	if beside <= 0 {
		beside = max(1, cores/2)
	}
	p.meter.workers = max(cores, beside)
	generated := make(chan struct{})
	// A model that fails does not cost the judgements of what it made before.
	var failed error
	work.Go(func() error {
		defer close(generated)
		defer vs.close()
		failed = p.generateAll(within, units, vs)
		return within.Err()
	})
	for i := range max(cores, beside) {
		work.Go(func() error {
			if i >= beside {
				select {
				case <-generated:
				case <-within.Done():
					return within.Err()
				}
			}
			return vs.work(within)
		})
	}
	err := work.Wait()
	if failed != nil && ctx.Err() == nil && !errors.Is(failed, context.Canceled) {
		return errors.Join(failed, err)
	}
	return err
}

// generateAll submits what is kept, and then makes the rest and submits that. What a model
// answers ends nothing; what fails otherwise would fail for all that follows.
func (p *pipeline) generateAll(ctx context.Context, units []*unit, vs *verdicts) (err error) {
	var missing []*unit
	lost := &p.lost
	for _, u := range units {
		ok, err := p.recall(ctx, u)
		if err != nil {
			return err
		}
		if !ok {
			missing = append(missing, u)
			continue
		}
		lost.completed[u.model] = true
		// Counted before their verdicts are, which may be known.
		p.meter.generated(u.n, 0)
		if err := p.submit(ctx, u, vs); err != nil {
			return err
		}
	}
	if err := p.record(ctx, 0); err != nil {
		return err
	}
	maker := newProducer(p.session)
	defer func() { err = errors.Join(err, maker.close()) }()
	for _, u := range missing {
		if err := ctx.Err(); err != nil {
			return err
		}
		started := time.Now()
		err := maker.produce(ctx, u)
		if isLoss(err) && ctx.Err() == nil {
			if err := lost.add(u, err); err != nil {
				return err
			}
			continue
		}
		if err != nil {
			return err
		}
		lost.completed[u.model] = true
		p.meter.generated(u.n, time.Since(started))
		if err := p.submit(ctx, u, vs); err != nil {
			return err
		}
		if err := p.record(ctx, 0); err != nil {
			return err
		}
	}
	return nil
}

// submit asks for the verdicts of a unit's programs.
func (s *session) submit(ctx context.Context, u *unit, vs *verdicts) error {
	scenario := s.scenarioOf(u)
	for _, c := range u.generated.Completions {
		v, err := vs.want(ctx, s.suites[u.suite].Digest, scenario, scenario.Source(c.Text))
		if err != nil {
			return err
		}
		u.verdicts = append(u.verdicts, v)
	}
	return nil
}

// A meter counts what is done and estimates what is left.
type meter struct {
	mu       sync.Mutex
	progress Progress
	report   func(Progress)
	workers  int
	failed   int // of the judged samples, those without a judgement
	// Of this session alone: what was made, and how long it took.
	made, judgedNow         int
	generateTime, judgeTime time.Duration
}

func newMeter(wanted int, report func(Progress)) *meter {
	if report == nil {
		report = func(Progress) {}
	}
	return &meter{progress: Progress{Wanted: wanted}, report: report, workers: 1}
}

// now is how far the run is. What a judge failed on is not judged.
func (m *meter) now() Progress {
	m.mu.Lock()
	defer m.mu.Unlock()
	p := m.progress
	p.Judged -= m.failed
	return p
}

func (m *meter) generated(samples int, took time.Duration) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.progress.Generated += samples
	if took > 0 {
		m.made += samples
		m.generateTime += took
	}
	m.tell()
}

func (m *meter) judged(v *verdict) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.progress.Judged += v.samples
	if v.err != nil {
		m.failed += v.samples
	}
	if v.Seconds > 0 {
		m.judgedNow += v.samples
		m.judgeTime += time.Duration(v.Seconds * float64(time.Second))
	}
	m.tell()
}

// tell reports. Generation and judging go on side by side, so the longer one counts.
func (m *meter) tell() {
	p := &m.progress
	var generate, judge time.Duration
	if m.made > 0 {
		generate = m.generateTime / time.Duration(m.made) * time.Duration(p.Wanted-p.Generated)
	}
	if m.judgedNow > 0 {
		judge = m.judgeTime / time.Duration(m.judgedNow) * time.Duration(p.Wanted-p.Judged) / time.Duration(m.workers)
	}
	p.Left = max(generate, judge)
	m.report(*p)
}
