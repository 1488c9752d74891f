//go:build amd64 || arm64

package sandbox

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// controlFD is the first process's end of the control socket.
const controlFD = 3

// ownThreads is more than the first process has.
const ownThreads = 64

// spareThreads is how many threads the first process has ready when the program starts.
const spareThreads = 16

// init makes this executable the first process of a sandbox when it is started as one, before main and whatever main is: so every program
// and every test that uses the package has a sandbox, with nothing to wire. Otherwise it does nothing.
func init() {
	if len(os.Args) != 1 || os.Getpid() != 1 {
		return
	}
	switch os.Args[0] {
	case setupName:
		setUp()
	case initPath:
		serve()
	}
}

// first is the sandbox's first process: it starts the program, watches over it and all its offspring, buries the dead, and ends when the program
// ends, a bound is passed or the caller is gone. With it the kernel ends all that is left.
type first struct {
	order   order
	control *os.File
	watch   *watch
	mu      sync.Mutex // one last report only
	program int        // process id
}

// serve is the life of the first process. It does not return.
func serve() {
	// Landlock holds for a thread and its children, so the program must come from this one.
	runtime.LockOSThread()
	unix.CloseOnExec(controlFD)
	_ = unix.CloseRange(controlFD+1, 1<<20, 0) // nothing else comes in; an old kernel without the call had no other descriptors to begin with
	f := &first{control: os.NewFile(controlFD, "control")}
	in := json.NewDecoder(f.control)
	if err := in.Decode(&f.order); err != nil {
		os.Exit(1) // there is nobody to tell
	}
	go func() {
		_, _ = in.Token() // nothing more is ever sent, so this is the caller's end
		os.Exit(1)
	}()
	if err := f.confine(); err != nil {
		f.say(report{Failure: err.Error()})
		os.Exit(1)
	}
	makeThreads(spareThreads)
	f.watch = newWatch(f.order)
	if err := f.start(); err != nil {
		code := 126
		if errors.Is(err, unix.ENOENT) {
			code = 127
		}
		f.say(report{Ended: true, ExitCode: code, Note: "sandbox: " + err.Error() + "\n"})
		os.Exit(0)
	}
	f.watch.program = strconv.Itoa(f.program)
	f.say(report{Started: true})
	go func() {
		what, err := f.watch.untilExceeded(func(cpu time.Duration) { f.say(report{CPU: cpu}) })
		if err != nil {
			f.end(report{Failure: err.Error()})
		}
		f.end(report{Exceeded: what})
	}()
	f.bury()
}

// makeThreads makes that many threads of this process, which Go's runtime keeps and uses again. A program that
// has taken all the threads that the kernel allows leaves none for this process, and the runtime ends a process that cannot have
// the thread it wants: the sandbox would end without a word of the limit.
func makeThreads(n int) {
	var made sync.WaitGroup
	leave := make(chan struct{})
	for range n {
		made.Add(1)
		go func() {
			runtime.LockOSThread() // a thread of its own for as long as it is locked
			defer runtime.UnlockOSThread()
			made.Done()
			<-leave
		}()
	}
	made.Wait()
	close(leave)
}

// say sends a report.
func (f *first) say(r report) {
	f.mu.Lock()
	defer f.mu.Unlock()
	_ = json.NewEncoder(f.control).Encode(r) // when the caller is gone, so are we
}

// end sends the last report and ends the sandbox.
func (f *first) end(r report) {
	r.Ended, r.CPU = true, f.watch.final()
	f.mu.Lock() // never released: there is no second last report
	// The kernel ends all others with this process, but only once the last thread of it has come to its end, which takes long under a fork
	// bomb. This call, in contrast, reaches all at one moment, and nobody forks past it.
	_ = unix.Kill(-1, unix.SIGKILL) // an error says that nobody is left
	_ = json.NewEncoder(f.control).Encode(r)
	os.Exit(0)
}

// start starts the program.
func (f *first) start() error {
	args, env := asStrings(f.order.Args), asStrings(f.order.Env)
	if err := os.Chdir(workDir); err != nil {
		return err
	}
	path, err := lookUp(args[0], env)
	if err != nil {
		return err
	}
	f.program, err = syscall.ForkExec(path, args, &syscall.ProcAttr{
		Dir: workDir, Env: env, Files: []uintptr{0, 1, 2}, Sys: &syscall.SysProcAttr{Setsid: true},
	})
	if err != nil {
		return fmt.Errorf("run %s: %w", args[0], err)
	}
	// The program alone is to hold its pipes.
	null, err := unix.Open("/dev/null", unix.O_RDWR|unix.O_CLOEXEC, 0)
	if err != nil {
		return fmt.Errorf("open /dev/null: %w", err)
	}
	for fd := range 3 {
		if err := unix.Dup3(null, fd, 0); err != nil {
			return fmt.Errorf("put /dev/null in place of descriptor %d: %w", fd, err)
		}
	}
	return nil
}

