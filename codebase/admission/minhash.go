package admission

import (
	"slices"

	"github.com/seccoder/seccoder/codebase"
)

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

// hashes are the functions of MinHash: each multiplies the mixed bits of a shingle by an odd
// number and adds another, modulo 2^64, of which the high bits decide.
var hashes = func() (all [bands * rows]struct{ times, plus uint64 }) {
	for i := range all {
		all[i].times, all[i].plus = mix(uint64(2*i+1))|1, mix(uint64(2*i+2))
	}
	return all
}()

// bandsOf are the hashes of the bands of a set's MinHash signature.
func bandsOf(s codebase.Shingles) [bands]uint64 {
	var least [bands * rows]uint64
	for i := range least {
		least[i] = ^uint64(0)
	}
	for shingle := range s {
		mixed := mix(shingle)
		for i := range least {
			least[i] = min(least[i], mixed*hashes[i].times+hashes[i].plus)
		}
	}
	var of [bands]uint64
	for b := range of {
		hash := uint64(b)
		for _, h := range least[b*rows : (b+1)*rows] {
			hash = mix(hash ^ h)
		}
		of[b] = hash
	}
	return of
}

// mix spreads the bits of a number (the finaliser of SplitMix64, Steele, Lea and Flood 2014).
func mix(x uint64) uint64 {
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}
