package madeup

import (
	"math/rand/v2"
	"strings"
)

// How often words are used: the one at rank k (from 0) has the probability ∝ (k+flat)^-steep,
// which is Zipf's law as Mandelbrot has it. The constants were fitted to 39,871 functions of 6
// to 61 lines in all seven languages, of the libraries on one machine (2026-11-30). Of the functions,
// and of 100,000 made-up examples:
//
//	                                                         real           made up
//	words, different ones, of one                            51, 26         49, 25
//	hold the commonest word, the 10th, 100th                 25, 13, 3.2 %  23, 15, 3.1 %
//	hold the 1,000th, the 10,000th                           0.35, 0.018 %  0.25, 0.016 %
//	words that one alone holds, of all                       57 %           76 % (each has a name of its own)
//	lists of a query's words together, its last 150 bytes    27 % of all    26 %
//	the same, 1,000 bytes                                    61 %           86 %
const (
	steep = 1.2
	flat  = 21
	most  = 2_000_000
)

var words = strings.Fields(`account address amount answer archive balance batch book branch cache cart channel claim client code column
	comment copy count course customer date day delivery detail device document driver entry event field file filter folder form group
	guest header host image index invoice item job key label language letter level limit line link list location log mail member
	message meter method month name node note number offer office option order owner page paper parcel part path payment person phone
	photo place plan player point policy price product profile project query question queue rate record region reply report request
	result review role room route row rule sample score section seat session share shop signal size slot source stage state step stock
	store street student subject summary table tag target task team term test ticket time title token topic track trip type unit user
	value vendor version view visit voucher week weight window word worker year zone`)

// wordAt is the word of a rank: one of the words, then two of them, then three.
func wordAt(rank uint64) string {
	n := uint64(len(words))
	switch {
	case rank < n:
		return words[rank]
	case rank < n+n*n:
		rank -= n
		return words[rank/n] + "_" + words[rank%n]
	}
	rank -= n + n*n
	return words[rank/(n*n)%n] + "_" + words[rank/n%n] + "_" + words[rank%n]
}

// writer returns the words of one example, one after the other: each time one that the example has
// already, or one of all.
func writer(r *rand.Rand) func() string {
	all := rand.NewZipf(r, steep, flat, most)
	var used []string
	return func() string {
		var word string
		if len(used) > 0 && r.IntN(2) == 0 {
			word = used[r.IntN(len(used))]
		} else {
			word = wordAt(all.Uint64())
		}
		used = append(used, word)
		return word
	}
}
