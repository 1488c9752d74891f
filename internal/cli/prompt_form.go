package cli

import (
	"context"
	"errors"

	"github.com/seccoder/seccoder/generation"
	"github.com/seccoder/seccoder/model"
)

// A promptForm stands for a model that is not on this machine: it makes prompts in the
// form that the catalogue says, and completes nothing.
type promptForm struct{ prompt model.Prompt }

var (
	_ generation.Infiller     = promptForm{}
	_ generation.Renderer     = promptForm{}
	_ generation.ContextSizer = promptForm{}
)

// promptFormOf finds the form of a model of the catalogue.
func promptFormOf(name string) (promptForm, bool) {
	artifact, err := model.Builtin().Find(name, "")
	if err != nil || artifact.Kind != model.KindGenerator {
		return promptForm{}, false
	}
	if artifact.Prompt == nil {
		return promptForm{}, true
	}
	return promptForm{*artifact.Prompt}, true
}

// Generate implements generation.Generator.
func (promptForm) Generate(context.Context, generation.Request) (generation.Response, error) {
	return generation.Response{}, errors.New("generate: the model is not on this machine")
}

// CanInfill implements generation.Infiller.
func (f promptForm) CanInfill() bool { return f.prompt.Infill != nil }

// ContextTokens implements generation.ContextSizer.
func (f promptForm) ContextTokens() int { return f.prompt.ContextTokens }

// Render implements generation.Renderer.
func (f promptForm) Render(r generation.Request) string {
	marks := f.prompt.Infill
	if r.Suffix == "" || marks == nil {
		return r.Demonstration + r.Prefix
	}
	return marks.Prefix + r.Demonstration + r.Prefix + marks.Suffix + r.Suffix + marks.Middle
}
