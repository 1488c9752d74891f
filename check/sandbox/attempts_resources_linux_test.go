//go:build amd64 || arm64

package sandbox_test

import (
	"os"
	"path/filepath"
	"testing"
)

// memoryAttempts take memory. They print ESCAPED when they have four times what they may.
var memoryAttempts = []attempt{
	{name: "malloc", c: `for (int i = 0; i < 1024; i++) memset(malloc(1 << 20), 1, 1 << 20); puts("ESCAPED");`, want: []string{"memory"}},
	{name: "private pages", c: `
		char *p = mmap(0, 1 << 30, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
		for (long i = 0; i < 1 << 30; i += 4096) p[i] = 1;
		puts("ESCAPED");`, want: []string{"memory"}},
	{name: "shared pages", c: `
		char *p = mmap(0, 1 << 30, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
		for (long i = 0; i < 1 << 30; i += 4096) p[i] = 1;
		puts("ESCAPED");`, want: []string{"memory"}},
	{name: "in a thread that outlives the first", c: `pthread_t t; pthread_create(&t, 0, (void *(*)(void *))take_memory, 0); pthread_exit(0);`, want: []string{"memory"}},
	{name: "many processes with a little each", c: `
		for (int i = 0; i < 16; i++) if (fork() == 0) { memset(malloc(64 << 20), 1, 64 << 20); idle(0); }
		sleep(4); puts("ESCAPED");`, want: []string{"memory"}},
	{name: "page tables", c: `
		volatile char *p = mmap(0, 1L << 40, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
		if (p == MAP_FAILED) { puts("denied"); return 0; }
		long n = 0;
		for (long i = 0; i < 1L << 40; i += 2 << 20) n += p[i];
		puts("ESCAPED");`, want: []string{"memory", "denied"}},
	{name: "page tables that take long to count", c: `
		for (int i = 0; i < 4; i++) if (fork() == 0) {
			volatile char *p = mmap(0, 1L << 39, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
			if (p == MAP_FAILED) _exit(1);
			for (long i = 0; i < 1L << 39; i += 2 << 20) p[i];
			idle(0);
		}
		while (wait(0) > 0); puts("denied");`, want: []string{"memory", "denied"}},
	{name: "in /dev/shm", sh: `cd /dev/shm; for i in $(seq 200); do head -c 8000000 /dev/zero > $i || { echo denied; exit; }; done; echo ESCAPED`, want: []string{"denied", "memory"}},
	{name: "in /tmp", sh: `cd /tmp; for i in $(seq 200); do head -c 8000000 /dev/zero > $i || { echo denied; exit; }; done; echo ESCAPED`, want: []string{"denied", "memory"}},
	{name: "in memory files", python: `attempt(os.memfd_create, "x")`, want: []string{"denied"}},
	{name: "program in a memory file", c: `
		int fd = syscall(SYS_memfd_create, "x", 0);
		if (fd >= 0) { write(fd, "#!/bin/sh\necho ESCAPED\n", 23); fexecve(fd, (char *[]){"x", 0}, (char *[]){0}); }
		puts("denied");`, want: []string{"denied"}},
	{name: "in shared segments", c: `
		for (int i = 0; i < 64; i++) {
			int id = shmget(IPC_PRIVATE, 16 << 20, 0600);
			if (id < 0) { puts("denied"); return 0; }
			char *p = shmat(id, 0, 0); memset(p, 1, 16 << 20); shmdt(p);
		}
		puts("ESCAPED");`, want: []string{"denied", "memory"}},
	{name: "locked", c: `char *p = malloc(64 << 20); verdict(mlock(p, 64 << 20));`, want: []string{"denied"}},
	{name: "huge address space is allowed, its use is not", c: `
		char *p = mmap(0, 1L << 42, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
		if (p == MAP_FAILED) return 1;
		for (long i = 0; i < 1 << 30; i += 4096) p[i] = 1;
		puts("ESCAPED");`, want: []string{"memory"}},
	{name: "endless recursion", python: `
sys.setrecursionlimit(10**9)
def f(): return f()
f()`, want: []string{"SIGSEGV", "memory", "failed", "cpu"}},
}

// keepDeleted is a loop that opens files without a name, for others to write.
const keepDeleted = `
for i in range(100):
    fd = os.open("/sandbox/x", os.O_CREAT | os.O_RDWR); os.unlink("/sandbox/x")`

// unreadable makes a Python that runs but may not be read, and a program for it.
const unreadable = `
cat > deleted.py <<END
import os, time
keep = []
for i in range(100):
    f = open("/sandbox/x", "wb"); os.unlink("/sandbox/x")
    f.write(b"x" * 8000000); f.flush(); keep.append(f)
time.sleep(0.5)
print("ESCAPED")
END
cp /usr/bin/python3 p && chmod 0111 p || exit 1
`

