package nearest

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/seccoder/seccoder/internal/clustered"
	"github.com/seccoder/seccoder/internal/listfile"
)

// TestEstimate holds the estimates of all stages to the cosine: without bias, and with
// the error that theory gives sign codes (about 0.76/√D of the lengths).
func TestEstimate(t *testing.T) {
	for _, dims := range []int{64, 100, 384, 768} {
		const n, queries = 300, 20
		source := clustered.New(dims, 6)
		vectors := make([][]float32, n)
		centre := make([]float32, dims)
		for i := range vectors {
			vectors[i] = source.Next()
			for j, v := range vectors[i] {
				centre[j] += v / n
			}
		}
		s := newSegment(newSpace(centre), n)
		for _, vector := range vectors {
			s.add(Entry{Vector: vector}, 0, make([]float32, dims))
		}
		var bias, sign, coarse, fine float64
		for range queries {
			vector := source.Next()
			q := s.space.prepare(vector)
			for place, other := range vectors {
				cosine := 0.0
				for i, v := range other {
					cosine += float64(v) * float64(vector[i])
				}
				c := s.code(place)
				bias += float64(q.estimate(c.signs, s.terms[place])) - cosine
				sign += math.Pow(float64(q.estimate(c.signs, s.terms[place]))-cosine, 2)
				coarse = max(coarse, math.Abs(float64(q.coarse(c.rows, s.terms[place]))-cosine))
				fine = max(fine, math.Abs(float64(q.score(c.rows, c.rests, s.terms[place]))-cosine))
			}
		}
		bias, sign = bias/n/queries, math.Sqrt(sign/n/queries)
		t.Logf("dims %d: signs are off by %.4f on average, %.4f in the mean square; high bits by up to %.5f, all bits by up to %.6f", dims, bias, sign, coarse, fine)
		if limit := 0.9 / math.Sqrt(float64(dims)); sign > limit || math.Abs(bias) > limit/4 {
			t.Errorf("dims %d: the estimate by signs has bias %.4f and error %.4f, want at most %.4f and %.4f", dims, bias, sign, limit/4, limit)
		}
		if coarse > 0.004 || fine > 0.0003 {
			t.Errorf("dims %d: errors up to %.5f and %.5f of the second code", dims, coarse, fine)
		}
	}
}

// TestRotation makes sure that lengths stay and that one number is spread over all.
func TestRotation(t *testing.T) {
	for _, dims := range []int{1, 2, 3, 5, 64, 100, 384, 1000} {
		r := newRotation(dims)
		for _, axis := range []int{0, dims / 2, dims - 1} {
			x := make([]float32, dims)
			x[axis] = 1
			r.apply(x)
			squares, largest := 0.0, 0.0
			for _, v := range x {
				squares += float64(v) * float64(v)
				largest = max(largest, math.Abs(float64(v)))
			}
			if math.Abs(squares-1) > 1e-5 {
				t.Errorf("dims %d, axis %d: length² is %v after rotation", dims, axis, squares)
			}
			if dims >= 64 && largest > 6/math.Sqrt(float64(dims)) {
				t.Errorf("dims %d, axis %d: a number of %v is left", dims, axis, largest)
			}
		}
	}
}

// TestBest compares with what sorting gives.
func TestBest(t *testing.T) {
	for n := range 60 {
		for k := range n + 2 {
			all := make([]candidate, n)
			counts := map[float32]int{}
			for i := range all {
				all[i].score = float32((i*i + 7*k) % 13)
				counts[all[i].score]++
			}
			got := best(all, k)
			if len(got) != min(k, n) {
				t.Fatalf("best %d of %d are %d", k, n, len(got))
			}
			worst := float32(math.Inf(1))
			for _, c := range got {
				worst = min(worst, c.score)
				counts[c.score]--
			}
			for score, left := range counts {
				if left > 0 && score > worst || left < 0 {
					t.Fatalf("best %d of %d: %d of score %v were left out, %v was taken", k, n, left, score, worst)
				}
			}
		}
	}
}

// FuzzParse puts bytes where a file should be. Those with a right checksum get as far as a
// file can, so the checksum is made right.
func FuzzParse(f *testing.F) {
	kind := Kind{Embedder: "test", Dims: 3}
	f.Add([]byte(nil))
	for _, n := range []int{0, 1, 5} {
		f.Add(mustFile(f, kind, n))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		words := make([]uint64, (len(data)+7)/8) // for the alignment that files have
		aligned := listfile.BytesOf(words)[:len(data)]
		copy(aligned, data)
		for _, data := range [][]byte{aligned, mend(aligned)} {
			index, err := parse(data, kind)
			if err != nil {
				continue
			}
			hits, err := index.Search(t.Context(), []float32{1, 0, 0}, 3, Filter{CWE: 89})
			if err != nil || len(hits) > index.Len() {
				t.Errorf("%d hits of %d vectors, error %v", len(hits), index.Len(), err)
			}
			if err := index.Add(Entry{ID: ID{1}, Language: "c", Vector: []float32{0, 1, 0}}); err == nil {
				var ids []ID
				for entry := range index.Entries() {
					ids = append(ids, entry.ID)
				}
				index.Remove(ids...)
			}
		}
	})
}

// TestLows compares the products with those of one number after the other.
func TestLows(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	for dims := range 70 {
		numbers, rests, want := make([]int16, dims), make([]uint8, (dims+1)/2), int32(0)
		for i := range numbers {
			numbers[i] = int16(random.IntN(1<<16) - 1<<15)
			low := random.IntN(16)
			rests[i/2] |= uint8(low << (i % 2 * 4))
			want += int32(low) * int32(numbers[i])
		}
		lows := newLows(numbers)
		for range 2 { // the second writes over what the first left
			if got := lows.product(rests); got != want {
				t.Errorf("of %d numbers %d, want %d", dims, got, want)
			}
		}
	}
}
