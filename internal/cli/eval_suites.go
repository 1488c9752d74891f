package cli

import (
	"context"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/seccoder/seccoder/check"
	"github.com/seccoder/seccoder/check/builtin"
	"github.com/seccoder/seccoder/check/sandbox"
	"github.com/seccoder/seccoder/eval"
	"github.com/seccoder/seccoder/eval/codeguard"
	"github.com/seccoder/seccoder/eval/cweval"
	"github.com/seccoder/seccoder/eval/humaneval"
	"github.com/seccoder/seccoder/eval/own"
	"github.com/seccoder/seccoder/eval/pyenv"
	"github.com/seccoder/seccoder/eval/securityeval"
	"github.com/seccoder/seccoder/eval/sven"
	"github.com/seccoder/seccoder/model"
)

// Oracles are what the suites' judges look at programs with. They are made once, when the
// first suite is loaded.
type oracles struct {
	sandbox *sandbox.Sandbox
	python  pyenv.Env
	// cacheDir is the folder for the oracles' own caches.
	cacheDir string
	// checkers look at programs without running them.
	checkers []check.Checker
	// benchmarks makes the environment of other people's benchmarks.
	benchmarks func(context.Context) (pyenv.Env, error)
	// warn tells the user of what a suite has to leave out here.
	warn func(message string)
}

// A suiteLoader makes a suite. dir is empty where the user named none.
type suiteLoader struct {
	// needsDir says what the folder is, for suites that have one.
	needsDir string
	// optionalDir: without a folder the suite that comes with the program is taken.
	optionalDir bool
	// needsOracles: what can be judged here decides which scenarios there are.
	needsOracles bool
	load         func(ctx context.Context, dir string, o oracles) (eval.Suite, error)
}

// suiteLoaders are the suites that --suite and run files can name.
var suiteLoaders = map[string]suiteLoader{
	"codeguard": {
		needsDir: "a checkout of CodeGuard+",
		load: func(ctx context.Context, dir string, o oracles) (eval.Suite, error) {
			if err := codeguard.Check(dir); err != nil { // before much is installed for it
				return eval.Suite{}, err
			}
			env, err := o.benchmarks(ctx)
			if err != nil {
				return eval.Suite{}, err
			}
			return codeguard.Load(ctx, dir, codeguard.Options{Sandbox: o.sandbox, Python: env, Checkers: o.checkers, Note: o.warn})
		},
	},
	"cweval": {
		needsDir: "a checkout of CWEval", needsOracles: true,
		load: func(ctx context.Context, dir string, o oracles) (eval.Suite, error) {
			if err := cweval.Check(dir); err != nil { // before much is installed for it
				return eval.Suite{}, err
			}
			env, err := o.benchmarks(ctx)
			if err != nil {
				return eval.Suite{}, err
			}
			return cweval.Load(ctx, dir, cweval.Options{Sandbox: o.sandbox, Python: env, CacheDir: o.cacheDir, Note: o.warn})
		},
	},
	"humaneval": {
		needsDir: "a checkout of SVEN's repository or a folder of HumanEval_*.yaml",
		load: func(_ context.Context, dir string, o oracles) (eval.Suite, error) {
			return humaneval.Load(dir, humaneval.Options{Sandbox: o.sandbox, Python: o.python})
		},
	},
	"own": {
		needsDir: "a folder of scenarios in the form of suites/", optionalDir: true,
		load: func(_ context.Context, dir string, o oracles) (eval.Suite, error) {
			oracles := own.Oracles{Sandbox: o.sandbox, Python: o.python, CacheDir: o.cacheDir}
			if dir == "" {
				return own.Load(oracles)
			}
			return own.LoadDir(dir, oracles)
		},
	},
	"securityeval": {
		needsDir: "a checkout of SecurityEval",
		load: func(ctx context.Context, dir string, o oracles) (eval.Suite, error) {
			return securityeval.Load(ctx, dir, securityeval.Options{Sandbox: o.sandbox, Python: o.python, Checkers: o.checkers, Note: o.warn})
		},
	},
	"sven": {
		needsDir: "a checkout of SVEN's repository or a folder of its scenarios",
		load: func(_ context.Context, dir string, o oracles) (eval.Suite, error) {
			return sven.Load(dir, sven.Oracles{Sandbox: o.sandbox, Python: o.python})
		},
	},
}

// suiteNames lists the suites for people.
func suiteNames() string {
	var names []string
	for _, name := range slices.Sorted(maps.Keys(suiteLoaders)) {
		switch loader := suiteLoaders[name]; {
		case loader.optionalDir:
			name += ", " + name + ":DIR"
		case loader.needsDir != "":
			name += ":DIR"
		}
		names = append(names, name)
	}
	return strings.Join(names, ", ")
}

