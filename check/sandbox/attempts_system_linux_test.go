//go:build amd64 || arm64

package sandbox_test

// networkAttempts look for a way to talk to anybody.
var networkAttempts = []attempt{
	{name: "the host's loopback over TCP", python: `
for where in ("127.0.0.1", "localhost", "0.0.0.0"):
    attempt(socket.create_connection, (where, int(os.environ["HOST_PORT"])), 1)`, want: []string{"denied"}},
	{name: "the host's loopback over UDP", python: `
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.connect(("127.0.0.1", int(os.environ["HOST_UDP"])))
s.send(b"hello")
attempt(s.send, b"hello again: nobody listens")`, want: []string{"denied"}},
	{name: "the world over TCP and UDP", python: `
for family, where in ((socket.AF_INET, "192.0.2.1"), (socket.AF_INET, "8.8.8.8"), (socket.AF_INET6, "2001:db8::1"), (socket.AF_INET, "169.254.169.254"), (socket.AF_INET, "255.255.255.255")):
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
        s = socket.socket(family, kind); s.settimeout(1)
        attempt(s.connect, (where, 53))`, want: []string{"denied"}},
	{name: "names", python: `
for name in ("example.com", "host.docker.internal", "metadata.google.internal"):
    attempt(socket.getaddrinfo, name, 80)`, want: []string{"denied"}},
	{name: "other kinds of sockets", c: `
		int families[] = {AF_NETLINK, AF_PACKET, AF_VSOCK, AF_ALG, AF_BLUETOOTH, AF_KEY, AF_TIPC, AF_CAN, AF_XDP, AF_RDS, AF_NFC};
		for (int i = 0; i < sizeof families / sizeof *families; i++)
			for (int kind = 1; kind < 6; kind++) verdict(socket(families[i], kind, 0));`, want: []string{"denied"}},
	{name: "raw sockets", c: `
		verdict(socket(AF_INET, SOCK_RAW, IPPROTO_ICMP));
		verdict(socket(AF_INET, SOCK_RAW, IPPROTO_RAW));
		verdict(socket(AF_INET6, SOCK_RAW, IPPROTO_TCP));`, want: []string{"denied"}},
	{name: "the network's settings", c: `
		int s = socket(AF_INET, SOCK_DGRAM, 0);
		struct { char name[16]; short flags; char rest[22]; } r = {"lo"};
		verdict(ioctl(s, 0x8914, &r));
		int on = 1;
		verdict(setsockopt(s, SOL_SOCKET, SO_MARK, &on, sizeof on));`, want: []string{"denied"}},
	{name: "a Unix socket of the host", python: `
s = socket.socket(socket.AF_UNIX)
attempt(s.connect, os.environ["HOST_SOCKET"])
attempt(s.connect, "/run/docker.sock")
attempt(s.connect, "/run/systemd/private")`, want: []string{"denied"}},
	{name: "an abstract Unix socket of the host", python: `
s = socket.socket(socket.AF_UNIX)
attempt(s.connect, "\0" + os.environ["HOST_ABSTRACT"])
attempt(s.connect, "\0/tmp/.X11-unix/X0")`, want: []string{"denied"}},
}

