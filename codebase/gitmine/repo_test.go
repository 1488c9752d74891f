package gitmine_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/seccoder/seccoder/check/checktest"
	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/codebase/gitmine"
	"github.com/seccoder/seccoder/codebase/sqlite"
)

// A testRepo is a repository that a test builds with git.
type testRepo struct {
	t    *testing.T
	dir  string
	when int
}

func newRepo(t *testing.T) *testRepo {
	t.Helper()
	checktest.Tool(t, "git")
	r := &testRepo{t: t, dir: t.TempDir()}
	r.git("init", "--quiet", "--initial-branch=main")
	return r
}

// git runs git as the owner of the repository would, at a fixed date.
func (r *testRepo) git(args ...string) string {
	r.t.Helper()
	r.when++
	date := fmt.Sprintf("2024-01-01T00:00:00 +%04d", 0)
	date = strings.Replace(date, "00:00:00", fmt.Sprintf("%02d:%02d:00", r.when/60%24, r.when%60), 1)
	cmd := exec.Command("git", append([]string{"-C", r.dir}, args...)...)
	cmd.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_NOSYSTEM=1",
		"GIT_AUTHOR_NAME=A", "GIT_AUTHOR_EMAIL=a@example.com", "GIT_COMMITTER_NAME=C", "GIT_COMMITTER_EMAIL=c@example.com",
		"GIT_AUTHOR_DATE="+date, "GIT_COMMITTER_DATE="+date)
	out, err := cmd.CombinedOutput()
	if err != nil {
		r.t.Fatalf("git %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return strings.TrimSpace(string(out))
}

func (r *testRepo) write(path, content string) {
	r.t.Helper()
	full := filepath.Join(r.dir, path)
	if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
		r.t.Fatal(err)
	}
	if err := os.WriteFile(full, []byte(content), 0o644); err != nil {
		r.t.Fatal(err)
	}
}

// commit writes a file and commits everything; it returns the commit's id.
func (r *testRepo) commit(message, path, content string) string {
	r.t.Helper()
	r.write(path, content)
	r.git("add", "--all")
	r.git("commit", "--quiet", "--message", message)
	return r.git("rev-parse", "HEAD")
}

// insecure and secure are a function before its fix and after it.
const (
	insecure = `#include <string.h>

int other(int x)
{
    return x + 1;
}

int copy_name(char *to, const char *name)
{
    strcpy(to, name);
    return 0;
}
`
	secure = `#include <string.h>

int other(int x)
{
    return x + 1;
}

int copy_name(char *to, const char *name)
{
    if (strlen(name) >= 16)
        return -1;
    strcpy(to, name);
    return 0;
}
`
	fixMessage = "Fix buffer overflow in copy_name (CVE-2024-12345)"
)

// fixed makes a repository with a fix, and returns the fix's id.
func fixed(t *testing.T) (*testRepo, string) {
	t.Helper()
	r := newRepo(t)
	r.write("LICENSE", mit)
	r.commit("Add copy_name", "src/name.c", insecure)
	return r, r.commit(fixMessage, "src/name.c", secure)
}

const mit = `MIT License

Copyright (c) 2024 A

Permission is hereby granted, free of charge, to any person obtaining a copy
of this software and associated documentation files (the "Software"), to deal
in the Software without restriction, including without limitation the rights.

The above copyright notice and this permission notice shall be included in all
copies or substantial portions of the Software.
`

// mine looks through a repository and returns the examples, too.
func mine(t *testing.T, dir string, o gitmine.Options) (gitmine.Report, []codebase.Example) {
	t.Helper()
	var examples []codebase.Example
	keep := o.Keep
	o.Keep = func(ctx context.Context, e codebase.Example) (gitmine.Kept, error) {
		examples = append(examples, e)
		if keep != nil {
			return keep(ctx, e)
		}
		return gitmine.Kept{}, nil
	}
	o.By = "tester"
	report, err := gitmine.Mine(t.Context(), dir, o)
	if err != nil {
		t.Fatal(err)
	}
	for i := range examples {
		if err := examples[i].Validate(); err != nil {
			t.Error(err)
		}
	}
	return report, examples
}

// candidate is the one of a commit.
func candidate(t *testing.T, report gitmine.Report, commit string) gitmine.Candidate {
	t.Helper()
	for _, c := range report.Candidates {
		if c.Commit == commit {
			return c
		}
	}
	t.Fatalf("commit %s is no candidate: %+v", commit, report.Candidates)
	return gitmine.Candidate{}
}

// names are the names of the functions of examples.
func names(examples []codebase.Example) string {
	var all []string
	for _, e := range examples {
		all = append(all, e.Title)
	}
	return strings.Join(all, ", ")
}

// withStore are options that keep in a store.
func withStore(t *testing.T) (gitmine.Options, codebase.Store) {
	t.Helper()
	store, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "codebase.db"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	return gitmine.Options{
		State: store,
		Keep: func(ctx context.Context, e codebase.Example) (gitmine.Kept, error) {
			added, err := store.Add(ctx, e)
			return gitmine.Kept{Known: added == 0}, err
		},
		Earlier: func(ctx context.Context, repository string) ([]codebase.Example, error) {
			return stored(t, store), nil
		},
		Withdraw: func(ctx context.Context, examples ...codebase.Example) error {
			for _, e := range examples {
				if _, err := store.Remove(ctx, e.ID); err != nil {
					return err
				}
			}
			return nil
		},
	}, store
}

func stored(t *testing.T, store codebase.Store) []codebase.Example {
	t.Helper()
	var all []codebase.Example
	for e, err := range store.Examples(t.Context(), codebase.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, e)
	}
	return all
}

// tryGit is git where it may fail.
func (r *testRepo) tryGit(args ...string) error {
	cmd := exec.Command("git", append([]string{"-C", r.dir, "-c", "user.name=C", "-c", "user.email=c@example.com"}, args...)...)
	cmd.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_NOSYSTEM=1", "GIT_EDITOR=true")
	return cmd.Run()
}
