package retrieval_test

import (
	"strings"
	"testing"

	"github.com/seccoder/seccoder/retrieval"
)

func TestParseName(t *testing.T) {
	for _, name := range retrieval.Names() {
		got, err := retrieval.ParseName(" " + strings.ToUpper(string(name)) + "\n")
		if err != nil || got != name {
			t.Errorf("ParseName of %s = %q, %v", name, got, err)
		}
	}
	for _, wrong := range []string{"", "bm", "dense2"} {
		_, err := retrieval.ParseName(wrong)
		if err == nil || !strings.Contains(err.Error(), "known: fused, dense, bm25, random, none") {
			t.Errorf("ParseName(%q): error %v does not list the known names", wrong, err)
		}
	}
}

func TestNew(t *testing.T) {
	store := mustStore(t, fewExamples()...)
	for _, name := range retrieval.Names() {
		t.Run(string(name), func(t *testing.T) {
			r, err := retrieval.New(name, store, bagOfWords{64})
			if err != nil {
				t.Fatal(err)
			}
			if name == retrieval.NameNone {
				if r != nil {
					t.Errorf("got %T, want no retriever", r)
				}
				return
			}
			if n := len(mustRetrieve(t, r, retrieval.Query{Text: "name"}, 2)); n != 2 {
				t.Errorf("%d matches, want 2", n)
			}
		})
	}
	for _, name := range retrieval.Names() {
		if _, err := retrieval.New(name, store, nil); (err != nil) != name.Embeds() {
			t.Errorf("%s without an embedder: error %v", name, err)
		}
	}
	if _, err := retrieval.New("", store, nil); err == nil {
		t.Error("no error for no name")
	}
}
