// Package bundle hands a codebase on: examples as JSON Lines, the project's own form
// (docs/example.schema.json), with a signature beside the file, so that a receiver can
// see that nobody changed it.
//
//	n, err := bundle.Write("team.jsonl", &key, store.Examples(ctx, codebase.Filter{}))
//	…
//	b, err := bundle.Open("team.jsonl", publicKey)
//	for e, err := range b.Examples() { … }
//
// (codebase/importer imports them.)
//
// The signature is minisign's (Ed25519 over BLAKE2b), in FILE.minisig: the tool of that
// name verifies it as well. It says who handed the file on, and not that the code is
// secure: what comes in by a bundle passes admission as everything does.
package bundle

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"time"

	"aead.dev/minisign"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/internal/atomicfile"
)

// Ending is what is added to the name of a file for that of its signature.
const Ending = ".minisig"

// ErrSignature says that a file is not what was signed, or not by that key.
var ErrSignature = errors.New("the signature does not belong to this file and key")

// maxLine bounds a line, in bytes.
const maxLine = 64 << 20

// Encode writes examples as JSON Lines, and counts them.
func Encode(w io.Writer, examples iter.Seq2[codebase.Example, error]) (n int, err error) {
	buffered := bufio.NewWriter(w)
	encoder := json.NewEncoder(buffered)
	encoder.SetEscapeHTML(false)
	for e, err := range examples {
		if err != nil {
			return n, err
		}
		if err := encoder.Encode(e); err != nil {
			return n, err
		}
		n++
	}
	return n, buffered.Flush()
}

// Write writes examples into a file, as a whole or not at all, and its signature beside
// it where key is not nil. A signature that was there for an older file is taken away first.
func Write(path string, key *minisign.PrivateKey, examples iter.Seq2[codebase.Example, error]) (n int, err error) {
	if err := os.Remove(path + Ending); err != nil && !errors.Is(err, os.ErrNotExist) {
		return 0, fmt.Errorf("write bundle %s: %w", path, err)
	}
	var signature []byte
	err = atomicfile.Write(path, 0o644, func(w io.Writer) error {
		if key == nil {
			n, err = Encode(w, examples)
			return err
		}
		// The reader hashes what goes through it.
		from, to := io.Pipe()
		done := make(chan error, 1)
		hashed := minisign.NewReader(from)
		go func() {
			_, err := io.Copy(io.Discard, hashed)
			done <- err
		}()
		n, err = Encode(io.MultiWriter(w, to), examples)
		_ = to.CloseWithError(err) // nil ends the reading
		if err := errors.Join(err, <-done); err != nil {
			return err
		}
		comment := fmt.Sprintf("seccoder bundle of %d examples, %s", n, time.Now().UTC().Format(time.RFC3339))
		signature = hashed.SignWithComments(*key, comment, "signature of a seccoder bundle")
		return nil
	})
	if err != nil {
		return 0, fmt.Errorf("write bundle %s: %w", path, err)
	}
	if key == nil {
		return n, nil
	}
	err = atomicfile.Write(path+Ending, 0o644, func(w io.Writer) error {
		_, err := w.Write(signature)
		return err
	})
	if err != nil {
		return n, fmt.Errorf("sign bundle %s: %w", path, err)
	}
	return n, nil
}

// A Bundle is a file of examples whose signature was verified. It is not safe for
// concurrent use.
type Bundle struct {
	// Comment is what the signer's program said of the file; it is signed, too.
	Comment string
	// ID tells it from every other bundle: SHA-256, in hex, over its signature.
	ID     string
	path   string
	file   *os.File
	pieces *pieces
}

// Open opens a bundle and verifies its signature by a key that the receiver trusts. The
// error is ErrSignature where it is not right.
func Open(path string, key minisign.PublicKey) (*Bundle, error) {
	signature, err := os.ReadFile(path + Ending)
	if err != nil {
		return nil, fmt.Errorf("open bundle %s: its signature: %w", path, err)
	}
	var parsed minisign.Signature
	if err := parsed.UnmarshalText(signature); err != nil {
		return nil, fmt.Errorf("open bundle %s: %s%s is no signature: %w", path, path, Ending, err)
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("open bundle: %w", err)
	}
	pieces, err := verify(file, key, signature)
	if err != nil {
		if errors.Is(err, ErrSignature) {
			err = fmt.Errorf("%w (signed by key %016X, given key %016X)", err, parsed.KeyID, key.ID())
		}
		return nil, fmt.Errorf("open bundle %s: %w", path, errors.Join(err, file.Close()))
	}
	id := sha256.Sum256(signature)
	return &Bundle{Comment: parsed.TrustedComment, ID: hex.EncodeToString(id[:]), path: path, file: file, pieces: pieces}, nil
}

// verify reads a file to its end and compares it with its signature.
func verify(file *os.File, key minisign.PublicKey, signature []byte) (*pieces, error) {
	hashed := minisign.NewReader(file)
	pieces, err := newPieces(file, hashed)
	if err != nil {
		return nil, err
	}
	if !hashed.Verify(key, signature) {
		return nil, ErrSignature
	}
	return pieces, nil
}

// Close ends the use of the bundle.
func (b *Bundle) Close() error { return b.file.Close() }

// Reader reads the bundle from its beginning, as it was when its signature was verified:
// where the file was changed since, reading fails with ErrChanged.
func (b *Bundle) Reader() io.ReadSeeker { return b.pieces.reader() }

// Examples yields the examples of the bundle, each as it must be for a store: an id that
// is not the hash of its code is an error too. An error ends the sequence.
func (b *Bundle) Examples() iter.Seq2[codebase.Example, error] {
	return func(yield func(codebase.Example, error) bool) {
		for e, err := range Decode(b.Reader()) {
			if err != nil {
				err = fmt.Errorf("read bundle %s: %w", b.path, err)
			}
			if !yield(e, err) {
				return
			}
		}
	}
}

// Decode reads examples from JSON Lines. An error names the line and ends the sequence.
func Decode(r io.Reader) iter.Seq2[codebase.Example, error] {
	return func(yield func(codebase.Example, error) bool) {
		lines := bufio.NewScanner(r)
		lines.Buffer(make([]byte, 0, 64<<10), maxLine)
		n := 0
		for lines.Scan() {
			n++
			var e codebase.Example
			err := json.Unmarshal(lines.Bytes(), &e)
			if err == nil {
				err = e.Validate()
			}
			if err != nil {
				yield(codebase.Example{}, fmt.Errorf("line %d: %w", n, err))
				return
			}
			if !yield(e, nil) {
				return
			}
		}
		if err := lines.Err(); err != nil {
			yield(codebase.Example{}, fmt.Errorf("line %d: %w", n+1, err))
		}
	}
}
