//go:build amd64 || arm64

package sandbox_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/seccoder/seccoder/check/sandbox"
)

// brief lets a program live for a second only.
var brief = sandbox.Limits{
	Wall: time.Second, CPU: 10 * time.Second, MemoryBytes: 256 << 20, DiskBytes: 16 << 20, OutputBytes: 64 << 10, Processes: 32,
}

// busy lets a program work for a second only.
var busy = sandbox.Limits{
	Wall: 20 * time.Second, CPU: time.Second, MemoryBytes: 256 << 20, DiskBytes: 16 << 20, OutputBytes: 64 << 10, Processes: 32,
}

// processAttempts are about processes, threads, signals and time.
var processAttempts = []attempt{
	// The kernel denies it processes, so the bomb may have died away before the watch looks. Then
	// the shell sleeps on, against the clock, or had no process left for its sleep and failed.
	{name: "fork bomb in shell", sh: `b() { b | b & }; b; sleep 20; echo ESCAPED`, want: []string{"processes", "failed", "wall"}},
	{name: "fork bomb in C with sessions of their own", c: `for (;;) if (fork() == 0) setsid();`, want: []string{"processes"}},
	{name: "fork bomb whose parents die", c: `for (;;) { if (fork() > 0 && getpid() > 100) _exit(0); }`, want: []string{"processes", "cpu"}},
	{name: "thread bomb", c: `
		pthread_t t; pthread_attr_t a; pthread_attr_init(&a); pthread_attr_setstacksize(&a, 16384);
		int n = 0;
		for (int failed = 0; failed < 1000; ) if (pthread_create(&t, &a, (void *(*)(void *))idle, 0)) { failed++; usleep(1000); } else n++;
		if (n > 2000) puts("ESCAPED"); else puts("denied");`, want: []string{"processes", "denied"}},
	{name: "endless loop", sh: `while :; do :; done`, limit: busy, want: []string{"cpu"}},
	{name: "endless loop against the clock", sh: `while :; do :; done`, limit: brief, want: []string{"wall"}},
	{name: "work spread over many short processes", sh: `while :; do /bin/true; done`, limit: busy, want: []string{"cpu"}},
	{name: "work of children whom nobody waits for", python: `
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
for i in range(30):
    if os.fork() == 0:
        end = time.process_time() + 0.2
        while time.process_time() < end: pass
        os._exit(0)
    try: os.wait()
    except ChildProcessError: pass
print("ESCAPED")`, limit: busy, want: []string{"cpu"}},
	{name: "endless sleep", sh: `sleep 1000; echo ESCAPED`, limit: brief, want: []string{"wall"}},
	{name: "all signals ignored", python: `
for s in range(1, 65):
    try: signal.signal(s, signal.SIG_IGN)
    except (OSError, ValueError): pass
while True: time.sleep(1)`, limit: brief, want: []string{"wall"}},
	{name: "daemon by double fork", python: `
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        for fd in range(64):
            try: os.close(fd)
            except OSError: pass
        time.sleep(0.5)
        open("/sandbox/daemon", "w").write("alive")
        time.sleep(1000)
    os._exit(0)
os.wait()`, want: []string{"fine"}, after: func(t *testing.T, _ *host, dir string) {
		time.Sleep(600 * time.Millisecond)
		if _, err := os.Stat(filepath.Join(dir, "daemon")); err == nil {
			t.Error("the daemon has outlived the program")
		}
	}},
	{name: "sleeping children that hold the output", sh: `for i in 1 2 3 4 5; do setsid sleep 1000 & done; exit 0`, want: []string{"fine"}},
	{name: "stopped children", sh: `for i in 1 2 3; do sleep 1000 & kill -STOP $!; done; exit 0`, want: []string{"fine"}},
	{name: "kill everybody", python: `
for pid in (int(os.environ["HOST_PID"]), os.getppid(), -1):
    try: os.kill(pid, 9)
    except OSError as e: print("denied", e)
    else: print("sent", pid)
print("denied: alive")`, want: []string{"denied", "SIGKILL"}},
	{name: "kill the first process", python: `
for s in range(1, 65):
    try: os.kill(1, s)
    except OSError: pass
time.sleep(0.3)
print("denied: alive")`, want: []string{"denied"}},
	{name: "stop the first process", python: `
def stop():
    for pid in range(1, 30):
        try: pid != os.getpid() and os.kill(pid, signal.SIGSTOP)
        except OSError: pass
stop()
x = []
while True: x.append(b"x" * 1000000)`, want: []string{"memory"}},
	{name: "starve the first process by priority", python: `
import threading
before = os.getpriority(os.PRIO_PROCESS, 1) # above 0 where the tests are nice
for which in (os.PRIO_PROCESS, os.PRIO_PGRP, os.PRIO_USER):
    for who in range(0, 30):
        try: os.setpriority(which, who, 19)
        except OSError as e: pass
for pid in range(1, 10):
    try: os.sched_setscheduler(pid, os.SCHED_IDLE, os.sched_param(0))
    except OSError: pass
print(os.getpriority(os.PRIO_PROCESS, 1))
print("ESCAPED" if os.getpriority(os.PRIO_PROCESS, 1) > before or os.sched_getscheduler(1) == os.SCHED_IDLE else "denied")`, want: []string{"denied"}},
	{name: "limit the first process", python: `
import resource
attempt(resource.prlimit, 1, resource.RLIMIT_NOFILE, (0, 0))`, want: []string{"denied"}},
	{name: "raise own limits", python: `
import resource
for what in (resource.RLIMIT_NOFILE, resource.RLIMIT_FSIZE, resource.RLIMIT_CORE):
    attempt(resource.setrlimit, what, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))`, want: []string{"denied"}},
	{name: "real-time priority", c: `struct sched_param p = {50}; verdict(sched_setscheduler(0, SCHED_FIFO, &p));`, want: []string{"denied"}},
	{name: "negative nice", c: `verdict(setpriority(PRIO_PROCESS, 0, -10));`, want: []string{"denied"}},
	{name: "trace the first process", c: `verdict(ptrace(PTRACE_ATTACH, 1, 0, 0));`, want: []string{"denied"}},
	{name: "trace a child", c: `
		pid_t p = fork();
		if (p == 0) idle(0);
		verdict(ptrace(PTRACE_ATTACH, p, 0, 0));`, want: []string{"denied"}},
	{name: "read the memory of the first process", c: `
		char b[16]; struct iovec l = {b, 16}, r = {(void *)0x400000, 16};
		verdict(process_vm_readv(1, &l, 1, &r, 1, 0));
		verdict(open("/proc/1/mem", O_RDWR));`, want: []string{"denied"}},
	{name: "look into the first process", python: `
for name in ("environ", "maps", "stack", "auxv"):
    attempt(lambda: open("/proc/1/" + name, "rb").read(1))
for name in ("exe", "root", "cwd", "ns/mnt", "fd/3"):
    attempt(os.readlink, "/proc/1/" + name)
attempt(os.listdir, "/proc/1/root/")`, want: []string{"denied"}},
	{name: "overwrite the executable of the first process", python: `
for path in ("/proc/1/exe", "/run/seccoder-sandbox-init"):
    attempt(open, path, "r+b")
attempt(os.unlink, "/run/seccoder-sandbox-init")
attempt(os.chmod, "/run/seccoder-sandbox-init", 0o777)`, want: []string{"denied"}},
	{name: "see processes of the host", python: `
pids = [p for p in os.listdir("/proc") if p.isdigit()]
print("ESCAPED" if len(pids) > 3 else "denied", pids)
for what in ("/status", "/environ", "/root/etc/shadow"):
    attempt(lambda: os.getpid() != int(os.environ["HOST_PID"]) and open("/proc/" + os.environ["HOST_PID"] + what).read())`, want: []string{"denied"}},
	{name: "hide from the watch", c: `
		long r = prctl(PR_SET_DUMPABLE, 0);
		verdict(r);`, want: []string{"denied"}},
	{name: "hide descriptors from the watch", c: `
		static char stack[4096];
		verdict(clone(idle, stack + sizeof stack, CLONE_VM | CLONE_SIGHAND | CLONE_THREAD | CLONE_FS, 0));
		verdict(syscall(SYS_close_range, 100, 200, 2)); // CLOSE_RANGE_UNSHARE`, want: []string{"denied"}},
}
