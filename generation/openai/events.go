package openai

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
)

// readEvents reads server-sent events and hands over each one's data, without
// which an event is skipped. None may be longer than most bytes. It calls alive for every line, comments included,
// by which servers say that they are still there. It returns nil at the end of
// the stream or when handle wants no more.
func readEvents(r io.Reader, most int64, alive func(), handle func(data []byte) (more bool, err error)) error {
	lines := bufio.NewReaderSize(r, 16<<10)
	var line, data []byte
	for {
		part, err := lines.ReadSlice('\n')
		if int64(len(line)+len(data)+len(part)) > most {
			return fmt.Errorf("an event of the stream is longer than %d bytes, %w", most, errTooLong)
		}
		line = append(line, part...)
		if errors.Is(err, bufio.ErrBufferFull) {
			continue
		}
		ended := err != nil
		if ended && !errors.Is(err, io.EOF) {
			return err
		}
		alive()
		line = bytes.TrimRight(line, "\r\n")
		name, value, _ := bytes.Cut(line, []byte(":"))
		switch string(name) {
		case "data":
			// OpenAI-compatible servers put an event in one line, and some forget the empty
			// line behind it. So a line that follows starts a new event if this one is whole.
			if len(data) > 0 && isWhole(data) {
				if more, err := handle(data); err != nil || !more {
					return err
				}
				data = data[:0]
			}
			data = append(data, bytes.TrimPrefix(value, []byte(" "))...)
		case "error": // llama-server of old
			data = append(append(append(data[:0], `{"error":`...), value...), '}')
		}
		if len(data) > 0 && (len(line) == 0 || ended) {
			if more, err := handle(data); err != nil || !more {
				return err
			}
			data = data[:0]
		}
		line = line[:0]
		if ended {
			return nil
		}
	}
}

// isWhole reports whether data looks like a finished event rather than the first
// line of a longer one.
func isWhole(data []byte) bool {
	last := data[len(data)-1]
	return last == '}' || last == ']'
}
