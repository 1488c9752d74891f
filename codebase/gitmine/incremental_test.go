package gitmine_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/seccoder/seccoder/codebase/gitmine"
)

func TestIncremental(t *testing.T) {
	o, store := withStore(t)
	r, fix := fixed(t)
	if report, _ := mine(t, r.Dir, o); report.Commits != 2 || report.Examples != 1 {
		t.Fatalf("first run %+v", report)
	}
	if report, _ := mine(t, r.Dir, o); report.Commits != 0 || len(report.After) != 1 {
		t.Errorf("nothing new, but %+v", report)
	}
	again := o
	again.Again = true
	if report, _ := mine(t, r.Dir, again); report.Commits != 2 || report.Known != 1 || report.Examples != 0 {
		t.Errorf("again: %+v", report)
	}
	r.Commit("Add b", "b.py", "def run(name):\n    os.system('ls ' + name)\n")
	r.Commit("Fix command injection", "b.py", "def run(name):\n    if not name.isalnum():\n        raise ValueError(name)\n    os.system('ls ' + name)\n")
	report, examples := mine(t, r.Dir, o)
	if report.Commits != 2 || names(examples) != "run of b.py" {
		t.Errorf("new commits: %s, %+v", names(examples), report)
	}

	// A revert takes the example back, and its revert brings it in again.
	r.Git("revert", "--no-edit", fix)
	report, _ = mine(t, r.Dir, o)
	if len(report.Withdrawn) != 1 || report.Withdrawn[0].Commit != fix || len(stored(t, store)) != 1 {
		t.Errorf("%+v; %s", report.Withdrawn, names(stored(t, store)))
	}
	r.Git("revert", "--no-edit", "HEAD")
	if report, _ = mine(t, r.Dir, o); report.Examples != 1 || len(stored(t, store)) != 2 {
		t.Errorf("%+v; %s", report, names(stored(t, store)))
	}
	// So does code that is silently as it was.
	r.Commit("Speed up", "src/name.c", insecure)
	if report, _ = mine(t, r.Dir, o); len(report.Withdrawn) != 1 || !strings.Contains(report.Withdrawn[0].Why, "again as it was") {
		t.Errorf("%+v", report.Withdrawn)
	}

	// A rewritten history is looked at as far as it is new.
	r.Git("reset", "--quiet", "--hard", fix)
	r.Git("commit", "--quiet", "--amend", "--message", fixMessage+", reworded")
	r.Git("reflog", "expire", "--expire=now", "--all")
	r.Git("gc", "--quiet", "--prune=now")
	report, examples = mine(t, r.Dir, o)
	if report.Commits != 2 || len(report.After) != 0 || len(examples) != 1 {
		t.Errorf("rewritten: %+v", report)
	}
	// Other settings look at everything.
	more := o
	more.MinScore = 3
	if report, _ = mine(t, r.Dir, more); report.Commits != 2 {
		t.Errorf("other settings: %+v", report)
	}
}

func TestLimitAndSince(t *testing.T) {
	o, _ := withStore(t)
	r, _ := fixed(t)
	r.Commit("Add b", "b.py", "def run(name):\n    os.system('ls ' + name)\n")
	r.Commit("Fix command injection", "b.py", "def run(name):\n    if not name.isalnum():\n        raise ValueError(name)\n    os.system('ls ' + name)\n")
	limited := o
	limited.Limit = 1
	report, examples := mine(t, r.Dir, limited)
	if names(examples) != "run of b.py" || len(report.Notes) != 1 {
		t.Errorf("%s, %+v", names(examples), report.Notes)
	}
	if report, _ = mine(t, r.Dir, o); report.Examples != 1 || report.Known != 1 {
		t.Errorf("the rest: %+v", report)
	}
	late := gitmine.Options{Since: time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)}
	if report, _ = mine(t, r.Dir, late); report.Commits != 0 {
		t.Errorf("since 2030: %+v", report)
	}
}

func TestStopped(t *testing.T) {
	o, store := withStore(t)
	r, _ := fixed(t)
	ctx, cancel := context.WithCancel(t.Context())
	o.Progress = func(gitmine.Stage, int, int) { cancel() }
	if _, err := gitmine.Mine(ctx, r.Dir, o); !errors.Is(err, context.Canceled) {
		t.Errorf("stopped: %v", err)
	}
	o.Progress = nil
	if report, _ := mine(t, r.Dir, o); report.Examples != 1 || len(stored(t, store)) != 1 {
		t.Errorf("after it: %+v", report)
	}
}
