package cli

import "testing"

func TestPlanName(t *testing.T) {
	for path, want := range map[string]string{
		"runs/table-1.toml": "table-1",
		"my plan.v2.toml":   "my-plan.v2",
		"..hidden.toml":     "hidden",
		"таблица.toml":      "run",
		"таблица-2.toml":    "2",
		".toml":             "run",
	} {
		if got := planName(path); got != want {
			t.Errorf("the plan of %s is called %q, want %q", path, got, want)
		}
	}
}
