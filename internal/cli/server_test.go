package cli_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A server is an OpenAI-compatible one that writes down what it was asked last.
type server struct {
	*httptest.Server
	mu   sync.Mutex
	last question
}

type question struct {
	key  string
	body map[string]any
}

func newServer(t *testing.T) *server {
	t.Helper()
	s := &server{}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked := question{key: r.Header.Get("Authorization")}
		if err := json.NewDecoder(r.Body).Decode(&asked.body); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		s.mu.Lock()
		s.last = asked
		s.mu.Unlock()
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write([]byte(`{"choices": [{"index": 0, "text": "    pass\n", "message": {"content": "    pass\n"}, "finish_reason": "stop"}], "usage": {"prompt_tokens": 9, "completion_tokens": 2}}`))
	}))
	t.Cleanup(s.Close)
	return s
}

func (s *server) asked() question {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.last
}

// mustWrite writes a file into a new folder and returns its path.
func mustWrite(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

const appText = "import sqlite3\n\ndef find_user(db, name):\n"

// What "prompt" prints is what the server gets.
func TestPromptIsWhatTheModelGets(t *testing.T) {
	s := newServer(t)
	app := mustWrite(t, "app.py", appText)
	variables := append(environment(t.TempDir(), ""), "SECCODER_SERVER="+s.URL+"/v1", "SECCODER_SERVER_MODEL=m", "SECCODER_RETRIEVER=bm25")
	shown := mustRun(t, variables, "prompt", app)
	completed := mustRun(t, variables, "complete", app)
	if completed.code != 0 {
		t.Fatalf("exit code %d: %s", completed.code, completed.errOut)
	}
	if diff := cmp.Diff(s.asked().body["prompt"], shown.out); diff != "" {
		t.Errorf("the server got another prompt than was shown (-got +shown):\n%s", diff)
	}
	if !strings.HasSuffix(shown.out, appText) || shown.out == appText {
		t.Errorf("the prompt is not a demonstration and the code:\n%s", shown.out)
	}
}

// The key of a server comes from the environment or a file, and is in no message.
func TestServerKey(t *testing.T) {
	s := newServer(t)
	app := mustWrite(t, "app.py", appText)
	base := append(environment(t.TempDir(), ""), "SECCODER_SERVER="+s.URL+"/v1", "SECCODER_SERVER_MODEL=m", "SECCODER_RETRIEVER=none")
	tests := map[string]struct {
		variables []string
		want      string
	}{
		"none":                      {nil, ""},
		"the usual variable":        {[]string{"OPENAI_API_KEY=secret-1"}, "Bearer secret-1"},
		"a variable by its name":    {[]string{"MY_KEY=secret-2", "SECCODER_SERVER_KEY_ENV=MY_KEY"}, "Bearer secret-2"},
		"a file, before a variable": {[]string{"OPENAI_API_KEY=x", "SECCODER_SERVER_KEY_FILE=" + mustWrite(t, "key", "secret-3\n")}, "Bearer secret-3"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got := mustRun(t, append(base[:len(base):len(base)], test.variables...), "complete", app)
			if got.code != 0 {
				t.Fatalf("exit code %d: %s", got.code, got.errOut)
			}
			if key := s.asked().key; key != test.want {
				t.Errorf("the server got the key %q, want %q", key, test.want)
			}
			if strings.Contains(got.out+got.errOut, "secret") {
				t.Errorf("the key was printed:\n%s%s", got.out, got.errOut)
			}
		})
	}
}
