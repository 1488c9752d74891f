package openai_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/seccoder/seccoder/generation"
	"github.com/seccoder/seccoder/generation/openai"
)

// A fake is a server that does what a test says, for what a real one does not
// show on demand. server_test.go has the real one.
type fake struct {
	*httptest.Server
	mu       sync.Mutex
	requests []map[string]any
	keys     []string
}

// newFake answers request number i (from 0) by answer(i, its body).
func newFake(t *testing.T, answer func(w http.ResponseWriter, r *http.Request, i int, body map[string]any)) *fake {
	t.Helper()
	f := &fake{}
	f.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		data, _ := io.ReadAll(r.Body)
		var body map[string]any
		if err := json.Unmarshal(data, &body); err != nil {
			t.Errorf("request is no JSON: %v", err)
		}
		f.mu.Lock()
		i := len(f.requests)
		f.requests = append(f.requests, body)
		f.keys = append(f.keys, r.Header.Get("Authorization"))
		f.mu.Unlock()
		answer(w, r, i, body)
	}))
	t.Cleanup(f.Close)
	return f
}

// seen returns the bodies that came so far.
func (f *fake) seen() []map[string]any {
	f.mu.Lock()
	defer f.mu.Unlock()
	return append([]map[string]any(nil), f.requests...)
}

func mustNew(t *testing.T, o openai.Options) *openai.Generator {
	t.Helper()
	g, err := openai.New(o)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// options are for a fake: with no retries, and without the key of whoever runs the tests.
func (f *fake) options(t *testing.T) openai.Options {
	t.Helper()
	t.Setenv("TEST_KEY", "sk-secret-1234")
	return openai.Options{BaseURL: f.URL + "/v1", Model: "m", KeyEnv: "TEST_KEY", MaxRetries: -1, Timeout: 5 * time.Minute}
}

// event writes one event and sends it off.
func event(w http.ResponseWriter, data string) {
	if w.Header().Get("Content-Type") == "" {
		w.Header().Set("Content-Type", "text/event-stream")
	}
	fmt.Fprintf(w, "data: %s\n\n", data)
	w.(http.Flusher).Flush()
}

// text is a completion event's data; a finish of "" is null.
func text(index int, s, finish string) string {
	return fmt.Sprintf(`{"choices":[{"index":%d,"text":%s,"finish_reason":%s}]}`, index, quote(s), orNull(finish))
}

// chatText is the same for the chat API and completion 0.
func chatText(s, finish string) string {
	return fmt.Sprintf(`{"choices":[{"index":0,"delta":{"content":%s},"finish_reason":%s}]}`, quote(s), orNull(finish))
}

func quote(s string) string {
	data, _ := json.Marshal(s)
	return string(data)
}

func orNull(finish string) string {
	if finish == "" {
		return "null"
	}
	return quote(finish)
}

func request(n int) generation.Request {
	return generation.Request{Prefix: "x =", N: n, MaxTokens: 20, Temperature: 0.4, TopP: 0.95, Seed: 7}
}

// texts joins a response's completions.
func texts(r generation.Response) string {
	var all []string
	for _, c := range r.Completions {
		all = append(all, fmt.Sprintf("%s:%s", c.Finish, c.Text))
	}
	return strings.Join(all, "|")
}

// deltas collects what OnText says of each index.
type deltas map[int]string

func (d deltas) add(index int, delta string) { d[index] += delta }

func (d deltas) check(t *testing.T, r generation.Response) {
	t.Helper()
	for i, c := range r.Completions {
		if d[i] != c.Text {
			t.Errorf("completion %d: deltas make %q, Text is %q", i, d[i], c.Text)
		}
	}
}
