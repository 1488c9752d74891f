package engine

import (
	"bytes"
	"fmt"
	"os"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// tick is the unit of /proc/stat: USER_HZ is 100 on every architecture that Go runs on.
const tick = time.Second / 100

// read takes a reading from /proc/stat and getrusage.
func read() (reading, error) {
	data, err := os.ReadFile("/proc/stat")
	if err != nil {
		return reading{}, fmt.Errorf("read processor times: %w", err)
	}
	r := reading{at: time.Now()}
	for line := range strings.Lines(string(data)) {
		fields := strings.Fields(line)
		if len(fields) < 9 || !strings.HasPrefix(fields[0], "cpu") {
			break
		}
		if fields[0] != "cpu" {
			r.processors++
			continue
		}
		// user, nice, system, irq, softirq and steal; not idle and iowait.
		for _, i := range []int{1, 2, 3, 6, 7, 8} {
			n, err := strconv.ParseInt(fields[i], 10, 64)
			if err != nil {
				return reading{}, fmt.Errorf("read processor times: %w", err)
			}
			r.all += time.Duration(n) * tick
		}
	}
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		return reading{}, fmt.Errorf("read the process's times: %w", err)
	}
	r.own = time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
	return r, nil
}

func simultaneousMultithreading() bool {
	data, err := os.ReadFile("/sys/devices/system/cpu/smt/active")
	return err == nil && bytes.Equal(bytes.TrimSpace(data), []byte("1"))
}
