// Package listfile reads and writes files that are lists of numbers as they lie in
// memory, so that a program can use them where they are mapped: what indexes are kept in.
// All numbers are little-endian. A file is
//
//	"SecCoder things 1\n"
//	a line of JSON
//	the lists, each from a multiple of 64 bytes on, with zeros in between
//	CRC-32C of all that comes before (4 bytes, from a multiple of 64 on)
//
// Whatever is wrong with a file is [ErrUnusable]. The checksum tells damage and no malice: who
// uses a list must see to it that nothing in it leads astray.
package listfile

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"unsafe"
)

// ErrUnusable says that a file is not what was asked for: it is damaged or cut off, of
// another kind, or written by another version.
var ErrUnusable = errors.New("the index cannot be used")

const (
	// maxHeader bounds what a damaged file can make a reader look at.
	maxHeader = 64 << 10
	alignment = 64
	sumBytes  = 4
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// A Writer writes a file's lists.
type Writer struct {
	to      *bufio.Writer
	written int
	sum     uint32
}

// NewWriter begins a file with its first line, which is magic and version, and a header
// that JSON can write.
func NewWriter(to io.Writer, magic, version string, header any) (*Writer, error) {
	if !littleEndian() {
		return nil, errors.New("this processor's numbers are big-endian")
	}
	line, err := json.Marshal(header)
	if err != nil {
		return nil, err
	}
	w := &Writer{to: bufio.NewWriterSize(to, 1<<20)}
	w.Bytes([]byte(magic + version + "\n"))
	w.Bytes(append(line, '\n'))
	return w, nil
}

// Begin is where a list begins; Bytes writes its items.
func (w *Writer) Begin() { w.Bytes(make([]byte, -w.written&(alignment-1))) }

// Bytes writes bytes. Its errors are Close's to tell.
func (w *Writer) Bytes(b []byte) {
	_, _ = w.to.Write(b)
	w.written += len(b)
	w.sum = crc32.Update(w.sum, castagnoli, b)
}

// Close ends the file with its checksum. It returns the first error of any write, and does
// not close what is written to.
func (w *Writer) Close() error {
	w.Begin()
	w.Bytes(binary.LittleEndian.AppendUint32(nil, w.sum))
	return w.to.Flush()
}

// A Reader goes through the lists of a file.
type Reader struct {
	data  []byte
	at    int
	short bool // the file ended before
}

// NewReader reads the two lines at the start of a file, which begin with magic and version, and
// has JSON read the header.
func NewReader(data []byte, magic, version string, header any) (*Reader, error) {
	if !littleEndian() {
		return nil, fmt.Errorf("%w: this processor's numbers are big-endian", ErrUnusable)
	}
	start := magic + version + "\n"
	if !bytes.HasPrefix(data, []byte(start)) {
		if bytes.HasPrefix(data, []byte(magic)) {
			return nil, fmt.Errorf("%w: another version of seccoder wrote it", ErrUnusable)
		}
		return nil, Damaged("it does not begin as an index does")
	}
	rest := data[len(start):]
	length := bytes.IndexByte(rest[:min(len(rest), maxHeader)], '\n')
	if length < 0 {
		return nil, Damaged("its header has no end")
	}
	if err := json.Unmarshal(rest[:length], header); err != nil {
		return nil, Damaged("its header: %w", err)
	}
	return &Reader{data: data, at: len(start) + length + 1}, nil
}

// Damaged is an ErrUnusable that says what is damaged.
func Damaged(format string, arguments ...any) error {
	return fmt.Errorf("%w: it is damaged: %w", ErrUnusable, fmt.Errorf(format, arguments...))
}

// Take returns the next list, of n items, which lies in the file's own bytes; nil where the
// file ends before, which End tells.
func Take[T any](r *Reader, n int) []T {
	var zero T
	r.at += -r.at & (alignment - 1)
	size := int(unsafe.Sizeof(zero))
	if r.short || n < 0 || r.at > len(r.data) || n > (len(r.data)-r.at)/size {
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

// Short says that a list did not fit the file.
func (r *Reader) Short() bool { return r.short }

// End compares the checksum, after the last list. All of the file is read for it.
func (r *Reader) End() error {
	sum := Take[uint32](r, 1)
	switch {
	case r.short:
		return fmt.Errorf("%w: it is cut off", ErrUnusable)
	case r.at != len(r.data):
		return Damaged("%d bytes where %d are expected", len(r.data), r.at)
	case Sum(r.data) != sum[0]:
		return Damaged("its checksum is wrong")
	}
	return nil
}

// Sum is the checksum that belongs at the end of a file with these bytes.
func Sum(file []byte) uint32 { return crc32.Checksum(file[:len(file)-sumBytes], castagnoli) }

// BytesOf is a list's memory.
func BytesOf[T any](list []T) []byte {
	var zero T
	return unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(list))), len(list)*int(unsafe.Sizeof(zero)))
}

// littleEndian is true of every processor that the program is built for.
func littleEndian() bool { return binary.NativeEndian.Uint16([]byte{1, 0}) == 1 }

// A File is the bytes of a file, from an address that is a multiple of 8. They are there as long
// as somebody holds the File, and nobody may write into the file meanwhile or cut it off; another
// may be put in its place.
type File struct{ Bytes []byte }

// Open maps a file into memory where the system has that (Unix), and reads it where it has
// not. A file that is not there is fs.ErrNotExist.
func Open(path string) (*File, error) { return open(path) }

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
func inMemory(path string) (*File, error) {
	in, size, err := openFile(path)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	words := make([]uint64, (size+7)/8)
	data := BytesOf(words)[:size]
	if _, err := io.ReadFull(in, data); err != nil {
		return nil, err
	}
	return &File{data}, nil
}
