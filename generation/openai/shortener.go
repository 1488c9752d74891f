package openai

import (
	"fmt"
	"io"
)

// A shortener reads JSON, or events that hold JSON, and leaves out what strings have behind
// their first bytes. So a text of any length comes as one that is little longer than a text
// may be, in an answer that can be parsed, and in bounded memory.
type shortener struct {
	r io.Reader
	// most is how many bytes a string may stand for; what is left of a longer one stands for
	// at least one more.
	most int
	// maxDropped bounds what is read only to be left out.
	maxDropped int

	inside  bool // of a string
	escaped bool // behind a backslash
	digits  int  // of \u that are still to come
	size    int  // what the string stands for so far, or less
	full    bool
	dropped int
}

// Read implements [io.Reader].
func (s *shortener) Read(p []byte) (int, error) {
	for {
		n, err := s.r.Read(p)
		kept := p[:0]
		for _, b := range p[:n] {
			if s.keeps(b) {
				kept = append(kept, b)
			}
		}
		if s.dropped += n - len(kept); s.dropped > s.maxDropped {
			return 0, fmt.Errorf("the texts of the answer are longer than %d bytes, %w", s.maxDropped, errTooLong)
		}
		if len(kept) > 0 || err != nil || len(p) == 0 {
			return len(kept), err
		}
	}
}

// keeps takes the next byte and reports whether it stays. Neither an escape nor a character
// of several bytes is cut in two.
func (s *shortener) keeps(b byte) bool {
	switch {
	case b == '\n': // in no string of JSON: whatever a line held, the next one begins anew
		s.inside, s.escaped, s.digits = false, false, 0
		return true
	case !s.inside:
		if b == '"' {
			s.inside, s.size, s.full = true, 0, false
		}
		return true
	case s.escaped:
		s.escaped = false
		if b == 'u' {
			s.digits = 4
		}
	case s.digits > 0:
		s.digits--
	case b == '"':
		s.inside = false
		return true
	default:
		if b&0xc0 != 0x80 { // a character begins
			s.full = s.size > s.most
		}
		s.size++
		s.escaped = b == '\\'
	}
	return !s.full
}
