//go:build amd64 || arm64

package sandbox

import (
	"time"
)

// usage is what processes use together.
type usage struct {
	tasks         []string
	threads       int
	tables        int64
	memory        int64
	cpu, children time.Duration
	written       int64
	own           int64 // bytes that they certainly wrote themselves
	hidden        bool  // there is one that will not show what it has written
}

// add adds a process.
func (u *usage) add(p process) {
	u.tasks = append(u.tasks, p.task)
	u.threads += p.threads
	u.tables += p.tables
	u.memory += p.memory
	u.cpu += p.cpu
	u.children += p.children
	u.written += p.written
}

// seen is a process as the last look saw it.
type seen struct {
	process
	own    int64         // bytes that it certainly wrote itself
	before time.Duration // processor time when it was first found to hide; 0 when it does not
}

// hiding is the processor time that the program may take while what it has written cannot be read. Within its execve, before it is another
// program than the first process, there is such a moment, which on a busy machine may be long for the clock.
const hiding = 20 * time.Millisecond

// survey sums what all processes use, and keeps the account of the dead that nobody waits for.
//
// What a process used goes to the one that waits for it. When nobody does, since SIGCHLD is ignored, it is in no account but this. Those
// who vanish may be of either kind, so that what they are known to have used, each by itself, is compared with what is in the accounts of the
// living and of this process: both are at most what was used, and the higher one counts.
func (w *watch) survey(pids []string) usage {
	var sum usage
	buried := w.living
	w.living = make(map[string]seen, len(pids))
	for _, pid := range pids {
		p, ok := lookAt(pid)
		if !ok {
			continue
		}
		sum.add(p)
		last, known := buried[pid]
		if known && last.start == p.start {
			delete(buried, pid)
		} else {
			last = seen{process: process{faults: "0"}}
		}
		now := seen{process: p, own: last.own}
		if p.faults != "" && p.faults == last.faults {
			now.own += p.written - last.written
		}
		sum.own += now.own
		if p.hidden {
			now.before = last.before
			if used := p.cpu + p.children; now.before == 0 {
				now.before = max(used, 1)
			} else if used-now.before >= hiding {
				sum.hidden = true
			}
			sum.hidden = sum.hidden || pid != w.program
		}
		w.living[pid] = now
	}
	for _, s := range buried {
		w.deadCPU.Add(int64(s.cpu))
		w.deadWritten += s.own
	}
	return sum
}
