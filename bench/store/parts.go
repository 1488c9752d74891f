package main

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/seccoder/seccoder/bench/madeup"
	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/codebase/sqlite"
	"github.com/seccoder/seccoder/lang"
)

// A part is what is measured in one process.
type part struct {
	name string
	run  func(ctx context.Context, store *sqlite.Store, n int) error
}

var steps = []part{{"add", add}, {"open", open}, {"get", get}, {"filter", filter}, {"read", read}}

// batch is how many examples are added at once, as base import does.
const batch = 500

// add fills the store, and prints the rate of each tenth.
func add(ctx context.Context, store *sqlite.Store, n int) error {
	begin := time.Now()
	last := begin
	for from := 0; from < n; from += batch {
		examples := make([]codebase.Example, min(batch, n-from))
		for i := range examples {
			examples[i] = madeup.Example(from + i)
		}
		if _, err := store.Add(ctx, examples...); err != nil {
			return err
		}
		if done := from + len(examples); done%(max(n/10, batch)) < batch {
			fmt.Printf("add      %d: %.0f/s of the last tenth\n", done, float64(n/10)/time.Since(last).Seconds())
			last = time.Now()
		}
	}
	took := time.Since(begin)
	fmt.Printf("add      %d in %s: %.0f/s, with making them up\n", n, took.Round(time.Second), float64(n)/took.Seconds())
	return nil
}

// open does nothing more than to open the store.
func open(context.Context, *sqlite.Store, int) error { return nil }

// get finds examples by the beginning of their ids.
func get(ctx context.Context, store *sqlite.Store, n int) error {
	var times []time.Duration
	for i := range 1000 {
		e := madeup.Example(i * (n / 1000))
		begin := time.Now()
		if got, err := store.Get(ctx, e.ID[:16]); err != nil || got.ID != e.ID {
			return fmt.Errorf("get %s: %s, %w", e.ID, got.ID, err)
		}
		times = append(times, time.Since(begin))
	}
	slices.Sort(times)
	fmt.Printf("get      by the beginning of an id: median %s, 99 of 100 within %s\n", times[500].Round(time.Microsecond), times[990].Round(time.Microsecond))
	return nil
}

// filter searches by metadata, and reads all that is found.
func filter(ctx context.Context, store *sqlite.Store, _ int) error {
	last := madeup.Day(madeup.Days - 1)
	for _, search := range []struct {
		name string
		f    codebase.Filter
	}{
		{"a CWE", codebase.Filter{CWE: 502}},
		{"a CWE and a language", codebase.Filter{CWE: 502, Language: lang.Go}},
		{"a rare CWE", codebase.Filter{CWE: madeup.RareCWE}},
		{"the last day", codebase.Filter{Since: last}},
		{"a kind of source", codebase.Filter{SourceKind: "proposal"}},
		{"CWE, language, source and day", codebase.Filter{CWE: 89, Language: lang.Python, SourceKind: "git", Since: last}},
	} {
		var times, firsts []time.Duration
		found := 0
		for range 5 {
			begin, first := time.Now(), time.Duration(0)
			found = 0
			for _, err := range store.Examples(ctx, search.f) {
				if err != nil {
					return err
				}
				if found++; found == 1 {
					first = time.Since(begin)
				}
			}
			times, firsts = append(times, time.Since(begin)), append(firsts, first)
		}
		slices.Sort(times)
		slices.Sort(firsts)
		fmt.Printf("filter   %s: %d found, the first after %s, all after %s (medians of 5)\n", search.name, found, firsts[2].Round(10*time.Microsecond), times[2].Round(10*time.Microsecond))
	}
	return nil
}

// read reads all, as a retriever does that makes its index.
func read(ctx context.Context, store *sqlite.Store, n int) error {
	begin, found := time.Now(), 0
	for _, err := range store.Examples(ctx, codebase.Filter{}) {
		if err != nil {
			return err
		}
		found++
	}
	if found != n {
		return fmt.Errorf("%d examples of %d", found, n)
	}
	fmt.Printf("read     all in %s\n", time.Since(begin).Round(10*time.Millisecond))
	return nil
}
