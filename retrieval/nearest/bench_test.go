//go:build unix

package nearest_test

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"github.com/seccoder/seccoder/internal/clustered"
	"github.com/seccoder/seccoder/lang"
	"github.com/seccoder/seccoder/retrieval/nearest"
)

// benchDims is the length of all-MiniLM-L6-v2's vectors.
const benchDims, benchQueries, benchK = 384, 200, 10

// BenchmarkSearch measures a search of the ten nearest, and what the index costs. A
// million vectors take minutes and 3 GB to make: -bench 'Search/n=1000$' is quick. Where
// SECCODER_BENCH_VECTORS names a folder, vectors, queries and answers are left there for
// bench/nearest, which measures other libraries with them, and read from there the next
// time; so may be vectors and queries of somebody else.
func BenchmarkSearch(b *testing.B) {
	for _, n := range []int{1_000, 100_000, 1_000_000} {
		b.Run(fmt.Sprintf("n=%d", n), func(b *testing.B) { benchmarkSearch(b, n) })
	}
}

func benchmarkSearch(b *testing.B, n int) {
	vectors, queries, truth := benchData(b, n)
	start, before := time.Now(), cpuTime(b)
	built, err := nearest.Build(kind(benchDims), func(yield func(nearest.Entry, error) bool) {
		for i := range n {
			// Ids are numbers here, so that the order of the vectors is theirs.
			entry := nearest.Entry{ID: benchID(i), Language: languages[i%len(languages)], Vector: vectors[i*benchDims:][:benchDims]}
			if !yield(entry, nil) {
				return
			}
		}
	}, n)
	if err != nil {
		b.Fatal(err)
	}
	build, buildCPU := time.Since(start), cpuTime(b)-before
	path := filepath.Join(b.TempDir(), "index")
	start = time.Now()
	if err := built.Save(path); err != nil {
		b.Fatal(err)
	}
	save := time.Since(start)
	start = time.Now()
	index, err := nearest.Open(path, kind(benchDims))
	if err != nil {
		b.Fatal(err)
	}
	load := time.Since(start)
	info, err := os.Stat(path)
	if err != nil {
		b.Fatal(err)
	}

	var times []time.Duration
	found := make([][]nearest.Hit, len(queries))
	before = cpuTime(b)
	for i := 0; b.Loop(); i++ {
		start := time.Now()
		hits, err := index.Search(context.Background(), queries[i%len(queries)], benchK, nearest.Filter{})
		times = append(times, time.Since(start))
		if err != nil {
			b.Fatal(err)
		}
		found[i%len(queries)] = hits
	}
	b.ReportMetric((cpuTime(b)-before).Seconds()*1e3/float64(len(times)), "cpu-ms/query")
	slices.Sort(times)
	b.ReportMetric(times[len(times)/2].Seconds()*1e3, "p50-ms")
	b.ReportMetric(times[len(times)*99/100].Seconds()*1e3, "p99-ms")
	b.ReportMetric(recall(found, truth), "recall@10")
	b.ReportMetric(build.Seconds(), "build-s")
	b.ReportMetric(buildCPU.Seconds(), "build-cpu-s")
	b.ReportMetric(save.Seconds()*1e3, "save-ms")
	b.ReportMetric(load.Seconds()*1e3, "load-ms")
	b.ReportMetric(float64(info.Size())/float64(n), "B/vector")
	b.ReportMetric(throughput(b, index, queries, 1), "queries/s")
	b.ReportMetric(throughput(b, index, queries, 2), "two-cores-queries/s")
	before = cpuTime(b)
	for _, query := range queries {
		mustSearch(b, index, query, benchK, nearest.Filter{Language: lang.Python})
	}
	b.ReportMetric((cpuTime(b)-before).Seconds()*1e3/float64(len(queries)), "filtered-cpu-ms/query")
}

func benchID(i int) (id nearest.ID) {
	binary.BigEndian.PutUint64(id[:], uint64(i))
	return id
}

// benchData are n vectors, queries, and the places of the vectors that are nearest to each.
func benchData(b *testing.B, n int) (vectors []float32, queries [][]float32, truth [][]int32) {
	b.Helper()
	folder := os.Getenv("SECCODER_BENCH_VECTORS")
	if folder != "" {
		folder = filepath.Join(folder, fmt.Sprint(n))
	}
	isThere := func(name string) bool {
		_, err := os.Stat(filepath.Join(folder, name))
		return folder != "" && err == nil
	}
	if isThere("vectors") {
		vectors = mustReadNumbers[float32](b, folder, "vectors")
		queries = slices.Collect(slices.Chunk(mustReadNumbers[float32](b, folder, "queries"), benchDims))
		if len(vectors) != n*benchDims {
			b.Fatalf("%s has %d numbers, expected %d vectors of %d: remove the folder", filepath.Join(folder, "vectors"), len(vectors), n, benchDims)
		}
	} else {
		vectors, queries = benchVectors(n, benchQueries)
	}
	if isThere("truth") { // it is written last
		return vectors, queries, slices.Collect(slices.Chunk(mustReadNumbers[int32](b, folder, "truth"), benchK))
	}
	truth = benchTruth(vectors, queries)
	if folder != "" {
		mustWriteNumbers(b, folder, "queries", slices.Concat(queries...))
		mustWriteNumbers(b, folder, "vectors", vectors)
		mustWriteNumbers(b, folder, "truth", slices.Concat(truth...))
	}
	return vectors, queries, truth
}

