package nearest

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"math"
	"os"
	"slices"
	"unicode/utf8"
	"unsafe"

	"github.com/seccoder/seccoder/check"
	"github.com/seccoder/seccoder/internal/atomicfile"
	"github.com/seccoder/seccoder/lang"
)

// ErrUnusable says that a file is no index of the kind that was asked for: it is damaged
// or cut off, of another embedder or dimension, or written by another version.
var ErrUnusable = errors.New("the index cannot be used")

// The file of an index, all numbers little-endian:
//
//	"SecCoder nearest 1\n"
//	{"embedder":"…","dims":384,"count":123,"cwes":150,"languages":["c"],"stamp":"…"}\n
//	the lists, each from a multiple of 64 bytes on, with zeros in between: the centre
//	(float32, dims); then of the vectors, which are sorted by id: ids (32 bytes), languages
//	(1 byte), ends of CWEs (uint32), CWEs (int32, of all together), terms (3 float32), signs,
//	rows and rests, as a segment has them
//	CRC-32C of all that comes before, and of which version (4 bytes)
const (
	fileMagic = "SecCoder nearest "
	fileStart = fileMagic + "1\n"
	// maxFileHeader bounds what a damaged file can make a reader look at.
	maxFileHeader = 64 << 10
	alignment     = 64
)

type fileHeader struct {
	Embedder  string          `json:"embedder"`
	Dims      int             `json:"dims"`
	Count     int             `json:"count"`
	CWEs      int             `json:"cwes"`
	Languages []lang.Language `json:"languages"`
	Stamp     string          `json:"stamp"`
}

var errCutOff = errors.New("it is cut off")

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// Save writes the index to a file, in place of what is there: whole or not at all,
// also where the process is killed or the power fails. What was removed is left out. The
// index itself stays as it is; Open gives one that lives in the file.
func (x *Index) Save(path string) error {
	x.mu.RLock()
	defer x.mu.RUnlock()
	if !littleEndian() {
		return fmt.Errorf("save the index as %s: this processor's numbers are big-endian", path)
	}
	if len(x.stamp) > maxStampBytes || !utf8.ValidString(x.stamp) {
		return fmt.Errorf("save the index as %s: a stamp of %d bytes, or not UTF-8", path, len(x.stamp))
	}
	if err := atomicfile.Write(path, 0o644, x.write); err != nil {
		return fmt.Errorf("save the index as %s: %w", path, err)
	}
	return nil
}

// write puts out the file.
func (x *Index) write(to io.Writer) error {
	all := x.sorted()
	header := fileHeader{Embedder: x.kind.Embedder, Dims: x.kind.Dims, Count: len(all), Languages: x.languages, Stamp: x.stamp}
	for _, at := range all {
		header.CWEs += len(x.segment(at).cwesOf(int(at.place)))
	}
	line, err := json.Marshal(header)
	if err != nil {
		return err
	}
	out := &listWriter{to: bufio.NewWriterSize(to, 1<<20)}
	out.bytes([]byte(fileStart))
	out.bytes(append(line, '\n'))
	out.align()
	out.bytes(bytesOf(x.space.centre))
	end := uint32(0)
	for _, list := range []func(s *segment, place int) []byte{
		func(s *segment, place int) []byte { return s.ids[place][:] },
		func(s *segment, place int) []byte { return s.languages[place : place+1] },
		func(s *segment, place int) []byte {
			end += uint32(len(s.cwesOf(place)))
			return binary.LittleEndian.AppendUint32(nil, end)
		},
		func(s *segment, place int) []byte { return bytesOf(s.cwesOf(place)) },
		func(s *segment, place int) []byte { return bytesOf(s.terms[place : place+1]) },
		func(s *segment, place int) []byte { return bytesOf(s.code(place).signs) },
		func(s *segment, place int) []byte { return bytesOf(s.code(place).rows) },
		func(s *segment, place int) []byte { return s.code(place).rests },
	} {
		out.align()
		for _, at := range all {
			out.bytes(list(x.segment(at), int(at.place)))
		}
	}
	out.align()
	out.bytes(binary.LittleEndian.AppendUint32(nil, out.sum))
	return out.to.Flush() // repeats the first error of any write
}

