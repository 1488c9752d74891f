package model_test

import (
	"bytes"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/seccoder/seccoder/model"
)

// A host serves one file, as http.ServeContent does, and notes what it sent.
type host struct {
	data   []byte
	etag   string
	ranges bool // honour Range
	// cut breaks the connection of the n-th request after cut[n] bytes of its body.
	cut []int

	mu       sync.Mutex
	requests []http.Header
	sent     int64
}

func (h *host) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h.mu.Lock()
	number := len(h.requests)
	h.requests = append(h.requests, r.Header.Clone())
	h.mu.Unlock()
	if h.etag != "" {
		w.Header().Set("ETag", h.etag)
	}
	w.Header().Set("Content-Type", "application/octet-stream")
	if !h.ranges {
		r.Header.Del("Range")
	}
	limit := -1
	if number < len(h.cut) {
		limit = h.cut[number]
	}
	http.ServeContent(&counted{ResponseWriter: w, host: h, left: limit}, r, "", time.Time{}, bytes.NewReader(h.data))
}

// served returns the requests' headers and the number of bytes sent.
func (h *host) served() ([]http.Header, int64) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return slices.Clone(h.requests), h.sent
}

// counted counts a body's bytes and breaks the connection when none are left.
type counted struct {
	http.ResponseWriter
	host *host
	left int // -1: no limit
}

func (c *counted) Write(p []byte) (int, error) {
	last := c.left >= 0 && len(p) >= c.left
	if last {
		p = p[:c.left]
	}
	c.host.mu.Lock()
	c.host.sent += int64(len(p))
	c.host.mu.Unlock()
	n, err := c.ResponseWriter.Write(p)
	if c.left >= 0 {
		c.left -= n
	}
	if last {
		_ = http.NewResponseController(c.ResponseWriter).Flush()
		panic(http.ErrAbortHandler)
	}
	return n, err
}

func TestPullOverHTTP(t *testing.T) {
	data := blob(2 << 20)
	half := len(data) / 2
	whole := int64(len(data))
	for _, test := range []struct {
		name     string
		host     *host
		requests int
		sent     int64
	}{
		{"at once", &host{ranges: true, etag: `"a"`}, 1, whole},
		{"cut, then goes on", &host{ranges: true, etag: `"a"`, cut: []int{half}}, 2, whole},
		{"cut twice", &host{ranges: true, etag: `"a"`, cut: []int{half, half / 2}}, 3, whole},
		{"cut, server without ETag", &host{ranges: true, cut: []int{half}}, 2, whole},
		{"cut, weak ETag", &host{ranges: true, etag: `W/"a"`, cut: []int{half}}, 2, whole},
		{"cut, server without Range", &host{etag: `"a"`, cut: []int{half}}, 2, whole + whole/2},
	} {
		t.Run(test.name, func(t *testing.T) {
			test.host.data = data
			puller := newPuller(t, generator(data, urlSource(serve(t, test.host))))
			mustPull(t, puller, "tiny")
			mustHold(t, puller.Cache, "tiny", "tiny.gguf", data)
			requests, sent := test.host.served()
			if len(requests) != test.requests {
				t.Errorf("%d requests, want %d", len(requests), test.requests)
			}
			// The server may have written a little more than what reached us.
			if slack := int64(512 << 10); sent < test.sent || sent > test.sent+slack {
				t.Errorf("%d bytes sent, want %d", sent, test.sent)
			}
		})
	}
}

func TestPullGoesOnAfterAnotherPull(t *testing.T) {
	data := blob(1 << 20)
	puller := newPuller(t, nil)
	broken := &host{data: data, ranges: true, etag: `"a"`, cut: []int{600_000, 0, 0}}
	server := serve(t, broken)
	puller.Catalogue = generator(data, urlSource(server))
	err := puller.Pull(t.Context(), "tiny")
	if _, ok := errors.AsType[*model.SourcesError](err); !ok {
		t.Fatalf("got %v", err)
	}
	all, err := puller.List()
	if err != nil || all[0].Pulled || all[0].PartialBytes == 0 {
		t.Fatalf("after a broken pull: %+v, %v", all, err)
	}
	mustPull(t, puller, "tiny")
	mustHold(t, puller.Cache, "tiny", "tiny.gguf", data)
	requests, _ := broken.served()
	last := requests[len(requests)-1]
	if want := fmt.Sprintf("bytes=%d-", all[0].PartialBytes); last.Get("Range") != want {
		t.Errorf("Range %q, want %q", last.Get("Range"), want)
	}
	if last.Get("If-Range") != `"a"` {
		t.Errorf("If-Range %q", last.Get("If-Range"))
	}
}

