package nearest

import (
	"math"
	"math/bits"
	"math/rand/v2"
)

// rounds is how often the rotation flips signs and transforms. The windows of the
// transforms alternate between the start and the end of the vector, so after four every
// number has had its part in every other.
const rounds = 4

// A rotation is an orthogonal map that spreads what a vector holds evenly over its
// numbers, so that their signs say as much as signs can. It is made of random changes of
// signs and Walsh-Hadamard transforms, which need no more than additions: a matrix of
// random numbers would take 384 × 384 products for each vector. It depends on the
// dimension alone, so that files need not hold it.
type rotation struct {
	width int // of the transforms: the largest power of two that fits
	signs [rounds][]float32
}

func newRotation(dims int) *rotation {
	r := &rotation{width: 1 << (bits.Len(uint(dims)) - 1)}
	source := rand.New(rand.NewPCG(uint64(dims), 0x5ecc0de7))
	for i := range r.signs {
		r.signs[i] = make([]float32, dims)
		for j := range r.signs[i] {
			r.signs[i][j] = float32(1 - 2*int(source.Uint32()&1))
		}
	}
	return r
}

// apply rotates x in its place.
func (r *rotation) apply(x []float32) {
	scale := float32(1 / math.Sqrt(float64(r.width)))
	for i, signs := range r.signs {
		for j, sign := range signs {
			x[j] *= sign
		}
		window := x[:r.width]
		if i%2 == 1 {
			window = x[len(x)-r.width:]
		}
		hadamard(window)
		for j := range window {
			window[j] *= scale
		}
	}
}

// hadamard is the Walsh-Hadamard transform, not normalised; the length is a power of two.
func hadamard(x []float32) {
	for half := 1; half < len(x); half *= 2 {
		for start := 0; start < len(x); start += 2 * half {
			low, high := x[start:start+half], x[start+half:start+2*half]
			high = high[:len(low)]
			for i, a := range low {
				b := high[i]
				low[i], high[i] = a+b, a-b
			}
		}
	}
}
