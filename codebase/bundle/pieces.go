package bundle

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
)

// ErrChanged says that a file is no longer what its signature was verified for.
var ErrChanged = errors.New("the file was changed after its signature was verified")

// pieceSize is the size in bytes of a piece of a file.
const pieceSize = 1 << 20

// A pieces reads a file that was read before as a whole, and gives only bytes that are what
// they were then. It remembers a hash of each piece: 32 bytes for each megabyte.
//
// A signature is of a whole file, so nothing of a large one can be used before all of it
// was read; without this, whoever may write to the file could change it between
// the two readings.
type pieces struct {
	file *os.File
	size int64
	sums [][sha256.Size]byte
	// piece is the last one that was compared, at its place; -1 is none.
	piece []byte
	at    int64
}

// newPieces reads a file to its end, by way of whole.
func newPieces(file *os.File, whole io.Reader) (*pieces, error) {
	p := &pieces{file: file, at: -1, piece: make([]byte, pieceSize)}
	for {
		n, err := io.ReadFull(whole, p.piece)
		if n > 0 {
			p.size += int64(n)
			p.sums = append(p.sums, sha256.Sum256(p.piece[:n]))
		}
		switch {
		case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
			return p, nil
		case err != nil:
			return nil, err
		}
	}
}

// reader reads from the beginning.
func (p *pieces) reader() io.ReadSeeker { return io.NewSectionReader(p, 0, p.size) }

// ReadAt implements io.ReaderAt. It is not safe for concurrent use.
func (p *pieces) ReadAt(to []byte, offset int64) (n int, err error) {
	for n < len(to) && offset < p.size {
		if err := p.load(offset / pieceSize); err != nil {
			return n, err
		}
		copied := copy(to[n:], p.piece[offset%pieceSize:])
		n += copied
		offset += int64(copied)
	}
	if n < len(to) {
		return n, io.EOF
	}
	return n, nil
}

// load reads a piece and compares it with what it was.
func (p *pieces) load(at int64) error {
	if p.at == at {
		return nil
	}
	p.at = -1
	p.piece = p.piece[:min(pieceSize, p.size-at*pieceSize)]
	if _, err := p.file.ReadAt(p.piece, at*pieceSize); err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	if sha256.Sum256(p.piece) != p.sums[at] {
		return fmt.Errorf("%w (between bytes %d and %d)", ErrChanged, at*pieceSize, at*pieceSize+int64(len(p.piece)))
	}
	p.at = at
	return nil
}
