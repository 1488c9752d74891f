package nearest_test

import (
	"context"
	"fmt"
	"path/filepath"
	"sync"
	"testing"

	"github.com/seccoder/seccoder/lang"
	"github.com/seccoder/seccoder/retrieval/nearest"
)

// TestConcurrent searches while entries come and go and the index is saved, and opens
// what was saved. The entries that stay are found at any time.
func TestConcurrent(t *testing.T) {
	const dims = 64
	all := entries(dims, 2600)
	index := mustBuild(t, dims, all[:2000])
	path := filepath.Join(t.TempDir(), "index")
	stays, comes := all[:1000], all[1000:]
	changing, done := context.WithCancel(t.Context())
	var work sync.WaitGroup
	work.Go(func() {
		defer done()
		for i := range 90 {
			entry := comes[(7*i)%len(comes)]
			if i%3 == 0 {
				index.Remove(entry.ID)
			} else if err := index.Add(entry, comes[(11*i)%len(comes)]); err != nil {
				t.Error(err)
			}
		}
	})
	work.Go(func() {
		for i := 0; i < 2 || changing.Err() == nil && i < 20; i++ {
			index.SetStamp(fmt.Sprint(i))
			if err := index.Save(path); err != nil {
				t.Error(err)
				return
			}
			opened, err := nearest.Open(path, index.Kind())
			if err != nil || opened.Stamp() != fmt.Sprint(i) {
				t.Errorf("what was saved opens as %v", err)
				return
			}
		}
	})
	for searcher := range 3 {
		work.Go(func() {
			for i := 0; i < 40 || changing.Err() == nil; i++ {
				entry := stays[(13*i+searcher)%len(stays)]
				filter := nearest.Filter{Language: []lang.Language{"", entry.Language}[i%2]}
				hits, err := index.Search(context.Background(), entry.Vector, 1, filter)
				if err != nil || len(hits) != 1 || hits[0].Score < 0.999 {
					t.Errorf("an entry that stays was not found: %v, %v", hits, err)
					return
				}
			}
		})
	}
	work.Wait()
}
