package admission

import (
	"math/rand/v2"
	"testing"
)

// TestNear: pairs that share much meet in the index, and few that share little do.
func TestNear(t *testing.T) {
	const pairs, size = 400, 120
	r := rand.New(rand.NewPCG(1, 2))
	met := func(alike float64) (n int) {
		for range pairs {
			// Of two sets of size s, with c in common, the likeness is c / (2 s - c).
			common := int(2 * size * alike / (1 + alike))
			var a, b []uint64
			for i := range 2*size - common {
				run := r.Uint64()
				if i < size {
					a = append(a, run)
				}
				if i >= size-common {
					b = append(b, run)
				}
			}
			x := newIndex()
			x.add("a", bandsOf(a))
			n += len(x.near(bandsOf(b)))
		}
		return n
	}
	for _, test := range []struct {
		alike       float64
		least, most int // of pairs
	}{{1, pairs, pairs}, {NearDuplicate, pairs * 98 / 100, pairs}, {0.5, pairs / 3, pairs * 9 / 10}, {0.2, 0, pairs * 8 / 100}, {0, 0, 0}} {
		if n := met(test.alike); n < test.least || n > test.most {
			t.Errorf("%d of %d pairs with a likeness of %.2f meet, want %d to %d", n, pairs, test.alike, test.least, test.most)
		}
	}
}
