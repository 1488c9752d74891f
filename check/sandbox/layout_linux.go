//go:build amd64 || arm64

package sandbox

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Paths inside.
const (
	workDir  = "/sandbox"
	homeDir  = "/home/user"
	initPath = "/run/seccoder-sandbox-init" // this executable, as the sandbox's first process
	basePath = "/usr/local/bin:/usr/bin:/bin:/usr/local/go/bin"
	insideID = 1000 // user and group of the program
)

// step is one thing that is put into the sandbox's tree, in order.
type step struct {
	Kind   string // "ro", "rw", "tmpfs", "dir", "link", "file", "proc", "dev", "seal" (make read-only)
	Source string // host path for ro and rw; target of a link; content of a file
	Target string // path inside
	Size   int64  // bytes for tmpfs; the highest process number for proc
}

// etcFiles are the parts of /etc that programs need and that hold no secrets.
var etcFiles = []string{
	"/etc/alternatives", "/etc/ca-certificates", "/etc/crypto-policies", "/etc/host.conf", "/etc/ld.so.cache", "/etc/ld.so.conf",
	"/etc/ld.so.conf.d", "/etc/locale.alias", "/etc/localtime", "/etc/magic", "/etc/mime.types", "/etc/os-release", "/etc/pki/ca-trust",
	"/etc/pki/tls/certs", "/etc/protocols", "/etc/services", "/etc/ssl/certs", "/etc/ssl/openssl.cnf", "/etc/timezone",
}

// etcGlobs are more of them, whose names hold a version.
var etcGlobs = []string{"/etc/java*", "/etc/python3*"}

// madeUp are files of /etc with content of our own.
var madeUp = []step{
	{Kind: "file", Target: "/etc/passwd", Source: "root:x:0:0:root:/root:/usr/sbin/nologin\nuser:x:1000:1000:user:/home/user:/bin/sh\nnobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin\n"},
	{Kind: "file", Target: "/etc/group", Source: "root:x:0:\nuser:x:1000:\nnogroup:x:65534:\n"},
	{Kind: "file", Target: "/etc/hosts", Source: "127.0.0.1 localhost sandbox\n::1 localhost\n"},
	{Kind: "file", Target: "/etc/nsswitch.conf", Source: "passwd: files\ngroup: files\nhosts: files\n"},
}

// systemSteps is the part of the tree that is the same for every command.
func systemSteps() []step {
	var steps []step
	for _, dir := range []string{"/usr", "/bin", "/sbin", "/lib", "/lib64", "/lib32", "/libx32"} {
		info, err := os.Lstat(dir)
		switch {
		case err != nil:
		case info.Mode()&os.ModeSymlink != 0:
			if to, err := os.Readlink(dir); err == nil {
				steps = append(steps, step{Kind: "link", Source: strings.TrimPrefix(to, "/"), Target: dir}) // both lie in the root
			}
		case info.IsDir():
			steps = append(steps, step{Kind: "ro", Source: dir, Target: dir})
		}
	}
	etc := slices.Clone(etcFiles)
	for _, glob := range etcGlobs {
		found, _ := filepath.Glob(glob) // the patterns are constants, so no error
		etc = append(etc, found...)
	}
	for _, path := range etc {
		// What links lead to is shown, so that /etc/localtime is a file inside.
		if source, err := filepath.EvalSymlinks(path); err == nil {
			steps = append(steps, step{Kind: "ro", Source: source, Target: path})
		}
	}
	steps = append(steps, madeUp...)
	return steps
}

// commandSteps is the rest of the tree: the private folders, and what the command brings.
func commandSteps(c Command, executable string) ([]step, error) {
	steps := []step{
		{Kind: "proc", Target: "/proc", Size: highestProcess(c.Limits)},
		{Kind: "dev", Target: "/dev"},
		{Kind: "tmpfs", Target: "/dev/shm", Size: c.Limits.DiskBytes},
		{Kind: "tmpfs", Target: "/tmp", Size: c.Limits.DiskBytes},
		{Kind: "tmpfs", Target: homeDir, Size: c.Limits.DiskBytes},
		{Kind: "ro", Source: executable, Target: initPath},
	}
	if c.Dir == "" {
		steps = append(steps, step{Kind: "tmpfs", Target: workDir, Size: c.Limits.DiskBytes})
	} else {
		_, dir, err := hostPath(c.Dir)
		if err != nil {
			return nil, fmt.Errorf("sandbox: folder of the command: %w", err)
		}
		if info, err := os.Stat(dir); err == nil && !info.IsDir() {
			return nil, fmt.Errorf("sandbox: folder of the command: %s is a file", dir)
		}
		steps = append(steps, step{Kind: "rw", Source: dir, Target: workDir})
	}
	for i, path := range slices.Concat(c.ReadOnly, c.Writable) {
		kind := "ro"
		if i >= len(c.ReadOnly) {
			kind = "rw"
		}
		path, source, err := hostPath(path)
		if err != nil {
			return nil, fmt.Errorf("sandbox: path to show inside: %w", err)
		}
		if hides(path) {
			return nil, fmt.Errorf("sandbox: path to show inside: %s would take the place of the sandbox's own; name a folder in it", path)
		}
		if c.Dir != "" && strings.HasPrefix(path, workDir+"/") {
			// A place to show it at would be made in the command's folder on the host, along links that an earlier program may have left there.
			return nil, fmt.Errorf("sandbox: path to show inside: %s would lie in the command's folder, which is %s inside; move it elsewhere", path, workDir)
		}
		steps = append(steps, step{Kind: kind, Source: source, Target: path})
	}
	// Outer folders before what is mounted in them.
	slices.SortStableFunc(steps[6:], func(a, b step) int { return strings.Count(a.Target, "/") - strings.Count(b.Target, "/") })
	return append(steps, step{Kind: "seal", Target: "/dev"}, step{Kind: "seal", Target: "/"}), nil
}

// highestProcess is a bound of process numbers that leaves room for as many threads as the limits do. Numbers under 300 are not given out twice.
func highestProcess(l Limits) int64 { return int64(300 + threadsEach*l.Processes + ownThreads) }

// hides says whether mounting path would cover a part of the sandbox's own tree.
func hides(path string) bool {
	for _, own := range []string{workDir, homeDir, "/tmp", "/proc", "/dev/shm", initPath, "/etc/passwd", "/usr/bin"} {
		if path == "/" || own == path || strings.HasPrefix(own, path+"/") {
			return true
		}
	}
	return strings.HasPrefix(path, "/proc/") || strings.HasPrefix(path, "/dev/") || strings.HasPrefix(path, "/sys")
}

// hostPath is the absolute form of path, which must exist, and what it leads to when all links are followed.
func hostPath(path string) (absolute, source string, err error) {
	if strings.ContainsRune(path, 0) {
		return "", "", errors.New("the path holds a NUL byte")
	}
	if absolute, err = filepath.Abs(path); err != nil {
		return "", "", err
	}
	if source, err = filepath.EvalSymlinks(absolute); err != nil {
		return "", "", fmt.Errorf("%s: %w", absolute, err)
	}
	return absolute, source, nil
}
