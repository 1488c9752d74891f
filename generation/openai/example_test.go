package openai_test

import (
	"context"
	"fmt"
	"log"
	"strings"

	"github.com/seccoder/seccoder/generation"
	"github.com/seccoder/seccoder/generation/openai"
)

func ExampleGenerator_Generate() {
	g, err := openai.New(openai.Options{BaseURL: "http://127.0.0.1:8080/v1", Model: "qwen2.5-coder-7b"})
	if err != nil {
		log.Fatal(err)
	}
	response, err := g.Generate(context.Background(), generation.Request{
		Prefix:    "def add(a, b):\n    return",
		N:         1,
		MaxTokens: 50,
		Stop: func(text string) (end int, ended bool) { // at the end of the line
			end = strings.IndexByte(text, '\n')
			return end, end >= 0
		},
	})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(response.Completions[0].Text)
}
