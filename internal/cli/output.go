package cli

import (
	"fmt"
	"io"
	"os"
)

// An output is standard output. It remembers the first error, so that a full disk
// behind it is a failure of the program, wherever the write was.
type output struct {
	w   io.Writer
	err error
}

func (o *output) Write(p []byte) (int, error) {
	n, err := o.w.Write(p)
	if err == nil {
		return n, nil
	}
	if o.err == nil {
		o.err = fmt.Errorf("write to standard output: %w", err)
	}
	return n, o.err
}

// file is the file behind a stream, or nil.
func file(stream any) *os.File {
	if o, ok := stream.(*output); ok {
		stream = o.w
	}
	f, _ := stream.(*os.File)
	return f
}
