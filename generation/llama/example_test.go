package llama_test

import (
	"context"
	"errors"
	"fmt"
	"log"
	"strings"

	"github.com/seccoder/seccoder/generation"
	"github.com/seccoder/seccoder/generation/llama"
	"github.com/seccoder/seccoder/model"
)

// The program calls llama.RunWorker first in main. Models and engine are pulled once,
// with: seccoder models pull
func Example() {
	ctx := context.Background()
	var cache model.Cache
	engine, engineErr := cache.Resolve(ctx, model.DefaultEngine)
	pulled, err := cache.Resolve(ctx, model.DefaultGenerator)
	if err := errors.Join(engineErr, err); err != nil {
		log.Fatal(err)
	}
	generator, err := llama.New(ctx, llama.Options{LibraryDir: engine.Dir, ModelPath: pulled.Model()})
	if err != nil {
		log.Fatal(err)
	}
	defer generator.Close()

	response, err := generator.Generate(ctx, generation.Request{
		Prefix: "def is_even(n):\n    return ",
		N:      1, MaxTokens: 20, TopP: 1,
		// Ends at the end of the line.
		Stop: func(text string) (int, bool) {
			end := strings.IndexByte(text, '\n')
			return end, end >= 0
		},
		OnText: func(_ int, delta string) { fmt.Print(delta) },
	})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("\ntokens:", response.Usage.CompletionTokens)
}
