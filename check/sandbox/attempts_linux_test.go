//go:build amd64 || arm64

package sandbox_test

import (
	"fmt"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/seccoder/seccoder/check/sandbox"
)

// attempt is a program that tries to get out, or to take more than it may. It prints ESCAPED when it succeeds, and denied when it was refused.
type attempt struct {
	name   string
	c      string // the statements of a C main
	sh     string
	python string
	// want lists how it may end: "denied", a limit, a signal, "failed" (an exit code), or "fine" when it runs through without effect
	want  []string
	limit sandbox.Limits
	after func(t *testing.T, h *host, dir string)
}

// TestAttempts runs all attempts for real in all back ends. None may succeed, and nothing may be left after any.
func TestAttempts(t *testing.T) {
	needs(t, "gcc", "python3")
	attempts := slices.Concat(processAttempts, memoryAttempts, diskAttempts, outputAttempts, fileAttempts, networkAttempts, kernelAttempts)
	eachBackend(t, func(t *testing.T, box *sandbox.Sandbox) {
		h := newHost(t)
		for _, a := range attempts {
			t.Run(a.name, func(t *testing.T) { a.run(t, box, h) })
		}
		h.check(t)
	})
}

// run makes one attempt.
func (a attempt) run(t *testing.T, box *sandbox.Sandbox, h *host) {
	dir := t.TempDir()
	command := sandbox.Command{Dir: dir, Limits: a.limit, Env: append(h.env, h.left.mark)}
	if command.Limits == (sandbox.Limits{}) {
		command.Limits = small
	}
	switch {
	case a.c != "":
		mustWrite(t, filepath.Join(dir, "attempt.c"), prelude+"int main(void) {\n"+a.c+"\nreturn 0; }\n")
		command.Args = []string{"sh", "-c", "gcc -w -pthread -o /tmp/attempt attempt.c || exit 99; exec /tmp/attempt"}
	case a.python != "":
		command.Args = []string{"/usr/bin/python3", "-c", pythonPrelude + a.python}
	default:
		command.Args = []string{"sh", "-c", a.sh}
	}
	r := mustRun(t, box, command)
	if got := outcome(r); !slices.Contains(a.want, got) {
		out := r.Stdout[:min(len(r.Stdout), 500)]
		t.Errorf("it ended as %q (exit %d %s %s), want one of %q\n%s\n%.2000s", got, r.ExitCode, r.Signal, r.Exceeded, a.want, out, r.Stderr)
	}
	if r.Wall > command.Limits.Wall+3*time.Second {
		t.Errorf("it took %v, the limit is %v", r.Wall, command.Limits.Wall)
	}
	h.left.check(t)
	if a.after != nil {
		a.after(t, h, dir)
	}
}

// prelude is before each C program.
const prelude = `#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <arpa/inet.h>
#include <sys/ioctl.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/shm.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <sys/wait.h>
static void verdict(long r) {
	if (r >= 0) puts("ESCAPED"); else printf("denied: %s\n", strerror(errno));
	fflush(stdout);
}
static int idle(void *p) { for (;;) pause(); }
static int take_memory(void *p) { for (int i = 0; i < 1024; i++) memset(malloc(1 << 20), 1, 1 << 20); puts("ESCAPED"); exit(0); }
static int write_deleted(void *p) {
	char *b = calloc(1, 8 << 20);
	for (int i = 0; i < 60; i++) { int fd = open("x", O_CREAT | O_RDWR, 0600); unlink("x"); write(fd, b, 8 << 20); }
	sleep(1); puts("ESCAPED"); exit(0);
}
`

// pythonPrelude is before each Python program.
const pythonPrelude = `
import ctypes, os, signal, socket, sys, time
def attempt(f, *args):
    try:
        r = f(*args)
    except Exception as e:
        print("denied:", e, flush=True)
    else:
        print("ESCAPED", r, flush=True)
`

// host is what attempts are aimed at.
type host struct {
	left    remains
	env     []string
	tmp     string // a file in the host's temporary folder
	home    string // a folder of the host that nobody shows inside
	visited chan string
}

// newHost sets targets up: files, listeners, sockets, and a descriptor that programs would inherit.
func newHost(t *testing.T) *host {
	h := &host{home: t.TempDir(), visited: make(chan string, 100)}
	f, err := os.CreateTemp("", "seccoder-canary")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.Remove(f.Name()) })
	h.tmp = f.Name()
	f.Close()
	mustWrite(t, h.tmp, "canary")
	mustWrite(t, filepath.Join(h.home, "secret"), "canary")

	tcp := mustListen(t, h, "tcp", "127.0.0.1:0")
	path := mustListen(t, h, "unix", filepath.Join(h.home, "socket"))
	abstract := mustListen(t, h, "unix", "@seccoder-test-"+filepath.Base(h.tmp))
	udp, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { udp.Close() })
	go func() {
		for buffer := make([]byte, 100); ; {
			if _, _, err := udp.ReadFrom(buffer); err != nil {
				return
			}
			h.visited <- "udp"
		}
	}()
	// A descriptor that is not closed on exec.
	fd, err := syscall.Open(filepath.Join(h.home, "secret"), syscall.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { syscall.Close(fd) })
	t.Setenv("SECCODER_SECRET", "canary")
	h.left = newRemains(t)
	h.env = []string{
		fmt.Sprintf("HOST_PID=%d", os.Getpid()), "HOST_TMP=" + h.tmp, "HOST_HOME=" + h.home, "HOST_SOCKET=" + path.String(),
		"HOST_ABSTRACT=" + strings.TrimPrefix(abstract.String(), "@"), "HOST_PORT=" + portOf(tcp), "HOST_UDP=" + portOf(udp.LocalAddr()),
	}
	return h
}

func portOf(a net.Addr) string {
	_, port, _ := net.SplitHostPort(a.String())
	return port
}

// mustListen listens until the test ends and notes each caller.
func mustListen(t *testing.T, h *host, network, address string) net.Addr {
	t.Helper()
	l, err := net.Listen(network, address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			h.visited <- network
			c.Close()
		}
	}()
	return l.Addr()
}

// check sees whether the targets are as they were.
func (h *host) check(t *testing.T) {
	t.Helper()
	for _, path := range []string{h.tmp, filepath.Join(h.home, "secret")} {
		if got := mustRead(t, path); got != "canary" {
			t.Errorf("%s was changed to %q", path, got)
		}
	}
	select {
	case network := <-h.visited:
		t.Errorf("a listener of the host was called over %s", network)
	default:
	}
	if name, err := os.Hostname(); err != nil || name == "escaped" {
		t.Errorf("the host's name is %q (%v)", name, err)
	}
}
