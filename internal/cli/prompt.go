package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/seccoder/seccoder"
	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/integration"
	"github.com/seccoder/seccoder/model"
	"github.com/seccoder/seccoder/retrieval"
)

type promptOptions struct {
	language string
	examples []string
}

func newPrompt(a *app) *cobra.Command {
	var o promptOptions
	cmd := &cobra.Command{
		Use:   "prompt [FILE[:LINE[:COL]]]",
		Short: "Print exactly what the model would get",
		Long: `Print the prompt that complete would give to the model, and nothing else, to
standard output. --example shows a demonstration of your choice: an example of the
secure codebase, by the beginning of its id, or any file, whose text is taken as it
is. You are warned where it does not fit the token budget.

Where the model is not on this machine, its tokens are estimated.`,
		Example: `  seccoder prompt app.py:12
  seccoder prompt app.py --example hostile.txt
  seccoder prompt app.py:12 --retriever none`,
		Args: argCount(0, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.runPrompt(cmd.Context(), strings.Join(args, ""), o)
		},
	}
	a.settings.addCompletionFlags(cmd.Flags())
	cmd.Flags().StringVarP(&o.language, "lang", "l", "", "language: "+languageNames()+" (default: by the file's ending)")
	cmd.Flags().StringArrayVarP(&o.examples, "example", "e", nil, "show this demonstration: an example's id or a file (may be repeated)")
	return cmd
}

func (a *app) runPrompt(ctx context.Context, argument string, o promptOptions) error {
	options, err := a.settings.completion.options()
	if err != nil {
		return err
	}
	s, err := a.readSource(ctx, argument, o.language)
	if err != nil {
		return err
	}
	config, err := a.config()
	if err != nil {
		return err
	}
	if len(o.examples) > 0 {
		if options.Demonstrations, err = a.examples(ctx, config, s, o.examples); err != nil {
			return err
		}
		config.Retriever = retrieval.NameNone
	}
	coder, err := a.openForPrompt(ctx, config, s)
	if err != nil {
		return err
	}
	defer coder.Close()
	p, err := coder.Integrate(ctx, s.prompt(), options)
	if err != nil {
		return err
	}
	if options.Demonstrations != nil {
		a.warnOfSkipped(p.Skipped, options.Demonstrations)
		p.Skipped = nil
	}
	a.explainPrompt(p)
	_, err = fmt.Fprint(a.out, a.shown(a.out, coder.Text(p)))
	return err
}

// openForPrompt opens a Coder, with the form of its prompt alone where the model is not
// on this machine.
func (a *app) openForPrompt(ctx context.Context, config seccoder.Config, s *source) (*seccoder.Coder, error) {
	done := a.later("loading the model")
	defer done()
	coder, err := seccoder.Open(ctx, config)
	missing, ok := asError[*model.NotPulledError](err)
	if !ok || missing.Name == model.DefaultEmbedder {
		return coder, err
	}
	a.note("%s is not on this machine: tokens are estimated", missing.Name)
	config.WithoutModel = true
	if coder, err = seccoder.Open(ctx, config); err != nil {
		return nil, err
	}
	if form, known := promptFormOf(config.Model); known {
		coder.Generator = form
	} else if strings.TrimSpace(s.after) != "" {
		a.warn("without %s, nothing says how %s fills in the middle: the code behind the cursor is not shown", missing.Name, config.Model)
		s.after = ""
	}
	return coder, nil
}

// warnOfSkipped says which of the demonstrations that the user chose are not shown.
func (a *app) warnOfSkipped(skipped []integration.Skip, chosen []codebase.Example) {
	for _, skip := range skipped {
		for _, e := range chosen {
			if e.ID == skip.ID {
				a.warn("%s is not shown: it %s", visible(e.Title), skip.Reason)
				break
			}
		}
	}
}

// examples reads the demonstrations that the user chose.
func (a *app) examples(ctx context.Context, config seccoder.Config, s *source, names []string) ([]codebase.Example, error) {
	var chosen []codebase.Example
	for _, name := range names {
		if text, err := os.ReadFile(name); err == nil {
			e := codebase.Example{Code: string(text), Language: s.language, Title: name}
			e.ID = e.Hash()
			chosen = append(chosen, e)
			continue
		} else if !os.IsNotExist(err) {
			return nil, usagef("read the example: %w", err)
		}
		store, err := config.OpenStore(ctx)
		if err != nil {
			return nil, err
		}
		e, err := store.Get(ctx, name)
		if closeErr := store.Close(); err == nil {
			err = closeErr
		}
		if errors.Is(err, codebase.ErrNotFound) {
			return nil, usagef("--example %s: there is no such file, and %w", name, err)
		}
		if err != nil {
			return nil, fmt.Errorf("--example %s: %w", name, err)
		}
		chosen = append(chosen, e)
	}
	return chosen, nil
}