// A listWriter counts and sums what it writes. Errors are Flush's to tell.
type listWriter struct {
	to      *bufio.Writer
	written int
	sum     uint32
}

func (w *listWriter) bytes(b []byte) {
	_, _ = w.to.Write(b)
	w.written += len(b)
	w.sum = crc32.Update(w.sum, castagnoli, b)
}

func (w *listWriter) align() { w.bytes(make([]byte, -w.written&(alignment-1))) }

// Open reads an index from a file, which is mapped into memory where the system has that
// (Unix) and read where it has not. A file that is not there is fs.ErrNotExist, one that
// is no index of this kind ErrUnusable, with the reason. All of the file is read once, to
// compare its checksum.
//
// While the index is in use, nobody may write into the file or cut it off; Save puts
// another in its place, which does no harm.
func Open(path string, kind Kind) (*Index, error) {
	data, err := readFile(path)
	if err == nil {
		var x *Index
		if x, err = parse(data.bytes, kind); err == nil {
			x.memory = data
			return x, nil
		}
	}
	return nil, fmt.Errorf("open the index %s: %w", path, err)
}

// A memory is the bytes of a file, from an address that is a multiple of 8.
type memory struct{ bytes []byte }

// parse makes an index of the bytes of a file, which it goes on using.
func parse(data []byte, kind Kind) (*Index, error) {
	if !littleEndian() {
		return nil, fmt.Errorf("%w: this processor's numbers are big-endian", ErrUnusable)
	}
	header, start, err := parseHeader(data)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrUnusable, err)
	}
	if header.Embedder != kind.Embedder || header.Dims != kind.Dims {
		return nil, fmt.Errorf("%w: it has the vectors of %s (%d numbers) and not of %s (%d)",
			ErrUnusable, header.Embedder, header.Dims, kind.Embedder, kind.Dims)
	}
	x, err := parseLists(header, data, start)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrUnusable, err)
	}
	return x, nil
}

func parseHeader(data []byte) (header fileHeader, start int, err error) {
	if !bytes.HasPrefix(data, []byte(fileStart)) {
		if bytes.HasPrefix(data, []byte(fileMagic)) {
			return header, 0, errors.New("another version of seccoder wrote it")
		}
		return header, 0, errors.New("it is damaged: it does not begin as an index does")
	}
	rest := data[len(fileStart):]
	length := bytes.IndexByte(rest[:min(len(rest), maxFileHeader)], '\n')
	if length < 0 {
		return header, 0, errors.New("it is damaged: its header has no end")
	}
	if err := json.Unmarshal(rest[:length], &header); err != nil {
		return header, 0, fmt.Errorf("it is damaged: its header: %w", err)
	}
	if err := header.check(); err != nil {
		return header, 0, fmt.Errorf("it is damaged: its header: %w", err)
	}
	return header, len(fileStart) + length + 1, nil
}

func (h fileHeader) check() error {
	if err := (Kind{h.Embedder, h.Dims}).check(); err != nil {
		return err
	}
	switch {
	case h.Count < 0 || h.Count > math.MaxInt32 || h.CWEs < 0 || h.CWEs > math.MaxInt32:
		return fmt.Errorf("%d vectors with %d CWEs", h.Count, h.CWEs)
	case len(h.Languages) > maxLanguages:
		return fmt.Errorf("%d languages", len(h.Languages))
	}
	return nil
}

