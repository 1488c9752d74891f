package embed

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"math"
	"slices"
)

// The GGUF container, version 3: magic, version, counts, key-value pairs, tensor
// descriptions, then the tensors' data, each at a multiple of the alignment.
const (
	ggufMagic     = "GGUF"
	ggufVersion   = 3
	ggufAlignment = 32
)

// Numbers of value types and tensor types in GGUF.
const (
	ggufUint32  = 4
	ggufInt32   = 5
	ggufFloat32 = 6
	ggufBool    = 7
	ggufString  = 8
	ggufArray   = 9

	tensorF32  = 0
	tensorQ8_0 = 8
)

// A ggufWriter gathers a model and writes it.
type ggufWriter struct {
	pairs   bytes.Buffer
	nPairs  uint64
	tensors []ggufTensor
}

type ggufTensor struct {
	name  string
	kind  uint32
	shape []int64 // the fastest dimension first, as GGUF has it
	data  []byte
}

// set adds a key. The value's Go type decides its type in the file.
func (w *ggufWriter) set(key string, value any) {
	w.nPairs++
	putString(&w.pairs, key)
	switch v := value.(type) {
	case uint32:
		put(&w.pairs, uint32(ggufUint32), v)
	case float32:
		put(&w.pairs, uint32(ggufFloat32), v)
	case bool:
		put(&w.pairs, uint32(ggufBool), v)
	case string:
		put(&w.pairs, uint32(ggufString))
		putString(&w.pairs, v)
	case []string:
		put(&w.pairs, uint32(ggufArray), uint32(ggufString), uint64(len(v)))
		for _, s := range v {
			putString(&w.pairs, s)
		}
	case []int32:
		put(&w.pairs, uint32(ggufArray), uint32(ggufInt32), uint64(len(v)), v)
	default:
		panic(fmt.Sprintf("embed: no GGUF type for %T", value))
	}
}

// add adds a tensor whose shape is given as in safetensors, the fastest dimension
// last. Matrices are quantised to Q8_0, vectors kept as they are.
func (w *ggufWriter) add(name string, values []float32, quantise bool, shape ...int64) {
	shape = slices.Clone(shape)
	slices.Reverse(shape)
	t := ggufTensor{name: name, shape: shape}
	if quantise {
		t.kind, t.data = tensorQ8_0, quantiseQ8(values)
	} else {
		var b bytes.Buffer
		put(&b, values)
		t.kind, t.data = tensorF32, b.Bytes()
	}
	w.tensors = append(w.tensors, t)
}

// writeTo writes the file.
func (w *ggufWriter) writeTo(out io.Writer) error {
	var head bytes.Buffer
	head.WriteString(ggufMagic)
	put(&head, uint32(ggufVersion), uint64(len(w.tensors)), w.nPairs)
	head.Write(w.pairs.Bytes())
	var offset uint64
	for _, t := range w.tensors {
		putString(&head, t.name)
		put(&head, uint32(len(t.shape)), t.shape, t.kind, offset)
		offset += uint64(len(t.data) + padding(len(t.data)))
	}
	head.Write(make([]byte, padding(head.Len())))
	if _, err := out.Write(head.Bytes()); err != nil {
		return err
	}
	for _, t := range w.tensors {
		if _, err := out.Write(append(t.data, make([]byte, padding(len(t.data)))...)); err != nil {
			return err
		}
	}
	return nil
}

func padding(n int) int { return (ggufAlignment - n%ggufAlignment) % ggufAlignment }

// put writes values of fixed size to a buffer, which cannot fail.
func put(b *bytes.Buffer, values ...any) {
	for _, v := range values {
		_ = binary.Write(b, binary.LittleEndian, v)
	}
}

func putString(b *bytes.Buffer, s string) {
	put(b, uint64(len(s)))
	b.WriteString(s)
}

// q8Block is the number of values that share a scale in Q8_0.
const q8Block = 32

// quantiseQ8 packs values, a multiple of q8Block, as Q8_0: for each block a 16-bit
// float d = max|x| / 127 and the 8-bit integers round(x / d).
func quantiseQ8(values []float32) []byte {
	packed := make([]byte, 0, len(values)/q8Block*(q8Block+2))
	for block := range slices.Chunk(values, q8Block) {
		var largest float32
		for _, x := range block {
			largest = max(largest, float32(math.Abs(float64(x))))
		}
		d := largest / 127
		var inverse float32
		if d != 0 {
			inverse = 1 / d
		}
		packed = binary.LittleEndian.AppendUint16(packed, float16(d))
		for _, x := range block {
			packed = append(packed, byte(int8(math.Round(float64(x*inverse)))))
		}
	}
	return packed
}

// float16 converts a number to IEEE 754 binary16, to nearest, ties to even. What is too
// large becomes infinity.
func float16(x float32) uint16 {
	bits := math.Float32bits(x)
	sign := uint16(bits>>16) & 0x8000
	exponent := int(bits>>23&0xff) - 127 + 15
	mantissa := bits & 0x7fffff
	switch {
	case exponent >= 31:
		return sign | 0x7c00
	case exponent <= 0:
		// A subnormal number: the implicit bit becomes explicit and moves down.
		if exponent < -10 {
			return sign
		}
		mantissa |= 0x800000
		return sign | roundShift(mantissa, uint(14-exponent))
	default:
		// A carry out of the mantissa rightly raises the exponent.
		return sign | (uint16(exponent)<<10 + roundShift(mantissa, 13))
	}
}

// roundShift shifts right, rounding to nearest, ties to even.
func roundShift(v uint32, n uint) uint16 {
	half := uint32(1) << (n - 1)
	rest := v & (1<<n - 1)
	v >>= n
	if rest > half || rest == half && v&1 == 1 {
		v++
	}
	return uint16(v)
}
