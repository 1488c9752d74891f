package cli

import (
	"strings"
	"testing"

	"github.com/seccoder/seccoder/eval"
)

// Results of before are called so, and no others.
func TestReportTellsOfOlderResults(t *testing.T) {
	whole, part := eval.RunInfo{ID: "x-1", Wanted: 4, Done: 4}, eval.RunInfo{ID: "x-1", Wanted: 4, Done: 2}
	for _, test := range []struct {
		name     string
		run      eval.RunInfo
		complete bool
		warns    bool
	}{
		{"complete", whole, true, false},
		{"begun again", whole, false, true},
		{"never complete", part, false, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			var told strings.Builder
			a := &app{err: &told, colour: "never"}
			a.warnOfOlder(test.run, test.complete)
			if got := strings.Contains(told.String(), "warning: run x-1 was begun again"); got != test.warns || !test.warns && told.Len() > 0 {
				t.Errorf("said %q", told.String())
			}
		})
	}
}
