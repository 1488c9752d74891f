package engine

import (
	"math"
	"runtime"
	"time"
)

// cores follows how many processor cores are free. The engine's threads spin while
// they wait for each other: with one thread more than there are free cores, decoding
// gets many times slower, so the number is looked at again and again.
type cores struct {
	fixed   int // the number asked for, 0 for automatic
	last    reading
	current int
}

// A reading is the processor time used since the machine started, by the whole
// machine and by this process, and the number of processors it was used on.
type reading struct {
	at         time.Time
	all, own   time.Duration
	processors int
}

// shortestWindow is the time between readings under which they say nothing: the
// kernel counts in steps of 10 ms.
const shortestWindow = 200 * time.Millisecond

func newCores(fixed int) *cores {
	c := &cores{fixed: fixed, current: most()}
	if fixed > 0 {
		c.current = fixed
		return c
	}
	c.last, _ = read()
	return c
}

// threads is the number of threads to use now.
func (c *cores) threads() int {
	if c.fixed > 0 || time.Since(c.last.at) < shortestWindow {
		return c.current
	}
	now, err := read()
	if err != nil {
		return c.current
	}
	c.current = free(c.last, now, most())
	c.last = now
	return c.current
}

// free is the number of cores, from 1 to the limit, that others left free between
// two readings, rounded: a core that others use for less than half of the time counts.
func free(before, after reading, limit int) int {
	elapsed := after.at.Sub(before.at).Seconds()
	if elapsed <= 0 {
		return limit
	}
	others := ((after.all - before.all) - (after.own - before.own)).Seconds() / elapsed
	return min(max(int(math.Round(float64(after.processors)-others)), 1), limit)
}

// most is the number of threads beyond which more do not help: on larger machines
// two hardware threads share one core's arithmetic.
func most() int {
	n := runtime.GOMAXPROCS(0)
	if n > 4 && simultaneousMultithreading() {
		return n / 2
	}
	return n
}
