package nearest

// nearer6Anywhere is nearer6 for processors that have nothing better.
func nearer6Anywhere(codes *[block][6]uint64, query *[6]uint64, cut int) (mask uint64) {
	for i := range codes {
		if distance(query[:], codes[i][:]) < cut {
			mask |= 1 << i
		}
	}
	return mask
}

// productAnywhere is product for processors that have nothing better. The sum is kept in parts,
// which a processor can add at the same time.
func productAnywhere(row []int8, numbers []int16) int32 {
	numbers = numbers[:len(row)]
	var s0, s1, s2, s3 int32
	i := 0
	for ; i+4 <= len(row); i += 4 {
		a, b := row[i:i+4:i+4], numbers[i:i+4:i+4]
		s0 += int32(a[0]) * int32(b[0])
		s1 += int32(a[1]) * int32(b[1])
		s2 += int32(a[2]) * int32(b[2])
		s3 += int32(a[3]) * int32(b[3])
	}
	for ; i < len(row); i++ {
		s0 += int32(row[i]) * int32(numbers[i])
	}
	return s0 + s1 + s2 + s3
}
