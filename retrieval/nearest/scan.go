package nearest

import (
	"context"
	"math/bits"
)

// A scan is the first stage of a search. It passes over sign codes and collects those
// with the fewest bits that differ from the query's, between want and twice as many.
type scan struct {
	signs []uint64
	want  int
	cut   int // codes that differ in as many bits, or more, are of no use any more
	found []candidate
}

// block is how many places are looked at between two looks at what was collected.
const block = 64

func newScan(signs []uint64, want int) *scan {
	return &scan{signs: signs, want: want, cut: 64*len(signs) + 1, found: make([]candidate, 0, 2*want+block)}
}

// run goes over the places of a segment that are allowed, or over all where that is nil.
func (s *scan) run(ctx context.Context, from *segment, number int32, allowed bitmap) error {
	for start := 0; start < from.len(); start += block {
		if start%(1024*block) == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		places := ^uint64(0)
		if allowed != nil {
			places = allowed[start/block]
		}
		switch left := from.len() - start; {
		case left < block:
			s.some(from, number, start, places&(1<<left-1))
		case len(s.signs) == 6 && places == ^uint64(0):
			s.all6(from, number, start)
		default:
			s.some(from, number, start, places)
		}
		if len(s.found) >= 2*s.want {
			s.tighten()
		}
	}
	return nil
}

// some looks at the places of a block whose bits are set.
func (s *scan) some(from *segment, number int32, start int, places uint64) {
	words := len(s.signs)
	for ; places != 0; places &= places - 1 {
		place := start + bits.TrailingZeros64(places)
		if d := distance(s.signs, from.signs[place*words:][:words]); d < s.cut {
			s.found = append(s.found, candidate{address{number, int32(place)}, -float32(d)})
		}
	}
}

// all6 looks at all places of a block of codes of six words, the length for vectors of
// 384 numbers: where a search spends most of its time.
func (s *scan) all6(from *segment, number int32, start int) {
	q0, q1, q2, q3, q4, q5 := s.signs[0], s.signs[1], s.signs[2], s.signs[3], s.signs[4], s.signs[5]
	codes, cut := from.signs[6*start:][:6*block], s.cut
	for i := range block {
		c := (*[6]uint64)(codes)
		codes = codes[6:]
		d := bits.OnesCount64(c[0]^q0) + bits.OnesCount64(c[1]^q1) + bits.OnesCount64(c[2]^q2) +
			bits.OnesCount64(c[3]^q3) + bits.OnesCount64(c[4]^q4) + bits.OnesCount64(c[5]^q5)
		if d < cut {
			s.found = append(s.found, candidate{address{number, int32(start + i)}, -float32(d)})
		}
	}
}

// distance is the number of bits in which two codes differ.
func distance(a, b []uint64) int {
	n := 0
	if len(a) == 6 && len(b) == 6 {
		x, y := (*[6]uint64)(a), (*[6]uint64)(b)
		return bits.OnesCount64(x[0]^y[0]) + bits.OnesCount64(x[1]^y[1]) + bits.OnesCount64(x[2]^y[2]) +
			bits.OnesCount64(x[3]^y[3]) + bits.OnesCount64(x[4]^y[4]) + bits.OnesCount64(x[5]^y[5])
	}
	for i, word := range a {
		n += bits.OnesCount64(word ^ b[i])
	}
	return n
}

// tighten drops all but want of what was found, and lowers the cut to the distance of the
// last. Those that are as far as that stay in the order that they came in.
func (s *scan) tighten() {
	counts := make([]int, 64*len(s.signs)+1)
	for _, c := range s.found {
		counts[int(-c.score)]++
	}
	nearer := 0
	for s.cut = 0; nearer+counts[s.cut] < s.want; s.cut++ {
		nearer += counts[s.cut]
	}
	room := s.want - nearer // for those at the cut
	kept := s.found[:0]
	for _, c := range s.found {
		d := int(-c.score)
		if d == s.cut {
			room--
		}
		if d < s.cut || d == s.cut && room >= 0 {
			kept = append(kept, c)
		}
	}
	s.found = kept
}
