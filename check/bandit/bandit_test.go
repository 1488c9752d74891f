package bandit_test

import (
	"flag"
	"testing"

	"github.com/seccoder/seccoder/check/bandit"
	"github.com/seccoder/seccoder/check/checktest"
)

var update = flag.Bool("update", false, "write what is found into the golden file")

// The real tool finds the weaknesses of small files, and none in the repaired ones.
func TestGolden(t *testing.T) {
	checktest.Tool(t, "bandit")
	checktest.Golden(t, bandit.New(bandit.Options{}), "testdata", *update)
}
