package retrieval_test

import (
	"context"
	"errors"
	"slices"
	"testing"

	"github.com/seccoder/seccoder/retrieval"
)

func TestRememberingEmbedder(t *testing.T) {
	var asked []string
	refused := errors.New("no")
	inner := embedderFunc{bagOfWords{8}, func(ctx context.Context, texts []string) ([][]float32, error) {
		asked = append(asked, texts...)
		if texts[0] == "refuse" {
			return nil, refused
		}
		return bagOfWords{8}.Embed(ctx, texts)
	}}
	var told []int
	e := &retrieval.RememberingEmbedder{Embedder: inner, OnText: func(n int) { told = append(told, n) }}
	for range 2 {
		got, err := e.Embed(t.Context(), []string{"one", "two", "one"})
		if err != nil || len(got) != 3 || !slices.Equal(got[0], got[2]) {
			t.Fatalf("%v, %v", got, err)
		}
		if _, err := e.Embed(t.Context(), []string{"two", "refuse"}); !errors.Is(err, refused) {
			t.Errorf("got %v, want the embedder's error", err)
		}
	}
	if want := []string{"one", "two", "refuse", "refuse"}; !slices.Equal(asked, want) {
		t.Errorf("computed %q, want %q", asked, want)
	}
	if want := []int{1, 2}; !slices.Equal(told, want) {
		t.Errorf("told of %v, want %v", told, want)
	}
}
