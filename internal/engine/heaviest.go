package engine

// A candidate is a token that may be drawn.
type candidate struct {
	token token
	// weight is the probability, not normalised.
	weight float64
}

// before reports whether a is drawn before b: the heavier one is, or of equals the
// one with the lower number.
func (a candidate) before(b candidate) bool {
	return a.weight > b.weight || a.weight == b.weight && a.token < b.token
}

// heaviest is a binary heap that gives candidates in the order of their weights. The
// standard library's heap works through an interface, which costs more than the rest
// of sampling.
type heaviest []candidate

// order makes a heap of candidates in any order.
func (h heaviest) order() {
	for i := len(h)/2 - 1; i >= 0; i-- {
		h.down(i)
	}
}

// pop takes the heaviest candidate off; there must be one.
func (h *heaviest) pop() candidate {
	old := *h
	top, last := old[0], len(old)-1
	old[0] = old[last]
	*h = old[:last]
	h.down(0)
	return top
}

// down restores the heap below i.
func (h heaviest) down(i int) {
	for {
		child := 2*i + 1
		if child >= len(h) {
			return
		}
		if child+1 < len(h) && h[child+1].before(h[child]) {
			child++
		}
		if !h[child].before(h[i]) {
			return
		}
		h[i], h[child] = h[child], h[i]
		i = child
	}
}