// kernelAttempts use system calls that sandboxes were left by.
var kernelAttempts = []attempt{
	{name: "mount", c: `
		verdict(mount("none", "/tmp", "tmpfs", 0, 0));
		verdict(mount("/", "/tmp", 0, MS_BIND | MS_REC, 0));
		verdict(mount(0, "/usr", 0, MS_REMOUNT | MS_BIND, 0));
		verdict(umount2("/proc/sys", MNT_DETACH));
		verdict(umount2("/sandbox", 0));`, want: []string{"denied"}},
	{name: "mount by the new calls", c: `
		verdict(syscall(430, "tmpfs", 0));
		verdict(syscall(428, AT_FDCWD, "/", 1));
		verdict(syscall(429, -1, "", -1, "/tmp", 0));
		verdict(syscall(442, AT_FDCWD, "/usr", 0, 0, 0));`, want: []string{"denied"}},
	{name: "chroot and pivot_root", c: `
		verdict(chroot("/tmp"));
		verdict(syscall(SYS_pivot_root, "/tmp", "/tmp"));`, want: []string{"denied"}},
	{name: "namespaces in namespaces", c: `
		int flags[] = {CLONE_NEWUSER, CLONE_NEWNS, CLONE_NEWPID, CLONE_NEWNET, CLONE_NEWIPC, CLONE_NEWUTS, CLONE_NEWCGROUP, 0x80, CLONE_NEWUSER | CLONE_NEWNS};
		for (int i = 0; i < sizeof flags / sizeof *flags; i++) {
			verdict(unshare(flags[i]));
			if (flags[i] == 0x80) continue;
			long p = syscall(SYS_clone, flags[i] | SIGCHLD, 0, 0, 0, 0);
			if (p == 0) _exit(0);
			verdict(p);
		}`, want: []string{"denied"}},
	{name: "namespaces by clone3", c: `
		unsigned long args[11] = {CLONE_NEWUSER, 0, 0, 0, SIGCHLD};
		long p = syscall(435, args, sizeof args);
		if (p == 0) _exit(0);
		verdict(p);`, want: []string{"denied"}},
	{name: "unshare by its program", sh: `unshare -Ur sh -c 'echo ESCAPED' || echo denied; unshare -n echo ESCAPED`, want: []string{"denied"}},
	{name: "enter other namespaces", c: `
		verdict(open("/proc/1/ns/user", O_RDONLY));
		int fd = open("/proc/self/ns/mnt", O_RDONLY);
		verdict(setns(fd, 0));
		int p = syscall(434, 1, 0);
		verdict(setns(p, CLONE_NEWNS));`, want: []string{"denied"}},
	{name: "capabilities", c: `
		struct { unsigned version; int pid; } h = {0x20080522, 0};
		unsigned all[6] = {~0u, ~0u, ~0u, ~0u, ~0u, ~0u}, now[6];
		verdict(syscall(SYS_capset, &h, all));
		syscall(SYS_capget, &h, now);
		if (now[0] | now[1] | now[3] | now[4]) puts("ESCAPED");
		verdict(setuid(0)); verdict(setresuid(0, 0, 0)); verdict(setgid(0)); 
		gid_t g = 0; verdict(setgroups(1, &g));
		verdict(prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, 21, 0, 0));
		if (prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) != 1) puts("ESCAPED");`, want: []string{"denied"}},
	{name: "programs in the kernel", c: `
		char attr[128] = {0};
		verdict(syscall(SYS_bpf, 0, attr, sizeof attr));
		verdict(syscall(SYS_bpf, 5, attr, sizeof attr));
		verdict(syscall(SYS_init_module, "x", 1, ""));
		verdict(syscall(SYS_finit_module, 0, "", 0));
		verdict(syscall(SYS_delete_module, "dummy", 0));
		verdict(syscall(SYS_kexec_load, 0, 0, 0, 0));
		verdict(syscall(SYS_kexec_file_load, 0, 0, 0, "", 0));`, want: []string{"denied"}},
	{name: "keys", c: `
		verdict(syscall(SYS_add_key, "user", "x", "y", 1, -3));
		verdict(syscall(SYS_keyctl, 0, -3, 1));
		verdict(syscall(SYS_keyctl, 1, "x"));
		verdict(syscall(SYS_request_key, "user", "x", "", -3));`, want: []string{"denied"}},
	{name: "file handles", c: `
		struct { unsigned size; int type; char handle[128]; } h = {128};
		int mount;
		verdict(syscall(SYS_name_to_handle_at, AT_FDCWD, "/sandbox", &h, &mount, 0));
		h.size = 8; h.type = 1; memset(h.handle, 0, 8); h.handle[0] = 2;
		int dir = open("/sandbox", O_RDONLY);
		verdict(syscall(SYS_open_by_handle_at, dir, &h, O_RDONLY));`, want: []string{"denied"}},
	{name: "interfaces with a history", c: `
		char p[256] = {0};
		verdict(syscall(SYS_perf_event_open, p, 0, -1, -1, 0));
		verdict(syscall(SYS_userfaultfd, 0));
		verdict(syscall(425, 4, p));
		verdict(syscall(SYS_quotactl, 0, "/", 0, 0));
		verdict(syscall(SYS_acct, "/sandbox/acct"));
		verdict(syscall(SYS_syslog, 3, p, 100));
		verdict(syscall(SYS_fanotify_init, 0, 0));
		verdict(syscall(SYS_move_pages, 1, 0, 0, 0, 0, 0));
		verdict(syscall(438, 3, 0, 0));`, want: []string{"denied"}},
	{name: "the machine", c: `
		verdict(syscall(SYS_reboot, 0xfee1dead, 672274793, 0x4321fedc, 0));
		verdict(syscall(SYS_swapon, "/sandbox/x", 0));
		struct timespec now = {1}; verdict(syscall(SYS_clock_settime, 0, &now));
		struct timeval day = {1}; verdict(settimeofday(&day, 0));
		verdict(sethostname("escaped", 7));
		verdict(syscall(SYS_vhangup));`, want: []string{"denied"}},
	{name: "ports of the machine", c: `
#ifdef __x86_64__
		verdict(syscall(SYS_iopl, 3)); verdict(syscall(SYS_ioperm, 0x70, 2, 1)); verdict(syscall(SYS_modify_ldt, 1, 0, 0));
#endif
		puts("denied");`, want: []string{"denied"}},
	{name: "calls of another machine", c: `
#ifdef __x86_64__
		/* mount by its number of 32 bit */
		long r; __asm__ volatile("int $0x80" : "=a"(r) : "a"(21), "b"(0), "c"(0), "d"(0), "S"(0), "D"(0) : "memory");
		puts("ESCAPED");
#else
		raise(SIGSYS);
#endif`, want: []string{"SIGSYS"}},
	{name: "calls of x32, and calls to come", c: `
		verdict(syscall(0x40000000 | 39)); verdict(syscall(463, 0, 0, 0)); verdict(syscall(500));`, want: []string{"denied"}},
	{name: "typing into the terminal", c: `
		verdict(open("/dev/tty", O_RDWR));
		for (int fd = 0; fd < 3; fd++) { verdict(ioctl(fd, TIOCSTI, "x")); verdict(ioctl(fd, 0x541c, "\3")); }
		int pty = open("/dev/ptmx", O_RDWR | O_NOCTTY);
		if (pty >= 0) verdict(ioctl(pty, TIOCSTI, "x"));`, want: []string{"denied"}},
	{name: "descriptors of others", c: `
		int p = syscall(434, 1, 0);
		for (int fd = 0; fd < 10; fd++) verdict(syscall(438, p, fd, 0));
		verdict(syscall(SYS_kcmp, 1, getpid(), 0, 0, 0));`, want: []string{"denied"}},
}
