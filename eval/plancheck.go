package eval

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// NewPlan completes and checks a plan that comes from elsewhere than a file: zero values
// of Name, Context and Sampling stand for the defaults, of Overrides for what Sampling says, a
// negative Context for all that the model can attend to. The error joins all that is wrong.
func NewPlan(p Plan, known Known) (*Plan, error) {
	var errs []error
	wrong := func(format string, args ...any) { errs = append(errs, fmt.Errorf(format, args...)) }
	if p.Name == "" {
		p.Name = "run"
	}
	if !validName(p.Name) {
		wrong("%s", badName(p.Name))
	}
	if p.Context == 0 {
		p.Context = DefaultContext
	}
	p.Context = max(p.Context, 0)
	p.Models = append([]string{}, p.Models...)
	servers := p.Servers
	p.Servers = nil
	for _, s := range servers {
		s.Name = cmp.Or(s.Name, s.Model)
		if p.called(s.Name) {
			wrong("%s", nameTaken(s.Name))
		}
		p.Servers = append(p.Servers, s)
	}
	if len(p.Suites) == 0 || len(p.AllModels()) == 0 || len(p.Methods) == 0 {
		wrong("a run needs at least one suite, one model and one method")
	}
	for _, pattern := range p.Scenarios {
		if problem := selectionProblem(pattern); problem != "" {
			wrong("%s", problem)
		}
	}
	for _, pattern := range known.idle(p.Scenarios, p.Suites) {
		wrong("%q in %s: %w", pattern, strings.Join(p.Suites, ", "), ErrNoScenario)
	}
	errs = append(errs, each(p.Suites, known.Suite), each(p.Models, known.Model))
	for _, spec := range p.Suites {
		if name, dir, has := strings.Cut(spec, ":"); name == "sven" && has && p.Sven == "" {
			p.Sven = dir
		}
	}
	errs = append(errs, p.fill(defaultSampling()))
	p.Overrides = maps.Clone(p.Overrides)
	for _, suite := range slices.Sorted(maps.Keys(p.Overrides)) {
		s := p.Overrides[suite]
		if err := s.fill(p.Sampling); err != nil {
			wrong("suite %s: %w", suite, err)
		}
		p.Overrides[suite] = s
	}
	var methods []Method
	for _, m := range p.Methods {
		problems := m.problems(known)
		for _, key := range slices.Sorted(maps.Keys(problems)) {
			wrong("method %s: %s", m.Retriever, problems[key])
		}
		if strings.HasPrefix(m.Codebase, "sven:") && p.Sven == "" {
			wrong("method %s: codebase %q needs the folder of SVEN's data", m.Retriever, m.Codebase)
		}
		m.complete()
		if slices.ContainsFunc(methods, func(o Method) bool { return o.Name == m.Name }) {
			wrong("method %q is there twice", m.Name)
		}
		methods = append(methods, m)
	}
	p.Methods = methods
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	return &p, nil
}

// each joins the errors of a check.
func each(names []string, check func(string) error) error {
	var errs []error
	for i, name := range names {
		if slices.Contains(names[:i], name) {
			errs = append(errs, fmt.Errorf("%q is there twice", name))
		}
		if check != nil {
			errs = append(errs, check(name))
		}
	}
	return errors.Join(errs...)
}

// fill puts the defaults in place of zeros, and checks the rest. A temperature of 0 means
// something, so it is the caller's.
func (s *Sampling) fill(defaults Sampling) error {
	if s.N == 0 { // batches of the defaults are made for their N
		s.N, s.Batch = defaults.N, cmp.Or(s.Batch, defaults.Batch)
	}
	if s.TopP == 0 {
		s.TopP = defaults.TopP
	}
	if s.MaxTokens == 0 {
		s.MaxTokens = defaults.MaxTokens
	}
	if len(s.Seeds) == 0 {
		s.Seeds = defaults.Seeds
	}
	s.complete()
	var errs []error
	problems := s.problems()
	for _, key := range slices.Sorted(maps.Keys(problems)) {
		errs = append(errs, errors.New(problems[key]))
	}
	return errors.Join(errs...)
}
