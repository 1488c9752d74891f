package weaviate_test

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/seccoder/seccoder/codebase/weaviate"
)

// openAt opens a store at servers that are none of Weaviate's.
func openAt(t *testing.T, settings string, hosts ...string) error {
	t.Helper()
	for i, host := range hosts {
		hosts[i] = strings.TrimPrefix(host, "http://")
	}
	address, err := weaviate.ParseAddress("weaviate://" + strings.Join(hosts, ",") + settings)
	if err != nil {
		t.Fatal(err)
	}
	store, err := weaviate.Open(t.Context(), address, weaviate.Options{})
	if err == nil {
		store.Close()
	}
	return err
}

func serve(t *testing.T, answer http.HandlerFunc) string {
	t.Helper()
	server := httptest.NewServer(answer)
	t.Cleanup(server.Close)
	return server.URL
}

// Nobody listens at the first ports.
const dead, alsoDead = "127.0.0.1:1", "127.0.0.1:2"

func TestOutage(t *testing.T) {
	silent, err := net.Listen("tcp", "127.0.0.1:0") // takes connections and says nothing
	if err != nil {
		t.Fatal(err)
	}
	defer silent.Close()
	starting := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		http.Error(w, `{"error":[{"message":"leader not found"}]}`, http.StatusInternalServerError)
	})
	tests := map[string][]string{
		"nobody there":   {dead},
		"all down":       {dead, alsoDead},
		"silent":         {silent.Addr().String()},
		"without leader": {starting},
	}
	for name, hosts := range tests {
		t.Run(name, func(t *testing.T) {
			begin := time.Now()
			err := openAt(t, "?timeout=300ms", hosts...)
			if took := time.Since(begin); took > 5*time.Second {
				t.Errorf("it took %s", took)
			}
			if !errors.Is(err, weaviate.ErrUnreachable) {
				t.Fatalf("error %v, want ErrUnreachable", err)
			}
			for _, part := range []string{strings.TrimPrefix(hosts[0], "http://"), "300ms", "fallback=FILE"} {
				if !strings.Contains(err.Error(), part) {
					t.Errorf("error %v does not name %s", err, part)
				}
			}
		})
	}
}

func TestNoWeaviate(t *testing.T) {
	var key string
	answers := map[string]struct {
		status int
		body   string
		want   string
	}{
		"a web page":      {200, "<html>", "no JSON of Weaviate's"},
		"not found":       {404, "nothing here", "nothing here (status 404)"},
		"unauthorized":    {401, `{"error":[{"message":"anonymous access not enabled"}]}`, "WEAVIATE_API_KEY"},
		"a redirection":   {302, "", "status 302"},
		"another program": {200, `{"classes":[{"class":"SecCoder__Examples","description":"mine"}]}`, "made by another program"},
		"a newer program": {200, `{"classes":[{"class":"SecCoder__Examples","description":"{\"seccoder_form\":99}"}]}`, "newer version"},
	}
	for name, answer := range answers {
		t.Run(name, func(t *testing.T) {
			t.Setenv("WEAVIATE_API_KEY", "s3cret")
			url := serve(t, func(w http.ResponseWriter, r *http.Request) {
				key = r.Header.Get("Authorization")
				w.Header().Set("Location", "http://127.0.0.1:1/")
				w.WriteHeader(answer.status)
				_, _ = w.Write([]byte(answer.body))
			})
			begin := time.Now()
			err := openAt(t, "", url)
			if err == nil || !strings.Contains(err.Error(), answer.want) || strings.Contains(err.Error(), "s3cret") {
				t.Errorf("error %v, want one with %q", err, answer.want)
			}
			if time.Since(begin) > 10*time.Second {
				t.Error("it was tried again and again")
			}
			if key != "Bearer s3cret" {
				t.Errorf("the key went as %q", key)
			}
		})
	}
}

func TestKeys(t *testing.T) {
	tests := map[string]struct{ address, want string }{
		"not set":      {"weaviate://127.0.0.1:1?key-env=SECCODER_NO_SUCH_KEY", "SECCODER_NO_SUCH_KEY"},
		"in the clear": {"weaviate://weaviate.example.org:1?key-env=SECCODER_TEST_KEY", "weaviate+https://"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Setenv("SECCODER_TEST_KEY", "s3cret")
			address, err := weaviate.ParseAddress(test.address)
			if err != nil {
				t.Fatal(err)
			}
			_, err = weaviate.Open(t.Context(), address, weaviate.Options{})
			if err == nil || !strings.Contains(err.Error(), test.want) || strings.Contains(err.Error(), "s3cret") {
				t.Errorf("error %v, want one with %q", err, test.want)
			}
		})
	}
}

func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	hangs := serve(t, func(_ http.ResponseWriter, r *http.Request) {
		cancel()
		<-r.Context().Done()
	})
	address, err := weaviate.ParseAddress(strings.Replace(hangs, "http", "weaviate", 1))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := weaviate.Open(ctx, address, weaviate.Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want context.Canceled", err)
	}
}
