package nearest

import (
	"math"
	"math/bits"
)

// A space turns vectors into codes and compares queries with them. Vectors are taken
// relative to a centre and rotated; o below is such a vector and q such a query.
//
// The first code of o is the signs of its numbers. With s the vector of these signs,
// +1 or −1, over √D, RaBitQ (Gao and Long, SIGMOD 2024) estimates without bias
//
//	⟨o, q⟩ ≈ |o| · ⟨s, q⟩ / ⟨s, o/|o|⟩
//
// The second is o in steps of a 2047th of its largest number, which take 12 bits. Their
// high eight lie apart from their low four: the high ones alone say which vectors need
// the low ones.
type space struct {
	dims, words int // words of 64 bits that hold the signs
	rests       int // bytes that hold the low four bits
	centre      []float32
	rotation    *rotation
}

func newSpace(centre []float32) *space {
	dims := len(centre)
	return &space{dims: dims, words: (dims + 63) / 64, rests: (dims + 1) / 2, centre: centre, rotation: newRotation(dims)}
}

// A code is what is kept of a vector.
type code struct {
	signs []uint64 // space.words
	rows  []int8   // the high bits, space.dims
	rests []uint8  // the low bits of two numbers each, space.rests
}

// A term is what is kept of a vector beside its codes.
type term struct {
	factor float32 // |o| / ⟨s, o/|o|⟩ / √D: from a sum over signs to the estimate
	shift  float32 // ⟨o, centre⟩, rotation aside
	step   float32 // of the second code
}

// largestStep is the number of steps that the largest number of a vector takes.
const largestStep = 2047

// encode writes the codes of a vector; work is room for dims numbers.
func (s *space) encode(vector []float32, c code, work []float32) term {
	var t term
	for i, v := range vector {
		o := v - s.centre[i]
		work[i] = o
		t.shift += o * s.centre[i]
	}
	s.rotation.apply(work)
	signsOf(work, c.signs)
	var squares, sum, largest float32
	for _, o := range work {
		size := max(o, -o)
		squares += o * o
		sum += size
		largest = max(largest, size)
	}
	if largest > 0 {
		t.factor = squares / sum
		t.step = largest / largestStep
	}
	for i, o := range work {
		steps := 0
		if largest > 0 {
			steps = int(math.RoundToEven(float64(o / t.step)))
		}
		steps = max(-largestStep, min(steps, largestStep)) // rounding may have gone past
		c.rows[i] = int8(steps >> 4)
		c.rests[i/2] |= uint8(steps&15) << (i % 2 * 4)
	}
	return t
}

// signsOf sets a bit for each number that is not negative.
func signsOf(numbers []float32, signs []uint64) {
	clear(signs)
	for i, v := range numbers {
		if v >= 0 {
			signs[i/64] |= 1 << (i % 64)
		}
	}
}

// A query is a vector made ready for comparisons.
type query struct {
	signs []uint64
	// planes are the bits of the query's numbers in 15 steps from low, lowest bit first,
	// four words for each of signs.
	planes    []uint64
	low, step float32
	sum       float32
	numbers   []int16 // in steps of fine, for the second code
	lows      lows
	fine      float64
	middle    float64 // what low bits add to a sum on average: 7.5 for each of numbers
	constant  float32 // ⟨centre, query⟩: what comparisons relative to the centre leave out
}

// prepare makes a query of a vector.
func (s *space) prepare(vector []float32) *query {
	q := &query{signs: make([]uint64, s.words), planes: make([]uint64, planes*s.words), numbers: make([]int16, s.dims)}
	rotated := make([]float32, s.dims)
	for i, v := range vector {
		rotated[i] = v - s.centre[i]
		q.constant += v * s.centre[i]
	}
	s.rotation.apply(rotated)
	signsOf(rotated, q.signs)
	low, high := rotated[0], rotated[0]
	for _, v := range rotated {
		low, high = min(low, v), max(high, v)
		q.sum += v
	}
	q.low, q.step = low, (high-low)/(1<<planes-1)
	// The sum of products with eight bits must fit 32.
	limit := float64(min(math.MaxInt16, math.MaxInt32/(128*s.dims)))
	q.fine = float64(max(high, -low)) / limit
	for i, v := range rotated {
		if q.fine > 0 {
			q.numbers[i] = int16(math.RoundToEven(float64(v) / q.fine))
			q.middle += 7.5 * float64(q.numbers[i])
		}
		if q.step > 0 {
			q.setPlanes(i, uint(math.RoundToEven(float64((v-low)/q.step))))
		}
	}
	q.lows = newLows(q.numbers)
	return q
}

// planes is the number of bits that a query's numbers have against sign codes.
const planes = 4

func (q *query) setPlanes(i int, steps uint) {
	for p := range planes {
		q.planes[planes*(i/64)+p] |= uint64(steps>>p&1) << (i % 64)
	}
}

// estimate is the estimated cosine by sign codes.
func (q *query) estimate(signs []uint64, t term) float32 {
	set, steps := 0, 0
	for i, word := range signs {
		plane := q.planes[planes*i:][:planes:planes]
		set += bits.OnesCount64(word)
		steps += bits.OnesCount64(word&plane[0]) + 2*bits.OnesCount64(word&plane[1]) +
			4*bits.OnesCount64(word&plane[2]) + 8*bits.OnesCount64(word&plane[3])
	}
	// The sum over all numbers, with their signs, is twice that over the set ones less that
	// over all.
	signed := 2*(q.low*float32(set)+q.step*float32(steps)) - q.sum
	return t.factor*signed + t.shift + q.constant
}

// coarse is the cosine by the high bits of the second code, good to some
// ten-thousandths.
func (q *query) coarse(row []int8, t term) float32 {
	return q.cosine(16*float64(q.high(row))+q.middle, t)
}

// score is the cosine by all of the second code, good to some hundred-thousandths.
func (q *query) score(row []int8, rests []uint8, t term) float32 {
	return q.cosine(16*float64(q.high(row))+float64(q.lows.product(rests)), t)
}

func (q *query) cosine(sum float64, t term) float32 {
	return float32(sum*float64(t.step)*q.fine) + t.shift + q.constant
}

// high is the sum of products with the high bits.
func (q *query) high(row []int8) int32 { return product(row, q.numbers) }
