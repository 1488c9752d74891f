// Trainhead trains the head of the fused retriever on SVEN's training pairs and the
// starter examples, and writes it to the file that is given; "make head" runs it.
//
// Pairs of repositories that SVEN's validation pairs come from are left out, so that those
// can measure what the head is worth: a third of them share a commit with training pairs.
package main

import (
	"context"
	"fmt"
	"io"
	"os"

	"github.com/seccoder/seccoder"
	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/eval"
	"github.com/seccoder/seccoder/internal/atomicfile"
	"github.com/seccoder/seccoder/retrieval"
)

func main() {
	seccoder.RunWorker()
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: trainhead SVEN FILE")
		os.Exit(2)
	}
	if err := write(context.Background(), os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, "trainhead:", err)
		os.Exit(1)
	}
}

func write(ctx context.Context, sven, path string) error {
	pairs, err := trainingPairs(sven)
	if err != nil {
		return err
	}
	starter, err := codebase.Starter()
	if err != nil {
		return err
	}
	recipe := fmt.Sprintf("make head: %d pairs of SVEN's training set, without the repositories of its validation set, and %d starter examples; of each the fixed code and the first half of the insecure code",
		len(pairs), len(starter))
	config := seccoder.Config{CacheDir: os.Getenv("SECCODER_CACHE_DIR")}
	embedder, err := config.OpenEmbedder(ctx)
	if err != nil {
		return err
	}
	defer embedder.Close()
	head, err := retrieval.TrainHead(ctx, embedder, recipe, append(samples(pairs), samples(starter)...))
	if err != nil {
		return err
	}
	fmt.Fprintln(os.Stderr, recipe)
	return atomicfile.Write(path, 0o644, func(out io.Writer) error { return head.Write(out) })
}

// trainingPairs are SVEN's training pairs of repositories that its validation pairs do not
// come from.
func trainingPairs(sven string) ([]codebase.Example, error) {
	held := map[string]bool{}
	validation, err := eval.ReadPairs(sven, "val", 0)
	if err != nil {
		return nil, err
	}
	for _, e := range validation {
		held[eval.RepositoryOf(e)] = true
	}
	train, err := eval.ReadPairs(sven, "train", 0)
	if err != nil {
		return nil, err
	}
	var pairs []codebase.Example
	for _, e := range train {
		if !held[eval.RepositoryOf(e)] {
			pairs = append(pairs, e)
		}
	}
	return pairs, nil
}

// samples are the code of examples, whole, and the first halves of their twins, which is
// what a query looks like.
func samples(examples []codebase.Example) []retrieval.HeadSample {
	var made []retrieval.HeadSample
	for _, e := range examples {
		made = append(made, retrieval.HeadSample{Language: e.Language, Code: e.Code, CWE: e.CWEs[0]})
	}
	for _, q := range eval.HalfQueries(examples) {
		made = append(made, retrieval.HeadSample{Language: q.Language, Code: q.Text, CWE: q.CWE, Unfinished: true})
	}
	return made
}
