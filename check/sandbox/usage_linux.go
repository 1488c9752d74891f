//go:build amd64 || arm64

package sandbox

import (
	"bytes"
	"os"
	"slices"
	"strconv"
)

// sharedMemory is the memory of processes where each has only its part of what it shares with others. It costs more to learn, so it is asked for only when
// the plain sum is too high. A process that cannot be looked into counts in full.
func sharedMemory(tasks []string) int64 {
	var sum int64
	for _, task := range tasks {
		var seen bool
		part, _ := fields("/proc/"+task+"/smaps_rollup", func(name string, value int64) int64 {
			switch name {
			case "Pss_Anon", "Pss_Shmem", "SwapPss":
				seen = true
				return value << 10
			}
			return 0
		})
		whole, _ := fields("/proc/"+task+"/status", func(name string, value int64) int64 {
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
func fields(path string, f func(name string, value int64) int64) (int64, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return 0, err
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
	return sum, nil
}

// processes lists all but the first.
func processes() ([]string, error) {
	pids, err := numbers("/proc")
	return slices.DeleteFunc(pids, func(pid string) bool { return pid == "1" }), err
}

// numbers lists the names in a folder that are numbers from 1 on.
func numbers(path string) ([]string, error) {
	dir, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer dir.Close()
	names, err := dir.Readdirnames(-1)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(names, func(name string) bool { return name[0] < '1' || name[0] > '9' }), nil
}
