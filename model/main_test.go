package model_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/seccoder/seccoder/model"
)

// childRole makes the test program play another process: see TestMain.
const childRole = "MODEL_TEST_ROLE"

// childRoles are the parts that it can play.
var childRoles = map[string]func() int{
	"pull":       childPull,
	"pip":        childPip,
	"pip-worker": childPipWorker,
}

func TestMain(m *testing.M) {
	role := os.Getenv(childRole)
	if role == "" {
		os.Exit(m.Run())
	}
	play, ok := childRoles[role]
	if !ok {
		fmt.Fprintln(os.Stderr, "unknown role", role)
		os.Exit(2)
	}
	os.Exit(play())
}

// blob is n bytes that do not repeat and do not compress.
func blob(n int) []byte {
	source := rand.NewChaCha8([32]byte{1})
	data := make([]byte, n)
	_, _ = source.Read(data)
	return data
}

func hashOf(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

func pinned(name string, data []byte) model.File {
	return model.File{Name: name, Size: int64(len(data)), SHA256: hashOf(data)}
}

// generator is an artifact "tiny" of one file.
func generator(data []byte, sources ...model.Source) *model.Catalogue {
	return &model.Catalogue{Artifacts: []model.Artifact{{
		Name: "tiny", Kind: model.KindGenerator,
		Files:   []model.File{pinned("tiny.gguf", data)},
		Sources: sources,
		Prompt:  &model.Prompt{ContextTokens: 16},
	}}}
}

func urlSource(server *httptest.Server) model.Source {
	return model.Source{Kind: model.SourceURL, URL: server.URL + "/{file}"}
}

// events collects progress.
type events struct {
	mu  sync.Mutex
	all []model.Progress
}

func (e *events) add(p model.Progress) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.all = append(e.all, p)
}

func (e *events) has(phase model.Phase) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	for _, p := range e.all {
		if p.Phase == phase {
			return true
		}
	}
	return false
}

// newPuller has an empty cache and no patience.
func newPuller(t *testing.T, catalogue *model.Catalogue) *model.Puller {
	t.Helper()
	return &model.Puller{
		Cache:        model.Cache{Dir: t.TempDir(), Catalogue: catalogue},
		StallTimeout: 10 * time.Second,
		RetryDelay:   time.Millisecond,
	}
}

func mustPull(t *testing.T, p *model.Puller, name string) {
	t.Helper()
	if err := p.Pull(t.Context(), name); err != nil {
		t.Fatal(err)
	}
}

// mustHold fails unless the cache resolves name to a file with these bytes.
func mustHold(t *testing.T, cache model.Cache, name, file string, want []byte) {
	t.Helper()
	got, err := cache.Resolve(t.Context(), name)
	if err != nil {
		t.Fatal(err)
	}
	if data := mustRead(t, got.Files[file]); hashOf(data) != hashOf(want) {
		t.Fatalf("%s has %d bytes with another hash than the %d wanted", got.Files[file], len(data), len(want))
	}
	left, _ := filepath.Glob(filepath.Join(got.Dir, "*.partial*"))
	if more, _ := filepath.Glob(filepath.Join(got.Dir, ".download*")); len(left)+len(more) > 0 {
		t.Errorf("left behind: %v %v", left, more)
	}
}

func mustRead(t *testing.T, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func mustWrite(t *testing.T, path string, data []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, data, 0o644); err != nil {
		t.Fatal(err)
	}
}

// serve starts a server and stops it at the end of the test, whatever hangs.
func serve(t *testing.T, handler http.Handler) *httptest.Server {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(func() {
		server.CloseClientConnections()
		server.Close()
	})
	return server
}

// childPull pulls the artifact "tiny" from the address it is given.
func childPull() int {
	data := blob(childPullBytes)
	puller := model.Puller{Cache: model.Cache{
		Dir: os.Getenv("MODEL_TEST_DIR"),
		Catalogue: generator(data, model.Source{
			Kind: model.SourceURL, URL: os.Getenv("MODEL_TEST_URL") + "/{file}",
		}),
		Progress: func(p model.Progress) {
			if p.Phase == model.PhaseWaiting {
				fmt.Println("waiting")
			}
		},
	}}
	if err := puller.Pull(context.Background(), "tiny"); err != nil {
		fmt.Println(err)
		return 1
	}
	return 0
}

const childPullBytes = 3 << 20