// parseLists takes the lists for what they are, after making sure that they are whole and
// that nothing in them leads astray.
func parseLists(header fileHeader, data []byte, start int) (*Index, error) {
	r := &listReader{data: data, at: start}
	centre := take[float32](r, header.Dims)
	if r.short {
		return nil, errCutOff
	}
	space, n := newSpace(centre), header.Count
	s := &segment{
		space: space, ids: take[ID](r, n), languages: take[uint8](r, n), ends: take[uint32](r, n),
		cwes: take[int32](r, header.CWEs), terms: take[term](r, n), signs: take[uint64](r, n*space.words),
		rows: take[int8](r, n*space.dims), rests: take[uint8](r, n*space.rests),
	}
	sum := take[uint32](r, 1)
	switch {
	case r.short:
		return nil, errCutOff
	case r.at != len(data):
		return nil, fmt.Errorf("it is damaged: %d bytes where %d are expected", len(data), r.at)
	case crc32.Checksum(data[:len(data)-4], castagnoli) != sum[0]:
		return nil, errors.New("it is damaged: its checksum is wrong")
	}
	if err := s.check(len(header.Languages)); err != nil {
		return nil, fmt.Errorf("it is damaged: %w", err)
	}
	x := newIndex(Kind{header.Embedder, header.Dims})
	x.stamp, x.languages = header.Stamp, slices.Clone(header.Languages)
	x.setSegments(s)
	return x, nil
}

// check makes sure that what a segment was read from holds together, beyond what a
// checksum tells.
func (s *segment) check(languages int) error {
	last := uint32(0)
	for place, end := range s.ends {
		switch {
		case end < last || int(end) > len(s.cwes):
			return fmt.Errorf("vector %d has CWEs %d to %d of %d", place, last, end, len(s.cwes))
		case int(s.languages[place]) >= languages:
			return fmt.Errorf("vector %d has language %d of %d", place, s.languages[place], languages)
		case place > 0 && bytes.Compare(s.ids[place-1][:], s.ids[place][:]) >= 0:
			return fmt.Errorf("vector %d is out of order", place)
		case !s.terms[place].finite():
			return fmt.Errorf("vector %d has numbers that are not finite", place)
		}
		last = end
	}
	if int(last) != len(s.cwes) {
		return fmt.Errorf("%d CWEs where vectors have %d", len(s.cwes), last)
	}
	for _, cwe := range s.cwes {
		if cwe < 1 || cwe > int32(check.MaxCWE) {
			return fmt.Errorf("there is a CWE %d", cwe)
		}
	}
	for _, v := range s.space.centre {
		if !(v >= -2 && v <= 2) {
			return fmt.Errorf("its centre holds %v", v)
		}
	}
	return nil
}

func (t term) finite() bool {
	sum := float64(t.factor) + float64(t.shift) + float64(t.step)
	return !math.IsNaN(sum) && !math.IsInf(sum, 0)
}

// A listReader goes through the lists of a file.
type listReader struct {
	data  []byte
	at    int
	short bool // the file ended before
}

// take returns the next list, of n items, which lies in the file's own bytes.
func take[T any](r *listReader, n int) []T {
	var zero T
	r.at += -r.at & (alignment - 1)
	size := int(unsafe.Sizeof(zero))
	if r.short || r.at > len(r.data) || n > (len(r.data)-r.at)/size {
		r.short = true
		return nil
	}
	list := r.data[r.at : r.at+n*size]
	r.at += n * size
	if n == 0 {
		return nil
	}
	return unsafe.Slice((*T)(unsafe.Pointer(unsafe.SliceData(list))), n)
}

// bytesOf is a list's memory.
func bytesOf[T any](list []T) []byte {
	var zero T
	return unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(list))), len(list)*int(unsafe.Sizeof(zero)))
}

// littleEndian is true of every processor that the program is built for; lists are
// written as they lie in memory.
func littleEndian() bool { return binary.NativeEndian.Uint16([]byte{1, 0}) == 1 }

// openFile opens a file that is one, and says how large it is.
func openFile(path string) (in *os.File, size int64, err error) {
	if in, err = os.Open(path); err != nil {
		return nil, 0, err
	}
	info, err := in.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = fmt.Errorf("%w: it is no file", ErrUnusable)
	}
	if err != nil {
		return nil, 0, errors.Join(err, in.Close())
	}
	return in, info.Size(), nil
}

// inMemory reads a file whole.
func inMemory(path string) (*memory, error) {
	in, size, err := openFile(path)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	words := make([]uint64, (size+7)/8)
	data := bytesOf(words)[:size]
	if _, err := io.ReadFull(in, data); err != nil {
		return nil, err
	}
	return &memory{data}, nil
}
