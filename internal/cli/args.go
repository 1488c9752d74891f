package cli

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// group makes a command that only holds others: alone it shows its help.
func group(cmd *cobra.Command, commands ...*cobra.Command) *cobra.Command {
	cmd.AddCommand(commands...)
	cmd.Args = func(cmd *cobra.Command, args []string) error {
		if len(args) > 0 {
			return unknownCommand(cmd, args[0])
		}
		return nil
	}
	cmd.RunE = func(cmd *cobra.Command, _ []string) error { return cmd.Help() }
	return cmd
}

func unknownCommand(cmd *cobra.Command, name string) error {
	meant := ""
	if similar := cmd.SuggestionsFor(name); len(similar) > 0 {
		meant = "; did you mean " + strings.Join(similar, " or ") + "?"
	}
	return commandLinef(cmd, "unknown command %q%s", strings.TrimPrefix(cmd.CommandPath()+" "+name, cmd.Root().Name()+" "), meant)
}

// argCount checks that a command has at least least arguments, and at most most where
// that is not negative.
func argCount(least, most int) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		switch {
		case len(args) < least:
			return commandLinef(cmd, "an argument is missing: %s", cmd.UseLine())
		case most == 0 && len(args) > 0:
			return commandLinef(cmd, "%s takes no arguments, got %q", cmd.CommandPath(), args[0])
		case most > 0 && len(args) > most:
			return commandLinef(cmd, "too many arguments from %q on: %s", args[most], cmd.UseLine())
		}
		return nil
	}
}

// flagError says in our words what is wrong with a flag. The first word that is no
// flag is looked at before: of "seccoder complet --n 3" the command is wrong.
func flagError(cmd *cobra.Command, err error) error {
	if cmd.HasSubCommands() && cmd.Flags().NArg() > 0 {
		return unknownCommand(cmd, cmd.Flags().Arg(0))
	}
	if invalid, ok := asError[*pflag.InvalidValueError](err); ok {
		return commandLinef(cmd, "--%s %q: %s", invalid.GetFlag().Name, invalid.GetValue(), valueError(invalid.GetFlag(), invalid.Unwrap()))
	}
	return commandLineError{usageError{err}, cmd.CommandPath()}
}

// valueError says what a value is not.
func valueError(f *pflag.Flag, err error) error {
	if errors.Is(err, strconv.ErrRange) {
		return errors.New("the number is too large")
	}
	expected, ok := map[string]string{
		"int": "a whole number", "uint64": "a whole number, 0 or more", "float64": "a number", "bool": "true or false",
	}[f.Value.Type()]
	if !ok {
		return err
	}
	return fmt.Errorf("expected %s", expected)
}
