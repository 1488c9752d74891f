//go:build amd64 || arm64

package sandbox

import (
	"bytes"
	"os"
	"strconv"
	"time"
)

// usage is what processes use together.
type usage struct {
	threads int
	tables  int64 // bytes of page tables
	memory  int64 // bytes in memory that are not a file's, with page tables and swap; what processes share counts for each
	cpu     time.Duration
	written int64 // bytes to disks
}

// add adds a process; one that has just ended adds nothing.
func (u *usage) add(pid string) {
	u.memory += fields("/proc/"+pid+"/status", func(name string, value int64) int64 {
		switch name {
		case "VmPTE":
			u.tables += value << 10
			return value << 10
		case "RssAnon", "RssShmem", "VmSwap":
			return value << 10
		case "Threads":
			u.threads += int(value)
		}
		return 0
	})
	u.written += fields("/proc/"+pid+"/io", func(name string, value int64) int64 {
		if name == "write_bytes" {
			return value
		}
		return 0
	})
	if text, err := os.ReadFile("/proc/" + pid + "/stat"); err == nil {
		// The name in parentheses may hold anything, so count from the last one on. The fields after it are the third and up.
		parts := bytes.Fields(text[bytes.LastIndexByte(text, ')')+1:])
		for i := 11; i <= 14 && i < len(parts); i++ { // utime, stime, cutime and cstime, in hundredths of a second
			n, _ := strconv.ParseInt(string(parts[i]), 10, 64)
			u.cpu += time.Duration(n) * 10 * time.Millisecond
		}
	}
}

// sharedMemory is the memory of processes where each has only its part of what it shares with others. It costs more to learn, so it is asked for only when
// the plain sum is too high. A process that cannot be looked into counts in full.
func sharedMemory(pids []string) int64 {
	var sum int64
	for _, pid := range pids {
		var seen bool
		part := fields("/proc/"+pid+"/smaps_rollup", func(name string, value int64) int64 {
			switch name {
			case "Pss_Anon", "Pss_Shmem", "SwapPss":
				seen = true
				return value << 10
			}
			return 0
		})
		whole := fields("/proc/"+pid+"/status", func(name string, value int64) int64 {
			switch name {
			case "VmPTE":
				part += value << 10
				return value << 10
			case "RssAnon", "RssShmem", "VmSwap":
				return value << 10
			}
			return 0
		})
		if seen {
			sum += part
		} else {
			sum += whole
		}
	}
	return sum
}

// fields sums f over the "Name: number" lines of a file in /proc. A file that cannot be read has none.
func fields(path string, f func(name string, value int64) int64) int64 {
	text, err := os.ReadFile(path)
	if err != nil {
		return 0
	}
	var sum int64
	for line := range bytes.Lines(text) {
		name, rest, ok := bytes.Cut(line, []byte(":"))
		words := bytes.Fields(rest)
		if !ok || len(words) == 0 {
			continue
		}
		if n, err := strconv.ParseInt(string(words[0]), 10, 64); err == nil {
			sum += f(string(name), n)
		}
	}
	return sum
}

// processes lists all but the first.
func processes() ([]string, error) {
	dir, err := os.Open("/proc")
	if err != nil {
		return nil, err
	}
	defer dir.Close()
	names, err := dir.Readdirnames(-1)
	if err != nil {
		return nil, err
	}
	var pids []string
	for _, name := range names {
		if name[0] >= '1' && name[0] <= '9' && name != "1" {
			pids = append(pids, name)
		}
	}
	return pids, nil
}
