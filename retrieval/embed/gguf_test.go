package embed

import (
	"bytes"
	"encoding/binary"
	"math"
	"math/rand/v2"
	"testing"
)

func TestFloat16(t *testing.T) {
	for name, test := range map[string]struct {
		x    float64
		want uint16
	}{
		"zero":                      {0, 0x0000},
		"minus zero":                {math.Copysign(0, -1), 0x8000},
		"one":                       {1, 0x3c00},
		"minus two":                 {-2, 0xc000},
		"a third":                   {1.0 / 3, 0x3555},
		"the largest":               {65504, 0x7bff},
		"rounded down to it":        {65519, 0x7bff},
		"too large":                 {65520, 0x7c00},
		"much too large":            {-1e30, 0xfc00},
		"infinity":                  {math.Inf(1), 0x7c00},
		"the smallest normal":       {math.Ldexp(1, -14), 0x0400},
		"the largest subnormal":     {math.Ldexp(1023, -24), 0x03ff},
		"rounded up to normal":      {math.Ldexp(1023.75, -24), 0x0400},
		"the smallest":              {math.Ldexp(1, -24), 0x0001},
		"a tie at the smallest":     {math.Ldexp(1, -25), 0x0000},
		"just above it":             {math.Ldexp(1.001, -25), 0x0001},
		"too small":                 {-math.Ldexp(1, -26), 0x8000},
		"a tie, to even below":      {1 + math.Ldexp(1, -11), 0x3c00},
		"a tie, to even above":      {1 + 3*math.Ldexp(1, -11), 0x3c02},
		"a carry into the exponent": {2 - math.Ldexp(1, -12), 0x4000},
	} {
		t.Run(name, func(t *testing.T) {
			if got := float16(float32(test.x)); got != test.want {
				t.Errorf("%v is %#04x, want %#04x", test.x, got, test.want)
			}
		})
	}
}

// Every number of 16 bits comes back as itself, and what lies between two of them
// becomes the nearer one.
func TestFloat16RoundTrip(t *testing.T) {
	for bits := range uint16(0x7c00) {
		x := fromFloat16(bits)
		if got := float16(float32(x)); got != bits {
			t.Fatalf("%#04x came back as %#04x", bits, got)
		}
		if got := float16(float32(-x)); got != bits|0x8000 {
			t.Fatalf("minus %#04x came back as %#04x", bits, got)
		}
		if bits+1 < 0x7c00 {
			next := fromFloat16(bits + 1)
			if low, high := float16(float32(0.75*x+0.25*next)), float16(float32(0.25*x+0.75*next)); low != bits || high != bits+1 {
				t.Fatalf("between %#04x and the next: %#04x, %#04x", bits, low, high)
			}
		}
	}
}

// fromFloat16 is the value of a finite, positive binary16.
func fromFloat16(bits uint16) float64 {
	exponent, mantissa := int(bits>>10), float64(bits&0x3ff)
	if exponent == 0 {
		return math.Ldexp(mantissa, -24)
	}
	return math.Ldexp(1024+mantissa, exponent-25)
}

func TestQuantiseQ8(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	values := make([]float32, 3*q8Block)
	for i := range values {
		values[i] = float32(random.NormFloat64() * 0.05)
	}
	clear(values[q8Block : 2*q8Block]) // a block of zeros
	values[0] = -0.7                   // the largest of its block is negative
	packed := quantiseQ8(values)
	if want := 3 * (2 + q8Block); len(packed) != want {
		t.Fatalf("%d bytes, want %d", len(packed), want)
	}
	for b := range 3 {
		block := packed[b*(2+q8Block):]
		d := fromFloat16(binary.LittleEndian.Uint16(block))
		var largest float64
		for i := range q8Block {
			x := float64(values[b*q8Block+i])
			largest = max(largest, math.Abs(x))
			got := d * float64(int8(block[2+i]))
			// Half a step, and what rounding the step itself to 16 bits moves at 127 steps.
			if math.Abs(got-x) > d*0.57 {
				t.Errorf("block %d: %v came back as %v (step %v)", b, x, got, d)
			}
		}
		if math.Abs(d*127-largest) > largest*0.001 {
			t.Errorf("block %d: the step is %v for a largest value of %v", b, d, largest)
		}
	}
	if got := int8(packed[2]); got != -127 {
		t.Errorf("the largest value became %d", got)
	}
	if !bytes.Equal(packed[2+q8Block:2*(2+q8Block)], make([]byte, 2+q8Block)) {
		t.Error("a block of zeros is not zeros")
	}
}

func TestGGUFLayout(t *testing.T) {
	w := &ggufWriter{}
	w.set("general.architecture", "bert")
	w.set("a.number", uint32(7))
	w.set("some.words", []string{"x", ""})
	w.add("matrix", make([]float32, 2*q8Block), true, 2, q8Block)
	w.add("vector", []float32{1, 2, 3}, false, 3)
	var out bytes.Buffer
	if err := w.writeTo(&out); err != nil {
		t.Fatal(err)
	}
	want := "GGUF" + "\x03\x00\x00\x00" + u64(2) + u64(3) +
		u64(20) + "general.architecture" + "\x08\x00\x00\x00" + u64(4) + "bert" +
		u64(8) + "a.number" + "\x04\x00\x00\x00" + "\x07\x00\x00\x00" +
		u64(10) + "some.words" + "\x09\x00\x00\x00" + "\x08\x00\x00\x00" + u64(2) + u64(1) + "x" + u64(0) +
		u64(6) + "matrix" + "\x02\x00\x00\x00" + u64(q8Block) + u64(2) + "\x08\x00\x00\x00" + u64(0) +
		// 68 bytes of the matrix, filled up to a multiple of 32.
		u64(6) + "vector" + "\x01\x00\x00\x00" + u64(3) + "\x00\x00\x00\x00" + u64(96)
	for len(want)%ggufAlignment != 0 {
		want += "\x00"
	}
	want += string(make([]byte, 96)) + "\x00\x00\x80\x3f\x00\x00\x00\x40\x00\x00\x40\x40" + string(make([]byte, 20))
	if got := out.String(); got != want {
		t.Errorf("got\n%q\nwant\n%q", got, want)
	}
}

func u64(n uint64) string { return string(binary.LittleEndian.AppendUint64(nil, n)) }
