package sven

import (
	"os/exec"
	"testing"

	"github.com/seccoder/seccoder/internal/evaltest"
)

// TestCaseTime runs programs that need long, each in its way.
func TestCaseTime(t *testing.T) {
	if _, err := exec.LookPath("gcc"); err != nil {
		t.Skip("no gcc on this machine")
	}
	box := evaltest.Sandbox(t)
	tools, err := buildTools(t.Context(), box)
	if err != nil {
		t.Fatal(err)
	}
	head := "#include <time.h>\n#include <unistd.h>\n" +
		"static void compute(double seconds) { while (clock() < seconds * CLOCKS_PER_SEC) { } }\n"
	tests := []struct {
		name, source string
		late         bool
	}{
		{"at once", "int main(void) { return 0; }", false},
		{"sleeps", head + "int main(void) { sleep(1000); return 0; }", true},
		{"sleeps a little, often", head + "int main(void) { for (;;) usleep(1000); }", true},
		{"computes", head + "int main(void) { compute(1000); return 0; }", true},
		// Ten others compute beside it, so that on two processors its half second takes almost three by the clock.
		{"waits for a processor", head + "int main(void) { for (int i = 0; i < 10; i++) if (fork() == 0) compute(1000); compute(0.5); return 0; }", false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			report, err := tools.try(t.Context(), box, test.source, nil, []cCase{{Name: test.name}})
			if err != nil {
				t.Fatal(err)
			}
			if len(report.Runs) != 1 {
				t.Fatalf("%d runs, want 1: %+v", len(report.Runs), report)
			}
			if r := report.Runs[0]; r.Timeout != test.late {
				t.Errorf("timeout %v, want %v: %+v", r.Timeout, test.late, r)
			}
		})
	}
}
