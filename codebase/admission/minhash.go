package admission

import "slices"

// The index finds sets that share much by MinHash and locality-sensitive hashing
// (Broder 1997; Leskovec, Rajaraman and Ullman, Mining of Massive Datasets, chapter 3):
// bands of rows hashes each, and two sets meet where one band is equal. A pair with a
// Jaccard similarity of s is found with probability 1 - (1 - s^rows)^bands: 0.998 at
// NearDuplicate. What is found is then compared exactly.
const (
	bands = 16
	rows  = 4
)

// An index holds about 250 bytes for each set.
type index struct {
	ids  []string
	head [bands]map[uint64]int32 // by a band's hash: the last set that has it, as its place in ids
	next [bands][]int32          // by place: the set before it that has the same, or -1
}

func newIndex() *index {
	x := &index{}
	for b := range x.head {
		x.head[b] = map[uint64]int32{}
	}
	return x
}

// add takes in a set, by the hashes of its bands (bandsOf).
func (x *index) add(id string, of [bands]uint64) {
	place := int32(len(x.ids))
	x.ids = append(x.ids, id)
	for b, hash := range of {
		before, found := x.head[b][hash]
		if !found {
			before = -1
		}
		x.next[b] = append(x.next[b], before)
		x.head[b][hash] = place
	}
}

// maxCandidates bounds how many sets are compared exactly with one: a band that
// thousands share is boilerplate.
const maxCandidates = 256

// near lists the ids of the sets that share a band, the last added first in each band.
func (x *index) near(of [bands]uint64) []string {
	var places []int32
	for b, hash := range of {
		place, found := x.head[b][hash]
		for n := 0; found && place >= 0 && n < maxCandidates/bands; n++ {
			places = append(places, place)
			place = x.next[b][place]
		}
	}
	slices.Sort(places)
	var ids []string
	for _, place := range slices.Compact(places) {
		ids = append(ids, x.ids[place])
	}
	return ids
}

type hash64 struct{ times, plus uint64 }

// hashes are the functions of MinHash: each multiplies the mixed bits of a shingle by an odd
// number and adds another, modulo 2^64, of which the high bits decide.
var hashes = func() (all [bands * rows]hash64) {
	for i := range all {
		all[i].times, all[i].plus = mix(uint64(2*i+1))|1, mix(uint64(2*i+2))
	}
	return all
}()

// bandsOf are the hashes of the bands of the MinHash signature of a set of runs, in which one may be
// there more than once. It mixes the runs in their place.
func bandsOf(runs []uint64) [bands]uint64 {
	for i := range runs {
		runs[i] = mix(runs[i])
	}
	var of [bands]uint64
	for b := range of {
		hash := uint64(b)
		for _, h := range leastOf(runs, (*[rows]hash64)(hashes[b*rows:])) {
			hash = mix(hash ^ h)
		}
		of[b] = hash
	}
	return of
}

// leastOf are the least values of a band's functions. All four stay in registers.
func leastOf(mixed []uint64, of *[rows]hash64) [rows]uint64 {
	a, b, c, d := ^uint64(0), ^uint64(0), ^uint64(0), ^uint64(0)
	for _, m := range mixed {
		a = min(a, m*of[0].times+of[0].plus)
		b = min(b, m*of[1].times+of[1].plus)
		c = min(c, m*of[2].times+of[2].plus)
		d = min(d, m*of[3].times+of[3].plus)
	}
	return [rows]uint64{a, b, c, d}
}

// mix spreads the bits of a number (the finaliser of SplitMix64, Steele, Lea and Flood 2014).
func mix(x uint64) uint64 {
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}
