package libllama

import (
	"strings"
	"unsafe"

	"github.com/ebitengine/purego"
)

// logLevelError is GGML_LOG_LEVEL_ERROR.
const logLevelError = 4

// listen keeps the library's log off standard error: it goes into every detail. Only
// the first error is remembered, for the next failure to be explained with. What an
// assertion prints goes to standard error all the same.
func (l *Library) listen() {
	l.functions.logSet(purego.NewCallback(func(level uintptr, text *byte, data uintptr) uintptr {
		if level == logLevelError && text != nil {
			line := strings.TrimSpace(goString(text))
			l.complaint.CompareAndSwap(nil, &line)
		}
		return 0
	}), 0)
}

// explain returns the first error that the library has logged since the last call, to
// be put behind a message, or nothing.
func (l *Library) explain() string {
	if line := l.complaint.Swap(nil); line != nil && *line != "" {
		return " (" + *line + ")"
	}
	return ""
}

// goString copies a C string.
func goString(text *byte) string {
	n := 0
	for *(*byte)(unsafe.Add(unsafe.Pointer(text), n)) != 0 {
		n++
	}
	return string(unsafe.Slice(text, n))
}
