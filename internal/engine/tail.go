package engine

import (
	"strings"
	"sync"
)

// A tail keeps the end of what is written to it.
type tail struct {
	mu    sync.Mutex
	limit int
	data  []byte
}

func (t *tail) Write(b []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.data = append(t.data, b...)
	if extra := len(t.data) - t.limit; extra > 0 {
		t.data = append(t.data[:0], t.data[extra:]...)
	}
	return len(b), nil
}

// marks begin the lines that say why a worker ended: a failed assertion of the
// library, a fault, or a panic. A trace of the stacks follows them.
var marks = []string{"GGML_ASSERT", "what(): ", "terminate called", "panic: ", "fatal error: ", "SIGSEGV: ", "SIGBUS: ", "SIGILL: ", "SIGABRT: "}

// last is the part of the output that says most: the first line with a mark, or the
// last lines.
func (t *tail) last() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	text := strings.ToValidUTF8(strings.TrimSpace(string(t.data)), "")
	for _, mark := range marks {
		if at := strings.Index(text, mark); at >= 0 {
			line, _, _ := strings.Cut(text[strings.LastIndexByte(text[:at], '\n')+1:], "\n")
			return strings.TrimSpace(line)
		}
	}
	lines := strings.Split(text, "\n")
	return strings.Join(lines[max(0, len(lines)-3):], " / ")
}

func (t *tail) suffix() string {
	if last := t.last(); last != "" {
		return " (" + last + ")"
	}
	return ""
}
