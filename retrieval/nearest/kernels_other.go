//go:build !amd64

package nearest

// nearer6 has a bit for each of the codes that differs from the query in fewer than cut
// bits, the first code's lowest.
func nearer6(codes *[block][6]uint64, query *[6]uint64, cut int) (mask uint64) {
	return nearer6Anywhere(codes, query, cut)
}

// product is the sum of products of a row and as many numbers, which fits 32 bits.
func product(row []int8, numbers []int16) int32 { return productAnywhere(row, numbers) }
