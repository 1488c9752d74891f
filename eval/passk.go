package eval

import "fmt"

// PassAtK estimates, without bias, the chance that at least one of k samples passes,
// when c of n samples did: 1 - C(n-c, k) / C(n, k), as a product that neither overflows
// nor cancels (Chen et al., arXiv 2107.03374, section 2.1). It is an error when k
// is not between 1 and n, or c not between 0 and n.
func PassAtK(n, c, k int) (float64, error) {
	if k < 1 || k > n || c < 0 || c > n {
		return 0, fmt.Errorf("pass@%d of %d samples of which %d passed: expected 1 <= k <= n and 0 <= passed <= n", k, n, c)
	}
	return passAtK(n, c, k), nil
}

func passAtK(n, c, k int) float64 {
	if n-c < k {
		return 1
	}
	fail := 1.0
	for i := n - c + 1; i <= n; i++ {
		fail *= 1 - float64(k)/float64(i)
	}
	return 1 - fail
}

// passKs are the k that are reported, as far as n allows: those of SVEN and the paper.
var passKs = []int{1, 5, 10, 25, 50, 100}
