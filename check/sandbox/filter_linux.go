//go:build amd64 || arm64

package sandbox

import (
	"fmt"
	"runtime"
	"slices"
	"unsafe"

	"golang.org/x/sys/unix"
)

// The filter of system calls is a list of what is denied, since programs in six languages run here and a list of what is allowed would be
// wrong for one of them each year. What is denied is what sandboxes were broken with (namespaces, mounts, tracing, keys, handles, loading
// code into the kernel), and what would make memory or files that the watch does not see. Calls newer than this list answer ENOSYS.

// rule denies a system call with an error, always or when all its tests hold.
type rule struct {
	call  uint32
	error unix.Errno
	when  []test
}

// test looks at the lower 32 bits of an argument.
type test struct {
	arg   uint32
	mask  uint32 // the bits to look at
	value uint32
	not   bool // holds when they differ from value
}

// newestCall is the last system call that was looked at for this list (mseal). Later ones do not exist inside.
const newestCall = 462

// Namespaces in the flags of clone, and permission bits that lend the owner's rights.
const (
	newNamespaceFlags = unix.CLONE_NEWUSER | unix.CLONE_NEWNS | unix.CLONE_NEWPID | unix.CLONE_NEWNET | unix.CLONE_NEWIPC | unix.CLONE_NEWUTS | unix.CLONE_NEWCGROUP
	setIDBits         = unix.S_ISUID | unix.S_ISGID
)

// always denied calls, by the error they answer. ENOSYS makes programs fall back to what is older.
var alwaysDenied = map[unix.Errno][]uint32{
	unix.EPERM: {
		unix.SYS_PTRACE, unix.SYS_PROCESS_VM_READV, unix.SYS_PROCESS_VM_WRITEV, unix.SYS_PROCESS_MADVISE, unix.SYS_PIDFD_GETFD, unix.SYS_KCMP,
		unix.SYS_MOUNT, unix.SYS_UMOUNT2, unix.SYS_PIVOT_ROOT, unix.SYS_CHROOT, unix.SYS_MOVE_MOUNT, unix.SYS_OPEN_TREE, unix.SYS_FSOPEN,
		unix.SYS_FSCONFIG, unix.SYS_FSMOUNT, unix.SYS_FSPICK, unix.SYS_MOUNT_SETATTR, unix.SYS_UNSHARE, unix.SYS_SETNS,
		unix.SYS_KEXEC_LOAD, unix.SYS_KEXEC_FILE_LOAD, unix.SYS_REBOOT, unix.SYS_SWAPON, unix.SYS_SWAPOFF,
		unix.SYS_INIT_MODULE, unix.SYS_FINIT_MODULE, unix.SYS_DELETE_MODULE, unix.SYS_BPF, unix.SYS_PERF_EVENT_OPEN,
		unix.SYS_ADD_KEY, unix.SYS_REQUEST_KEY, unix.SYS_KEYCTL, unix.SYS_OPEN_BY_HANDLE_AT, unix.SYS_NAME_TO_HANDLE_AT,
		unix.SYS_ACCT, unix.SYS_QUOTACTL, unix.SYS_QUOTACTL_FD, unix.SYS_SYSLOG, unix.SYS_VHANGUP, unix.SYS_FANOTIFY_INIT,
		unix.SYS_SETTIMEOFDAY, unix.SYS_CLOCK_SETTIME, unix.SYS_ADJTIMEX, unix.SYS_CLOCK_ADJTIME, unix.SYS_SETHOSTNAME, unix.SYS_SETDOMAINNAME,
		unix.SYS_MOVE_PAGES, unix.SYS_MIGRATE_PAGES,
		unix.SYS_SHMGET, unix.SYS_MSGGET, // memory that belongs to no process
	},
	unix.ENOSYS: {
		unix.SYS_CLONE3, unix.SYS_OPENAT2, // their flags are in memory, where a filter cannot look
		unix.SYS_MEMFD_CREATE, unix.SYS_MEMFD_SECRET, // memory that belongs to no process
		unix.SYS_IO_URING_SETUP, unix.SYS_IO_URING_ENTER, unix.SYS_IO_URING_REGISTER, unix.SYS_USERFAULTFD,
	},
}

