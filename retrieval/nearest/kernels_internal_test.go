package nearest

import (
	"math"
	"math/rand/v2"
	"testing"
)

// TestKernels compares what this processor computes with what any does.
func TestKernels(t *testing.T) {
	random := rand.New(rand.NewPCG(31, 32))
	for range 50 {
		var codes [block][6]uint64
		var query [6]uint64
		for i := range query {
			query[i] = random.Uint64()
			for j := range codes {
				codes[j][i] = query[i] ^ random.Uint64()&random.Uint64()
			}
		}
		codes[random.IntN(block)] = query
		for _, cut := range []int{0, 1, 60, 96, 100, 384, 385} {
			if got, want := nearer6(&codes, &query, cut), nearer6Anywhere(&codes, &query, cut); got != want {
				t.Fatalf("cut %d: %064b, want %064b", cut, got, want)
			}
		}
	}
	for _, dims := range []int{0, 1, 15, 16, 17, 31, 100, 384, 65536} {
		limit := min(math.MaxInt16, math.MaxInt32/(128*max(dims, 1)))
		row, numbers := make([]int8, dims), make([]int16, dims)
		for range 4 {
			for i := range row {
				row[i], numbers[i] = int8(random.IntN(256)-128), int16(random.IntN(2*limit+1)-limit)
			}
			if got, want := product(row, numbers), productAnywhere(row, numbers); got != want {
				t.Fatalf("%d numbers: %d, want %d", dims, got, want)
			}
		}
		for i := range row {
			row[i], numbers[i] = -128, int16(-limit) // as large as it gets
		}
		if got := product(row, numbers); got != int32(128*limit*dims) {
			t.Errorf("%d numbers: %d, want %d", dims, got, 128*limit*dims)
		}
	}
}
