package eval_test

import (
	"math"
	"math/big"
	"testing"

	"github.com/seccoder/seccoder/eval"
)

func mustPassAtK(t *testing.T, n, c, k int) float64 {
	t.Helper()
	p, err := eval.PassAtK(n, c, k)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

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
				if got := mustPassAtK(t, n, c, k); math.Abs(got-want) > 1e-12 {
					t.Errorf("n %d, c %d, k %d: %v, want %v", n, c, k, got, want)
				}
			}
		}
	}
}

func TestPassAtKProperties(t *testing.T) {
	const n = 40
	for c := range n + 1 {
		if got, want := mustPassAtK(t, n, c, 1), float64(c)/n; math.Abs(got-want) > 1e-12 {
			t.Errorf("pass@1 with %d of %d: %v, want %v", c, n, got, want)
		}
		for k := 2; k <= n; k++ {
			if mustPassAtK(t, n, c, k) < mustPassAtK(t, n, c, k-1) {
				t.Errorf("pass@%d with %d of %d is below pass@%d", k, c, n, k-1)
			}
			if c > 0 && mustPassAtK(t, n, c, k) < mustPassAtK(t, n, c-1, k) {
				t.Errorf("pass@%d falls from %d to %d passes", k, c-1, c)
			}
		}
	}
}

func TestPassAtKErrors(t *testing.T) {
	for _, bad := range [][3]int{{5, 3, 0}, {5, 3, 6}, {5, 6, 1}, {5, -1, 1}, {0, 0, 1}} {
		if _, err := eval.PassAtK(bad[0], bad[1], bad[2]); err == nil {
			t.Errorf("n %d, c %d, k %d: no error", bad[0], bad[1], bad[2])
		}
	}
}
