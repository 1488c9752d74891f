package madeup_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seccoder/seccoder/bench/madeup"
	"github.com/seccoder/seccoder/lang"
)

func TestExample(t *testing.T) {
	ids := map[string]bool{}
	for i := range 1000 {
		e := madeup.Example(i)
		if err := e.Validate(); err != nil {
			t.Fatalf("example %d: %v", i, err)
		}
		if diff := cmp.Diff(e, madeup.Example(i)); diff != "" {
			t.Fatalf("example %d is another one the second time:\n%s", i, diff)
		}
		if ids[e.ID] {
			t.Errorf("example %d is there twice", i)
		}
		ids[e.ID] = true
	}
}

// TestWords compares how the words of made-up code are spread with those of real code, as words.go
// has them.
func TestWords(t *testing.T) {
	const n = 10_000
	holding := map[string]int{} // by word: the examples that hold it
	distinct := make([][]string, n)
	words, different := 0, 0
	for i := range n {
		e := madeup.Example(i)
		all := lang.Words(e.Language, e.Code)
		words += len(all)
		slices.Sort(all)
		distinct[i] = slices.Compact(all)
		different += len(distinct[i])
		for _, word := range distinct[i] {
			holding[word]++
		}
	}
	within(t, "words of an example", float64(words)/n, 45, 55)
	within(t, "different ones", float64(different)/n, 23, 28)
	lists := make([]int, 0, len(holding))
	for _, count := range holding {
		lists = append(lists, count)
	}
	slices.Sort(lists)
	slices.Reverse(lists)
	within(t, "part that holds the commonest word", float64(lists[0])/n, 0.20, 0.28)
	within(t, "the 10th", float64(lists[9])/n, 0.11, 0.18)
	within(t, "the 100th", float64(lists[99])/n, 0.025, 0.040)
	within(t, "the 1,000th", float64(lists[999])/n, 0.002, 0.004)

	// What a query has to go through.
	sums := make([]float64, n)
	for i, all := range distinct {
		for _, word := range all {
			sums[i] += float64(holding[word]) / n
		}
	}
	slices.Sort(sums)
	within(t, "the lists of an example's words together", sums[n/2], 0.5, 1.1)
}

func within(t *testing.T, what string, got, low, high float64) {
	t.Helper()
	if got < low || got > high {
		t.Errorf("%s: %.4f, want %v to %v", what, got, low, high)
	}
}
