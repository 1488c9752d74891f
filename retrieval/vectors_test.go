package retrieval_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/retrieval"
)

func randomVectors(source *rand.Rand, n, dims int) []codebase.Vector {
	vectors := make([]codebase.Vector, n)
	for i := range vectors {
		sum := sha256.Sum256([]byte{byte(i), byte(source.Uint32())})
		vectors[i].ExampleID = hex.EncodeToString(sum[:])
		vectors[i].Values = make([]float32, dims)
		for j := range dims {
			vectors[i].Values[j] = float32(source.NormFloat64())
		}
	}
	return vectors
}

func mustWrite(t testing.TB, embedder string, dims int, vectors []codebase.Vector) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := retrieval.WriteVectors(&b, embedder, dims, vectors); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func sameVector(a, b codebase.Vector) bool {
	return a.ExampleID == b.ExampleID && slices.EqualFunc(a.Values, b.Values, func(x, y float32) bool {
		return math.Float32bits(x) == math.Float32bits(y)
	})
}

func TestVectorsRoundTrip(t *testing.T) {
	source := rand.New(rand.NewPCG(13, 14))
	for _, size := range []struct{ n, dims int }{{0, 384}, {1, 1}, {50, 384}, {3, 65536}} {
		vectors := randomVectors(source, size.n, size.dims)
		file := mustWrite(t, "minilm \"<é>\"\n", size.dims, vectors)
		// One byte at a time, as a slow connection gives them.
		id, got, err := retrieval.ReadVectors(iotest.OneByteReader(bytes.NewReader(file)))
		if err != nil {
			t.Fatal(err)
		}
		slices.SortFunc(vectors, func(a, b codebase.Vector) int { return strings.Compare(a.ExampleID, b.ExampleID) })
		if id != "minilm \"<é>\"\n" || !slices.EqualFunc(got, vectors, sameVector) {
			t.Errorf("%d vectors of %d numbers did not come back as they were", size.n, size.dims)
		}
		slices.Reverse(vectors)
		if !bytes.Equal(file, mustWrite(t, id, size.dims, vectors)) {
			t.Error("the file depends on the order of the vectors")
		}
	}
}

func TestWriteVectorsRefuses(t *testing.T) {
	good := randomVectors(rand.New(rand.NewPCG(15, 16)), 1, 2)[0]
	with := func(id string, values ...float32) []codebase.Vector {
		return []codebase.Vector{{ExampleID: id, Values: values}}
	}
	for _, test := range []struct {
		name, embedder string
		dims           int
		vectors        []codebase.Vector
		want           string
	}{
		{"no embedder", "", 2, nil, "embedder"},
		{"an embedder that is not UTF-8", "\xff", 2, nil, "embedder"},
		{"a long embedder", strings.Repeat("x", 10_000), 2, nil, "embedder"},
		{"no dimensions", "e", 0, nil, "0 numbers"},
		{"too many dimensions", "e", 1 << 20, nil, "numbers"},
		{"a short id", "e", 2, with("abc", 1, 0), "abc"},
		{"an upper-case id", "e", 2, with(strings.Repeat("AB", 32), 1, 0), "lower-case"},
		{"a wrong length", "e", 3, []codebase.Vector{good}, good.ExampleID},
		{"NaN", "e", 2, with(good.ExampleID, 1, float32(math.NaN())), "not finite"},
		{"one twice", "e", 2, []codebase.Vector{good, good}, "twice"},
	} {
		t.Run(test.name, func(t *testing.T) {
			err := retrieval.WriteVectors(io.Discard, test.embedder, test.dims, test.vectors)
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got error %v, want one with %q", err, test.want)
			}
		})
	}
	t.Run("full disk", func(t *testing.T) {
		full := errors.New("disk full")
		if err := retrieval.WriteVectors(failingWriter{full}, "e", 2, []codebase.Vector{good}); !errors.Is(err, full) {
			t.Errorf("got error %v, want the writer's", err)
		}
	})
}

type failingWriter struct{ err error }

func (w failingWriter) Write([]byte) (int, error) { return 0, w.err }

func TestReadVectorsDamaged(t *testing.T) {
	file := mustWrite(t, "e", 3, randomVectors(rand.New(rand.NewPCG(17, 18)), 3, 3))
	for end := range file {
		if _, got, err := retrieval.ReadVectors(bytes.NewReader(file[:end])); err == nil || got != nil {
			t.Errorf("no error for the first %d of %d bytes", end, len(file))
		}
	}
	for i := range file {
		changed := slices.Clone(file)
		changed[i] ^= 0x10
		if _, got, err := retrieval.ReadVectors(bytes.NewReader(changed)); err == nil || got != nil {
			t.Errorf("no error after byte %d was changed", i)
		}
	}
	header := "SecCoder vectors 1\n"
	for _, test := range []struct{ name, file, want string }{
		{"empty", "", "no file of vectors"},
		{"another file", "PNG\n", "no file of vectors"},
		{"a long line", strings.Repeat("x", 100_000), "no file of vectors"},
		{"a newer version", "SecCoder vectors 2\n{}", `version "2"`},
		{"a long header", header + strings.Repeat(" ", 100_000), "longer"},
		{"no JSON", header + "dims\n", "damaged"},
		{"no embedder", header + `{"dims":3}` + "\n", "embedder"},
		{"vast vectors", header + `{"embedder":"e","dims":1000000000000,"count":1}` + "\n", "numbers"},
		{"vast count", header + `{"embedder":"e","dims":3,"count":9000000000000000000}` + "\n", "cut off"},
		{"cut off", string(file[:len(file)-1]), "cut off"},
		{"more", string(file) + "x", "follows the end"},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, _, err := retrieval.ReadVectors(strings.NewReader(test.file))
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got error %v, want one with %q", err, test.want)
			}
		})
	}
	t.Run("a reader that fails", func(t *testing.T) {
		broken := errors.New("bad sector")
		for _, at := range []int{0, 5, 19, 60, 120, len(file)} {
			r := io.MultiReader(bytes.NewReader(file[:at]), iotest.ErrReader(broken))
			if _, _, err := retrieval.ReadVectors(r); !errors.Is(err, broken) {
				t.Errorf("after %d bytes: got error %v, want the reader's", at, err)
			}
		}
	})
}

// FuzzReadVectors reads any bytes, as they are and with a checksum that fits,
// and writes again what could be read.
func FuzzReadVectors(f *testing.F) {
	f.Add(mustWrite(f, "e", 2, randomVectors(rand.New(rand.NewPCG(19, 20)), 2, 2)), true)
	f.Add([]byte("SecCoder vectors 1\n{\"embedder\":\"e\",\"dims\":1,\"count\":0}\n"), true)
	f.Add([]byte{}, false)
	f.Fuzz(func(t *testing.T, data []byte, seal bool) {
		if seal {
			sum := sha256.Sum256(data)
			data = append(slices.Clone(data), sum[:]...)
		}
		id, vectors, err := retrieval.ReadVectors(bytes.NewReader(data))
		if err != nil {
			if id != "" || vectors != nil {
				t.Error("vectors beside an error")
			}
			return
		}
		if len(vectors) == 0 {
			return
		}
		id2, again, err := retrieval.ReadVectors(bytes.NewReader(mustWrite(t, id, len(vectors[0].Values), vectors)))
		if err != nil || id2 != id || !slices.EqualFunc(vectors, again, sameVector) {
			t.Errorf("what was read does not survive writing: %v", err)
		}
	})
}