func TestPullStartsOverWhenTheFileChanged(t *testing.T) {
	data := blob(1 << 20)
	old := bytes.Repeat([]byte("old"), 1<<20)[:1<<20]
	var current atomic.Pointer[host]
	current.Store(&host{data: old, ranges: true, etag: `"old"`, cut: []int{1 << 19, 0, 0}})
	server := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { current.Load().ServeHTTP(w, r) }))
	puller := newPuller(t, generator(data, urlSource(server)))
	if err := puller.Pull(t.Context(), "tiny"); err == nil {
		t.Fatal("a cut connection made no error")
	}
	changed := &host{data: data, ranges: true, etag: `"new"`}
	current.Store(changed)
	mustPull(t, puller, "tiny")
	mustHold(t, puller.Cache, "tiny", "tiny.gguf", data)
	if requests, _ := changed.served(); len(requests) != 1 || requests[0].Get("If-Range") != `"old"` {
		t.Errorf("requests: %v", requests)
	}
}

func TestPullDoesNotTrustAPartOfUnknownOrigin(t *testing.T) {
	data := blob(1 << 20)
	puller := newPuller(t, generator(data, urlSource(serve(t, &host{data: data, ranges: true, etag: `"a"`}))))
	for name, left := range map[string][]byte{
		"wrong beginning": make([]byte, 1000),
		"too long":        make([]byte, 2<<20),
		"wrong and whole": make([]byte, 1<<20),
	} {
		t.Run(name, func(t *testing.T) {
			mustWrite(t, filepath.Join(puller.Dir, "models", "tiny", "tiny.gguf.partial"), left)
			mustPull(t, puller, "tiny")
			mustHold(t, puller.Cache, "tiny", "tiny.gguf", data)
			if err := puller.Remove(t.Context(), "tiny"); err != nil {
				t.Fatal(err)
			}
		})
	}
}

func TestPullTriesTheNextSource(t *testing.T) {
	data := blob(100_000)
	wrong := bytes.Clone(data)
	wrong[0]++
	good := urlSource(serve(t, &host{data: data, ranges: true}))
	answer := func(f http.HandlerFunc) model.Source { return urlSource(serve(t, f)) }
	for _, test := range []struct {
		name   string
		source model.Source
		says   string
	}{
		{"wrong hash", urlSource(serve(t, &host{data: wrong, ranges: true})), "wrong SHA-256"},
		{"wrong length", urlSource(serve(t, &host{data: data[1:], ranges: true})), "has 99999 bytes"},
		{"no such file", answer(http.NotFound), "404"},
		{"server in trouble", answer(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusServiceUnavailable) }), "after 3 tries: answered 503"},
		{"endless body", answer(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/octet-stream")
			for {
				if _, err := w.Write(make([]byte, 64<<10)); err != nil {
					return
				}
			}
		}), "more than the 100000 bytes"},
		{"log-in page", answer(func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "<html>hello") }), "web page"},
		{"nothing listens", model.Source{Kind: model.SourceURL, URL: "http://127.0.0.1:1/{file}"}, "cannot be reached"},
	} {
		t.Run(test.name, func(t *testing.T) {
			var seen events
			puller := newPuller(t, generator(data, test.source, good))
			puller.Progress = seen.add
			mustPull(t, puller, "tiny")
			mustHold(t, puller.Cache, "tiny", "tiny.gguf", data)
			note := ""
			for _, p := range seen.all {
				note += p.Note
			}
			if !seen.has(model.PhaseSkipping) || !strings.Contains(note, test.says) {
				t.Errorf("note %q does not say %q", note, test.says)
			}
		})
	}
}

