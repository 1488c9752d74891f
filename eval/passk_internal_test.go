package eval

import (
	"math"
	"math/big"
	"testing"
)

// The product is the definition by binomials, which need numbers of any size.
func TestPassAtKIsTheDefinition(t *testing.T) {
	for _, n := range []int{1, 2, 7, 25, 100, 1000} {
		for _, c := range []int{0, 1, n / 3, n - 1, n} {
			for _, k := range []int{1, 2, 10, n / 2, n} {
				if k < 1 || k > n {
					continue
				}
				none := new(big.Rat).SetFrac(new(big.Int).Binomial(int64(n-c), int64(k)), new(big.Int).Binomial(int64(n), int64(k)))
				want, _ := new(big.Rat).Sub(big.NewRat(1, 1), none).Float64()
				if n-c < k {
					want = 1
				}
				if got := passAtK(n, c, k); math.Abs(got-want) > 1e-12 {
					t.Errorf("n %d, c %d, k %d: %v, want %v", n, c, k, got, want)
				}
			}
		}
	}
}

func TestPassAtKProperties(t *testing.T) {
	const n = 40
	for c := range n + 1 {
		if got, want := passAtK(n, c, 1), float64(c)/n; math.Abs(got-want) > 1e-12 {
			t.Errorf("pass@1 with %d of %d: %v, want %v", c, n, got, want)
		}
		for k := 2; k <= n; k++ {
			if passAtK(n, c, k) < passAtK(n, c, k-1) {
				t.Errorf("pass@%d with %d of %d is below pass@%d", k, c, n, k-1)
			}
			if c > 0 && passAtK(n, c, k) < passAtK(n, c-1, k) {
				t.Errorf("pass@%d falls from %d to %d passes", k, c-1, c)
			}
		}
	}
}
