package sven_test

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/seccoder/seccoder/eval/sven"
)

var updateDocs = flag.Bool("update-docs", false, "write docs/oracles.md")

// docs/oracles.md shows the reasons and the accuracy as they are here; go test ./eval/sven -run
// TestDocs -update-docs writes them anew.
func TestDocs(t *testing.T) {
	const path = "../../docs/oracles.md"
	page, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	accuracy, err := os.ReadFile("testdata/accuracy.golden")
	if err != nil {
		t.Fatal(err)
	}
	var reasons strings.Builder
	for _, id := range sven.IDs() {
		reason := sven.Reason(id)
		if reason == "" {
			t.Errorf("%s has no reason", id)
		}
		fmt.Fprintf(&reasons, "### %s\n\n%s\n\n", id, strings.ReplaceAll(reason, "\n", "\n\n"))
	}
	want := between(t, page, "accuracy", string(accuracy))
	want = between(t, want, "reasons", strings.TrimSpace(reasons.String())+"\n")
	if bytes.Equal(want, page) {
		return
	}
	if *updateDocs {
		if err := os.WriteFile(path, want, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	t.Errorf("%s is not what the oracles say: go test ./eval/sven -run TestDocs -update-docs", path)
}

// between puts text between the page's marks.
func between(t *testing.T, page []byte, mark, text string) []byte {
	t.Helper()
	before, rest, ok := bytes.Cut(page, []byte("<!-- "+mark+" -->\n"))
	_, after, ended := bytes.Cut(rest, []byte("<!-- /"+mark+" -->"))
	if !ok || !ended {
		t.Fatalf("the page has no marks for %s", mark)
	}
	return []byte(string(before) + "<!-- " + mark + " -->\n" + text + "<!-- /" + mark + " -->" + string(after))
}
