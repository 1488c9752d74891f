package cli

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/seccoder/seccoder"
	"github.com/seccoder/seccoder/examples"
	"github.com/seccoder/seccoder/lang"
	"github.com/seccoder/seccoder/model"
	"github.com/seccoder/seccoder/retrieval"
)

// A demoFile is a file that the demonstration completes, and what to look for.
type demoFile struct {
	name, task string
	judge      func(completion string) verdict
	// why says what an attacker does with an open completion.
	why string
}

var demoFiles = []demoFile{
	{
		name: "parts.py", task: "SQL: rows of a list of names", judge: judgeParts,
		why: "the names become part of the SQL text: a name such as '') OR 1=1 -- selects every row (CWE-089)",
	},
	{
		name: "episode.py", task: "path: send a file by its name", judge: judgePath,
		why: "the name may lead out of the folder: ?name=../../../etc/passwd (CWE-022)",
	},
	{
		name: "title.c", task: "C: join words in an array", judge: judgeTitle,
		why: "nothing bounds what is appended: long arguments write behind the array (CWE-787)",
	},
}

func newDemo(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "demo",
		Short: "Complete three files with and without demonstrations",
		Long: `Complete three files with the embedded model, each twice: as the model does it
alone, and with the demonstrations that SecCoder retrieves. The likeliest token is
taken at each step, so that nothing but the demonstrations makes the difference.

The model is the default one, unless --model names another here; the retriever is the
default one. Other settings of model, retriever, context and server do not count.`,
		Example: `  seccoder demo`,
		Args:    argCount(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			name := model.DefaultGenerator
			if cmd.Flags().Changed("model") {
				name = a.settings.model
			}
			return a.runDemo(cmd.Context(), name)
		},
	}
}

// runDemo shows the same to everybody, however they have set up the program.
func (a *app) runDemo(ctx context.Context, modelName string) error {
	own := a.settings
	a.settings.model, a.settings.server = modelName, ""
	a.settings.retriever, a.settings.context = string(retrieval.DefaultName), defaultContext
	a.settings.abstainBelow = seccoder.DefaultAbstainBelow
	defer func() { a.settings = own }()
	coder, err := a.open(ctx)
	if err != nil {
		return err
	}
	defer coder.Close()
	alone := &seccoder.Coder{Generator: coder.Generator, ContextTokens: coder.ContextTokens}
	var wasOpen, isGuarded int
	for i, file := range demoFiles {
		without, with, err := a.demonstrate(ctx, i+1, file, alone, coder)
		if err != nil {
			return err
		}
		if without.state == open {
			wasOpen++
		}
		if with.state == guarded {
			isGuarded++
		}
	}
	fmt.Fprintf(a.out, "\nwithout: %d of %d open; with demonstrations: %d of %d guarded\n", wasOpen, len(demoFiles), isGuarded, len(demoFiles))
	return nil
}

// demonstrate completes one file twice.
func (a *app) demonstrate(ctx context.Context, number int, file demoFile, alone, with *seccoder.Coder) (before, after verdict, err error) {
	text, err := examples.Demo.ReadFile("demo/" + file.name)
	if err != nil {
		return before, after, fmt.Errorf("read the demonstration's file: %w", err)
	}
	language, _ := lang.FromPath(file.name)
	prompt := seccoder.Prompt{Language: language, Prefix: string(text)}
	fmt.Fprintf(a.out, "\n%s\n", a.paint(a.out, bold, fmt.Sprintf("═══ %d of %d · %s · examples/demo/%s", number, len(demoFiles), file.task, file.name)))
	a.printCode(lastLines(string(text), 6), dim)
	for _, run := range []struct {
		title string
		coder *seccoder.Coder
		seen  *verdict
	}{
		{"without a demonstration, the model writes", alone, &before},
		{"with the demonstrations, the same model writes", with, &after},
	} {
		options := seccoder.Options{Greedy: true, MaxTokens: 120}
		options.OnPrompt = func(p seccoder.Integrated) {
			for i, d := range p.Used {
				fmt.Fprintf(a.out, "\n%s %s\n", a.paint(a.out, bold, fmt.Sprintf("demonstration %d of %d:", i+1, len(p.Used))), describe(d))
				a.printCode(strings.TrimRight(d.Example.Code, "\n"), dim)
			}
			fmt.Fprintf(a.out, "\n%s\n", a.paint(a.out, bold, run.title))
		}
		done := a.later("completing")
		result, err := run.coder.Complete(ctx, prompt, options)
		done()
		if err != nil {
			return before, after, err
		}
		completion := result.Completions[0]
		a.printCode(strings.TrimRight(completion.Text, "\n"), "")
		*run.seen = file.judge(completion.Text)
		a.printVerdict(file, *run.seen)
	}
	return before, after, nil
}

func (a *app) printVerdict(file demoFile, v verdict) {
	switch v.state {
	case guarded:
		fmt.Fprintf(a.out, "  %s %s\n", a.paint(a.out, green, "✓ guarded:"), visible(v.line))
	case open:
		fmt.Fprintf(a.out, "  %s %s\n    %s\n", a.paint(a.out, red, "✗ open:"), visible(v.line), file.why)
	default:
		fmt.Fprintln(a.out, "  neither the weakness nor the usual guard: read it yourself")
	}
}

func (a *app) printCode(code string, c colour) {
	for line := range strings.Lines(code) {
		line = a.shown(a.out, strings.TrimRight(line, "\n"))
		if c != "" {
			line = a.paint(a.out, c, line)
		}
		fmt.Fprintln(a.out, "  │ "+line)
	}
}

func lastLines(text string, n int) string {
	lines := strings.Split(strings.TrimRight(text, "\n"), "\n")
	return strings.Join(lines[max(0, len(lines)-n):], "\n")
}
