// Startervectors computes the vectors of the starter examples and of the weaknesses'
// descriptions, and writes them to the files that are given; "make vectors" runs it after
// a change of either.
package main

import (
	"context"
	"fmt"
	"io"
	"os"

	"github.com/seccoder/seccoder"
	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/internal/atomicfile"
	"github.com/seccoder/seccoder/retrieval"
)

func main() {
	seccoder.RunWorker()
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: startervectors EXAMPLES WEAKNESSES")
		os.Exit(2)
	}
	if err := write(context.Background(), os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, "startervectors:", err)
		os.Exit(1)
	}
}

func write(ctx context.Context, examplesPath, weaknessesPath string) error {
	examples, err := codebase.Starter()
	if err != nil {
		return err
	}
	config := seccoder.Config{CacheDir: os.Getenv("SECCODER_CACHE_DIR")}
	embedder, err := config.OpenEmbedder(ctx)
	if err != nil {
		return err
	}
	defer embedder.Close()
	vectors, err := retrieval.EmbedExamples(ctx, embedder, examples)
	if err != nil {
		return err
	}
	weaknesses, err := retrieval.EmbedWeaknesses(ctx, embedder)
	if err != nil {
		return err
	}
	for path, vectors := range map[string][]codebase.Vector{examplesPath: vectors, weaknessesPath: weaknesses} {
		if err := atomicfile.Write(path, 0o644, func(out io.Writer) error {
			return retrieval.WriteVectors(out, embedder.ID(), embedder.Dimensions(), vectors)
		}); err != nil {
			return err
		}
	}
	return nil
}