// sometimesDenied are calls that are denied for some arguments only.
var sometimesDenied = []rule{
	{unix.SYS_CLONE, unix.EPERM, []test{{arg: 0, mask: newNamespaceFlags, not: true}}},
	// Threads with descriptors of their own would hide from the watch what files they hold.
	{unix.SYS_CLONE, unix.EPERM, []test{{arg: 0, mask: unix.CLONE_THREAD | unix.CLONE_FILES, value: unix.CLONE_THREAD}}},
	{unix.SYS_CLOSE_RANGE, unix.ENOSYS, []test{{arg: 2, mask: unix.CLOSE_RANGE_UNSHARE, not: true}}},
	{unix.SYS_SOCKET, unix.EAFNOSUPPORT, []test{
		{arg: 0, mask: ^uint32(0), value: unix.AF_UNIX, not: true},
		{arg: 0, mask: ^uint32(0), value: unix.AF_INET, not: true},
		{arg: 0, mask: ^uint32(0), value: unix.AF_INET6, not: true},
	}},
	{unix.SYS_IOCTL, unix.EPERM, []test{{arg: 1, mask: ^uint32(0), value: unix.TIOCSTI}}},
	{unix.SYS_IOCTL, unix.EPERM, []test{{arg: 1, mask: ^uint32(0), value: 0x541c}}}, // TIOCLINUX
	// A process that hides what it uses would escape the watch.
	{unix.SYS_PRCTL, unix.EPERM, []test{{arg: 0, mask: ^uint32(0), value: unix.PR_SET_DUMPABLE}, {arg: 1, mask: ^uint32(0)}}},
	// A process changes its own limits and priorities, never those of the first one.
	{unix.SYS_PRLIMIT64, unix.EPERM, []test{{arg: 0, mask: ^uint32(0), not: true}}},
	{unix.SYS_SETPRIORITY, unix.EPERM, []test{{arg: 1, mask: ^uint32(0), not: true}}},
	{unix.SYS_SETPRIORITY, unix.EPERM, []test{{arg: 0, mask: ^uint32(0), value: unix.PRIO_USER}}},
	{unix.SYS_IOPRIO_SET, unix.EPERM, []test{{arg: 1, mask: ^uint32(0), not: true}}},
	{unix.SYS_SCHED_SETSCHEDULER, unix.EPERM, []test{{arg: 0, mask: ^uint32(0), not: true}}},
	{unix.SYS_SCHED_SETPARAM, unix.EPERM, []test{{arg: 0, mask: ^uint32(0), not: true}}},
	{unix.SYS_SCHED_SETATTR, unix.EPERM, []test{{arg: 0, mask: ^uint32(0), not: true}}},
	// A set-uid file in the command's folder would lend its owner's rights to everybody on the host.
	{unix.SYS_FCHMOD, unix.EPERM, []test{{arg: 1, mask: setIDBits, not: true}}},
	{unix.SYS_FCHMODAT, unix.EPERM, []test{{arg: 2, mask: setIDBits, not: true}}},
	{unix.SYS_FCHMODAT2, unix.EPERM, []test{{arg: 2, mask: setIDBits, not: true}}},
	{unix.SYS_MKNODAT, unix.EPERM, []test{{arg: 2, mask: setIDBits, not: true}}},
	{unix.SYS_OPENAT, unix.EPERM, []test{{arg: 2, mask: unix.O_CREAT, not: true}, {arg: 3, mask: setIDBits, not: true}}},
}

// Places in the record that a filter looks at (struct seccomp_data), on machines that store the low half first.
const (
	dataCall = 0
	dataArch = 4
	dataArgs = 16
)

// filter installs the rules in all threads of this process, and so in all that it starts.
func filter() error {
	program := filterProgram()
	prog := unix.SockFprog{Len: uint16(len(program)), Filter: &program[0]}
	thread, _, errno := unix.Syscall(unix.SYS_SECCOMP, unix.SECCOMP_SET_MODE_FILTER, unix.SECCOMP_FILTER_FLAG_TSYNC, uintptr(unsafe.Pointer(&prog)))
	runtime.KeepAlive(program)
	if errno != 0 {
		return fmt.Errorf("filter system calls: %w", errno)
	}
	if thread != 0 {
		return fmt.Errorf("filter system calls: thread %d cannot be filtered", thread)
	}
	return nil
}

// filterProgram is the rules for the kernel's packet filter machine.
func filterProgram() []unix.SockFilter {
	load := func(at uint32) unix.SockFilter {
		return unix.SockFilter{Code: unix.BPF_LD | unix.BPF_W | unix.BPF_ABS, K: at}
	}
	answer := func(what uint32) unix.SockFilter { return unix.SockFilter{Code: unix.BPF_RET | unix.BPF_K, K: what} }
	deny := func(e unix.Errno) unix.SockFilter { return answer(unix.SECCOMP_RET_ERRNO | uint32(e)) }

	p := []unix.SockFilter{
		load(dataArch),
		{Code: unix.BPF_JMP | unix.BPF_JEQ | unix.BPF_K, K: auditArch, Jt: 1},
		answer(unix.SECCOMP_RET_KILL_PROCESS), // the numbers of another machine's calls mean other things
		load(dataCall),
		{Code: unix.BPF_JMP | unix.BPF_JGT | unix.BPF_K, K: newestCall, Jf: 1},
		deny(unix.ENOSYS),
	}
	for _, r := range slices.Concat(unconditional(), sometimesDenied, machineDenied) {
		var body []unix.SockFilter
		for i, t := range r.when {
			// Out of the rule when the test fails: over what is left of the tests (three instructions each) and the answer.
			out := uint8(3*(len(r.when)-1-i) + 1)
			jump := unix.SockFilter{Code: unix.BPF_JMP | unix.BPF_JEQ | unix.BPF_K, K: t.value, Jf: out}
			if t.not {
				jump.Jt, jump.Jf = out, 0
			}
			body = append(body, load(dataArgs+8*t.arg), unix.SockFilter{Code: unix.BPF_ALU | unix.BPF_AND | unix.BPF_K, K: t.mask}, jump)
		}
		body = append(body, deny(r.error))
		if len(r.when) > 0 {
			body = append(body, load(dataCall))
		}
		p = append(p, unix.SockFilter{Code: unix.BPF_JMP | unix.BPF_JEQ | unix.BPF_K, K: r.call, Jf: uint8(len(body))})
		p = append(p, body...)
	}
	return append(p, answer(unix.SECCOMP_RET_ALLOW))
}

// unconditional is alwaysDenied as rules.
func unconditional() []rule {
	var rules []rule
	for errno, calls := range alwaysDenied {
		for _, call := range calls {
			rules = append(rules, rule{call: call, error: errno})
		}
	}
	return rules
}
