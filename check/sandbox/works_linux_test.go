//go:build amd64 || arm64

package sandbox_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/seccoder/seccoder/check/sandbox"
)

// roomy are limits for compilers and virtual machines.
var roomy = sandbox.Limits{Wall: 2 * time.Minute, CPU: 2 * time.Minute, MemoryBytes: 2 << 30, DiskBytes: 512 << 20}

// TestProgramsWork runs what must not notice the sandbox.
func TestProgramsWork(t *testing.T) {
	overflow := "#include <stdlib.h>\n#include <string.h>\nint main(int n, char **v) { char *p = malloc(8); memset(p, 1, 7 + n); return p[0] - 1; }\n"
	tests := []struct {
		name   string
		needs  []string
		files  map[string]string
		script string
		code   int
		output string // in standard output or error
	}{
		{"shell", nil, nil, `echo to $HOME in $PWD as $(id -u); echo text > $HOME/x; cat < $HOME/x; sleep 0.01 & wait`, 0, "to /home/user in /sandbox as 1000\ntext"},
		{"gcc with sanitizers, no fault", []string{"gcc"}, map[string]string{"p.c": strings.Replace(overflow, "7 + n", "8", 1)},
			`gcc -g -fsanitize=address,undefined p.c -o p && ./p && echo passed`, 0, "passed"},
		{"gcc with sanitizers, a fault", []string{"gcc"}, map[string]string{"p.c": overflow},
			`gcc -g -fsanitize=address,undefined p.c -o p && ./p x`, 1, "heap-buffer-overflow"},
		{"gcc with threads", []string{"gcc"}, map[string]string{"p.c": "#include <pthread.h>\n#include <stdio.h>\nstatic void *f(void *p) { return p; }\nint main(void) { pthread_t t[16]; for (int i = 0; i < 16; i++) if (pthread_create(&t[i], 0, f, 0)) return 1; for (int i = 0; i < 16; i++) pthread_join(t[i], 0); puts(\"joined\"); }\n"},
			`gcc -pthread p.c -o p && ./p`, 0, "joined"},
		{"g++", []string{"g++"}, map[string]string{"p.cc": "#include <iostream>\n#include <thread>\nint main() { std::thread([] { std::cout << \"thread\" << std::endl; }).join(); }\n"},
			`g++ -pthread p.cc -o p && ./p`, 0, "thread"},
		{"clang's analyzer", []string{"clang"}, map[string]string{"p.c": "int main(void) { int *p = 0; return *p; }\n"},
			`clang --analyze --analyzer-output text p.c`, 0, "Dereference of null pointer"},
		{"valgrind", []string{"gcc", "valgrind"}, map[string]string{"p.c": "#include <stdlib.h>\nint main(void) { return malloc(10) == 0; }\n"},
			`gcc p.c -o p && valgrind --leak-check=full ./p`, 0, "definitely lost: 10 bytes"},
		{"python", []string{"python3"}, map[string]string{"p.py": "import multiprocessing, sqlite3, ssl, subprocess, tempfile, threading\ntempfile.NamedTemporaryFile().write(b'x')\nthreading.Thread(target=print, args=('thread',)).start()\nif __name__ == '__main__':\n  with multiprocessing.Pool(2) as p: print(sum(p.map(abs, [-1, -2])))\n  print(subprocess.check_output(['echo', 'sub']), sqlite3.connect(':memory:').execute('select 40+2').fetchone())\n"},
			`/usr/bin/python3 p.py`, 0, "3\nb'sub\\n' (42,)"},
		{"a server on the loopback", []string{"python3"}, map[string]string{"p.py": "import http.server, threading, urllib.request\ns = http.server.HTTPServer(('127.0.0.1', 0), http.server.SimpleHTTPRequestHandler)\nthreading.Thread(target=s.serve_forever, daemon=True).start()\nprint(urllib.request.urlopen('http://localhost:%d/p.py' % s.server_port).status)\n"},
			`/usr/bin/python3 p.py`, 0, "200"},
		{"memory that is shared counts once", []string{"python3"}, nil, `/usr/bin/python3 -c "
import os, time
x = bytearray(450 << 20)
for i in range(5):
    if os.fork() == 0: time.sleep(0.5); os._exit(0)
for i in range(5): os.wait()
print('shared')"`, 0, "shared"},
		{"node", []string{"node"}, nil, `node -e 'require("fs").writeFileSync("x", "y"); Promise.resolve(6).then(n => console.log(n * 7))'`, 0, "42"},
		{"java", []string{"javac", "java"}, map[string]string{"P.java": "public class P { public static void main(String[] a) throws Exception { Thread t = new Thread(() -> System.out.println(java.security.MessageDigest.class)); t.start(); t.join(); new java.security.SecureRandom().nextInt(); } }\n"},
			`javac P.java && java P`, 0, "class java.security.MessageDigest"},
		{"go", []string{"go"}, map[string]string{"p.go": "package main\n\nfunc main() { c := make(chan int); go func() { c <- 42 }(); println(<-c) }\n"},
			`GOCACHE=/tmp/cache go run p.go`, 0, "42"},
	}
	eachBackend(t, func(t *testing.T, box *sandbox.Sandbox) {
		for _, test := range tests {
			t.Run(test.name, func(t *testing.T) {
				needs(t, test.needs...)
				left := newRemains(t)
				c := shell(test.script)
				c.Dir, c.Limits, c.Env = t.TempDir(), roomy, []string{left.mark}
				for name, text := range test.files {
					mustWrite(t, filepath.Join(c.Dir, name), text)
				}
				r := mustRun(t, box, c)
				if r.ExitCode != test.code || r.Exceeded != "" || !strings.Contains(string(r.Stdout)+string(r.Stderr), test.output) {
					t.Errorf("exit %d %s %q, want %d and %q\n%s\n%s", r.ExitCode, r.Signal, r.Exceeded, test.code, test.output, r.Stdout, r.Stderr)
				}
				left.check(t)
			})
		}
	})
}

// TestReadOnlyEnvironment shows a Python environment of the host inside, as the oracles do.
func TestReadOnlyEnvironment(t *testing.T) {
	needs(t, "python3")
	venv := filepath.Join(t.TempDir(), "environment")
	if out, err := exec.Command("/usr/bin/python3", "-m", "venv", "--without-pip", venv).CombinedOutput(); err != nil {
		t.Skipf("no venv module here: %s", out)
	}
	packages, err := filepath.Glob(filepath.Join(venv, "lib/python3*/site-packages"))
	if err != nil || len(packages) != 1 {
		t.Fatalf("site-packages: %q, %v", packages, err)
	}
	mustWrite(t, filepath.Join(packages[0], "greeting.py"), "print('from the environment')\n")
	writable := t.TempDir()
	eachBackend(t, func(t *testing.T, box *sandbox.Sandbox) {
		r := mustRun(t, box, sandbox.Command{
			Args:     []string{filepath.Join(venv, "bin/python"), "-B", "-c", "import greeting, os, sys\nopen(sys.argv[1] + '/made', 'w').close()\ntry: open(greeting.__file__, 'a')\nexcept OSError as e: print(e.strerror)\n", writable},
			ReadOnly: []string{venv}, Writable: []string{writable},
		})
		if want := "from the environment\nRead-only file system\n"; string(r.Stdout) != want && string(r.Stdout) != strings.Replace(want, "Read-only file system", "Permission denied", 1) {
			t.Errorf("exit %d, output %q, want %q\n%s", r.ExitCode, r.Stdout, want, r.Stderr)
		}
		if err := os.Remove(filepath.Join(writable, "made")); err != nil {
			t.Error(err)
		}
	})
}
