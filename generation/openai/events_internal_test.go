package openai

import (
	"slices"
	"strings"
	"testing"
	"testing/iotest"
)

// FuzzReadEvents checks that any stream is read to an end, and the same way
// however its bytes arrive.
func FuzzReadEvents(f *testing.F) {
	f.Add("data: {}\n\ndata: [DONE]\n\n")
	f.Add(": ping\r\ndata:{\r\ndata:}\r\n\r\nerror: {\"message\":\"x\"}\n\n")
	f.Add("data\n:\n\n\n data: x\ndata: ]\ndata: y")
	f.Fuzz(func(t *testing.T, stream string) {
		read := func(one bool) (events []string) {
			r := strings.NewReader(stream)
			handle := func(data []byte) (bool, error) {
				events = append(events, string(data))
				return len(events) < 100, nil
			}
			var err error
			if one {
				err = readEvents(iotest.OneByteReader(r), maxEvent, func() {}, handle)
			} else {
				err = readEvents(r, maxEvent, func() {}, handle)
			}
			if err != nil && len(stream) < maxEvent {
				t.Error(err)
			}
			return events
		}
		if whole, single := read(false), read(true); !slices.Equal(whole, single) {
			t.Errorf("at once %q, byte by byte %q", whole, single)
		}
	})
}
