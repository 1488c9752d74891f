// Trainhead trains the head of the fused retriever on SVEN's training pairs and the
// starter examples, and writes it to the file that is given; "make head" runs it. With
// -danger it trains what tells code near a weakness from ordinary code, of which it finds
// some in the packages in a folder. With -leave-out it measures what such a head is worth for weaknesses that it never saw;
// "make leave-out" runs that. With -confidence it measures how often the retriever is right
// when it is sure, and fits its confidence to that; "make confidence" runs that.
//
// Pairs of repositories that SVEN's validation pairs come from are left out, so that those
// can measure what the head is worth: a third of them share a commit with training pairs.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"

	"github.com/seccoder/seccoder"
	"github.com/seccoder/seccoder/internal/atomicfile"
	"github.com/seccoder/seccoder/retrieval"
	"github.com/seccoder/seccoder/retrieval/embed"
)

const usage = `usage: trainhead SVEN FILE
       trainhead -danger WHEELS SVEN FILE
       trainhead -leave-out SVEN
       trainhead -confidence SVEN

SVEN is a checkout of eth-sri/sven, or its folder of data; WHEELS is a folder of Python packages.
`

func main() {
	seccoder.RunWorker()
	leftOut := flag.Bool("leave-out", false, "train heads without one weakness each, and say how well it is found then")
	sure := flag.Bool("confidence", false, "say how often the retriever is right when it is sure, and fit its confidence to that")
	wheels := flag.String("danger", "", "train what tells code near a weakness from the functions of the packages in `this folder`")
	flag.Usage = func() {
		fmt.Fprint(os.Stderr, usage)
		flag.PrintDefaults()
	}
	flag.Parse()
	var err error
	switch modes, files := flag.NFlag(), flag.NArg(); {
	case modes == 0 && files == 2:
		err = write(context.Background(), flag.Arg(0), flag.Arg(1))
	case modes == 1 && *wheels != "" && files == 2:
		err = writeDanger(*wheels, flag.Arg(0), flag.Arg(1))
	case modes == 1 && *leftOut && files == 1:
		err = printMeasured(context.Background(), flag.Arg(0), leaveOut)
	case modes == 1 && *sure && files == 1:
		err = printMeasured(context.Background(), flag.Arg(0), confidence)
	default:
		flag.Usage()
		os.Exit(2)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "trainhead:", err)
		os.Exit(1)
	}
}

func write(ctx context.Context, sven, path string) error {
	data, err := readData(sven)
	if err != nil {
		return err
	}
	pairs := withoutRepositories(data.train, data.validation)
	recipe := fmt.Sprintf("make head: %d pairs of SVEN's training set, without the repositories of its validation set, and %d starter examples; of each the fixed code and the first half of the insecure code",
		len(pairs), len(data.starter))
	embedder, err := openEmbedder(ctx)
	if err != nil {
		return err
	}
	defer embedder.Close()
	head, err := retrieval.TrainHead(ctx, embedder, recipe, append(samples(pairs), samples(data.starter)...))
	if err != nil {
		return err
	}
	fmt.Fprintln(os.Stderr, recipe)
	return atomicfile.Write(path, 0o644, func(out io.Writer) error { return head.Write(out) })
}

func writeDanger(wheels, sven, path string) error {
	data, err := readData(sven)
	if err != nil {
		return err
	}
	pairs := withoutRepositories(data.train, data.validation)
	near := slices.Concat(nearSamples(pairs), nearSamples(data.starter))
	others, err := ordinary(wheels)
	if err != nil {
		return err
	}
	recipe := fmt.Sprintf("make head: the Python code of SVEN's training set, without the repositories of its validation set, and of the starter examples, of each the fixed code and the first half of the insecure code (%d texts); and the first halves of %d functions of the packages of internal/trainhead/ordinary.txt", len(near), len(others))
	danger, err := retrieval.TrainDanger(recipe, append(near, others...))
	if err != nil {
		return err
	}
	fmt.Fprintln(os.Stderr, recipe)
	return atomicfile.Write(path, 0o644, func(out io.Writer) error { return danger.Write(out) })
}

// A measure prints what it measured, and how far it is.
type measure func(ctx context.Context, embedder retrieval.Embedder, d data, out, progress io.Writer) error

// printMeasured writes how far it is to standard error.
func printMeasured(ctx context.Context, sven string, measured measure) error {
	data, err := readData(sven)
	if err != nil {
		return err
	}
	embedder, err := openEmbedder(ctx)
	if err != nil {
		return err
	}
	defer embedder.Close()
	return measured(ctx, embedder, data, os.Stdout, os.Stderr)
}

func openEmbedder(ctx context.Context) (*embed.MiniLM, error) {
	return seccoder.Config{CacheDir: os.Getenv("SECCODER_CACHE_DIR")}.OpenEmbedder(ctx)
}
