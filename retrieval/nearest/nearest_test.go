package nearest_test

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"iter"
	"math"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"testing"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/internal/clustered"
	"github.com/seccoder/seccoder/lang"
	"github.com/seccoder/seccoder/retrieval/nearest"
)

func kind(dims int) nearest.Kind { return nearest.Kind{Embedder: "test", Dims: dims} }

var languages = []lang.Language{lang.Python, lang.C, lang.CPP, lang.JavaScript}

// entries makes n entries, in the order of their ids.
func entries(dims, n int) []nearest.Entry {
	source, random := clustered.New(dims, 1), rand.New(rand.NewPCG(2, 3))
	all := make([]nearest.Entry, n)
	for i := range all {
		all[i] = nearest.Entry{
			ID: sha256.Sum256(binary.LittleEndian.AppendUint32(nil, uint32(i))), Language: languages[random.IntN(len(languages))],
			Vector: source.Next(),
		}
		for _, cwe := range []codebase.CWE{22, 79, 89} {
			if random.IntN(4) == 0 {
				all[i].CWEs = append(all[i].CWEs, cwe)
			}
		}
	}
	slices.SortFunc(all, func(a, b nearest.Entry) int { return bytes.Compare(a.ID[:], b.ID[:]) })
	return all
}

func each(all []nearest.Entry) iter.Seq2[nearest.Entry, error] {
	return func(yield func(nearest.Entry, error) bool) {
		for _, entry := range all {
			if !yield(entry, nil) {
				return
			}
		}
	}
}

func mustBuild(t testing.TB, dims int, all []nearest.Entry) *nearest.Index {
	t.Helper()
	index, err := nearest.Build(kind(dims), each(all), len(all))
	if err != nil {
		t.Fatal(err)
	}
	return index
}

func mustSearch(t testing.TB, index *nearest.Index, vector []float32, k int, filter nearest.Filter) []nearest.Hit {
	t.Helper()
	hits, err := index.Search(context.Background(), vector, k, filter)
	if err != nil {
		t.Fatal(err)
	}
	return hits
}

// mustReopen saves an index and opens it from the file.
func mustReopen(t testing.TB, index *nearest.Index) *nearest.Index {
	t.Helper()
	path := filepath.Join(t.TempDir(), "index")
	if err := index.Save(path); err != nil {
		t.Fatal(err)
	}
	opened, err := nearest.Open(path, index.Kind())
	if err != nil {
		t.Fatal(err)
	}
	return opened
}

// brute is the exact answer.
func brute(all []nearest.Entry, vector []float32, k int, filter nearest.Filter) []nearest.Hit {
	var hits []nearest.Hit
	for _, entry := range all {
		if filter.Language != "" && !filter.Language.Compatible(entry.Language) ||
			filter.CWE != 0 && !slices.Contains(entry.CWEs, filter.CWE) {
			continue
		}
		sum := 0.0
		for i, v := range entry.Vector {
			sum += float64(v) * float64(vector[i])
		}
		hits = append(hits, nearest.Hit{ID: entry.ID, Score: sum})
	}
	slices.SortFunc(hits, func(a, b nearest.Hit) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), bytes.Compare(a.ID[:], b.ID[:]))
	})
	return hits[:min(k, len(hits))]
}

// agree compares an answer with the exact one. It returns how many of the exact one's
// hits were found; one that is as good as its last, within rounding, counts as one of them.
func agree(t testing.TB, got, want []nearest.Hit, exact map[nearest.ID]float64) int {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%d hits, want %d", len(got), len(want))
	}
	found := 0
	for i, hit := range got {
		score, known := exact[hit.ID]
		if !known {
			t.Fatalf("hit %d is none that the filter lets through", i)
		}
		if math.Abs(hit.Score-score) > 2e-4 {
			t.Errorf("hit %d has the score %v, its cosine is %v", i, hit.Score, score)
		}
		if i > 0 && hit.Score > got[i-1].Score {
			t.Errorf("hit %d is better than the one before", i)
		}
		if score >= want[len(want)-1].Score-1e-4 {
			found++
		}
	}
	return found
}

