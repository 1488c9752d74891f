package model_test

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/seccoder/seccoder/model"
)

func ExampleCatalogue_Find() {
	artifact, err := model.Builtin().Find(model.DefaultGenerator, "")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(artifact.Title)
	fmt.Println(artifact.Licence, artifact.Size(), artifact.Prompt.ContextTokens, artifact.Prompt.Infill.Prefix)
	// Output:
	// Qwen2.5-Coder 1.5B Instruct, GGUF Q4_K_M
	// Apache-2.0 1117320768 32768 <|fim_prefix|>
}

func ExampleCache_Resolve() {
	dir, err := os.MkdirTemp("", "models")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(dir)
	cache := model.Cache{Dir: dir}
	_, err = cache.Resolve(context.Background(), "smollm2-135m")
	if missing, ok := errors.AsType[*model.NotPulledError](err); ok {
		fmt.Println("to pull:", missing.Name)
	}
	fmt.Println(err)
	// Output:
	// to pull: smollm2-135m
	// smollm2-135m is not on this machine yet; run: seccoder models pull smollm2-135m
}