// TestPullNotes: what a user should know is said first, and not when nothing is
// pulled.
func TestPullNotes(t *testing.T) {
	data := blob(1000)
	for _, test := range []struct {
		name, requires string
		untested       bool
		want           string
	}{
		{"nothing to say", "", false, ""},
		{"needs", "glibc 2.34", false, "it needs glibc 2.34"},
		{"untested", "", true, "nobody has run this build yet"},
		{"both", "glibc 2.34", true, "nobody has run this build yet; it needs glibc 2.34"},
	} {
		t.Run(test.name, func(t *testing.T) {
			catalogue := generator(data, urlSource(serve(t, &host{data: data})))
			catalogue.Artifacts[0].Requires, catalogue.Artifacts[0].Untested = test.requires, test.untested
			puller := newPuller(t, catalogue)
			var first, again events
			puller.Progress = first.add
			mustPull(t, puller, "tiny")
			switch {
			case test.want == "" && first.has(model.PhaseNote):
				t.Errorf("got a note: %+v", first.all)
			case test.want != "" && (first.all[0].Phase != model.PhaseNote || first.all[0].Note != test.want || first.all[0].Artifact != "tiny"):
				t.Errorf("the first event is %+v, want the note %q", first.all[0], test.want)
			}
			puller.Progress = again.add
			mustPull(t, puller, "tiny")
			if again.has(model.PhaseNote) {
				t.Errorf("a note though nothing was pulled: %+v", again.all)
			}
		})
	}
}

func TestPullSaysWhatEachSourceAnswered(t *testing.T) {
	data := blob(1000)
	missing := urlSource(serve(t, http.NotFoundHandler()))
	wrong := urlSource(serve(t, &host{data: make([]byte, 1000)}))
	err := newPuller(t, generator(data, missing, wrong)).Pull(t.Context(), "tiny")
	lines := strings.Split(fmt.Sprint(err), "\n")
	if len(lines) != 3 || !strings.Contains(lines[1], "404") || !strings.Contains(lines[2], "wrong SHA-256") {
		t.Errorf("got %v", err)
	}
	sources, ok := errors.AsType[*model.SourcesError](err)
	if !ok || len(sources.Tried) != 2 {
		t.Errorf("got %T", err)
	}
}

func TestPullLeavesAStalledServer(t *testing.T) {
	data := blob(100_000)
	for name, early := range map[string]int{"before the header": -1, "in the body": 40_000} {
		t.Run(name, func(t *testing.T) {
			stalling := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if early >= 0 {
					w.Header().Set("Content-Length", fmt.Sprint(len(data)))
					_, _ = w.Write(data[:early])
					_ = http.NewResponseController(w).Flush()
				}
				<-r.Context().Done()
			})
			puller := newPuller(t, generator(data,
				urlSource(serve(t, stalling)), urlSource(serve(t, &host{data: data, ranges: true}))))
			patience := puller.StallTimeout
			puller.StallTimeout = 100 * time.Millisecond
			var seen events
			puller.Progress = func(p model.Progress) {
				seen.add(p)
				if p.Phase == model.PhaseSkipping {
					puller.StallTimeout = patience // the next server may take its time
				}
			}
			mustPull(t, puller, "tiny")
			mustHold(t, puller.Cache, "tiny", "tiny.gguf", data)
			for _, p := range seen.all {
				if p.Phase == model.PhaseSkipping && !strings.Contains(p.Note, "nothing came in") {
					t.Errorf("note %q", p.Note)
				}
			}
		})
	}
}

func TestProgressReachesTheEnd(t *testing.T) {
	data := blob(1 << 20)
	var seen events
	puller := newPuller(t, generator(data, urlSource(serve(t, &host{data: data}))))
	puller.Progress = seen.add
	mustPull(t, puller, "tiny")
	whole := map[model.Phase]bool{}
	for _, p := range seen.all {
		if p.Artifact != "tiny" || p.File != "tiny.gguf" || p.Done > p.Total || p.Total != int64(len(data)) {
			t.Errorf("event %+v", p)
		}
		whole[p.Phase] = whole[p.Phase] || p.Done == p.Total
	}
	if !whole[model.PhaseDownloading] || !whole[model.PhaseVerifying] {
		t.Errorf("ended at %v", whole)
	}
}

func TestPullOfWhatIsThereAsksNobody(t *testing.T) {
	data := blob(1000)
	served := &host{data: data}
	puller := newPuller(t, generator(data, urlSource(serve(t, served))))
	mustPull(t, puller, "tiny")
	mustPull(t, puller, "tiny")
	if requests, _ := served.served(); len(requests) != 1 {
		t.Errorf("%d requests", len(requests))
	}
	if err := os.Truncate(filepath.Join(puller.Dir, "models", "tiny", "tiny.gguf"), 10); err != nil {
		t.Fatal(err)
	}
	mustPull(t, puller, "tiny")
	mustHold(t, puller.Cache, "tiny", "tiny.gguf", data)
	if requests, _ := served.served(); len(requests) != 2 {
		t.Errorf("%d requests after the file was cut", len(requests))
	}
}
