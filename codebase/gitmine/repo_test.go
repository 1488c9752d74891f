package gitmine_test

import (
	"context"
	"strings"
	"testing"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/codebase/gitmine"
	"github.com/seccoder/seccoder/codebase/sqlite/sqlitetest"
	"github.com/seccoder/seccoder/internal/gittest"
)

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
func fixed(t *testing.T) (*gittest.Repo, string) {
	t.Helper()
	r := gittest.New(t)
	r.Write("LICENSE", mit)
	r.Commit("Add copy_name", "src/name.c", insecure)
	return r, r.Commit(fixMessage, "src/name.c", secure)
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
	store := sqlitetest.New(t)
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
