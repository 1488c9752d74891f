package seccoder_test

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/seccoder/seccoder"
	"github.com/seccoder/seccoder/retrieval"
)

// TestCloseLeavesNoWorker counts the processes that a Coder started.
func TestCloseLeavesNoWorker(t *testing.T) {
	before := len(mustChildren(t))
	coder := mustOpen(t, config(t, retrieval.NameDense))
	mustComplete(t, coder, python(findUser), seccoder.Options{MaxTokens: 5})
	if started := len(mustChildren(t)) - before; started != 2 {
		t.Errorf("%d workers run, want the generator's and the embedder's", started)
	}
	if err := coder.Close(); err != nil {
		t.Fatal(err)
	}
	if left := mustChildren(t); len(left) != before {
		t.Errorf("after Close there are the processes %v, %d more than before", left, len(left)-before)
	}
}

// TestFailedOpenLeavesNoWorker has one half of Open fail while the other starts a worker.
func TestFailedOpenLeavesNoWorker(t *testing.T) {
	c := config(t, retrieval.NameDense)
	c.Model = filepath.Join(t.TempDir(), "broken.gguf")
	if err := os.WriteFile(c.Model, []byte("GGUF and nothing more"), 0o600); err != nil {
		t.Fatal(err)
	}
	before := len(mustChildren(t))
	if _, err := seccoder.Open(t.Context(), c); err == nil {
		t.Fatal("a broken model file is no error")
	}
	if left := mustChildren(t); len(left) != before {
		t.Errorf("the processes %v are left, %d more than before", left, len(left)-before)
	}
}

// mustChildren lists the processes that this one started and that have not ended.
func mustChildren(t *testing.T) (pids []string) {
	t.Helper()
	files, err := filepath.Glob("/proc/[0-9]*/stat")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		stat, err := os.ReadFile(file)
		if err != nil {
			continue // it has ended
		}
		// The name in parentheses may hold anything; state and parent follow it.
		fields := strings.Fields(string(stat[strings.LastIndexByte(string(stat), ')')+1:]))
		if len(fields) > 1 && fields[1] == strconv.Itoa(os.Getpid()) {
			pids = append(pids, filepath.Base(filepath.Dir(file)))
		}
	}
	return pids
}
