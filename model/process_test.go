package model_test

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gofrs/flock"

	"github.com/seccoder/seccoder/model"
)

// Two processes pull the same artifact: one fetches, the other waits and finds
// it done.
func TestTwoProcesses(t *testing.T) {
	data := blob(childPullBytes)
	served := &host{data: data, ranges: true}
	dir := t.TempDir()
	waiting := make(chan struct{})
	server := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		<-waiting // until the other process has met the lock
		served.ServeHTTP(w, r)
	}))
	type result struct {
		output string
		err    error
	}
	results := make(chan result, 2)
	for range 2 {
		command := exec.CommandContext(t.Context(), os.Args[0])
		command.Env = append(os.Environ(), childRole+"=pull", "MODEL_TEST_DIR="+dir, "MODEL_TEST_URL="+server.URL)
		pipe, err := command.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := command.Start(); err != nil {
			t.Fatal(err)
		}
		go func() {
			var all bytes.Buffer
			buffer := make([]byte, 1024)
			for {
				n, err := pipe.Read(buffer)
				all.Write(buffer[:n])
				if strings.Contains(string(buffer[:n]), "waiting") {
					close(waiting)
				}
				if err != nil {
					break
				}
			}
			results <- result{all.String(), command.Wait()}
		}()
	}
	said := ""
	for range 2 {
		r := <-results
		if r.err != nil {
			t.Errorf("%v: %s", r.err, r.output)
		}
		said += r.output
	}
	if said != "waiting\n" {
		t.Errorf("the processes said %q", said)
	}
	if requests, _ := served.served(); len(requests) != 1 {
		t.Errorf("%d requests", len(requests))
	}
	mustHold(t, model.Cache{Dir: dir, Catalogue: generator(data)}, "tiny", "tiny.gguf", data)
}

func TestRemoveWhileAnotherPulls(t *testing.T) {
	data := blob(1000)
	cache := model.Cache{Dir: t.TempDir(), Catalogue: generator(data)}
	mustWrite(t, filepath.Join(cache.Dir, "locks", "models-tiny.lock"), nil)
	lock := flock.New(filepath.Join(cache.Dir, "locks", "models-tiny.lock"))
	if held, err := lock.TryLock(); !held {
		t.Fatal(err)
	}
	defer lock.Unlock()
	if err := cache.Remove(t.Context(), "tiny"); !errors.Is(err, model.ErrBusy) {
		t.Errorf("got %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	puller := model.Puller{Cache: cache}
	puller.Progress = func(model.Progress) { cancel() }
	if err := puller.Pull(ctx, "tiny"); !errors.Is(err, context.Canceled) {
		t.Errorf("a wait that was ended: %v", err)
	}
}

func TestCancelKeepsWhatCame(t *testing.T) {
	data := blob(1 << 20)
	served := &host{data: data, ranges: true, etag: `"a"`}
	puller := newPuller(t, nil)
	partial := filepath.Join(puller.Dir, "models", "tiny", "tiny.gguf.partial")
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var interrupted atomic.Bool
	server := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if interrupted.Swap(true) {
			served.ServeHTTP(w, r)
			return
		}
		w.Header().Set("ETag", served.etag)
		w.Header().Set("Content-Length", "1048576")
		_, _ = w.Write(data[:700_000])
		_ = http.NewResponseController(w).Flush()
		for info, err := os.Stat(partial); err != nil || info.Size() == 0; info, err = os.Stat(partial) {
			time.Sleep(time.Millisecond)
		}
		cancel()
		<-r.Context().Done()
	}))
	puller.Catalogue = generator(data, urlSource(server))
	err := puller.Pull(ctx, "tiny")
	if !errors.Is(err, context.Canceled) || !strings.Contains(err.Error(), "kept") {
		t.Fatalf("got %v", err)
	}
	all, err := puller.List()
	if err != nil || all[0].PartialBytes == 0 {
		t.Fatalf("nothing kept: %+v, %v", all, err)
	}
	mustPull(t, puller, "tiny")
	mustHold(t, puller.Cache, "tiny", "tiny.gguf", data)
	if _, sent := served.served(); sent >= int64(len(data)) {
		t.Errorf("%d bytes were sent again", sent)
	}
}

// A package client that hangs is killed with the process that it started.
func TestCancelKillsTheClient(t *testing.T) {
	lockPath := filepath.Join(t.TempDir(), "lock")
	t.Setenv(childRole, "pip")
	t.Setenv("MODEL_TEST_LOCK", lockPath)
	data := blob(1000)
	puller := newPuller(t, generator(data, model.Source{
		Kind: model.SourcePip, Packages: []string{"tiny==1.0"}, Members: []string{"{file}"},
	}))
	puller.Pip = []string{os.Args[0]}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	ended := make(chan error, 1)
	go func() { ended <- puller.Pull(ctx, "tiny") }()
	waitFor(t, "the worker to start", func() bool {
		_, err := os.Stat(lockPath + ".held")
		return err == nil
	})
	cancel()
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	waitFor(t, "the worker to end", func() bool {
		lock := flock.New(lockPath)
		defer lock.Unlock()
		held, err := lock.TryLock()
		return err == nil && held
	})
	if _, err := os.Stat(filepath.Join(puller.Dir, "models", "tiny", ".download")); err == nil {
		t.Error("the package folder is still there")
	}
}

func waitFor(t *testing.T, what string, done func() bool) {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if done() {
			return
		}
	}
	t.Fatalf("waited in vain for %s", what)
}

// childPip is a pip that hangs: it starts a worker, and both wait for their end.
func childPip() int {
	worker := exec.Command(os.Args[0])
	worker.Env = append(os.Environ(), childRole+"=pip-worker")
	if err := worker.Start(); err != nil {
		return 1
	}
	time.Sleep(time.Minute) // the test kills us long before
	return 1
}

// childPipWorker holds a lock for as long as it lives.
func childPipWorker() int {
	path := os.Getenv("MODEL_TEST_LOCK")
	lock := flock.New(path)
	if held, err := lock.TryLock(); err != nil || !held {
		return 1
	}
	defer lock.Unlock()
	if err := os.WriteFile(path+".held", nil, 0o644); err != nil {
		return 1
	}
	time.Sleep(time.Minute)
	return 1
}
