//go:build amd64 || arm64

package sandbox

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"strconv"
	"time"
)

// process is what one process uses.
type process struct {
	task          string // the id under which /proc shows it: another thread's where the first one has ended
	start         string // when it began, which with its id tells it from all others
	threads       int
	tables        int64         // bytes of page tables
	memory        int64         // bytes in memory that are not a file's, with page tables and swap; what processes share counts for each
	cpu, children time.Duration // its own, and that of the dead it has waited for
	faults        string        // page faults of these dead, which change when it waits for one; "" if one came while we looked
	written       int64         // bytes to disks, with those of these dead
	hidden        bool          // it lives, and will not show what it has written
}

// Places in /proc/PID/stat, counted from the state on. The times are in hundredths of a second.
const (
	statChildFaults = 8
	statUser        = 11
	statSystem      = 12
	statChildUser   = 13
	statChildSystem = 14
	statThreads     = 17
	statStart       = 19
	statSize        = 20 // of the address space: 0 when it has been given up, at the end of a process or of its first thread
)

// stat reads /proc/PID/stat of a task; nil when there is none.
func stat(task string) [][]byte {
	text, err := os.ReadFile("/proc/" + task + "/stat")
	if err != nil {
		return nil
	}
	parts := bytes.Fields(text[bytes.LastIndexByte(text, ')')+1:]) // the name in parentheses may hold anything
	if len(parts) <= statSize {
		return nil
	}
	return parts
}

// lookAt reads what a process uses; not ok when it has ended.
func lookAt(pid string) (p process, ok bool) {
	s := stat(pid)
	if s == nil {
		return p, false
	}
	number := func(at int) int64 {
		n, _ := strconv.ParseInt(string(s[at]), 10, 64) // the kernel wrote it
		return n
	}
	ticks := func(a, b int) time.Duration { return time.Duration(number(a)+number(b)) * 10 * time.Millisecond }
	p = process{
		task: pid, start: string(s[statStart]), threads: int(number(statThreads)),
		cpu: ticks(statUser, statSystem), children: ticks(statChildUser, statChildSystem), faults: string(s[statChildFaults]),
	}
	if number(statSize) == 0 && p.threads > 1 {
		p.task = livingThread(pid)
	}
	p.memory, _ = fields("/proc/"+p.task+"/status", func(name string, value int64) int64 {
		switch name {
		case "VmPTE":
			p.tables = value << 10
			return value << 10
		case "RssAnon", "RssShmem", "VmSwap":
			return value << 10
		}
		return 0
	})
	var err error
	p.written, err = fields("/proc/"+p.task+"/io", func(name string, value int64) int64 {
		if name == "write_bytes" {
			return value
		}
		return 0
	})
	switch {
	case errors.Is(err, fs.ErrPermission):
		// The files of the dying are root's, as those of a program that may not be read.
		s = stat(p.task)
		p.hidden = s != nil && number(statSize) != 0
	case p.written > 0:
		if s = stat(pid); s == nil || string(s[statChildFaults]) != p.faults {
			p.faults = ""
		}
	}
	return p, true
}

// livingThread finds a thread that has not ended. Under its id, /proc shows the whole process, which it does not under that of a first thread
// that has.
func livingThread(pid string) string {
	threads, _ := numbers("/proc/" + pid + "/task")
	for _, id := range threads {
		if s := stat(id); s != nil && string(s[statSize]) != "0" {
			return id
		}
	}
	return pid
}