// TestSearch compares with brute force: over dimensions, numbers of vectors and filters,
// in memory and in a file.
func TestSearch(t *testing.T) {
	filters := []nearest.Filter{{}, {Language: lang.Python}, {Language: lang.CPP}, {CWE: 89}, {Language: lang.CPP, CWE: 22}, {CWE: 7}, {Language: lang.Go}}
	for _, test := range []struct {
		dims, n int
		recall  float64
	}{{1, 50, 1}, {2, 300, 1}, {3, 1000, 1}, {64, 0, 1}, {64, 1, 1}, {100, 3000, 0.99}, {384, 1024, 1}, {384, 5000, 0.99}, {1000, 70, 1}} {
		t.Run(fmt.Sprintf("dims=%d/n=%d", test.dims, test.n), func(t *testing.T) {
			all := entries(test.dims, test.n)
			built := mustBuild(t, test.dims, all)
			opened := mustReopen(t, built)
			queries := clustered.New(test.dims, 1)
			found, wanted := 0, 0
			for _, filter := range filters {
				for range 4 {
					vector := queries.Next()
					full := brute(all, vector, test.n, filter)
					exact := make(map[nearest.ID]float64)
					for _, hit := range full {
						exact[hit.ID] = hit.Score
					}
					want := full[:min(10, len(full))]
					got := mustSearch(t, built, vector, 10, filter)
					found += agree(t, got, want, exact)
					wanted += len(want)
					if again := mustSearch(t, opened, vector, 10, filter); !slices.Equal(got, again) {
						t.Errorf("the index from a file finds %v, the one in memory %v", again, got)
					}
				}
			}
			if recall := float64(found) / float64(max(wanted, 1)); wanted > 0 && recall < test.recall {
				t.Errorf("recall %.3f, want %v", recall, test.recall)
			}
		})
	}
}

// TestChanges adds and removes at random, and compares with what a map holds.
func TestChanges(t *testing.T) {
	const dims = 32
	pool := entries(dims, 3000)
	random := rand.New(rand.NewPCG(4, 5))
	index := mustBuild(t, dims, pool[:1000])
	held := make(map[nearest.ID]nearest.Entry)
	for _, entry := range pool[:1000] {
		held[entry.ID] = entry
	}
	for step := range 60 {
		switch batch := random.IntN(40); {
		case step%20 == 19:
			index.SetStamp(fmt.Sprint(step))
			if index = mustReopen(t, index); index.Stamp() != fmt.Sprint(step) {
				t.Errorf("the stamp is %q after opening", index.Stamp())
			}
		case random.IntN(2) == 0:
			var some []nearest.Entry
			for range batch {
				entry := pool[random.IntN(len(pool))]
				entry.Vector = pool[random.IntN(len(pool))].Vector // an id that is there gets another vector
				some = append(some, entry)
				held[entry.ID] = entry
			}
			if err := index.Add(some...); err != nil {
				t.Fatal(err)
			}
		default:
			var ids []nearest.ID
			want := 0
			for range batch {
				id := pool[random.IntN(len(pool))].ID
				if _, there := held[id]; there {
					want++
				}
				delete(held, id)
				ids = append(ids, id)
			}
			if removed := index.Remove(ids...); removed != want {
				t.Fatalf("step %d: %d removed, want %d", step, removed, want)
			}
		}
		var all []nearest.Entry
		for entry := range index.Entries() {
			want := held[entry.ID]
			if entry.Language != want.Language || !slices.Equal(entry.CWEs, want.CWEs) {
				t.Fatalf("step %d: %v, want %v", step, entry, want)
			}
			all = append(all, want)
		}
		if index.Len() != len(held) || len(all) != len(held) {
			t.Fatalf("step %d: %d vectors and %d entries, want %d", step, index.Len(), len(all), len(held))
		}
		filter := nearest.Filter{Language: []lang.Language{"", lang.CPP}[step%2], CWE: []codebase.CWE{0, 79}[step/2%2]}
		vector := pool[random.IntN(len(pool))].Vector
		exact := make(map[nearest.ID]float64)
		full := brute(all, vector, len(all), filter)
		for _, hit := range full {
			exact[hit.ID] = hit.Score
		}
		want := full[:min(5, len(full))]
		if found := agree(t, mustSearch(t, index, vector, 5, filter), want, exact); found != len(want) {
			t.Errorf("step %d: %d of %d found", step, found, len(want))
		}
	}
}

