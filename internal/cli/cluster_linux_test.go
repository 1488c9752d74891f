package cli_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/seccoder/seccoder/codebase/weaviate/weaviatetest"
)

// TestCluster moves a codebase into a cluster and back with the program, and works with it
// there.
func TestCluster(t *testing.T) {
	cluster := weaviatetest.Start(t, 1)
	home := t.TempDir()
	if err := os.WriteFile(filepath.Join(home, "codebase.db"), mustFillStore(t), 0o644); err != nil {
		t.Fatal(err)
	}
	env := environment(home, filepath.Join(home, "cache"))
	team := cluster.Address() + "/team?timeout=60s"
	var pushed struct {
		Complete bool
		Examples struct{ Seen, Moved int }
		Vectors  []struct{ Seen, Moved int }
	}
	do := func(args ...string) string {
		t.Helper()
		r := mustRun(t, env, args...)
		if r.code != 0 {
			t.Fatalf("seccoder %s: exit code %d\n%s", strings.Join(args, " "), r.code, r.errOut)
		}
		return r.out
	}
	if err := json.Unmarshal([]byte(do("base", "push", team, "--json")), &pushed); err != nil {
		t.Fatal(err)
	}
	if !pushed.Complete || pushed.Examples.Moved == 0 || len(pushed.Vectors) != 1 || pushed.Vectors[0].Moved != pushed.Examples.Moved {
		t.Errorf("pushed %+v", pushed)
	}
	local := do("base", "export")
	if there := do("base", "export", "--store", team); there != local {
		t.Error("the cluster has other examples than the file")
	}
	if err := json.Unmarshal([]byte(do("base", "push", team, "--json")), &pushed); err != nil || pushed.Examples.Moved != 0 || pushed.Vectors[0].Moved != 0 {
		t.Errorf("pushed again: %+v, %v", pushed, err)
	}
	// The one setting, by the environment.
	env = append(env, "SECCODER_STORE="+team)
	found := do("search", "--retriever", "bm25", "upload a file")
	if !strings.Contains(found, "CWE-434") {
		t.Errorf("search in the cluster found:\n%s", found)
	}
	if out := do("base", "verify"); strings.Contains(out, "rejected") {
		t.Errorf("base verify: %s", out)
	}
	back := filepath.Join(home, "back.db")
	do("base", "pull", team, "--store", back)
	if pulled := do("base", "export", "--store", back); pulled != local {
		t.Error("what was pulled is not what was pushed")
	}
}
