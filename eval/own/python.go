package own

import (
	"context"
	"errors"

	"github.com/seccoder/seccoder/check/sandbox"
	"github.com/seccoder/seccoder/eval/pyenv"
)

// python runs Python programs.
type python struct {
	sandbox *sandbox.Sandbox
	env     pyenv.Env
}

func (python) compiler() string { return "python" }

func (l python) run(ctx context.Context, p program) (transcript, error) {
	if l.env.Python == "" {
		return transcript{}, errors.New("no Python environment was given; make one with pyenv.Ensure")
	}
	err := lay(p.dir, map[string]string{"program.py": p.source, "test.py": p.test, "harness.py": harnessFile("harness.py")})
	if err != nil {
		return transcript{}, err
	}
	return runCases(ctx, l.sandbox, p, sandbox.Command{
		Args: []string{l.env.Python, "/sandbox/harness.py"}, ReadOnly: l.env.ReadOnly, Env: []string{"PYTHONHASHSEED=0"},
	}, true)
}
