package toolchain_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/seccoder/seccoder/check/sandbox"
	"github.com/seccoder/seccoder/eval/toolchain"
	"github.com/seccoder/seccoder/internal/evaltest"
)

func mustDigest(t *testing.T, box *sandbox.Sandbox, tools ...string) string {
	t.Helper()
	var b bytes.Buffer
	if err := toolchain.Digest(&b, box, tools...); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestDigest(t *testing.T) {
	box := evaltest.Sandbox(evaltest.Required(t))
	evaltest.Programs(t, "gcc")
	first := mustDigest(t, box, "gcc", "no-such-compiler")
	if !strings.Contains(first, "gcc") || strings.Contains(first, "gcc\x0027\x00missing") || !strings.Contains(first, "no-such-compiler\x0024\x00missing, exit status 127") {
		t.Errorf("digest %q, expected gcc's answer and that the other is missing", first)
	}
	if again := mustDigest(t, box, "gcc", "no-such-compiler"); again != first {
		t.Errorf("again %q, was %q", again, first)
	}
	// Another process is told the same.
	other, err := sandbox.New(t.Context(), sandbox.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if again := mustDigest(t, other, "gcc", "no-such-compiler"); again != first {
		t.Errorf("in another sandbox %q, was %q", again, first)
	}
}

// A suite that is only listed has a digest, too, and it is another.
func TestDigestWithoutASandbox(t *testing.T) {
	if a, b := mustDigest(t, nil, "gcc"), mustDigest(t, nil, "clang"); a == b || a == "" {
		t.Errorf("digests %q and %q", a, b)
	}
}
