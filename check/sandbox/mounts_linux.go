//go:build amd64 || arm64

package sandbox

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"
)

// maxInodes is how many files a private folder holds at most, for each MiB of its size: 4 KiB a file.
const maxInodes = 256

// setUp is the first thing in namespaces of our own: it builds the tree, gives its rights up, and becomes the first process proper (serve)
// by starting the executable once more, from inside. It does not return.
func setUp() {
	runtime.LockOSThread() // rights belong to a thread
	steps, err := receiveSteps(controlFD)
	if err != nil {
		os.Exit(1) // the caller is gone
	}
	if err := build(steps); err == nil {
		err = become()
		tell(err)
	} else {
		tell(err)
	}
	os.Exit(1)
}

// build makes the tree the root.
func build(steps []step) error {
	// First of all nothing that happens here may spread to the host.
	if err := unix.Mount("", "/", "", unix.MS_REC|unix.MS_PRIVATE, ""); err != nil {
		return fmt.Errorf("make mounts private: %w", err)
	}
	// The host's tree goes to /host of a folder in memory, the new one grows in /new beside it. /tmp is only the place where that begins.
	if err := unix.Mount("tmpfs", "/tmp", "tmpfs", unix.MS_NOSUID|unix.MS_NODEV, "size=1m,mode=0755"); err != nil {
		return fmt.Errorf("mount a folder in memory: %w", err)
	}
	for _, dir := range []string{"/tmp/host", "/tmp/new"} {
		if err := os.Mkdir(dir, 0o755); err != nil {
			return err
		}
	}
	if err := unix.Mount("tmpfs", "/tmp/new", "tmpfs", unix.MS_NOSUID|unix.MS_NODEV, "size=4m,nr_inodes=16k,mode=0755"); err != nil {
		return fmt.Errorf("mount the new root: %w", err)
	}
	if err := unix.PivotRoot("/tmp", "/tmp/host"); err != nil {
		return fmt.Errorf("leave the host's root: %w", err)
	}
	if err := os.Chdir("/"); err != nil {
		return err
	}
	for _, s := range steps {
		if err := s.take(); err != nil {
			return fmt.Errorf("set up %s: %w", s.Target, err)
		}
	}
	// The new tree takes the place of all, and the host's tree is let go.
	if err := os.Chdir("/new"); err != nil {
		return err
	}
	if err := unix.PivotRoot(".", "."); err != nil {
		return fmt.Errorf("enter the new root: %w", err)
	}
	if err := unix.Unmount(".", unix.MNT_DETACH); err != nil {
		return fmt.Errorf("let go of the host's root: %w", err)
	}
	if err := unix.Sethostname([]byte("sandbox")); err != nil {
		return fmt.Errorf("set the host name: %w", err)
	}
	return loopback()
}

// take puts one thing into the tree at /new.
func (s step) take() error {
	target := filepath.Join("/new", s.Target)
	switch s.Kind {
	case "ro", "rw":
		return bind(filepath.Join("/host", s.Source), target, s.Kind == "ro", unix.MOUNT_ATTR_NOSUID|unix.MOUNT_ATTR_NODEV)
	case "tmpfs":
		if err := os.MkdirAll(target, 0o755); err != nil {
			return err
		}
		inodes := max(64, maxInodes*(s.Size>>20))
		return unix.Mount("tmpfs", target, "tmpfs", unix.MS_NOSUID|unix.MS_NODEV, fmt.Sprintf("size=%d,nr_inodes=%d,mode=1777", s.Size, inodes))
	case "link":
		return os.Symlink(s.Source, target)
	case "file":
		if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
			return err
		}
		return os.WriteFile(target, []byte(s.Source), 0o444)
	case "proc":
		return mountProc(target, s.Size)
	case "dev":
		return mountDev(target)
	case "seal":
		return unix.MountSetattr(-1, target, 0, &unix.MountAttr{Attr_set: unix.MOUNT_ATTR_RDONLY})
	}
	return fmt.Errorf("unknown kind %q", s.Kind)
}

// bind shows source, with what is mounted in it, at target, which is made.
func bind(source, target string, readOnly bool, attr uint64) error {
	if err := mountPoint(source, target); err != nil {
		return err
	}
	if err := unix.Mount(source, target, "", unix.MS_BIND|unix.MS_REC, ""); err != nil {
		return fmt.Errorf("bind %s: %w", strings.TrimPrefix(source, "/host"), err)
	}
	if readOnly {
		attr |= unix.MOUNT_ATTR_RDONLY
	}
	if err := unix.MountSetattr(-1, target, unix.AT_RECURSIVE, &unix.MountAttr{Attr_set: attr}); err != nil {
		return fmt.Errorf("protect %s (this needs Linux 5.12): %w", strings.TrimPrefix(source, "/host"), err)
	}
	return nil
}

