package cli

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/codebase/bundle"
	"github.com/seccoder/seccoder/eval"
	"github.com/seccoder/seccoder/generation"
	"github.com/seccoder/seccoder/model"
)

// The exit codes, one table for the program and its help.
const (
	exitOK          = 0
	exitFailure     = 1
	exitUsage       = 2
	exitIncomplete  = 3
	exitNotPulled   = 4
	exitInterrupted = 130
)

const exitHelp = `
Exit status:
  0    it worked
  1    it failed, or check found something; the message on standard error says which
  2    the command line, the configuration or the input is wrong
  3    check found nothing, but could not look at everything; or admission put something into quarantine
  4    a model or the engine is not on this machine yet (seccoder models pull)
  130  stopped by Ctrl-C
`

// A usageError says that what the user gave cannot be worked with.
type usageError struct{ error }

func (e usageError) Unwrap() error { return e.error }

func usagef(format string, args ...any) error { return usageError{fmt.Errorf(format, args...)} }

// A commandLineError is a usageError that the command's help answers.
type commandLineError struct {
	usageError
	command string
}

func (e commandLineError) Unwrap() error { return e.usageError }

func commandLinef(cmd *cobra.Command, format string, args ...any) error {
	return commandLineError{usageError{fmt.Errorf(format, args...)}, cmd.CommandPath()}
}

func exitCode(err error) int {
	if _, ok := asError[usageError](err); ok {
		return exitUsage
	}
	if _, ok := asError[*eval.BadSuiteError](err); ok {
		return exitUsage
	}
	if _, ok := asError[incompleteError](err); ok {
		return exitIncomplete
	}
	if _, ok := asError[quarantinedError](err); ok {
		return exitIncomplete
	}
	if errors.Is(err, model.ErrAltered) {
		return exitFailure // worse than the lack of another model, which may stand beside it
	}
	if _, ok := asError[*model.NotPulledError](err); ok {
		return exitNotPulled
	}
	if _, ok := asError[*model.UnknownNameError](err); ok {
		return exitUsage
	}
	if errors.Is(err, codebase.ErrNotFound) || errors.Is(err, codebase.ErrAmbiguous) || errors.Is(err, codebase.ErrDecided) {
		return exitUsage
	}
	return exitFailure
}

// hintFor says what to do next, where the error itself does not.
func hintFor(err error) string {
	if wrong, ok := asError[commandLineError](err); ok {
		return "see " + wrong.command + " --help"
	}
	if missing, ok := asError[*model.NotPulledError](err); ok && slices.Contains(defaultModels, missing.Name) && !errors.Is(err, model.ErrAltered) {
		return "seccoder models pull, without a name, gets all that complete needs"
	}
	if _, ok := asError[quarantinedError](err); ok {
		return "seccoder base review shows what waits, and lets you accept it with a note"
	}
	if left, ok := asError[*eval.UnusableError](err); ok && errors.Is(left, generation.ErrPromptTooLong) {
		return "for prompts that are too long, run it with --server-context N (context = N of the server in a run file): they are cut to fit, and other prompts are not asked for again; or ask for fewer tokens with --max-tokens"
	}
	switch {
	case errors.Is(err, codebase.ErrNotFound) && strings.Contains(err.Error(), "in quarantine"):
		return "seccoder base review --all shows the ids"
	case errors.Is(err, codebase.ErrNotFound), errors.Is(err, codebase.ErrAmbiguous):
		return "seccoder base list shows the ids"
	case errors.Is(err, bundle.ErrSignature), errors.Is(err, bundle.ErrChanged):
		return "do not use it: get the file, its .minisig and the public key again, from whom you trust"
	case errors.Is(err, generation.ErrPromptTooLong):
		return "ask for fewer tokens with --max-tokens; for a server, --server-context lets longer code be cut to fit"
	}
	return ""
}