// TestScoreAndMoments compares with brute force.
func TestScoreAndMoments(t *testing.T) {
	const dims, n = 96, 6_000
	all := entries(dims, n)
	index := mustBuild(t, dims, all[:n-500])
	if err := index.Add(all[n-500:]...); err != nil {
		t.Fatal(err)
	}
	index.Remove(all[3].ID)
	vector := clustered.New(dims, 8).Next()
	for _, filter := range []nearest.Filter{{}, {Language: lang.CPP}, {Language: lang.Python, CWE: 22}, {Language: lang.Go}} {
		exact := brute(all, vector, n, filter)
		sum, squares := 0.0, 0.0
		var ids []nearest.ID
		for _, hit := range exact {
			sum += hit.Score
			squares += hit.Score * hit.Score
			ids = append(ids, hit.ID)
		}
		count := float64(max(len(exact), 1))
		mean, deviation, err := index.Moments(vector, filter)
		want := math.Sqrt(squares/count - sum/count*sum/count)
		if err != nil || math.Abs(mean-sum/count) > 0.1*want || math.Abs(deviation-want) > 0.1*want {
			t.Errorf("%v: mean %.3f and deviation %.3f, want %.3f and %.3f (%v)", filter, mean, deviation, sum/count, want, err)
		}
		scores, err := index.Score(vector, ids)
		if err != nil {
			t.Fatal(err)
		}
		for i, score := range scores {
			if gone := ids[i] == all[3].ID; gone != math.IsNaN(score) || !gone && math.Abs(score-exact[i].Score) > 2e-4 {
				t.Errorf("the score of %x is %v, want %v", ids[i], score, exact[i].Score)
			}
		}
	}
}

// TestTies wants equal vectors in the order of ids, however many there are.
func TestTies(t *testing.T) {
	all := entries(8, 3000)
	for i := range all {
		all[i].Vector = []float32{1, 0, 0, 0, 0, 0, 0, 0}
	}
	index := mustBuild(t, 8, all)
	hits := mustSearch(t, index, all[0].Vector, 10, nearest.Filter{})
	if len(hits) != 10 || !slices.IsSortedFunc(hits, func(a, b nearest.Hit) int { return bytes.Compare(a.ID[:], b.ID[:]) }) {
		t.Errorf("10 of 3000 equal vectors: %v", hits)
	}
	if hits := mustSearch(t, index, make([]float32, 8), 3, nearest.Filter{}); len(hits) != 3 || math.Abs(hits[0].Score) > 1e-4 {
		t.Errorf("the zero vector finds %v", hits)
	}
}

func TestBadInput(t *testing.T) {
	all := entries(16, 10)
	nan := slices.Clone(all[0].Vector)
	nan[3] = float32(math.NaN())
	index := mustBuild(t, 16, all)
	for name, entry := range map[string]nearest.Entry{
		"short":          {ID: nearest.ID{1}, Vector: []float32{1}},
		"NaN":            {ID: nearest.ID{1}, Vector: nan},
		"not normalised": {ID: nearest.ID{1}, Vector: slices.Repeat([]float32{9}, 16)},
		"CWE":            {ID: nearest.ID{1}, Vector: all[0].Vector, CWEs: []codebase.CWE{-1}},
		"language":       {ID: nearest.ID{1}, Vector: all[0].Vector, Language: "\xff"},
	} {
		if err := index.Add(all[0], entry); err == nil {
			t.Errorf("%s: added", name)
		}
		if _, err := nearest.Build(kind(16), each([]nearest.Entry{entry}), 1); err == nil {
			t.Errorf("%s: built", name)
		}
	}
	if index.Len() != len(all) {
		t.Errorf("%d vectors after what was refused, want %d", index.Len(), len(all))
	}
	if _, err := nearest.Build(kind(16), each([]nearest.Entry{all[1], all[0]}), 2); err == nil {
		t.Error("built from entries out of order")
	}
	if _, err := nearest.Build(kind(0), each(nil), 0); err == nil {
		t.Error("built with no dimension")
	}
	for _, vector := range [][]float32{nil, nan, {1}} {
		if _, err := index.Search(context.Background(), vector, 1, nearest.Filter{}); err == nil {
			t.Errorf("searched for %v", vector)
		}
		if _, err := index.Score(vector, nil); err == nil {
			t.Errorf("compared with %v", vector)
		}
		if _, _, err := index.Moments(vector, nearest.Filter{}); err == nil {
			t.Errorf("compared with %v", vector)
		}
	}
	if hits := mustSearch(t, index, all[0].Vector, 0, nearest.Filter{}); hits != nil {
		t.Errorf("no hits were wanted, got %v", hits)
	}
	cancelled, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := index.Search(cancelled, all[0].Vector, 1, nearest.Filter{}); err == nil {
		t.Error("a search went on after its context had ended")
	}
}
