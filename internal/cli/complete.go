package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/seccoder/seccoder"
)

type completeOptions struct {
	language          string
	showDemonstration bool
	json              bool
	inPlace           bool
}

func newComplete(a *app) *cobra.Command {
	var o completeOptions
	cmd := &cobra.Command{
		Use:   "complete [FILE[:LINE[:COL]]]",
		Short: "Complete the code at a cursor, with a demonstration that fits",
		Long: `Complete the code at the cursor of a file, or behind standard input. The completion
goes to standard output, everything else to standard error. It ends where the
construct under the cursor (function, block) ends.

Without LINE the cursor is at the end of the file, without COL at the end of the
line. Lines and columns count from 1, columns in characters. Where code stands
behind the cursor, models that can fill in the middle do.`,
		Example: `  seccoder complete app.py:12
  seccoder complete app.py:12 --in-place
  seccoder complete buffer.c --n 5 --json
  git show HEAD:app.py | head -20 | seccoder complete --lang python`,
		Args: argCount(0, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.runComplete(cmd.Context(), strings.Join(args, ""), o)
		},
	}
	flags := cmd.Flags()
	a.settings.addCompletionFlags(flags)
	flags.StringVarP(&o.language, "lang", "l", "", "language: "+languageNames()+" (default: by the file's ending)")
	flags.BoolVar(&o.showDemonstration, "show-demonstration", false, "show the demonstration's code on standard error")
	flags.BoolVar(&o.json, "json", false, "print the result as JSON (docs/json.md)")
	flags.BoolVarP(&o.inPlace, "in-place", "i", false, "write the first completion into the file instead of standard output")
	return cmd
}

func (a *app) runComplete(ctx context.Context, argument string, o completeOptions) error {
	options, err := a.settings.completion.options()
	if err != nil {
		return err
	}
	s, err := a.readSource(ctx, argument, o.language)
	if err != nil {
		return err
	}
	if o.inPlace && s.path == "-" {
		return usagef("--in-place needs a file: standard input cannot be written to")
	}
	coder, err := a.open(ctx)
	if err != nil {
		return err
	}
	defer coder.Close()
	reading := func() {}
	options.OnPrompt = func(p seccoder.Integrated) {
		a.explainPrompt(p)
		if o.showDemonstration {
			a.showDemonstration(p)
		}
		reading = a.later(fmt.Sprintf("reading the prompt of %d tokens", p.PromptTokens))
	}
	stream := !o.json && !o.inPlace && options.N == 1
	shown := func() {}
	if stream {
		options.OnText = func(_ int, delta string) {
			reading()
			fmt.Fprint(a.out, a.shown(a.out, delta))
		}
	} else {
		p := a.progress("completing", "characters", -1)
		var length int64
		options.OnText = func(_ int, delta string) {
			reading()
			length += int64(len(delta))
			p.at(length)
		}
		shown = p.end
	}
	result, err := coder.Complete(ctx, s.prompt(), options)
	reading()
	shown()
	if stream && isTerminal(a.out) {
		fmt.Fprintln(a.out)
	}
	if err != nil {
		return err
	}
	if o.inPlace {
		if err := a.writeInPlace(s, result.Completions[0].Text); err != nil {
			return err
		}
	}
	switch {
	case o.json:
		if err := a.printJSON(newCompletionReport(a, s, options, result)); err != nil {
			return err
		}
	case !o.inPlace && !stream:
		a.printAll(result)
	}
	a.explainResult(result)
	return nil
}

func (a *app) writeInPlace(s *source, completion string) error {
	if err := s.writeInPlace(completion); err != nil {
		return err
	}
	lines := strings.Count(completion, "\n")
	if !strings.HasSuffix(completion, "\n") {
		lines++
	}
	a.note("wrote %s into %s", counted(lines, "line"), s.path)
	return nil
}

// printAll prints several completions. What tells them apart goes to standard error.
func (a *app) printAll(result seccoder.Result) {
	for i, c := range result.Completions {
		a.note("%s", a.paint(a.err, bold, fmt.Sprintf("completion %d of %d", i+1, len(result.Completions))))
		fmt.Fprint(a.out, a.shown(a.out, c.Text))
		if !strings.HasSuffix(c.Text, "\n") {
			fmt.Fprintln(a.out)
		}
	}
}

// printJSON prints a value for programs.
func (a *app) printJSON(v any) error { return writeJSON(a.out, v) }

func writeJSON(w io.Writer, v any) error {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(v)
}
