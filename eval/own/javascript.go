package own

import (
	"context"

	"github.com/seccoder/seccoder/check/sandbox"
)

// javaScript runs programs with Node.
type javaScript struct {
	sandbox *sandbox.Sandbox
}

func (javaScript) compiler() string { return "node" }

func (l javaScript) run(ctx context.Context, p program) (transcript, error) {
	if err := installed("node", "Node.js 20 or newer"); err != nil {
		return transcript{}, err
	}
	err := lay(p.dir, map[string]string{"program.js": p.source, "test.js": p.test, "harness.js": harnessFile("harness.js")})
	if err != nil {
		return transcript{}, err
	}
	return runCases(ctx, l.sandbox, p, sandbox.Command{Args: []string{"node", "/sandbox/harness.js"}}, true)
}
