package gitmine

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

// errMissing says that the repository does not hold an object, as a partial or a shallow
// clone does not hold all.
var errMissing = errors.New("it is not in this clone")

// A tooLargeError says that a file is larger than is looked at.
type tooLargeError struct{ bytes int64 }

func (e tooLargeError) Error() string {
	return fmt.Sprintf("it has %d kB", (e.bytes+999)/1000)
}

// objects reads contents as they are stored, without filters, by processes of cat-file
// that stay.
type objects struct {
	contents, sizes *batch
	most            int64
}

// objects starts to read objects of at most so many bytes.
func (r *repository) objects(ctx context.Context, most int64) (*objects, error) {
	contents, err := r.batch(ctx, "--batch")
	if err != nil {
		return nil, err
	}
	sizes, err := r.batch(ctx, "--batch-check")
	if err != nil {
		contents.close()
		return nil, err
	}
	return &objects{contents, sizes, most}, nil
}

func (o *objects) close() {
	o.contents.close()
	o.sizes.close()
}

// read returns the content of an object, which a name as "<commit>:path" may stand for.
func (o *objects) read(name string) ([]byte, error) {
	size, _, err := o.sizes.ask(name, false)
	if err != nil {
		return nil, err
	}
	if size > o.most {
		return nil, tooLargeError{size}
	}
	_, content, err := o.contents.ask(name, true)
	return content, err
}

// A batch is a running cat-file. It may be asked by several goroutines.
type batch struct {
	mu     sync.Mutex
	cmd    *exec.Cmd
	cancel context.CancelFunc
	in     io.WriteCloser
	out    *bufio.Reader
	said   tail
}

func (r *repository) batch(ctx context.Context, mode string) (*batch, error) {
	ctx, cancel := context.WithCancel(ctx)
	b := &batch{cmd: r.command(ctx, "cat-file", mode), cancel: cancel}
	b.cmd.Stderr = &b.said
	in, err := b.cmd.StdinPipe()
	if err == nil {
		b.in = in
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
func (b *batch) ask(name string, content bool) (size int64, data []byte, err error) {
	if strings.ContainsAny(name, "\n\x00") {
		return 0, nil, errMissing
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if _, err := io.WriteString(b.in, name+"\n"); err != nil {
		return 0, nil, fmt.Errorf("git cat-file: %w %s", err, b.said.String())
	}
	return readObject(b.out, content)
}

// readObject reads an answer of cat-file: "<id> <kind> <size>", or "<name> missing" and
// the like; where content is set, so many bytes and a line ending follow.
func readObject(out *bufio.Reader, content bool) (size int64, data []byte, err error) {
	line, err := readUntil(out, '\n', maxPath)
	if err != nil {
		return 0, nil, fmt.Errorf("git cat-file: %w", err)
	}
	fields := strings.Fields(string(line))
	if len(fields) != 3 || !commitID.MatchString(fields[0]) {
		return 0, nil, errMissing
	}
	size, err = strconv.ParseInt(fields[2], 10, 64)
	if err != nil || size < 0 {
		return 0, nil, fmt.Errorf("git cat-file: %.80q", line)
	}
	if !content {
		return size, nil, nil
	}
	data, err = io.ReadAll(io.LimitReader(out, size))
	if err == nil && int64(len(data)) < size {
		err = io.ErrUnexpectedEOF
	}
	if err == nil {
		_, err = out.Discard(1)
	}
	if err != nil {
		return 0, nil, fmt.Errorf("git cat-file: %w", err)
	}
	return size, data, nil
}

// A treeEntry is a name in a folder.
type treeEntry struct{ mode, name string }

// parseTree reads a tree as it is stored, whose ids have so many bytes.
func parseTree(data []byte, idBytes int) []treeEntry {
	var entries []treeEntry
	for {
		head, rest, found := bytes.Cut(data, []byte{0})
		mode, name, split := bytes.Cut(head, []byte{' '})
		if !found || !split || len(rest) < idBytes {
			return entries
		}
		entries = append(entries, treeEntry{string(mode), string(name)})
		data = rest[idBytes:]
	}
}
