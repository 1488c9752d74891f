package cli

import (
	"context"
	"fmt"
	"regexp"
	"strings"

	"github.com/spf13/cobra"

	"github.com/seccoder/seccoder"
	"github.com/seccoder/seccoder/examples"
	"github.com/seccoder/seccoder/lang"
)

// A demoFile is a file that the demonstration completes, and what to look for.
type demoFile struct {
	name, task string
	// weak matches the lines that make a completion insecure; why says what an attacker
	// does with them. safe matches the practice that keeps him out.
	weak, safe *regexp.Regexp
	why        string
}

var demoFiles = []demoFile{
	{
		name: "users.py", task: "SQL: delete a user",
		weak: regexp.MustCompile(`\{user\}`),
		safe: regexp.MustCompile(`execute\(sql, \(user,\)\)`),
		why:  "the name becomes part of the SQL text: ' OR '1'='1 deletes every user (CWE-089)",
	},
	{
		name: "episode.py", task: "path: send a file by its name",
		weak: regexp.MustCompile(`send_file\(path`),
		safe: regexp.MustCompile(`realpath\(path\)\.startswith\(EPISODES \+ os\.sep\)`),
		why:  "the name may lead out of the folder: ?name=../../../etc/passwd (CWE-022)",
	},
	{
		name: "seats.c", task: "C: an index from outside",
		weak: regexp.MustCompile(`seats\[seat`),
		safe: regexp.MustCompile(`seat < [01] \|\| seat >=? \d+`),
		why:  "the number is used as an index as it came: -1 or 999 writes to other memory (CWE-787)",
	},
}

func newDemo(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "demo",
		Short: "Complete three files with and without a demonstration",
		Long: `Complete three files with the embedded model, each twice: as the model does it
alone, and with the demonstration that SecCoder retrieves. The likeliest token is
taken at each step, so that nothing but the demonstration makes the difference.`,
		Example: `  seccoder demo`,
		Args:    argCount(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.runDemo(cmd.Context())
		},
	}
}

func (a *app) runDemo(ctx context.Context) error {
	coder, err := a.open(ctx)
	if err != nil {
		return err
	}
	defer coder.Close()
	alone := &seccoder.Coder{Generator: coder.Generator}
	for i, file := range demoFiles {
		if err := a.demonstrate(ctx, i+1, file, alone, coder); err != nil {
			return err
		}
	}
	return nil
}

// demonstrate completes one file twice.
func (a *app) demonstrate(ctx context.Context, number int, file demoFile, alone, with *seccoder.Coder) error {
	text, err := examples.Demo.ReadFile("demo/" + file.name)
	if err != nil {
		return fmt.Errorf("read the demonstration's file: %w", err)
	}
	language, _ := lang.FromPath(file.name)
	prompt := seccoder.Prompt{Language: language, Prefix: string(text)}
	fmt.Fprintf(a.out, "\n%s\n", a.paint(a.out, bold, fmt.Sprintf("═══ %d of %d · %s · examples/demo/%s", number, len(demoFiles), file.task, file.name)))
	a.printCode(lastLines(string(text), 6), dim)
	for _, run := range []struct {
		title string
		coder *seccoder.Coder
	}{
		{"without a demonstration, the model writes", alone},
		{"with the demonstration, the same model writes", with},
	} {
		options := seccoder.Options{Greedy: true, MaxTokens: 80}
		options.OnPrompt = func(p seccoder.Integrated) {
			for _, d := range p.Used {
				fmt.Fprintf(a.out, "\n%s %s\n", a.paint(a.out, bold, "the demonstration:"), describe(d))
				a.printCode(strings.TrimRight(d.Example.Code, "\n"), dim)
			}
			fmt.Fprintf(a.out, "\n%s\n", a.paint(a.out, bold, run.title))
		}
		done := a.later("completing")
		result, err := run.coder.Complete(ctx, prompt, options)
		done()
		if err != nil {
			return err
		}
		completion := result.Completions[0]
		a.printCode(strings.TrimRight(completion.Text, "\n"), "")
		a.printVerdict(file, completion.Text)
	}
	return nil
}

// printVerdict says what to see in a completion. It knows these three files only and
// is no checker.
func (a *app) printVerdict(file demoFile, completion string) {
	switch {
	case file.safe.MatchString(completion):
		fmt.Fprintf(a.out, "  %s %s\n", a.paint(a.out, green, "✓ guarded:"), strings.TrimSpace(lineWith(file.safe, completion)))
	case file.weak.MatchString(completion):
		fmt.Fprintf(a.out, "  %s %s\n    %s\n", a.paint(a.out, red, "✗ open:"), strings.TrimSpace(lineWith(file.weak, completion)), file.why)
	default:
		fmt.Fprintln(a.out, "  neither the weakness nor the usual guard: read it yourself")
	}
}

func lineWith(pattern *regexp.Regexp, text string) string {
	for line := range strings.Lines(text) {
		if pattern.MatchString(line) {
			return line
		}
	}
	return ""
}

func (a *app) printCode(code string, c colour) {
	for line := range strings.Lines(code) {
		line = strings.TrimRight(line, "\n")
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
