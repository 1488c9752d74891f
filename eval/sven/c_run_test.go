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
	head := "#include <signal.h>\n#include <time.h>\n#include <unistd.h>\n" +
		"static void compute(double seconds) { while (clock() < seconds * CLOCKS_PER_SEC) { } }\n"
	tests := []struct {
		name, source string
		late         bool
	}{
		{"at once", "int main(void) { return 0; }", false},
		{"sleeps", head + "int main(void) { sleep(1000); return 0; }", true},
		{"sleeps a little, often", head + "int main(void) { for (;;) usleep(1000); }", true},
		{"computes", head + "int main(void) { compute(1000); return 0; }", true},
		// Stopped for two seconds, as one that gets no processor: it neither computes nor sleeps.
		{"waits", head + "int main(void) { if (fork() == 0) { kill(getppid(), SIGSTOP); sleep(2); kill(getppid(), SIGCONT); return 0; } compute(0.05); return 0; }", false},
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
