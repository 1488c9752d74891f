package cppcheck_test

import (
	"flag"
	"testing"

	"github.com/seccoder/seccoder/check/checktest"
	"github.com/seccoder/seccoder/check/cppcheck"
)

var update = flag.Bool("update", false, "write what is found into the golden file")

// The real tool finds the weaknesses of small files, and none in the repaired ones.
func TestGolden(t *testing.T) {
	checktest.Tool(t, "cppcheck")
	checktest.Golden(t, cppcheck.New(cppcheck.Options{}), "testdata", *update)
}