// checkSuite finds mistakes in a suite's name before anything is loaded.
func checkSuite(spec string) error {
	name, dir, _ := strings.Cut(spec, ":")
	loader, ok := suiteLoaders[name]
	switch {
	case !ok:
		return fmt.Errorf("unknown suite %q (known: %s)", spec, suiteNames())
	case dir == "" && loader.needsDir != "" && !loader.optionalDir:
		return fmt.Errorf("suite %q needs a folder: %s:DIR, where DIR is %s", spec, name, loader.needsDir)
	case dir != "" && loader.needsDir == "":
		return fmt.Errorf("suite %q: %s takes no folder", spec, name)
	case dir != "" && !isFolder(dir):
		return fmt.Errorf("suite %q: there is no folder %s; it should be %s", spec, dir, loader.needsDir)
	}
	return nil
}

// suites loads suites, with one set of oracles for all.
type suites struct {
	app *app
	// unjudged leaves the oracles without what they look at programs with, where a suite can
	// be loaded so.
	unjudged bool

	once sync.Once
	made oracles
	err  error
}

// load loads a suite by its name in a run file, and warns of scenarios that it should have.
func (s *suites) load(ctx context.Context, spec string) (eval.Suite, error) {
	suite, err := s.loadWhole(ctx, spec)
	if err != nil {
		return eval.Suite{}, err
	}
	if missing, of := missingScenarios(suite); len(missing) > 0 {
		s.app.warn("suite %s lacks %d of its %d scenarios, so its means are not those of the whole suite: %s",
			visible(spec), len(missing), of, strings.Join(missing, ", "))
	}
	return suite, nil
}

func (s *suites) loadWhole(ctx context.Context, spec string) (eval.Suite, error) {
	if err := checkSuite(spec); err != nil {
		return eval.Suite{}, usageError{err}
	}
	name, dir, _ := strings.Cut(spec, ":")
	loader := suiteLoaders[name]
	if s.unjudged && !loader.needsOracles {
		suite, err := loader.load(ctx, dir, noOracles)
		suite.Content = suite.Digest
		return suite, err
	}
	s.once.Do(func() { s.made, s.err = s.app.makeOracles(ctx) })
	if s.err != nil {
		return eval.Suite{}, s.err
	}
	suite, err := loader.load(ctx, dir, s.made)
	if err != nil || loader.needsOracles {
		return suite, err
	}
	alone, err := loader.load(ctx, dir, noOracles)
	suite.Content = alone.Digest
	return suite, err
}

// readScenarios lists a suite's scenarios where that takes no oracles.
func readScenarios(ctx context.Context, spec string) ([]eval.Scenario, error) {
	if err := checkSuite(spec); err != nil {
		return nil, err
	}
	name, dir, _ := strings.Cut(spec, ":")
	loader := suiteLoaders[name]
	if loader.needsOracles {
		return nil, fmt.Errorf("suite %q can be read only where it is judged", spec)
	}
	suite, err := loader.load(ctx, dir, noOracles)
	return suite.Scenarios, err
}

// noOracles load suites that are read and not judged.
var noOracles = oracles{
	benchmarks: func(context.Context) (pyenv.Env, error) { return pyenv.Env{}, nil },
	warn:       func(string) {},
}

func (a *app) makeOracles(ctx context.Context) (oracles, error) {
	cacheDir := a.settings.cacheDir
	if cacheDir == "" {
		var err error
		if cacheDir, err = model.DefaultDir(); err != nil {
			return oracles{}, err
		}
	}
	box, err := sandbox.New(ctx, sandbox.Options{})
	if err != nil {
		return oracles{}, err
	}
	python, err := pyenv.Ensure(ctx, cacheDir, pyenv.Options{OnInstall: func() { a.note("installing Flask and its companions for the oracles …") }})
	if err != nil {
		return oracles{}, err
	}
	return oracles{
		sandbox: box, python: python, cacheDir: filepath.Join(cacheDir, "eval"), checkers: builtin.Checkers(),
		benchmarks: func(ctx context.Context) (pyenv.Env, error) {
			return pyenv.Ensure(ctx, cacheDir, pyenv.Options{Requirements: pyenv.Benchmarks, OnInstall: func() {
				a.note("installing what the benchmarks' tests import (some 230 MB, once) …")
			}})
		},
		warn: func(message string) { a.warn("%s", message) },
	}, nil
}
