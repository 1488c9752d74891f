package nearest

import (
	"encoding/binary"
	"unsafe"
)

// lows multiply a query's numbers with the low bits of a second code, of which a byte has those of two
// numbers. They are taken apart, those of even places first and those of odd ones behind
// them, and so are the numbers: then this is a product as that of the high bits is.
type lows struct {
	numbers []int16
	row     []int8
	bytes   []uint8 // the row
}

func newLows(numbers []int16) lows {
	half := (len(numbers) + 1) / 2
	l := lows{numbers: make([]int16, 2*half), bytes: make([]uint8, 2*half)}
	l.row = unsafe.Slice((*int8)(unsafe.Pointer(unsafe.SliceData(l.bytes))), 2*half)
	for i, number := range numbers {
		l.numbers[i%2*half+i/2] = number
	}
	return l
}

// product is the sum of products. It writes to the row, so it is for one goroutine.
func (l *lows) product(rests []uint8) int32 {
	const each = 0x0f0f0f0f0f0f0f0f
	even, odd := l.bytes[:len(rests)], l.bytes[len(rests):]
	i := 0
	for ; i+8 <= len(rests); i += 8 {
		two := binary.LittleEndian.Uint64(rests[i:])
		binary.LittleEndian.PutUint64(even[i:], two&each)
		binary.LittleEndian.PutUint64(odd[i:], two>>4&each)
	}
	for ; i < len(rests); i++ {
		even[i], odd[i] = rests[i]&15, rests[i]>>4
	}
	return product(l.row, l.numbers)
}
