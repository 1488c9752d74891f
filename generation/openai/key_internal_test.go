package openai

import (
	"net/http"
	"net/url"
	"testing"
)

// A key that happens to be in the environment goes over no network in clear.
func TestDefaultKeyStaysHome(t *testing.T) {
	t.Setenv("OPENAI_API_KEY", "sk-for-somebody-else")
	t.Setenv("OTHER_KEY", "sk-for-this-one")
	for _, test := range []struct {
		server  string
		options Options
		want    string
	}{
		{"https://models.example/v1", Options{}, "Bearer sk-for-somebody-else"},
		{"http://127.0.0.1:8080/v1", Options{}, "Bearer sk-for-somebody-else"},
		{"http://[::1]:8080/v1", Options{}, "Bearer sk-for-somebody-else"},
		{"http://localhost/v1", Options{}, "Bearer sk-for-somebody-else"},
		{"http://models.example/v1", Options{}, ""},
		{"http://models.example/v1", Options{KeyEnv: "OTHER_KEY"}, "Bearer sk-for-this-one"},
	} {
		server, err := url.Parse(test.server)
		if err != nil {
			t.Fatal(err)
		}
		key, err := loadKey(test.options, server)
		if err != nil {
			t.Fatal(err)
		}
		header := http.Header{}
		key.authorize(header)
		if got := header.Get("Authorization"); got != test.want {
			t.Errorf("%s with %+v: %q, want %q", test.server, test.options, got, test.want)
		}
	}
}
