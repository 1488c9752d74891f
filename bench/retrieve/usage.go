package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// A usage is processor time, of this process and its workers, and time on the clock.
type usage struct{ cpu, clock time.Duration }

var began = time.Now()

// workers are the processes that this one has started, once findWorkers has looked for them.
var workers []string

// findWorkers looks for processes whose parent this one is, where the system tells it.
func findWorkers() {
	workers = nil
	files, _ := filepath.Glob("/proc/[0-9]*/stat")
	for _, file := range files {
		text, _ := os.ReadFile(file)
		_, rest, _ := strings.Cut(string(text), ") ") // the name before may hold anything
		fields := strings.Fields(rest)
		if len(fields) > 1 && fields[1] == fmt.Sprint(os.Getpid()) {
			workers = append(workers, filepath.Base(filepath.Dir(file)))
		}
	}
}

// used is the usage so far. Linux tells the processor time of each thread; elsewhere it is 0.
func used() usage {
	u := usage{clock: time.Since(began)}
	for _, pid := range append([]string{"self"}, workers...) {
		u.cpu += ofProcess(pid)
	}
	return u
}

func ofProcess(pid string) (cpu time.Duration) {
	threads, _ := filepath.Glob("/proc/" + pid + "/task/*/schedstat")
	for _, file := range threads {
		var ran int64
		text, _ := os.ReadFile(file)
		if _, err := fmt.Sscan(string(text), &ran); err == nil {
			cpu += time.Duration(ran)
		}
	}
	return cpu
}

func (u usage) since(earlier usage) usage { return usage{u.cpu - earlier.cpu, u.clock - earlier.clock} }

func (u usage) String() string {
	return fmt.Sprintf("%v of processor time, %v on the clock", u.cpu.Round(time.Millisecond/10), u.clock.Round(time.Millisecond/10))
}

// peak is the largest resident memory of this process, where the system tells it.
func peak() string {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return "not known here"
	}
	for line := range strings.Lines(string(status)) {
		var kB int
		if _, err := fmt.Sscanf(line, "VmHWM: %d kB", &kB); err == nil {
			return fmt.Sprintf("%d MB", kB/1000)
		}
	}
	return "not known here"
}
