package admission_test

import (
	"testing"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/codebase/admission"
)

// TestStarter has the cheap checks and the parsers look at the project's own examples.
func TestStarter(t *testing.T) {
	examples, err := codebase.Starter()
	if err != nil {
		t.Fatal(err)
	}
	verdicts, err := admission.New(admission.Options{}).JudgeAll(t.Context(), examples)
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range verdicts {
		if !v.Admitted {
			t.Errorf("%s: %q", v.Example.Source.Path, v.Reasons())
		}
	}
}
