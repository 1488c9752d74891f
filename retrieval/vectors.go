package retrieval

import (
	"bufio"
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"math"
	"slices"
	"unicode/utf8"

	"github.com/seccoder/seccoder/codebase"
)

// The file of vectors, which carries those of the starter corpus, and of the
// weaknesses' descriptions, into the program:
//
//	"SecCoder vectors 1\n"
//	{"embedder":"…","dims":384,"count":123}\n
//	count records, sorted by id: the id (32 bytes), dims float32, little-endian
//	SHA-256 of all that comes before (32 bytes)
const (
	vectorsMagic = "SecCoder vectors "
	vectorsStart = vectorsMagic + "1\n"
	// maxVectorsHeader and maxDims bound what a damaged file can make a reader allocate.
	maxVectorsHeader = 4 << 10
	maxDims          = 1 << 16
)

type vectorsHeader struct {
	Embedder string `json:"embedder"`
	Dims     int    `json:"dims"`
	Count    int    `json:"count"`
}

func (h vectorsHeader) check() error {
	switch {
	case h.Embedder == "" || !utf8.ValidString(h.Embedder) || len(h.Embedder) > maxVectorsHeader/8:
		return fmt.Errorf("%q is no embedder id", h.Embedder)
	case h.Dims < 1 || h.Dims > maxDims:
		return fmt.Errorf("vectors of %d numbers (1 to %d are possible)", h.Dims, maxDims)
	case h.Count < 0:
		return fmt.Errorf("%d vectors", h.Count)
	}
	return nil
}

// WriteVectors writes the vectors of an embedder, each dims numbers long, in a
// form that [ReadVectors] reads. The same vectors in any order give the same
// bytes. An example id that is no SHA-256 or comes twice, a vector of another
// length and a number that is not finite are errors.
func WriteVectors(w io.Writer, embedderID string, dims int, vecs []codebase.Vector) error {
	header := vectorsHeader{embedderID, dims, len(vecs)}
	if err := header.check(); err != nil {
		return fmt.Errorf("write vectors: %w", err)
	}
	line, err := json.Marshal(header)
	if err != nil {
		return fmt.Errorf("write vectors: %w", err)
	}
	vecs = slices.Clone(vecs)
	slices.SortFunc(vecs, func(a, b codebase.Vector) int { return cmp.Compare(a.ExampleID, b.ExampleID) })

	sum := sha256.New()
	out := bufio.NewWriter(w)
	both := io.MultiWriter(out, sum)
	fmt.Fprintf(both, "%s%s\n", vectorsStart, line)
	for i, vector := range vecs {
		if i > 0 && vector.ExampleID == vecs[i-1].ExampleID {
			return fmt.Errorf("write vectors: example %s comes twice", vector.ExampleID)
		}
		record, err := encodeVector(vector, dims)
		if err != nil {
			return fmt.Errorf("write vectors: example %q: %w", vector.ExampleID, err)
		}
		if _, err := both.Write(record); err != nil {
			return fmt.Errorf("write vectors: %w", err)
		}
	}
	if _, err := out.Write(sum.Sum(nil)); err != nil {
		return fmt.Errorf("write vectors: %w", err)
	}
	if err := out.Flush(); err != nil { // repeats the first error of any write
		return fmt.Errorf("write vectors: %w", err)
	}
	return nil
}

