package eval

// passAtK estimates, without bias, the chance that at least one of k samples passes,
// when c of n samples did: 1 - C(n-c, k) / C(n, k), as a product that neither overflows
// nor cancels (Chen et al., arXiv 2107.03374, section 2.1). k is from 1 to n, c from 0 to n.
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
