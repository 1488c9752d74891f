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

// scenarios are SVEN's, in its order.
var scenarios = []string{
	"cwe-022/0-py", "cwe-022/1-py", "cwe-022/2-py", "cwe-078/0-py", "cwe-078/1-py", "cwe-078/2-py",
	"cwe-079/0-py", "cwe-079/1-py", "cwe-089/0-py", "cwe-089/1-py", "cwe-089/2-py",
	"cwe-125/0-c", "cwe-125/1-c", "cwe-125/2-c", "cwe-190/0-c", "cwe-190/1-c", "cwe-190/2-c",
	"cwe-416/0-c", "cwe-416/1-c", "cwe-476/0-c", "cwe-476/2-c", "cwe-787/0-c", "cwe-787/1-c", "cwe-787/2-c",
}

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
	for _, id := range scenarios {
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
