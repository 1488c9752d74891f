//go:build unix

package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"golang.org/x/sys/unix"
)

// A usage is processor time, of this process and its workers, and time on the clock.
type usage struct{ cpu, clock time.Duration }

var began = time.Now()

// threads are the files in which Linux tells the processor time of each thread of the workers of
// this process. findThreads looks for them: doing so each time would take longer than some of
// what is measured.
var threads []string

func findThreads() {
	threads = nil
	files, _ := filepath.Glob("/proc/[0-9]*/stat")
	for _, file := range files {
		text, _ := os.ReadFile(file)
		_, rest, _ := strings.Cut(string(text), ") ") // the name before may hold anything
		fields := strings.Fields(rest)
		if len(fields) > 1 && fields[1] == fmt.Sprint(os.Getpid()) {
			more, _ := filepath.Glob(filepath.Join(filepath.Dir(file), "task/*/schedstat"))
			threads = append(threads, more...)
		}
	}
}

// used is the usage so far, without a worker's where the system does not tell it.
func used() usage {
	u := usage{clock: time.Since(began)}
	var own unix.Rusage
	if unix.Getrusage(unix.RUSAGE_SELF, &own) == nil {
		u.cpu = time.Duration(own.Utime.Nano() + own.Stime.Nano())
	}
	for _, file := range threads {
		text, _ := os.ReadFile(file)
		ran, _, _ := strings.Cut(string(text), " ")
		n, _ := strconv.ParseInt(ran, 10, 64)
		u.cpu += time.Duration(n)
	}
	return u
}

func (u usage) since(earlier usage) usage { return usage{u.cpu - earlier.cpu, u.clock - earlier.clock} }

func (u usage) String() string {
	return fmt.Sprintf("%v of processor time, %v on the clock", u.cpu.Round(time.Millisecond/10), u.clock.Round(time.Millisecond/10))
}
