//go:build amd64 || arm64

package sandbox

import (
	"bytes"
	"fmt"
	"os"
	"sync"
)

// output reads what a program writes, up to a bound, and throws the rest away.
type output struct {
	inner    [2]*os.File // the program's ends: standard output and error
	outer    [2]*os.File
	text     [2]bytes.Buffer
	exceeded chan struct{} // closed when the bound is passed
	cut      bool
	left     int64
	mu       sync.Mutex // guards left and cut
	readers  sync.WaitGroup
}

// newOutput makes the pipes.
func newOutput(limit int64) (*output, error) {
	o := &output{exceeded: make(chan struct{}), left: limit}
	for i := range o.inner {
		r, w, err := os.Pipe()
		if err != nil {
			o.close()
			return nil, fmt.Errorf("sandbox: output pipe: %w", err)
		}
		o.outer[i], o.inner[i] = r, w
	}
	return o, nil
}

// started begins to read; the program has its ends now.
func (o *output) started() {
	exceeded := o.exceeded
	for i := range o.inner {
		o.inner[i].Close()
		o.readers.Go(func() {
			chunk := make([]byte, 32<<10)
			for {
				n, err := o.outer[i].Read(chunk)
				if n > 0 {
					keep, first := o.take(int64(n))
					o.text[i].Write(chunk[:keep])
					if first {
						close(exceeded)
					}
				}
				if err != nil {
					return
				}
			}
		})
	}
}

// take says how many of n more bytes are kept, and whether this is the first time that some are not.
func (o *output) take(n int64) (keep int64, first bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	keep = min(n, o.left)
	o.left -= keep
	first = keep < n && !o.cut
	o.cut = o.cut || keep < n
	return keep, first
}

// wait returns when no process holds the program's ends any more.
func (o *output) wait() { o.readers.Wait() }

// close closes all pipes.
func (o *output) close() {
	for i := range o.inner {
		if o.outer[i] != nil {
			o.inner[i].Close()
			o.outer[i].Close()
		}
	}
}
