package seccoder_test

import (
	"context"
	"fmt"
	"log"
	"strings"

	"github.com/seccoder/seccoder"
	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/generation"
	"github.com/seccoder/seccoder/lang"
)

// A parrot is the smallest generator: it completes with the first function body of
// the demonstration. A real one asks a model; all else is the same.
type parrot struct{}

func (parrot) Generate(_ context.Context, r generation.Request) (generation.Response, error) {
	_, body, _ := strings.Cut(r.Demonstration, "):\n")
	var response generation.Response
	emitter := generation.NewEmitter(r.Stop, r.OnText, r.N)
	for i := range r.N {
		completion := generation.Completion{Finish: generation.FinishEnd}
		for _, token := range strings.SplitAfter(body, " ") {
			completion.Tokens++
			if emitter.Push(i, token) {
				completion.Finish = generation.FinishStop
				break
			}
		}
		emitter.Finish(i)
		completion.Text = emitter.Text(i)
		response.Completions = append(response.Completions, completion)
	}
	return response, nil
}

// Any retriever and any generator can be put into a Coder. Here the caller chooses
// the demonstration, and the generator needs no model.
func ExampleCoder_Complete() {
	coder := &seccoder.Coder{Generator: parrot{}}
	prompt := seccoder.Prompt{Language: lang.Python, Prefix: "def find_owner(db, name):\n"}
	result, err := coder.Complete(context.Background(), prompt, seccoder.Options{
		Demonstrations: []codebase.Example{{
			Language: lang.Python,
			Code:     "def find_pet(db, name):\n    row = db.execute('SELECT id FROM pet WHERE name = ?', (name,))\n    return row.fetchone()\n",
		}},
		OnText: func(_ int, delta string) { fmt.Print(delta) }, // as it grows
	})
	if err != nil {
		log.Fatal(err)
	}
	completion := result.Completions[0]
	fmt.Printf("-- %s after %d tokens; foreign names: %v\n", completion.Finish, completion.Tokens, completion.ForeignNames)
	// Output:
	// row = db.execute('SELECT id FROM pet WHERE name = ?', (name,))
	//     return row.fetchone()
	// -- stop after 20 tokens; foreign names: []
}
