package seccoder_test

import (
	"context"
	"fmt"
	"log"
	"os"
	"path/filepath"

	"github.com/seccoder/seccoder"
	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/codebase/sqlite"
	"github.com/seccoder/seccoder/lang"
	"github.com/seccoder/seccoder/retrieval"
)

// The defaults: the embedded engine with the models that "seccoder models pull" has
// fetched, and the starter codebase.
func ExampleOpen() {
	ctx := context.Background()
	seccoder.RunWorker() // first in main: the engine starts its worker from this binary
	coder, err := seccoder.Open(ctx, seccoder.Config{})
	if err != nil {
		log.Fatal(err) // a model that is missing: the error says how to get it
	}
	defer coder.Close()
	prompt := seccoder.Prompt{Language: lang.C, Prefix: "int reading_at(const int *readings, int n, int i)\n{\n"}
	result, err := coder.Complete(ctx, prompt, seccoder.Options{MaxTokens: 120})
	if err != nil {
		log.Fatal(err)
	}
	for _, d := range result.Prompt.Used {
		log.Printf("demonstration: %s (%s)", d.Example.Title, d.Why)
	}
	fmt.Print(prompt.Prefix, result.Completions[0].Text)
}

// A Coder without a model makes prompts: what is retrieved, and what the model
// would read.
func ExampleCoder_Integrate() {
	ctx := context.Background()
	folder, err := os.MkdirTemp("", "seccoder")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(folder)
	store, err := sqlite.Open(ctx, filepath.Join(folder, "codebase.db"), sqlite.Options{})
	if err != nil {
		log.Fatal(err)
	}
	defer store.Close()
	if _, _, err := codebase.SyncStarter(ctx, store); err != nil {
		log.Fatal(err)
	}
	coder := &seccoder.Coder{Retriever: retrieval.NewBM25(store, retrieval.BM25Options{})}
	prompt, err := coder.Integrate(ctx, seccoder.Prompt{
		Language: lang.C,
		Prefix:   "int log_file_path(char *path, size_t path_size, const char *dir, const char *host) {\n",
	}, seccoder.Options{TopK: 1})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(prompt.Used[0].Example.CWEs, prompt.Used[0].Example.Title)
	fmt.Print(coder.Text(prompt))
	// Output:
	// [CWE-787] Join a directory and a file name into a path
	// #if 0
	// #include <stdio.h>
	//
	// int build_file_path(char *path, size_t path_size, const char *dir, const char *name) {
	//     // never writes more than path_size bytes and tells how many were needed
	//     return snprintf(path, path_size, "%s/%s", dir, name);
	// }
	// #endif
	// int log_file_path(char *path, size_t path_size, const char *dir, const char *host) {
}
