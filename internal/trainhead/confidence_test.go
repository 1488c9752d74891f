package main

import (
	"bytes"
	"strings"
	"testing"
)

// TestConfidence embeds its texts once, which takes most of its time.
func TestConfidence(t *testing.T) {
	d := mustReadSome(t)
	embedder := mustEmbedder(t)
	printed, progress := mustMeasure(t, confidence, embedder, d)
	for _, row := range []string{
		"training functions, starter codebase  ",
		"training functions, SVEN's other repositories  ",
		"starter twins, the other starter examples  ",
		"training functions, starter codebase, without the weakness  ",
		"training functions, SVEN's other repositories, without the weakness  ",
		"starter twins, the other starter examples, without the weakness  ",
		"calibrated: σ(",
	} {
		if strings.Count(printed, "\n"+row) != 1 {
			t.Errorf("not one line of %q in:\n%s", row, printed)
		}
	}
	if want := "starter twins, without CWE-089: training a head on 8 pairs and 6 starter examples\n"; !strings.Contains(progress, want) {
		t.Errorf("no %q in:\n%s", want, progress)
	}
	if again, _ := mustMeasure(t, confidence, embedder, d); again != printed {
		t.Errorf("a second run printed\n%s\nthe first\n%s", again, printed)
	}
}

func TestAnswersPrint(t *testing.T) {
	var a answers
	a.known[twinsInStarter] = []answer{{0.95, true}, {0.7, true}, {0.5, false}, {}}
	a.absent[twinsInStarter] = []answer{{0.4, false}, {0.1, false}}
	var out bytes.Buffer
	if err := a.print(&out); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		setNames[functionsInSVEN]:                           "0 - - - - - - - -",
		setNames[twinsInStarter]:                            "4 75 67 75 67 50 100 25 100",
		setNames[twinsInStarter] + ", without the weakness": "2 50 - 0 - 0 - 0 -",
	} {
		_, row, _ := strings.Cut(out.String(), "\n"+name+"  ")
		row, _, _ = strings.Cut(row, "\n")
		if got := strings.Join(strings.Fields(row), " "); got != want {
			t.Errorf("the row of %s has %q, want %q", name, got, want)
		}
	}
}
