//go:build amd64 || arm64

package sandbox

import (
	"fmt"
	"runtime"
	"sync/atomic"
	"time"

	"golang.org/x/sys/unix"
)

// Why a watch, and no control groups: those can be had by root, or where a service manager hands a part of its tree down, and in few
// containers. What bounds a program should not depend on who runs it. The kernel's own limits, where they bind, stand beside the watch
// (RLIMIT_NPROC, RLIMIT_FSIZE, the sizes of the private folders), and the caller's clock stands behind it.
const (
	// How often the watch looks. A pause is also a multiple of how long the look before it took, so that watching a large program never
	// takes more than a small part of a core.
	lookEvery     = 8 * time.Millisecond
	lookDiskEvery = 40 * time.Millisecond
	tellEvery     = 50 * time.Millisecond

	threadsEach   = 8    // threads of a process on average
	fileCost      = 4096 // bytes that a file counts at least, so that empty files are bounded too
	rewriteFactor = 8    // how often the disk limit may be written in all: what is written over, deleted but mapped, or in a closed folder, is in no sum of files
	maxBlind      = 50   // looks that may fail in a row

	// How far the plain sum of memory may be over the limit, and for how long, until it is known how much of it is shared.
	sharedFactor = 4
	sharedWithin = 3 * time.Second
)

// watch sums what all processes use. It runs inside, where /proc shows no others.
type watch struct {
	order    order
	program  string // its process id
	disk     int64  // bytes in the watched folders at the beginning
	nextDisk time.Time
	cpu      atomic.Int64 // nanoseconds, as last seen

	living      map[string]seen // by process id
	deadCPU     atomic.Int64    // nanoseconds that the dead were seen to have used
	deadWritten int64           // bytes that they were seen to have written
	suspect     string          // the limit that the last look found passed, but not for sure

	shared      chan int64 // the result of the walk that is on its way
	sharedSince time.Time
}

// newWatch measures the folders before the program starts.
func newWatch(o order) *watch {
	w := &watch{order: o}
	w.disk = w.folders(1 << 62)
	return w
}

// untilExceeded returns the first limit that is passed. It calls tell from time to time with the processor time so far.
func (w *watch) untilExceeded(tell func(cpu time.Duration)) (string, error) {
	// A thread of its own that sleeps by itself: between a timer of Go's and the goroutine that waits for it stand other threads, each of
	// which may wait long for a core while the program takes all.
	runtime.LockOSThread()
	blind, told := 0, time.Now()
	for {
		begin := time.Now()
		what, err := w.look(begin)
		if what != "" {
			return what, nil
		}
		if err == nil {
			blind = 0
		} else if blind++; blind > maxBlind {
			return "", fmt.Errorf("the watch sees nothing: %w", err)
		}
		if begin.Sub(told) > tellEvery {
			told = begin
			tell(time.Duration(w.cpu.Load()))
		}
		pause := unix.NsecToTimespec(int64(max(lookEvery, 4*time.Since(begin))))
		_ = unix.Nanosleep(&pause, nil) // a signal may cut it short
	}
}

// look compares once.
func (w *watch) look(now time.Time) (string, error) {
	l := w.order.Limits
	// A process that is waited for while we look may count twice. It does not so twice in a row.
	before := w.suspect
	w.suspect = ""
	sure := func(what string) bool {
		w.suspect = what
		return before == what
	}
	cpu, written := reaped() // before the others: who is buried meanwhile counts again at the next look, and not twice in this
	pids, err := processes()
	if err != nil {
		return "", err
	}
	if len(pids) > l.Processes {
		return ExceededProcesses, nil
	}
	sum := w.survey(pids)
	cpu = w.used(sum, cpu)
	written = max(sum.written+written, sum.own+w.deadWritten)
	w.cpu.Store(max(w.cpu.Load(), int64(cpu)))
	private, files := w.private()
	switch {
	case sum.threads > threadsEach*l.Processes:
		return ExceededProcesses, nil
	case cpu > l.CPU && sure(ExceededCPU):
		return ExceededCPU, nil
	case sum.memory+private > l.MemoryBytes && w.tooMuch(sum, private):
		return ExceededMemory, nil
	case files*fileCost > 4*(l.DiskBytes+1<<20):
		return ExceededDisk, nil
	case (sum.hidden || written > rewriteFactor*l.DiskBytes+1<<20) && sure(ExceededDisk):
		return ExceededDisk, nil
	}
	if now.After(w.nextDisk) && len(w.order.Watched) > 0 {
		begin, bound := time.Now(), w.disk+l.DiskBytes
		deleted := w.deleted(sum.tasks) // before the others: what is deleted meanwhile counts at the next look
		if w.folders(bound-deleted)+deleted > bound {
			return ExceededDisk, nil
		}
		w.nextDisk = now.Add(max(lookDiskEvery, 10*time.Since(begin)))
	}
	return "", nil
}

// tooMuch says whether the memory, whose plain sum is over the limit, is over it too when what processes share counts once, as it should for the
// children of a large Python or Node.js program. To learn that, the kernel walks through all page tables. A program could make them so
// large that it has taken all memory before the walk ends, so the walk goes on beside, and has neither long nor far to go.
func (w *watch) tooMuch(sum usage, private int64) bool {
	limit := w.order.Limits.MemoryBytes
	if len(sum.tasks) == 1 || sum.tables+private > limit || sum.memory+private > sharedFactor*limit {
		return true
	}
	if w.shared == nil {
		result := make(chan int64, 1)
		w.shared, w.sharedSince = result, time.Now()
		go func() { result <- sharedMemory(sum.tasks) }()
	}
	select {
	case memory := <-w.shared:
		w.shared = nil
		return memory+private > limit
	default:
		return time.Since(w.sharedSince) > sharedWithin
	}
}

// final is the processor time of all, once more at the end.
func (w *watch) final() time.Duration {
	var sum usage
	buried, _ := reaped()
	if pids, err := processes(); err == nil && len(pids) <= w.order.Limits.Processes {
		for _, pid := range pids {
			if p, ok := lookAt(pid); ok {
				sum.add(p)
			}
		}
	}
	return max(w.used(sum, buried), time.Duration(w.cpu.Load()))
}

// used is the processor time of the living and of the dead, of whom so much was buried by this process.
func (w *watch) used(sum usage, buried time.Duration) time.Duration {
	return sum.cpu + max(sum.children+buried, time.Duration(w.deadCPU.Load()))
}

// reaped is the processor time of the dead that this process has buried, and the bytes that they wrote to disks.
func reaped() (cpu time.Duration, written int64) {
	var used unix.Rusage
	if unix.Getrusage(unix.RUSAGE_CHILDREN, &used) != nil {
		return 0, 0
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano()), used.Oublock * 512
}

// private is what the folders in memory hold, in bytes and in files.
func (w *watch) private() (size, files int64) {
	for _, dir := range w.order.Private {
		var s unix.Statfs_t
		if unix.Statfs(dir, &s) == nil {
			size += int64(s.Blocks-s.Bfree) * s.Bsize
			files += int64(s.Files - s.Ffree)
		}
	}
	return size, files
}
