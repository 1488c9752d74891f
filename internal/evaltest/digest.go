package evaltest

import (
	"testing"

	"github.com/seccoder/seccoder/check/sandbox"
	"github.com/seccoder/seccoder/eval/pyenv"
)

// DigestKnowsTheTools fails the test where a suite's digest, under which judgements are
// kept, is not another with another Python, or with a sandbox to ask the compilers in.
func DigestKnowsTheTools(t *testing.T, digest func(*sandbox.Sandbox, pyenv.Env) string) {
	t.Helper()
	listed := digest(nil, pyenv.Env{})
	for name, env := range map[string]pyenv.Env{"interpreter": {Version: "3.13.1"}, "packages": {Packages: "other"}} {
		if other := digest(nil, env); other == listed {
			t.Errorf("with another Python (%s) the digest is the same", name)
		}
	}
	box := Sandbox(t)
	judged := digest(box, pyenv.Env{})
	if judged == listed || judged != digest(box, pyenv.Env{}) {
		t.Errorf("with a sandbox the digest is %s, without %s, expected another that stays the same", judged, listed)
	}
}
