package engine

import (
	"fmt"
	"strings"
	"testing"
)

func TestTail(t *testing.T) {
	trace := strings.Repeat("goroutine 1 [running]:\nmain.main()\n", 50)
	for name, test := range map[string]struct{ output, want string }{
		"nothing":          {"", ""},
		"one line":         {"no such thing\n", "no such thing"},
		"the last lines":   {"a\nb\nc\nd\n", "b / c / d"},
		"an assertion":     {"loading\nfile.cpp:12: GGML_ASSERT(x) failed\n" + trace, "file.cpp:12: GGML_ASSERT(x) failed"},
		"a fault":          {"SIGSEGV: segmentation violation\nPC=0x0\n" + trace, "SIGSEGV: segmentation violation"},
		"a panic":          {"panic: index out of range\n\n" + trace, "panic: index out of range"},
		"an assertion and": {"SIGABRT: abort\nfile.cpp:12: GGML_ASSERT(x) failed\n", "file.cpp:12: GGML_ASSERT(x) failed"},
		"a C++ exception":  {"terminate called after throwing\n  what(): no\nSIGABRT: abort\n" + trace, "what(): no"},
		"C++ without one":  {"terminate called recursively\nSIGABRT: abort\n" + trace, "terminate called recursively"},
		"broken UTF-8":     {"gr\xc3\n", "gr"},
	} {
		t.Run(name, func(t *testing.T) {
			tail := &tail{limit: 10_000}
			fmt.Fprint(tail, test.output)
			if got := tail.last(); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestTailIsBounded(t *testing.T) {
	tail := &tail{limit: 10}
	for i := range 1000 {
		n, err := fmt.Fprintf(tail, "line %d\n", i)
		if err != nil || n < 7 {
			t.Fatalf("wrote %d bytes, %v", n, err)
		}
	}
	if got := string(tail.data); got != "\nline 999\n" {
		t.Errorf("got %q", got)
	}
	fmt.Fprint(tail, strings.Repeat("x", 100))
	if got := string(tail.data); got != "xxxxxxxxxx" {
		t.Errorf("got %q", got)
	}
}
