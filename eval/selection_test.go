package eval_test

import (
	"testing"

	"github.com/seccoder/seccoder/eval"
)

func TestSelected(t *testing.T) {
	scenario := eval.Scenario{ID: "cwe-022/2-py", Split: eval.Validation}
	tests := map[string]struct {
		patterns []string
		want     bool
	}{
		"no patterns":         {nil, true},
		"its split":           {[]string{"validation"}, true},
		"the other split":     {[]string{"test"}, false},
		"its id":              {[]string{"cwe-022/2-py"}, true},
		"its folder":          {[]string{"cwe-022"}, true},
		"part of its folder":  {[]string{"cwe-02"}, false},
		"a pattern":           {[]string{"*/*-py"}, true},
		"a folder's pattern":  {[]string{"cwe-0?2"}, true},
		"another language":    {[]string{"*/*-c"}, false},
		"one of two":          {[]string{"cwe-078", "cwe-022/*"}, true},
		"a folder of another": {[]string{"2-py"}, false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := eval.Selected(test.patterns, scenario); got != test.want {
				t.Errorf("%q selects %s: %v, want %v", test.patterns, scenario.ID, got, test.want)
			}
		})
	}
}
