package nearest

import "golang.org/x/sys/cpu"

// A search spends most of its time in these two. What the compiler makes of the first asks at
// each word whether the processor can count bits, and takes twice as long; of the second it uses
// a sixteenth of what the processor can do at a time.

// nearer6 has a bit for each of the codes that differs from the query in fewer than cut
// bits, the first code's lowest.
func nearer6(codes *[block][6]uint64, query *[6]uint64, cut int) (mask uint64) {
	if cpu.X86.HasPOPCNT {
		return nearer6POPCNT(codes, query, cut)
	}
	return nearer6Anywhere(codes, query, cut)
}

// product is the sum of products of a row and as many numbers, which fits 32 bits.
func product(row []int8, numbers []int16) int32 {
	whole := len(row) &^ 15
	if whole == 0 || !cpu.X86.HasAVX2 {
		return productAnywhere(row, numbers)
	}
	_ = numbers[whole-1]
	return productAVX2(&row[0], &numbers[0], whole/16) + productAnywhere(row[whole:], numbers[whole:])
}

//go:noescape
func nearer6POPCNT(codes *[64][6]uint64, query *[6]uint64, cut int) (mask uint64)

//go:noescape
func productAVX2(row *int8, numbers *int16, sixteens int) (sum int32)