// mountPoint makes target a folder or a file as source is, if it is not there yet.
func mountPoint(source, target string) error {
	info, err := os.Stat(source)
	if err != nil {
		return err
	}
	if info.IsDir() {
		return os.MkdirAll(target, 0o755)
	}
	if _, err := os.Lstat(target); err == nil {
		return nil
	}
	if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
		return err
	}
	return os.WriteFile(target, nil, 0o444)
}

// mountProc mounts the processes inside. What /proc has of the kernel's own settings is read-only.
func mountProc(target string, highest int64) error {
	if err := os.MkdirAll(target, 0o755); err != nil {
		return err
	}
	if err := unix.Mount("proc", target, "proc", unix.MS_NOSUID|unix.MS_NODEV|unix.MS_NOEXEC, ""); err != nil {
		return err
	}
	if kernelIs(6, 14) { // see bubblewrap.bounded
		_ = os.WriteFile(filepath.Join(target, "sys/kernel/pid_max"), strconv.AppendInt(nil, highest, 10), 0) // only root may, and only root needs it
	}
	for _, name := range []string{"sys", "sysrq-trigger", "irq", "bus", "acpi", "fs", "driver", "scsi", "mtrr"} {
		path := filepath.Join(target, name)
		if _, err := os.Lstat(path); errors.Is(err, os.ErrNotExist) {
			continue
		}
		if err := bind(path, path, true, unix.MOUNT_ATTR_NOSUID|unix.MOUNT_ATTR_NODEV|unix.MOUNT_ATTR_NOEXEC); err != nil {
			return err
		}
	}
	return nil
}

// mountDev makes /dev with the devices that do no harm.
func mountDev(target string) error {
	if err := os.MkdirAll(target, 0o755); err != nil {
		return err
	}
	if err := unix.Mount("tmpfs", target, "tmpfs", unix.MS_NOSUID|unix.MS_NOEXEC, "size=64k,nr_inodes=64,mode=0755"); err != nil {
		return err
	}
	for _, name := range []string{"null", "zero", "full", "random", "urandom", "tty"} {
		if err := bind(filepath.Join("/host/dev", name), filepath.Join(target, name), false, unix.MOUNT_ATTR_NOSUID|unix.MOUNT_ATTR_NOEXEC); err != nil {
			return err
		}
	}
	for name, to := range map[string]string{"fd": "/proc/self/fd", "stdin": "/proc/self/fd/0", "stdout": "/proc/self/fd/1", "stderr": "/proc/self/fd/2", "ptmx": "pts/ptmx"} {
		if err := os.Symlink(to, filepath.Join(target, name)); err != nil {
			return err
		}
	}
	pts := filepath.Join(target, "pts")
	if err := os.Mkdir(pts, 0o755); err != nil {
		return err
	}
	return unix.Mount("devpts", pts, "devpts", unix.MS_NOSUID|unix.MS_NOEXEC, "newinstance,ptmxmode=0666,mode=620,max=16")
}

// loopback switches the only network device on.
func loopback() error {
	fd, err := unix.Socket(unix.AF_INET, unix.SOCK_DGRAM|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		return fmt.Errorf("switch the loopback on: %w", err)
	}
	defer unix.Close(fd)
	request, err := unix.NewIfreq("lo")
	if err != nil {
		return err
	}
	request.SetUint16(unix.IFF_UP)
	if err := unix.IoctlIfreq(fd, unix.SIOCSIFFLAGS, request); err != nil {
		return fmt.Errorf("switch the loopback on: %w", err)
	}
	return nil
}

// become drops all rights for good and starts the executable as the first process proper.
func become() error {
	last, err := os.ReadFile("/proc/sys/kernel/cap_last_cap")
	if err != nil {
		return err
	}
	n, err := strconv.Atoi(strings.TrimSpace(string(last)))
	if err != nil {
		return fmt.Errorf("read cap_last_cap: %w", err)
	}
	for right := range n + 1 {
		if err := unix.Prctl(unix.PR_CAPBSET_DROP, uintptr(right), 0, 0, 0); err != nil {
			return fmt.Errorf("drop capability %d: %w", right, err)
		}
	}
	if err := unix.Prctl(unix.PR_CAP_AMBIENT, unix.PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0); err != nil {
		return fmt.Errorf("drop capabilities: %w", err)
	}
	none := [2]unix.CapUserData{}
	if err := unix.Capset(&unix.CapUserHeader{Version: unix.LINUX_CAPABILITY_VERSION_3}, &none[0]); err != nil {
		return fmt.Errorf("drop capabilities: %w", err)
	}
	if err := unix.Exec(initPath, []string{initPath}, []string{}); err != nil {
		return fmt.Errorf("start %s: %w", initPath, err)
	}
	return nil
}
