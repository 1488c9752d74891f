package model_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/seccoder/seccoder/model"
)

// Every write to /dev/full fails as on a full disk.
func TestFullDevice(t *testing.T) {
	if _, err := os.Stat("/dev/full"); err != nil {
		t.Skip("no /dev/full here")
	}
	data := blob(1000)
	source := urlSource(serve(t, &host{data: data}))
	puller := newPuller(t, generator(data, source, source))
	partial := filepath.Join(puller.Dir, "models", "tiny", "tiny.gguf.partial")
	if err := os.MkdirAll(filepath.Dir(partial), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("/dev/full", partial); err != nil {
		t.Fatal(err)
	}
	err := puller.Pull(t.Context(), "tiny")
	if full, ok := errors.AsType[*model.NoSpaceError](err); !ok || full.Need != 1000 {
		t.Errorf("got %v", err)
	}
}

// The disk fills up in the middle of a download: what came is kept, and the pull
// goes on once there is room. A child process has a small disk of its own.
func TestDiskFillsUp(t *testing.T) {
	command := exec.CommandContext(t.Context(), os.Args[0])
	command.Env = append(os.Environ(), childRole+"=fill-disk", "MODEL_TEST_DIR="+t.TempDir())
	command.SysProcAttr = &syscall.SysProcAttr{
		Cloneflags:  syscall.CLONE_NEWUSER | syscall.CLONE_NEWNS,
		UidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getuid(), Size: 1}},
		GidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getgid(), Size: 1}},
	}
	output, err := command.CombinedOutput()
	if command.ProcessState == nil {
		t.Skipf("no namespaces here: %v", err)
	}
	switch command.ProcessState.ExitCode() {
	case 0:
	case exitNoMount:
		t.Skipf("no mounts here: %s", output)
	default:
		t.Errorf("%v: %s", err, output)
	}
}

const exitNoMount = 77

func init() { childRoles["fill-disk"] = childFillDisk }

// childFillDisk pulls onto a disk of 48 MiB that a server fills up meanwhile.
func childFillDisk() int {
	dir := os.Getenv("MODEL_TEST_DIR")
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=48m"); err != nil {
		fmt.Println(err)
		return exitNoMount
	}
	data := blob(8 << 20)
	served := &host{data: data, ranges: true, etag: `"a"`}
	filler := filepath.Join(dir, "filler")
	partial := filepath.Join(dir, "models", "tiny", "tiny.gguf.partial")
	var filled atomic.Bool
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if filled.Swap(true) {
			served.ServeHTTP(w, r)
			return
		}
		w.Header().Set("ETag", served.etag)
		w.Header().Set("Content-Length", fmt.Sprint(len(data)))
		_, _ = w.Write(data[:1<<20])
		_ = http.NewResponseController(w).Flush()
		for info, err := os.Stat(partial); err != nil || info.Size() == 0; info, err = os.Stat(partial) {
			time.Sleep(time.Millisecond)
		}
		file, err := os.Create(filler)
		for err == nil {
			_, err = file.Write(make([]byte, 64<<10))
		}
		if file != nil {
			_ = file.Close()
		}
		_, _ = w.Write(data[1<<20:])
	}))
	defer server.Close()
	puller := model.Puller{Cache: model.Cache{Dir: dir, Catalogue: generator(data, urlSource(server))}}
	err := puller.Pull(context.Background(), "tiny")
	full, ok := errors.AsType[*model.NoSpaceError](err)
	if !ok || full.Need <= 0 || full.Free < 0 || full.Free > 1<<20 {
		fmt.Println("on a full disk:", err)
		return 1
	}
	kept, err := os.Stat(partial)
	if err != nil || kept.Size() == 0 {
		fmt.Println("nothing was kept:", err)
		return 1
	}
	if err := os.Remove(filler); err != nil {
		fmt.Println(err)
		return 1
	}
	if err := puller.Pull(context.Background(), "tiny"); err != nil {
		fmt.Println("with room again:", err)
		return 1
	}
	if _, sent := served.served(); sent != int64(len(data))-kept.Size() {
		fmt.Printf("%d bytes sent the second time, %d were kept\n", sent, kept.Size())
		return 1
	}
	return 0
}