func benchVectors(n, queries int) (vectors []float32, asked [][]float32) {
	source := clustered.New(benchDims, 384)
	vectors = make([]float32, 0, n*benchDims)
	for range n {
		vectors = append(vectors, source.Next()...)
	}
	for range queries {
		asked = append(asked, source.Next())
	}
	return vectors, asked
}

// benchTruth are the places of the nearest vectors, exactly, for each query.
func benchTruth(vectors []float32, queries [][]float32) [][]int32 {
	type near struct {
		place int32
		score float32
	}
	lists := make([][]near, len(queries))
	for place := range len(vectors) / benchDims {
		vector := vectors[place*benchDims:][:benchDims]
		for i, query := range queries {
			// Eight sums, as a processor can add at the same time.
			var sums [8]float32
			for j := 0; j < benchDims; j += 8 {
				a, b := vector[j:j+8:j+8], query[j:j+8:j+8]
				for s := range sums {
					sums[s] += a[s] * b[s]
				}
			}
			score := sums[0] + sums[1] + sums[2] + sums[3] + sums[4] + sums[5] + sums[6] + sums[7]
			list := lists[i]
			if len(list) == benchK && score <= list[benchK-1].score {
				continue
			}
			at := len(list)
			for at > 0 && list[at-1].score < score {
				at--
			}
			list = slices.Insert(list, at, near{int32(place), score})
			lists[i] = list[:min(len(list), benchK)]
		}
	}
	truth := make([][]int32, len(queries))
	for i, list := range lists {
		for _, n := range list {
			truth[i] = append(truth[i], n.place)
		}
	}
	return truth
}

// recall is the part of the exact answers that was found, over the queries that were asked.
func recall(found [][]nearest.Hit, truth [][]int32) float64 {
	right, wanted := 0, 0
	for i, hits := range found {
		if hits == nil {
			continue
		}
		wanted += len(truth[i])
		for _, hit := range hits {
			if slices.Contains(truth[i], int32(binary.BigEndian.Uint64(hit.ID[:]))) {
				right++
			}
		}
	}
	return float64(right) / float64(wanted)
}

// throughput asks all queries by several goroutines at once.
func throughput(b *testing.B, index *nearest.Index, queries [][]float32, goroutines int) float64 {
	start := time.Now()
	var work sync.WaitGroup
	for range goroutines {
		work.Go(func() {
			for _, query := range queries {
				if _, err := index.Search(context.Background(), query, benchK, nearest.Filter{}); err != nil {
					b.Error(err)
				}
			}
		})
	}
	work.Wait()
	return float64(goroutines*len(queries)) / time.Since(start).Seconds()
}

// cpuTime is what the process has computed so far. On a machine that others use, too, it
// says more than the time that passed.
func cpuTime(b *testing.B) time.Duration {
	var usage unix.Rusage
	if err := unix.Getrusage(unix.RUSAGE_SELF, &usage); err != nil {
		b.Fatal(err)
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

// mustWriteNumbers writes a file of raw numbers, little-endian.
func mustWriteNumbers(b *testing.B, folder, name string, numbers any) {
	b.Helper()
	if err := os.MkdirAll(folder, 0o755); err != nil {
		b.Fatal(err)
	}
	out, err := os.Create(filepath.Join(folder, name))
	if err != nil {
		b.Fatal(err)
	}
	if err := binary.Write(out, binary.LittleEndian, numbers); err != nil {
		b.Fatal(err)
	}
	if err := out.Close(); err != nil {
		b.Fatal(err)
	}
}

func mustReadNumbers[T float32 | int32](b *testing.B, folder, name string) []T {
	b.Helper()
	in, err := os.Open(filepath.Join(folder, name))
	if err != nil {
		b.Fatal(err)
	}
	defer in.Close()
	info, err := in.Stat()
	if err != nil {
		b.Fatal(err)
	}
	numbers := make([]T, info.Size()/4)
	if err := binary.Read(in, binary.LittleEndian, numbers); err != nil {
		b.Fatal(err)
	}
	return numbers
}

// BenchmarkChange measures adding an entry to 10,000 and removing it.
func BenchmarkChange(b *testing.B) {
	all := entries(benchDims, 10_000)
	index := mustBuild(b, benchDims, all)
	one := all[5000]
	one.ID = sha256.Sum256([]byte("another"))
	for b.Loop() {
		if err := index.Add(one); err != nil {
			b.Fatal(err)
		}
		index.Remove(one.ID)
	}
}
