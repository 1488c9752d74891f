//go:build amd64 || arm64

package sandbox_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

// fileAttempts reach for files that are not the program's.
var fileAttempts = []attempt{
	{name: "read the host's secrets", python: `
for path in ("/etc/shadow", "/etc/gshadow", "/etc/sudoers", "/root/.ssh/id_rsa", "/var/log/syslog", "/run/docker.sock", "/etc/ssl/private", "/var/run", "/sys/kernel"):
    attempt(os.stat, path)
print("ESCAPED" if "root:x:0:0:root:/root:/bin" in open("/etc/passwd").read() else "denied")`, want: []string{"denied"}},
	{name: "write to the system", python: `
for path in ("/usr/bin/x", "/etc/passwd", "/etc/ld.so.preload", "/lib/x", "/bin/sh", "/etc/alternatives/x", "/usr/local/bin/gcc", "/x"):
    attempt(open, path, "ab")
for path in ("/usr/bin", "/etc", "/"):
    attempt(os.chmod, path, 0o777)
    attempt(os.rename, path, "/tmp/x")
    attempt(os.utime, path)`, want: []string{"denied"}},
	{name: "the host's temporary folder", python: `
attempt(open, os.environ["HOST_TMP"])
print("ESCAPED" if os.listdir("/tmp") else "denied")
open(os.environ["HOST_TMP"], "w").write("escaped")`, want: []string{"denied"}},
	{name: "a folder of the host", python: `
attempt(os.listdir, os.environ["HOST_HOME"])
attempt(open, os.environ["HOST_HOME"] + "/secret")
print("ESCAPED" if os.listdir("/home") != ["user"] or os.listdir("/home/user") else "denied")`, want: []string{"denied"}},
	{name: "upwards from the folder", python: `
for i in range(1, 12):
    attempt(open, "/sandbox/" + "../" * i + os.environ["HOST_HOME"].lstrip("/") + "/secret")
attempt(open, "/sandbox/../sandbox/../secret")`, want: []string{"denied"}},
	{name: "symbolic links out of the folder", python: `
for i, path in enumerate((os.environ["HOST_HOME"] + "/secret", os.environ["HOST_TMP"], "/etc/shadow", "/proc/1/root/etc/shadow")):
    os.symlink(path, "link%d" % i)
    attempt(open, "link%d" % i)
    attempt(open, "link%d" % i, "r+")
os.symlink("/usr/bin", "bin")
attempt(open, "bin/x", "w")`, want: []string{"denied"}},
	{name: "hard links to the system", python: `
for path in ("/usr/bin/su", "/bin/sh", "/etc/passwd", "/etc/ld.so.cache", "/run/seccoder-sandbox-init"):
    attempt(os.link, path, "/sandbox/" + os.path.basename(path))
    attempt(os.link, path, "/tmp/" + os.path.basename(path))`, want: []string{"denied"}},
	{name: "rename out of the folder", python: `
attempt(os.rename, "/sandbox", "/elsewhere")
attempt(os.rename, "/tmp", "/sandbox/tmp")
attempt(os.rename, "/usr/bin/su", "/sandbox/su")`, want: []string{"denied"}},
	{name: "delete the folder itself", python: `
attempt(os.rmdir, "/sandbox")
os.chmod("/sandbox", 0)
os.chmod("/sandbox", 0o700)`, want: []string{"denied"}, after: func(t *testing.T, _ *host, dir string) {
		if _, err := os.Stat(dir); err != nil {
			t.Error(err)
		}
	}},
	{name: "working directory that is gone", python: `
os.mkdir("/sandbox/d"); os.chdir("/sandbox/d"); os.rmdir("/sandbox/d")
attempt(os.getcwd)
attempt(open, "../../../etc/shadow")
attempt(open, "new", "w")`, want: []string{"denied"}},
	{name: "memory and disks as devices", python: `
for path in ("/dev/mem", "/dev/kmem", "/dev/port", "/dev/kmsg", "/dev/sda", "/dev/vda", "/dev/loop0", "/dev/fuse", "/dev/kvm", "/dev/net/tun", "/dev/input/event0", "/proc/kcore", "/proc/kmsg"):
    attempt(open, path, "rb")`, want: []string{"denied"}},
	{name: "the kernel's switches", python: `
for path in ("/proc/sysrq-trigger", "/proc/sys/kernel/core_pattern", "/proc/sys/kernel/hostname", "/proc/sys/vm/drop_caches", "/proc/sys/kernel/pid_max", "/proc/sys/fs/file-max",
        "/proc/irq/default_smp_affinity", "/proc/mtrr", "/proc/1/oom_score_adj", "/proc/self/oom_score_adj", "/proc/self/uid_map", "/proc/self/setgroups", "/proc/self/attr/current"):
    attempt(open, path, "r+b")
attempt(os.listdir, "/sys")
attempt(os.listdir, "/sys/fs/cgroup")`, want: []string{"denied"}},
	{name: "device nodes", python: `
import stat
for where in ("/sandbox", "/tmp", "/dev", "/dev/shm"):
    attempt(os.mknod, where + "/disk", 0o600 | stat.S_IFBLK, os.makedev(8, 0))
    attempt(os.mknod, where + "/mem", 0o600 | stat.S_IFCHR, os.makedev(1, 1))`, want: []string{"denied"}},
	{name: "set-uid programs", sh: `
		for p in /usr/bin/su /usr/bin/mount /usr/bin/passwd /usr/bin/sudo /usr/bin/newuidmap; do
			[ -u $p ] && find $p -perm /4000 -user user >/dev/null
		done
		su -c 'echo ESCAPED' root </dev/null 2>&1
		mount -t tmpfs none /tmp 2>/dev/null && echo ESCAPED
		[ "$(id -u)" = 0 ] && echo ESCAPED
		echo denied`, want: []string{"denied"}},
	{name: "leave a set-uid program", c: `
		system("cp /bin/sh shell");
		verdict(chmod("shell", 04755));
		verdict(chmod("shell", 02755));
		int fd = open("shell", O_RDONLY);
		verdict(fchmod(fd, 06755));
		verdict(fchmodat(AT_FDCWD, "shell", 04777, 0));
		verdict(syscall(452, AT_FDCWD, "shell", 04777, 0));
		verdict(open("other", O_CREAT | O_WRONLY, 04755));
		verdict(mknod("third", S_IFREG | 04755, 0));
		unsigned long how[3] = {O_CREAT | O_WRONLY, 04755, 0};
		verdict(syscall(SYS_openat2, AT_FDCWD, "fourth", how, sizeof how));`, want: []string{"denied"}, after: noSetID},
	{name: "capabilities on a file", python: `
open("/sandbox/x", "w").close()
attempt(os.setxattr, "/sandbox/x", "security.capability", bytes.fromhex("0100000200000000000000000000000000000000"))
attempt(os.setxattr, "/sandbox/x", "trusted.x", b"1")`, want: []string{"denied"}},
	{name: "give a file to somebody else", python: `
open("/sandbox/x", "w").close()
for who in (0, 1, 65534):
    attempt(os.chown, "/sandbox/x", who, who)`, want: []string{"denied"}},
	{name: "names with newlines and without letters", python: `
os.mkdir(b"/sandbox/a\nb\xff\x01")
open(b"/sandbox/a\nb\xff\x01/\x1b[2J\n; rm -rf $HOME", "w").close()
for i in range(200):
    os.mkdir("x" * 200); os.chdir("x" * 200)
print("denied: only a nuisance")`, want: []string{"denied", "failed"}},
	{name: "core dump", c: `
		struct rlimit all = {RLIM_INFINITY, RLIM_INFINITY};
		if (setrlimit(RLIMIT_CORE, &all) == 0) puts("ESCAPED");
		abort();`, want: []string{"SIGABRT"}, after: func(t *testing.T, _ *host, dir string) {
		if found, _ := filepath.Glob(filepath.Join(dir, "core*")); found != nil {
			t.Errorf("core dumps are left: %q", found)
		}
	}},
	{name: "inherited descriptors", python: `
for fd in range(3, 1024):
    try:
        text = os.read(fd, 100)
    except OSError: continue
    print("ESCAPED", fd, text)
print("denied", sorted(os.listdir("/proc/self/fd")))`, want: []string{"denied"}},
	{name: "inherited environment", python: `
known = {"PATH", "HOME", "LANG", "TMPDIR", "LSAN_OPTIONS", "SECCODER_SANDBOX_TEST", "LC_CTYPE"}
other = [n for n in os.environ if n not in known and not n.startswith("HOST_")]
print("ESCAPED" if other else "denied", other)`, want: []string{"denied"}},
}

// noSetID fails the test if a file lends its owner's rights.
func noSetID(t *testing.T, _ *host, dir string) {
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err == nil && info.Mode()&(fs.ModeSetuid|fs.ModeSetgid) != 0 {
			t.Errorf("%s is left with mode %v", path, info.Mode())
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}
