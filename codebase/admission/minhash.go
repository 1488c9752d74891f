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
func (x *index) add(id string, hashes [bands]uint64) {
	place := int32(len(x.ids))
	x.ids = append(x.ids, id)
	for b, hash := range hashes {
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
func (x *index) near(hashes [bands]uint64) []string {
	var places []int32
	for b, hash := range hashes {
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

// bandsOf are the hashes of the bands of a set's MinHash signature.
func bandsOf(s codebase.Shingles) [bands]uint64 {
	var least [bands * rows]uint64
	for i := range least {
		least[i] = ^uint64(0)
	}
	for shingle := range s {
		for i := range least {
			least[i] = min(least[i], mix(shingle+uint64(i)*0x9e3779b97f4a7c15))
		}
	}
	var hashes [bands]uint64
	for b := range hashes {
		hash := uint64(b)
		for _, h := range least[b*rows : (b+1)*rows] {
			hash = mix(hash ^ h)
		}
		hashes[b] = hash
	}
	return hashes
}

// mix spreads the bits of a number (the finaliser of SplitMix64, Steele, Lea and Flood 2014).
func mix(x uint64) uint64 {
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}