// ReadVectors reads what [WriteVectors] wrote and returns the embedder's id and
// the vectors, sorted by example id. Input that was cut off or changed is an
// error, never a part of the vectors.
func ReadVectors(r io.Reader) (embedderID string, vecs []codebase.Vector, err error) {
	sum := sha256.New()
	buffered := bufio.NewReaderSize(r, maxVectorsHeader)
	in := io.TeeReader(buffered, sum)

	header, err := readVectorsHeader(buffered, sum)
	if err != nil {
		return "", nil, fmt.Errorf("read vectors: %w", err)
	}
	record := make([]byte, sha256.Size+4*header.Dims)
	for i := range header.Count {
		if _, err := io.ReadFull(in, record); err != nil {
			return "", nil, fmt.Errorf("read vectors: record %d of %d: %w", i+1, header.Count, cutOff(err))
		}
		vector, err := decodeVector(record)
		if err != nil {
			return "", nil, fmt.Errorf("read vectors: record %d: %w", i+1, err)
		}
		if i > 0 && vector.ExampleID <= vecs[i-1].ExampleID {
			return "", nil, fmt.Errorf("read vectors: record %d is out of order: the file is damaged", i+1)
		}
		vecs = append(vecs, vector)
	}
	trailer := make([]byte, sha256.Size+1)
	switch n, err := io.ReadFull(buffered, trailer); {
	case n == len(trailer):
		return "", nil, errors.New("read vectors: something follows the end: the file is damaged")
	case n < sha256.Size || !errors.Is(err, io.ErrUnexpectedEOF):
		return "", nil, fmt.Errorf("read vectors: the checksum: %w", cutOff(err))
	case !bytes.Equal(trailer[:n], sum.Sum(nil)):
		return "", nil, errors.New("read vectors: the checksum does not fit: the file is damaged")
	}
	return header.Embedder, vecs, nil
}

// readVectorsHeader reads the two lines at the start, and adds them to the checksum.
func readVectorsHeader(r *bufio.Reader, sum hash.Hash) (header vectorsHeader, err error) {
	start, err := r.ReadSlice('\n')
	if string(start) != vectorsStart {
		if version, ok := bytes.CutPrefix(start, []byte(vectorsMagic)); ok && err == nil {
			return header, fmt.Errorf("version %.20q is not known to this program", bytes.TrimSpace(version))
		}
		if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, bufio.ErrBufferFull) {
			return header, err
		}
		return header, errors.New("this is no file of vectors")
	}
	sum.Write(start)
	line, err := r.ReadSlice('\n')
	if errors.Is(err, bufio.ErrBufferFull) {
		return header, fmt.Errorf("the header is longer than %d bytes: the file is damaged", maxVectorsHeader)
	}
	if err != nil {
		return header, fmt.Errorf("the header: %w", cutOff(err))
	}
	sum.Write(line)
	if err := json.Unmarshal(line, &header); err != nil {
		return header, fmt.Errorf("the header: %w: the file is damaged", err)
	}
	if err := header.check(); err != nil {
		return header, fmt.Errorf("the header: %w: the file is damaged", err)
	}
	return header, nil
}

func encodeVector(vector codebase.Vector, dims int) ([]byte, error) {
	record, err := hex.DecodeString(vector.ExampleID)
	if err != nil || len(record) != sha256.Size || hex.EncodeToString(record) != vector.ExampleID {
		return nil, errors.New("the id is no SHA-256 in lower-case hex")
	}
	if len(vector.Values) != dims {
		return nil, fmt.Errorf("its vector has %d numbers, not %d", len(vector.Values), dims)
	}
	for _, value := range vector.Values {
		if !finite(value) {
			return nil, errors.New("its vector holds a number that is not finite")
		}
		record = binary.LittleEndian.AppendUint32(record, math.Float32bits(value))
	}
	return record, nil
}

func decodeVector(record []byte) (codebase.Vector, error) {
	numbers := record[sha256.Size:]
	vector := codebase.Vector{ExampleID: hex.EncodeToString(record[:sha256.Size]), Values: make([]float32, len(numbers)/4)}
	for i := range vector.Values {
		value := math.Float32frombits(binary.LittleEndian.Uint32(numbers[4*i:]))
		if !finite(value) {
			return codebase.Vector{}, fmt.Errorf("the vector of example %s holds a number that is not finite: the file is damaged", vector.ExampleID)
		}
		vector.Values[i] = value
	}
	return vector, nil
}

func finite(value float32) bool {
	return !math.IsNaN(float64(value)) && !math.IsInf(float64(value), 0)
}

// cutOff says what the end of the input means in the middle of something.
func cutOff(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return errors.New("the file ends too early: it was cut off")
	}
	return err
}
