package engine

import (
	"runtime"
	"testing"
	"time"
)

func TestFreeCores(t *testing.T) {
	start := time.Now()
	// used is a reading taken after a second in which the whole machine and this process
	// used that many seconds of processor time.
	used := func(all, own float64) reading {
		seconds := func(x float64) time.Duration { return time.Duration(x * float64(time.Second)) }
		return reading{at: start.Add(time.Second), all: time.Hour + seconds(all), own: time.Minute + seconds(own), processors: 4}
	}
	before := used(0, 0)
	before.at = start
	for name, test := range map[string]struct {
		after reading
		limit int
		want  int
	}{
		"an idle machine":               {used(0, 0), 4, 4},
		"only this process":             {used(4, 4), 4, 4},
		"one core used by others":       {used(4, 3), 4, 3},
		"a core used a little":          {used(1.4, 1), 4, 4},
		"a core used much":              {used(1.6, 1), 4, 3},
		"all used by others":            {used(4, 0), 4, 1},
		"more used than there is":       {used(9, 0), 4, 1},
		"less than the process says":    {used(1, 2), 4, 4},
		"fewer threads are of use":      {used(0, 0), 2, 2},
		"others count before the limit": {used(1, 0), 2, 2},
		"no time between the readings":  {before, 3, 3},
	} {
		t.Run(name, func(t *testing.T) {
			if got := free(before, test.after, test.limit); got != test.want {
				t.Errorf("got %d, want %d", got, test.want)
			}
		})
	}
}

func TestThreads(t *testing.T) {
	if got := newCores(7).threads(); got != 7 {
		t.Errorf("asked for 7, got %d", got)
	}
	c := newCores(0)
	limit := runtime.GOMAXPROCS(0)
	if got := c.threads(); got < 1 || got > limit {
		t.Errorf("at once: %d threads of %d", got, limit)
	}
	c.last.at = c.last.at.Add(-time.Second)
	if got := c.threads(); got < 1 || got > limit {
		t.Errorf("after a reading: %d threads of %d", got, limit)
	}
}
