// Likecode makes vectors that lie as those of code do, for bench/nearest: the embeddings of
// functions that everybody has who has Go, and what lies between and around them.
//
//	go run ./bench/nearest/likecode -dir DIR -n 1000,100000,1000000
//
// DIR/n gets n vectors and 200 queries as raw numbers. The queries are embeddings as they are.
// A vector is another embedding, moved by up to 0.6 times the difference of two more. The same
// version of Go gives the same vectors. Embedding takes some minutes.
package main

import (
	"bufio"
	"context"
	"encoding/binary"
	"errors"
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"iter"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/seccoder/seccoder"
	"github.com/seccoder/seccoder/bench/parts"
	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/retrieval"
)

const (
	functions = 1500 // that are embedded
	queries   = 200  // of these
	farthest  = 0.6
	// shortest is the length in bytes of a function that is worth an example.
	shortest = 300
	tellEach = 200
)

func main() {
	seccoder.RunWorker()
	dir := flag.String("dir", "", "folder for the vectors")
	counts := flag.String("n", "100000", "numbers of vectors, separated by commas")
	flag.Parse()
	parts.Main("bench/nearest/likecode", func(ctx context.Context) error { return run(ctx, *dir, *counts) })
}

func run(ctx context.Context, dir, counts string) error {
	if dir == "" {
		return errors.New("-dir says where the vectors go")
	}
	var numbers []int
	for count := range strings.SplitSeq(counts, ",") {
		n, err := strconv.Atoi(count)
		if err != nil || n < 1 {
			return fmt.Errorf("-n %s: %q is no number of vectors", counts, count)
		}
		numbers = append(numbers, n)
	}
	texts, err := libraryFunctions(ctx)
	if err != nil {
		return err
	}
	embeddings, err := embed(ctx, texts)
	if err != nil {
		return err
	}
	for _, n := range numbers {
		if err := write(filepath.Join(dir, strconv.Itoa(n)), embeddings, n); err != nil {
			return err
		}
	}
	return nil
}

// libraryFunctions are functions of Go's standard library, drawn by lot.
func libraryFunctions(ctx context.Context) ([]codebase.Example, error) {
	root, err := exec.CommandContext(ctx, "go", "env", "GOROOT").Output()
	if err != nil {
		return nil, fmt.Errorf("ask go for GOROOT: %w", err)
	}
	var all []codebase.Example
	err = filepath.WalkDir(filepath.Join(strings.TrimSpace(string(root)), "src"), func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && (entry.Name() == "testdata" || entry.Name() == "vendor" || entry.Name() == "cmd") {
			return fs.SkipDir
		}
		if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		some, err := functionsOf(path)
		all = append(all, some...)
		return err
	})
	if err != nil {
		return nil, err
	}
	if len(all) < functions {
		return nil, fmt.Errorf("the standard library has %d functions of %d bytes and more, %d are wanted", len(all), shortest, functions)
	}
	rand.New(rand.NewPCG(1, 384)).Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	return all[:functions], nil
}

func functionsOf(path string) ([]codebase.Example, error) {
	source, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, path, source, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	var all []codebase.Example
	for _, declared := range file.Decls {
		if _, ok := declared.(*ast.FuncDecl); !ok {
			continue
		}
		code := string(source[files.Position(declared.Pos()).Offset:files.Position(declared.End()).Offset])
		if len(code) >= shortest {
			all = append(all, codebase.Example{ID: path, Code: code})
		}
	}
	return all, nil
}

// embed embeds functions as examples are.
func embed(ctx context.Context, texts []codebase.Example) (embeddings [][]float32, err error) {
	embedder, err := seccoder.Config{CacheDir: os.Getenv("SECCODER_CACHE_DIR")}.OpenEmbedder(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, embedder.Close()) }()
	for from := 0; from < len(texts); from += tellEach {
		fmt.Fprintf(os.Stderr, "embedded %d of %d functions\n", from, len(texts))
		some, err := retrieval.EmbedExamples(ctx, embedder, texts[from:min(from+tellEach, len(texts))])
		if err != nil {
			return nil, err
		}
		for _, vector := range some {
			embeddings = append(embeddings, vector.Values)
		}
	}
	return embeddings, nil
}

func write(dir string, embeddings [][]float32, n int) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	asked, base := embeddings[:queries], embeddings[queries:]
	if err := writeVectors(filepath.Join(dir, "queries"), slices.Values(asked)); err != nil {
		return err
	}
	random := rand.New(rand.NewPCG(2, 384))
	return writeVectors(filepath.Join(dir, "vectors"), func(yield func([]float32) bool) {
		for i := 0; i < n && yield(between(random, base)); i++ {
		}
	})
}

// between draws a vector of length 1: an embedding, moved in the direction from one other to
// another.
func between(random *rand.Rand, base [][]float32) []float32 {
	drawn := func() []float32 { return base[random.IntN(len(base))] }
	start, from, to, far := drawn(), drawn(), drawn(), float32(farthest*random.Float64())
	moved, squares := make([]float32, len(start)), 0.0
	for i := range moved {
		moved[i] = start[i] + far*(to[i]-from[i])
		squares += float64(moved[i]) * float64(moved[i])
	}
	for i := range moved {
		moved[i] /= float32(math.Sqrt(squares))
	}
	return moved
}

// writeVectors writes a file of raw numbers, little-endian.
func writeVectors(path string, vectors iter.Seq[[]float32]) (err error) {
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	out := bufio.NewWriter(file)
	for vector := range vectors {
		if err := binary.Write(out, binary.LittleEndian, vector); err != nil {
			return err
		}
	}
	return out.Flush()
}
