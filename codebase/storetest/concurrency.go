package storetest

import (
	"fmt"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/lang"
)

// testConcurrency has goroutines add, read and remove at once. Each owns its
// examples, but for one that all of them add.
func testConcurrency(t *testing.T, open func(t *testing.T) codebase.Store) {
	const workers, rounds = 8, 6
	store, shared := open(t), Example(lang.C, "int shared;\n")
	var group sync.WaitGroup
	for w := range workers {
		group.Go(func() {
			for r := range rounds {
				keep := Example(lang.Python, fmt.Sprintf("keep = %d, %d\n", w, r))
				drop := Example(lang.Python, fmt.Sprintf("drop = %d, %d\n", w, r))
				if _, err := store.Add(t.Context(), keep, drop, shared); err != nil {
					t.Errorf("Add: %v", err)
				}
				if got, err := store.Get(t.Context(), keep.ID); err != nil || !cmp.Equal(got, keep) {
					t.Errorf("Get after Add: %v", err)
				}
				if n, err := store.Remove(t.Context(), drop.ID); err != nil || n != 1 {
					t.Errorf("Remove: %d, %v", n, err)
				}
				for e, err := range store.Examples(t.Context(), codebase.Filter{Language: lang.C}) {
					if err != nil || !cmp.Equal(e, shared) {
						t.Errorf("Examples: %v", err)
					}
				}
			}
		})
	}
	group.Wait()
	if got := len(mustList(t, store, codebase.Filter{})); got != workers*rounds+1 {
		t.Errorf("the store has %d examples, want %d", got, workers*rounds+1)
	}
}
