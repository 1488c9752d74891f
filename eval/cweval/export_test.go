package cweval

import (
	"testing"
	"time"
)

// LimitTests gives test files so long, for as long as t runs. No other test may run then.
func LimitTests(t *testing.T, wall time.Duration) {
	t.Helper()
	before := testLimits.Wall
	t.Cleanup(func() { testLimits.Wall = before })
	testLimits.Wall = wall
}
