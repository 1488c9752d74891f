package nearest

import "math/bits"

// A bitmap is a set of places. The zero bitmap is empty.
type bitmap []uint64

func (b bitmap) has(place int) bool {
	return place/64 < len(b) && b[place/64]>>(place%64)&1 == 1
}

// with returns the bitmap with a place more. It may be the same one, changed.
func (b bitmap) with(place int) bitmap {
	for place/64 >= len(b) {
		b = append(b, 0)
	}
	b[place/64] |= 1 << (place % 64)
	return b
}

func (b bitmap) count() int {
	n := 0
	for _, word := range b {
		n += bits.OnesCount64(word)
	}
	return n
}
