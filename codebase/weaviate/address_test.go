package weaviate_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/seccoder/seccoder/codebase/weaviate"
)

func TestParseAddress(t *testing.T) {
	tests := map[string]weaviate.Address{
		"weaviate://localhost:8080":                              {Hosts: []string{"localhost:8080"}},
		"weaviate+https://a.example.org:443,b:1/team7":           {Hosts: []string{"a.example.org:443", "b:1"}, Secure: true, Name: "team7"},
		"weaviate://[::1]:8080/?replicas=2&shards=6":             {Hosts: []string{"[::1]:8080"}, Replicas: 2, Shards: 6},
		"weaviate://a:1?timeout=5s&key-env=K&fallback=%2Fx y.db": {Hosts: []string{"a:1"}, Timeout: 5 * time.Second, KeyEnv: "K", Fallback: "/x y.db"},
	}
	for text, want := range tests {
		t.Run(text, func(t *testing.T) {
			got, err := weaviate.ParseAddress(text)
			if diff := cmp.Diff(want, got); err != nil || diff != "" {
				t.Errorf("error %v, want (-), got (+):\n%s", err, diff)
			}
			again, err := weaviate.ParseAddress(got.String())
			if err != nil || !cmp.Equal(again.Hosts, want.Hosts) || again.Name != want.Name || again.Secure != want.Secure {
				t.Errorf("%s reads as %v, %v", got, again, err)
			}
		})
	}
	bad := map[string]string{
		"http://a:1":                       "begins with",
		"weaviate://":                      "host and a port",
		"weaviate://a":                     "host and a port",
		"weaviate://a:1,":                  "host and a port",
		"weaviate://:1":                    "host and a port",
		"weaviate://a:0":                   "port",
		"weaviate://a:x":                   "port",
		"weaviate://a b:1":                 "characters",
		"weaviate://user:s3cret@a:1":       "environment variable",
		"weaviate://a:1/two/parts":         "name",
		"weaviate://a:1/a-b":               "name",
		"weaviate://a:1/Team":              "name",
		"weaviate://a:1?replicas=0":        "replicas",
		"weaviate://a:1?shards=many":       "shards",
		"weaviate://a:1?timeout=1":         "timeout",
		"weaviate://a:1?timeout=1ns":       "timeout",
		"weaviate://a:1?key=s3cret":        "unknown setting",
		"weaviate://a:1?key-env=%zzs3cret": "cannot be read",
	}
	for text, want := range bad {
		t.Run(text, func(t *testing.T) {
			_, err := weaviate.ParseAddress(text)
			if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "s3cret") {
				t.Errorf("error %v, want one with %q and no secret", err, want)
			}
		})
	}
}

func FuzzParseAddress(f *testing.F) {
	f.Add("weaviate://a:1,b:2/name?replicas=3&timeout=5s")
	f.Add("weaviate+https://[::1]:8080")
	f.Add("weaviate://%:1")
	f.Fuzz(func(t *testing.T, text string) {
		address, err := weaviate.ParseAddress(text)
		if err != nil {
			return
		}
		again, err := weaviate.ParseAddress(address.String())
		if err != nil || !cmp.Equal(again.Hosts, address.Hosts) || again.Name != address.Name {
			t.Errorf("%q is %v, which reads as %v, %v", text, address, again, err)
		}
	})
}
