// Package cli is the command line: one file a command. It decides what people see:
// results go to standard output and nothing else does; what is going on, and errors,
// go to standard error; progress is a bar on a terminal and plain lines elsewhere.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"github.com/seccoder/seccoder"
	"github.com/seccoder/seccoder/internal/scratch"
)

// An app is one run of the program.
type app struct {
	in  io.Reader
	out *output
	err io.Writer

	settings settings
	quiet    bool
	colour   string // auto, always or never
}

// Main runs the program with the process's arguments, streams and signals, and returns
// the exit code. The first Ctrl-C asks it to stop, a second one ends it at once. What is
// temporary lies in a folder of the process's own.
func Main() int {
	defer scratch.Use()()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop)
	return Run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
}

// Run runs the command line and returns the exit code. ctx ends when the user asks the
// program to stop.
func Run(ctx context.Context, args []string, in io.Reader, out, errOut io.Writer) int {
	a := &app{in: in, out: &output{w: out}, err: errOut}
	root := newRoot(a)
	root.SetArgs(args)
	root.SetIn(in)
	root.SetOut(a.out)
	root.SetErr(errOut)
	err := root.ExecuteContext(ctx)
	if err == nil {
		err = a.out.err
	}
	if err == nil {
		return exitOK
	}
	if ctx.Err() != nil {
		// Whatever the error is, it came of being stopped.
		fmt.Fprintln(errOut, "seccoder: stopped")
		return exitInterrupted
	}
	fmt.Fprintln(errOut, a.paint(errOut, red, "seccoder:"), err)
	if hint := hintFor(err); hint != "" {
		fmt.Fprintln(errOut, a.paint(errOut, bold, "hint:"), hint)
	}
	return exitCode(err)
}

// newRoot builds the whole tree of commands.
func newRoot(a *app) *cobra.Command {
	root := group(&cobra.Command{
		Use:   "seccoder",
		Short: "Safer completions from the code model you already use",
		Long: `SecCoder makes any code model write safer code without training it. It keeps a
codebase of fixed vulnerabilities, finds the one that fits the code being written,
shows it to the model as a demonstration, and lets the frozen model complete.`,
		Example: `  seccoder models pull             get the engine and the default models
  seccoder complete app.py:12      complete at the end of line 12
  seccoder search "run a query with user input"`,
		SilenceErrors:     true,
		SilenceUsage:      true,
		CompletionOptions: cobra.CompletionOptions{DisableDefaultCmd: true},
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error {
			if slices.Contains(withoutSettings, cmd.Name()) {
				return nil
			}
			if err := a.settings.load(cmd); err != nil {
				return err
			}
			return a.checkColour()
		},
	},
		newComplete(a), newCheck(a), newPrompt(a), newSearch(a), newBase(a), newModels(a),
		newEval(a), newDoctor(a), newDemo(a), newVersion(a), newMan(a), newCompletion(a),
	)
	root.SetHelpCommand(newHelp())
	flags := root.PersistentFlags()
	flags.BoolVarP(&a.quiet, "quiet", "q", false, "say nothing but results, warnings and errors")
	flags.StringVar(&a.colour, "color", "auto", "colour in messages: auto, always, never")
	a.settings.addFlags(flags)
	root.SetFlagErrorFunc(flagError)
	root.SetHelpTemplate(root.HelpTemplate() + exitHelp)
	completeValues(root)
	return root
}

// withoutSettings are the commands that work whatever is wrong with the configuration.
var withoutSettings = []string{"help", "completion", cobra.ShellCompRequestCmd, cobra.ShellCompNoDescRequestCmd}

// note tells the user something that is no result.
func (a *app) note(format string, args ...any) {
	if !a.quiet {
		fmt.Fprintf(a.err, format+"\n", args...)
	}
}

// warn tells the user of something that may be wrong, even with --quiet.
func (a *app) warn(format string, args ...any) {
	fmt.Fprintln(a.err, a.paint(a.err, yellow, "warning:"), fmt.Sprintf(format, args...))
}

// firstLine shortens a text for a message.
func firstLine(s string) string {
	line, _, more := strings.Cut(strings.TrimSpace(s), "\n")
	if more {
		line += " …"
	}
	return line
}

// asError is errors.As for a type, without a variable of it.
func asError[E error](err error) (E, bool) { return errors.AsType[E](err) }

// config is that of the settings; what the parts have to tell a person goes to standard error.
func (a *app) config() (seccoder.Config, error) {
	config, err := a.settings.config()
	config.Notice = func(text string) { a.warn("%s", text) }
	return config, err
}

// open builds the Coder of the settings.
func (a *app) open(ctx context.Context) (*seccoder.Coder, error) {
	config, err := a.config()
	if err != nil {
		return nil, err
	}
	done := a.later("loading the model")
	defer done()
	return seccoder.Open(ctx, config)
}
