// Package sandbox runs programs that nobody has read: code that a model wrote, and the exploits that are tried on it.
//
//	box, err := sandbox.New(ctx, sandbox.Options{})
//	if err != nil {
//		return err // errors.Is(err, sandbox.ErrUnavailable): this machine cannot run such code safely, so it is not run
//	}
//	result, err := box.Run(ctx, sandbox.Command{
//		Args: []string{"gcc", "-o", "program", "program.c"},
//		Dir:  folder, // on the host; it is /sandbox inside
//	})
//	if err != nil {
//		return err // the sandbox itself failed; what the program did is in result
//	}
//	fmt.Println(result.ExitCode, result.Signal, result.Exceeded)
//
// # What a program sees
//
// The system (/usr, /bin, /lib and the harmless part of /etc) is read-only. /sandbox is the command's folder, the only place whose changes
// stay. /tmp, /home/user and /dev/shm are empty, private and bounded. It has its own processes (/proc), its own network with nothing but a
// loopback, its own host name and message queues, no capabilities, no set-uid programs, none of the caller's environment or files. Beyond
// that, system calls that sandboxes are broken with answer EPERM or ENOSYS (see filter_linux.go), and Landlock, where the kernel has it,
// forbids writing outside of the few writable folders once more.
//
// # How it is bounded
//
// The program runs under a small first process of its own (this very executable, started anew: see init_linux.go) which no signal from
// inside reaches. It looks at all processes every few milliseconds and ends when a bound is passed; the kernel then ends everything
// inside with it. The same happens when the caller's process dies, however it dies. So nothing outlives Run.
//
// # What it is not
//
// It is no virtual machine: a hole in the kernel is a hole here. It hides neither the clock nor the CPU's kind, so it is no measure
// against side channels. A program that hoards memory in ways that no process accounts for (socket buffers, say) is
// only held by the machine's own out-of-memory killer, which is told to take it first. Children that live for a few milliseconds and that
// nobody waits for (SIGCHLD ignored) are hardly seen: their processor time is bounded by the clock, and what they write counts where it is a
// file in a folder that can be read or one that is open, but not where it is only mapped, or on its way through a socket. For root on Linux before 6.14 nothing but the watch
// holds a fork bomb, which may slow the machine for some seconds then; other users' are held by RLIMIT_NPROC. And what a program leaves in
// its folder is as hostile as itself: read it with ReadFile.
package sandbox

import (
	"context"
	"errors"
	"time"
)

// ErrUnavailable says that this machine has no way to run a program safely. Nothing is run then.
var ErrUnavailable = errors.New("no sandbox here")

// The back ends, for Options.Backend.
const (
	Bubblewrap = "bubblewrap" // the program bwrap makes the namespaces and mounts
	Namespaces = "namespaces" // this package makes them itself
)

// Options says how a sandbox is made. The zero value is right for all but tests.
type Options struct {
	Backend string // Bubblewrap or Namespaces; "" takes the first that works, in this order
	Limits  Limits // takes the place of the defaults for commands that leave a limit at 0
}

// Limits bounds a program and everything that it starts, all together. A zero takes the default.
type Limits struct {
	Wall        time.Duration // from the start of the program, once the sandbox is ready, to the end; 10 s
	CPU         time.Duration // processor time of all processes; 10 s
	MemoryBytes int64         // resident memory with that in /tmp, /home/user and /dev/shm; 1 GiB. Address space is not bounded: sanitizers, Java and Go need much of it
	DiskBytes   int64         // growth of /sandbox, with deleted files that are open, and size of each private folder; 64 MiB. A file counts 4 KiB at least
	OutputBytes int64         // standard output and error together; 1 MiB
	Processes   int           // at once; 64. Each may have 8 threads on average
	OpenFiles   int           // of each process; 256
}

// defaultLimits are the limits of a command that sets none.
var defaultLimits = Limits{
	Wall: 10 * time.Second, CPU: 10 * time.Second, MemoryBytes: 1 << 30, DiskBytes: 64 << 20, OutputBytes: 1 << 20,
	Processes: 64, OpenFiles: 256,
}

// Command is one program to run.
type Command struct {
	// Args[0] is an absolute path inside, a path relative to /sandbox with a slash, or a name that is looked up in the PATH inside.
	Args []string
	// Dir is a folder of the host. Inside, it is /sandbox, writable, and the working directory. "" makes an empty one that is gone afterwards.
	Dir string
	// Stdin is what the program reads; nothing when empty.
	Stdin []byte
	// Env holds NAME=value pairs on top of PATH, HOME=/home/user, LANG=C.UTF-8 and TMPDIR=/tmp. LSAN_OPTIONS=detect_leaks=0 is set
	// too, since the sanitizers find leaks by ptrace, which does not work inside (valgrind does).
	Env []string
	// ReadOnly and Writable are more files and folders of the host, seen inside at the same path.
	ReadOnly []string
	Writable []string
	Limits   Limits
}

// Which limit a program passed, in Result.Exceeded.
const (
	ExceededWall      = "wall"
	ExceededCPU       = "cpu"
	ExceededMemory    = "memory"
	ExceededDisk      = "disk"
	ExceededOutput    = "output"
	ExceededProcesses = "processes"
)

// Result is how a program ended.
type Result struct {
	ExitCode  int    // as a shell shows it: 127 for a program that is not there, 126 for one that cannot be run, 128 + n after signal n
	Signal    string // "SIGSEGV", "SIGKILL" and so on when a signal ended it, else ""
	Stdout    []byte // up to Limits.OutputBytes, together with Stderr
	Stderr    []byte
	Truncated bool          // output was cut
	Exceeded  string        // the limit that was passed ("" for none); everything was killed then, and Signal is SIGKILL
	Wall, CPU time.Duration // CPU covers all processes and the sandbox's own few milliseconds
}

// Sandbox runs commands. It may be used by many goroutines at once, and holds nothing that must be closed.
type Sandbox struct {
	limits  Limits
	backend backend
}

// Backend is the name of the back end in use.
func (s *Sandbox) Backend() string { return s.backend.name() }

// New finds a back end that works on this machine and tries it once. When none does, the error wraps ErrUnavailable and says why and what to do.
func New(ctx context.Context, o Options) (*Sandbox, error) {
	return open(ctx, o)
}

// Run runs one command and waits until nothing of it is left. The error is for the sandbox's own failures, for commands that make no sense
// and for a context that ended; whatever the program does is in the result.
func (s *Sandbox) Run(ctx context.Context, c Command) (Result, error) {
	c.Limits = c.Limits.over(s.limits)
	return s.backend.run(ctx, c)
}

// over fills the zeros of l from base.
func (l Limits) over(base Limits) Limits {
	if l.Wall == 0 {
		l.Wall = base.Wall
	}
	if l.CPU == 0 {
		l.CPU = base.CPU
	}
	if l.MemoryBytes == 0 {
		l.MemoryBytes = base.MemoryBytes
	}
	if l.DiskBytes == 0 {
		l.DiskBytes = base.DiskBytes
	}
	if l.OutputBytes == 0 {
		l.OutputBytes = base.OutputBytes
	}
	if l.Processes == 0 {
		l.Processes = base.Processes
	}
	if l.OpenFiles == 0 {
		l.OpenFiles = base.OpenFiles
	}
	return l
}

// backend is one way to make a sandbox.
type backend interface {
	name() string
	run(ctx context.Context, c Command) (Result, error)
}