// bury waits for all processes until the program is among the dead.
func (f *first) bury() {
	for {
		var status unix.WaitStatus
		pid, err := unix.Wait4(-1, &status, 0, nil)
		switch {
		case err == unix.EINTR:
		case err != nil:
			f.end(report{ExitCode: 128 + int(unix.SIGKILL), Signal: "SIGKILL"}) // cannot be: the program is our child
		case pid == f.program && (status.Exited() || status.Signaled()):
			r := report{ExitCode: status.ExitStatus()}
			if status.Signaled() {
				r.ExitCode, r.Signal = 128+int(status.Signal()), unix.SignalName(status.Signal())
			}
			if status.Signaled() && status.Signal() == unix.SIGXFSZ {
				r.Exceeded = ExceededDisk
			}
			f.end(r)
		}
	}
}

// confine gives up all that the program must not have. What cannot be given up is an error: the program does not run then.
func (f *first) confine() error {
	// No signal from inside ends the first process of a process namespace unless that process handles it, as Go's runtime does with many. So
	// take them all. The program starts with the default handling all the same.
	signal.Notify(make(chan os.Signal, 1))
	// When memory is short on the whole machine, what runs here goes first.
	_ = os.WriteFile("/proc/self/oom_score_adj", []byte("1000"), 0)
	if err := unix.Prctl(unix.PR_SET_DUMPABLE, 0, 0, 0, 0); err != nil {
		return fmt.Errorf("hide the first process: %w", err)
	}
	l := f.order.Limits
	limits := []struct {
		what  string
		which int
		limit uint64
	}{
		{"open files", unix.RLIMIT_NOFILE, uint64(l.OpenFiles)},
		{"file size", unix.RLIMIT_FSIZE, uint64(l.DiskBytes)},
		{"core size", unix.RLIMIT_CORE, 1}, // with 0 the kernel would still start the host's crash reporter
		{"locked memory", unix.RLIMIT_MEMLOCK, 64 << 10},
		{"message queues", unix.RLIMIT_MSGQUEUE, 64 << 10},
		{"nice", unix.RLIMIT_NICE, 0},
		{"real time", unix.RLIMIT_RTPRIO, 0},
		{"processes", unix.RLIMIT_NPROC, uint64(threadsEach*l.Processes + ownThreads)},
	}
	if !kernelIs(5, 14) {
		limits = limits[:len(limits)-1] // all processes of the user on the whole machine would count
	}
	for _, r := range limits {
		if err := unix.Setrlimit(r.which, &unix.Rlimit{Cur: r.limit, Max: r.limit}); err != nil {
			return fmt.Errorf("limit %s to %d: %w", r.what, r.limit, err)
		}
	}
	if err := unix.Prctl(unix.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); err != nil {
		return fmt.Errorf("forbid new privileges: %w", err)
	}
	if err := landlock(f.order.Writable); err != nil {
		return err
	}
	return filter()
}

// kernelIs says whether the kernel is of that version or newer.
func kernelIs(major, minor int) bool {
	var name unix.Utsname
	if unix.Uname(&name) != nil {
		return false
	}
	var a, b int
	if n, _ := fmt.Sscanf(unix.ByteSliceToString(name.Release[:]), "%d.%d", &a, &b); n < 2 {
		return false
	}
	return a > major || a == major && b >= minor
}

// lookUp finds a program by the PATH in env.
func lookUp(name string, env []string) (string, error) {
	if strings.Contains(name, "/") {
		return name, nil
	}
	path := ""
	for _, pair := range env {
		if value, ok := strings.CutPrefix(pair, "PATH="); ok {
			path = value
		}
	}
	for _, dir := range filepath.SplitList(path) {
		if !filepath.IsAbs(dir) {
			continue
		}
		file := filepath.Join(dir, name)
		if info, err := os.Stat(file); err == nil && info.Mode().IsRegular() && info.Mode()&0o111 != 0 {
			return file, nil
		}
	}
	return "", fmt.Errorf("the program %s is not in %s: %w", name, path, unix.ENOENT)
}

// asStrings is texts as strings.
func asStrings(texts [][]byte) []string {
	var out []string
	for _, t := range texts {
		out = append(out, string(t))
	}
	return out
}
