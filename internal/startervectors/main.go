// Startervectors computes the vectors of the starter examples and writes them to the
// file that is given; "make vectors" runs it after a change of the corpus.
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
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: startervectors FILE")
		os.Exit(2)
	}
	if err := write(context.Background(), os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "startervectors:", err)
		os.Exit(1)
	}
}

func write(ctx context.Context, path string) error {
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
	return atomicfile.Write(path, 0o644, func(out io.Writer) error {
		return retrieval.WriteVectors(out, embedder.ID(), embedder.Dimensions(), vectors)
	})
}
