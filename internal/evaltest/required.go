package evaltest

import (
	"os"
	"testing"
)

// Required is t, or, where SECCODER_TEST_REQUIRE is 1, a test for which there is no reason
// to be skipped: it fails.
func Required(t testing.TB) testing.TB {
	if os.Getenv("SECCODER_TEST_REQUIRE") == "1" {
		return required{t}
	}
	return t
}

type required struct{ testing.TB }

func (r required) Skip(args ...any) {
	r.Helper()
	r.Fatal(args...)
}

func (r required) Skipf(format string, args ...any) {
	r.Helper()
	r.Fatalf(format, args...)
}

func (r required) SkipNow() {
	r.FailNow()
}
