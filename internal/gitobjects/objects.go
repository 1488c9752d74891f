package gitobjects

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"strconv"
	"strings"
	"sync"
)

// ErrMissing says that the repository does not hold an object, as a partial or a shallow
// clone does not hold all, or that a name stands for none or several.
var ErrMissing = errors.New("it is not in this clone")

// A TooLargeError says that an object is larger than may be read.
type TooLargeError struct{ Bytes, Most int64 }

func (e *TooLargeError) Error() string {
	return fmt.Sprintf("it has %d kB, more than %d kB", (e.Bytes+999)/1000, e.Most/1000)
}

// Unread reports whether an error says that one object is missing or too large. Others can
// be read then; after any other error none can.
func Unread(err error) bool {
	_, large := errors.AsType[*TooLargeError](err)
	return large || errors.Is(err, ErrMissing)
}

// Objects reads objects as they are stored, without filters, by a process of cat-file that
// stays. It may be used by several goroutines.
type Objects struct {
	start func() (*batch, error)
	most  int64

	mu    sync.Mutex
	batch *batch // nil before the first, and after one that could not be read to its end
}

// Objects starts to read objects of at most so many bytes.
func (r *Repository) Objects(ctx context.Context, most int64) *Objects {
	return &Objects{start: func() (*batch, error) { return r.batch(ctx) }, most: most}
}

// Close ends the reading.
func (o *Objects) Close() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.end()
}

func (o *Objects) end() {
	if o.batch != nil {
		o.batch.close()
		o.batch = nil
	}
}

// An Object is what git has stored under an id.
type Object struct {
	// Kind is "commit", "tree", "blob" or "tag".
	ID, Kind string
	Content  []byte
}

// Read returns an object, which may be named as git names it: by an id or its beginning, or
// as "<commit>:path". The error is ErrMissing or a *TooLargeError where only this one
// cannot be read (see [Unread]).
func (o *Objects) Read(name string) (Object, error) {
	if strings.ContainsAny(name, "\r\n\x00") {
		return Object{}, ErrMissing
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.batch == nil {
		var err error
		if o.batch, err = o.start(); err != nil {
			return Object{}, err
		}
	}
	object, err := o.batch.ask(name, o.most)
	if err != nil && !errors.Is(err, ErrMissing) {
		o.end() // the rest of the answer, which may be long, is in the way of the next one
	}
	return object, err
}

// A batch is a running cat-file.
type batch struct {
	cmd    *exec.Cmd
	cancel context.CancelFunc
	in     io.WriteCloser
	out    *bufio.Reader
	said   tail
}

func (r *Repository) batch(ctx context.Context) (*batch, error) {
	ctx, cancel := context.WithCancel(ctx)
	b := &batch{cmd: r.command(ctx, "cat-file", "--batch"), cancel: cancel}
	b.cmd.Stderr = &b.said
	var err error
	if b.in, err = b.cmd.StdinPipe(); err == nil {
		var out io.ReadCloser
		if out, err = b.cmd.StdoutPipe(); err == nil {
			b.out = bufio.NewReaderSize(out, 1<<16)
			err = b.cmd.Start()
		}
	}
	if err != nil {
		cancel()
		return nil, fmt.Errorf("git cat-file: %w", err)
	}
	return b, nil
}

func (b *batch) close() {
	_ = b.in.Close()
	b.cancel()
	_ = b.cmd.Wait() // it was told to end
}

// ask asks for one object.
func (b *batch) ask(name string, most int64) (Object, error) {
	if _, err := io.WriteString(b.in, name+"\n"); err != nil {
		return Object{}, fmt.Errorf("git cat-file: %w %s", err, b.said.String())
	}
	return readObject(b.out, most)
}

// readObject reads an answer of cat-file: "<id> <kind> <size>", so many bytes and a line
// ending; or "<name> missing" and the like.
func readObject(out *bufio.Reader, most int64) (Object, error) {
	line, err := ReadUntil(out, '\n', MaxPath)
	if err != nil {
		return Object{}, fmt.Errorf("git cat-file: %w", err)
	}
	fields := strings.Fields(string(line))
	if len(fields) != 3 || !IsID(fields[0]) {
		return Object{}, ErrMissing
	}
	size, err := strconv.ParseInt(fields[2], 10, 64)
	switch {
	case err != nil || size < 0:
		return Object{}, fmt.Errorf("git cat-file: %.80q", line)
	case size > most:
		return Object{}, &TooLargeError{size, most}
	}
	content, err := io.ReadAll(io.LimitReader(out, size))
	if err == nil && int64(len(content)) < size {
		err = io.ErrUnexpectedEOF
	}
	if err == nil {
		_, err = out.Discard(1)
	}
	if err != nil {
		return Object{}, fmt.Errorf("git cat-file: %w", err)
	}
	return Object{ID: fields[0], Kind: fields[1], Content: content}, nil
}

// A TreeEntry is a name in a folder.
type TreeEntry struct{ Mode, Name string }

// ParseTree reads a tree as it is stored, whose ids have so many bytes.
func ParseTree(data []byte, idBytes int) []TreeEntry {
	var entries []TreeEntry
	for {
		head, rest, found := bytes.Cut(data, []byte{0})
		mode, name, split := bytes.Cut(head, []byte{' '})
		if !found || !split || len(rest) < idBytes {
			return entries
		}
		entries = append(entries, TreeEntry{string(mode), string(name)})
		data = rest[idBytes:]
	}
}