// diskAttempts fill disks, real or in memory.
var diskAttempts = []attempt{
	{name: "one big file", sh: `head -c 200000000 /dev/zero > big && echo ESCAPED || echo denied`, want: []string{"denied", "disk"}},
	{name: "several files in the folder", sh: `for i in $(seq 30); do head -c 8000000 /dev/zero > $i || exit 1; done; sleep 0.5; echo ESCAPED`, want: []string{"disk"}},
	{name: "many empty files", python: `
for i in range(200000): open("/sandbox/%d" % i, "w").close()
print("ESCAPED")`, want: []string{"disk"}},
	{name: "many folders in memory", python: `
os.chdir("/tmp")
for i in range(200000): os.mkdir("d%d" % i)
print("ESCAPED")`, want: []string{"disk", "failed", "memory"}},
	{name: "deleted files that stay open", python: `
keep = []
for i in range(100):
    f = open("/sandbox/x", "wb"); os.unlink("/sandbox/x")
    f.write(b"x" * 8000000); f.flush(); keep.append(f)
time.sleep(0.5)
print("ESCAPED")`, want: []string{"disk"}},
	{name: "deleted files that orphans write", python: keepDeleted + `
    if os.fork() == 0:
        if os.fork() == 0: os.write(fd, b"x" * 8000000)
        os._exit(0)
    os.wait()
time.sleep(0.5)
print("ESCAPED")`, want: []string{"disk"}},
	{name: "deleted files that children write whom nobody waits for", python: `signal.signal(signal.SIGCHLD, signal.SIG_IGN)` + keepDeleted + `
    if os.fork() == 0: os.write(fd, b"x" * 8000000); os._exit(0)
    try: os.wait()
    except ChildProcessError: pass
time.sleep(0.5)
print("ESCAPED")`, want: []string{"disk"}},
	{name: "deleted files that are only mapped, by children whom nobody waits for", c: `
		struct sigaction a = {.sa_flags = SA_NOCLDWAIT};
		sigaction(SIGCHLD, &a, 0);
		char *b = calloc(1, 8 << 20);
		for (int i = 0; i < 60; i++) {
			int fd = open("x", O_CREAT | O_RDWR, 0600); unlink("x");
			if (fork() == 0) { write(fd, b, 8 << 20); usleep(60000); _exit(0); }
			while (wait(0) > 0);
			if (mmap(0, 4096, PROT_READ, MAP_SHARED, fd, 0) == MAP_FAILED) return 1;
			close(fd);
		}
		puts("ESCAPED");`, want: []string{"disk"}},
	{name: "deleted files of a program that nobody may read", sh: unreadable + `exec ./p deleted.py`, want: []string{"disk"}},
	{name: "deleted files of a child that nobody may read", sh: unreadable + `./p deleted.py; exit`, want: []string{"disk"}},
	{name: "deleted files of a thread that outlives the first", c: `pthread_t t; pthread_create(&t, 0, (void *(*)(void *))write_deleted, 0); pthread_exit(0);`, want: []string{"disk"}},
	{name: "sparse file", c: `
		int fd = open("sparse", O_CREAT | O_RDWR, 0600);
		verdict(ftruncate(fd, 1L << 40));`, want: []string{"denied", "SIGXFSZ", "disk"}},
	{name: "reserved blocks", c: `
		signal(SIGXFSZ, SIG_IGN);
		int fd = open("reserved", O_CREAT | O_RDWR, 0600);
		verdict(fallocate(fd, 0, 0, 1L << 34));`, want: []string{"denied", "disk"}},
	{name: "home", sh: `cd ~; for i in $(seq 60); do head -c 8000000 /dev/zero > $i || { echo denied; exit; }; done; echo ESCAPED`, want: []string{"denied", "memory"}},
	{name: "folder that is closed to all", python: `
os.mkdir("/sandbox/closed"); fd = os.open("/sandbox/closed", os.O_RDONLY)
os.chmod("/sandbox/closed", 0)
for i in range(100):
    try: f = os.open("x%d" % i, os.O_CREAT | os.O_WRONLY, dir_fd=fd)
    except OSError: os.chmod("/sandbox/closed", 0o700); f = os.open("x%d" % i, os.O_CREAT | os.O_WRONLY, dir_fd=fd); os.chmod("/sandbox/closed", 0)
    os.write(f, b"x" * 8000000); os.close(f)
time.sleep(0.5)
print("ESCAPED")`, want: []string{"disk"}, after: func(t *testing.T, _ *host, dir string) {
		if err := os.Chmod(filepath.Join(dir, "closed"), 0o700); err != nil { // or nobody but root can remove it
			t.Error(err)
		}
	}},
	{name: "the rest of the tree", sh: `
		for d in / /etc /dev /run /usr /proc /home /dev/pts /lib; do
			if head -c 1000 /dev/zero > $d/file 2>/dev/null; then echo ESCAPED $d; else echo denied; fi
			if mkdir $d/folder 2>/dev/null; then echo ESCAPED $d; fi
		done`, want: []string{"denied"}},
}

// outputAttempts flood what the caller reads.
var outputAttempts = []attempt{
	{name: "standard output", sh: `yes`, want: []string{"output"}},
	{name: "standard error", sh: `yes >&2`, want: []string{"output"}},
	{name: "both from many processes", sh: `for i in 1 2 3 4; do yes & yes >&2 & done; wait`, want: []string{"output"}},
	{name: "from a child after the program's end", sh: `(sleep 0.01; yes) & exit 0`, want: []string{"fine", "output"}},
	{name: "a gigabyte to nowhere", sh: `head -c 1000000000 /dev/zero > /dev/null; head -c 1000000 /dev/zero > /dev/full || echo denied`, want: []string{"denied"}},
}
