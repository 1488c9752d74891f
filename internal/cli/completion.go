package cli

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/seccoder/seccoder/lang"
	"github.com/seccoder/seccoder/model"
	"github.com/seccoder/seccoder/retrieval"
)

var shells = []string{"bash", "zsh", "fish", "powershell"}

func newCompletion(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "completion bash|zsh|fish|powershell",
		Short: "Print a script that completes seccoder's commands in a shell",
		Long: `Print a script by which a shell completes the commands, flags and names of seccoder
when Tab is pressed. Load it in the shell's start file, as in the examples.`,
		Example: `  source <(seccoder completion bash)                                     in ~/.bashrc
  source <(seccoder completion zsh)                                      in ~/.zshrc
  seccoder completion fish > ~/.config/fish/completions/seccoder.fish    once
  seccoder completion powershell | Out-String | Invoke-Expression        in $PROFILE`,
		Args:      argCount(1, 1),
		ValidArgs: shells,
		RunE: func(cmd *cobra.Command, args []string) error {
			root := cmd.Root()
			switch args[0] {
			case "bash":
				return root.GenBashCompletionV2(a.out, true)
			case "zsh":
				return root.GenZshCompletion(a.out)
			case "fish":
				return root.GenFishCompletion(a.out, true)
			case "powershell":
				return root.GenPowerShellCompletionWithDesc(a.out)
			}
			return commandLinef(cmd, "unknown shell %q (known: %s)", args[0], strings.Join(shells, ", "))
		},
	}
}

// completeValues tells shells the values that flags and arguments may have.
func completeValues(root *cobra.Command) {
	names := model.Builtin().Names()
	values := map[string][]string{
		"model": names, "color": colours, "server-api": serverAPIs,
		"retriever": words(retrieval.Names()), "lang": words(lang.All()),
	}
	var visit func(*cobra.Command)
	visit = func(cmd *cobra.Command) {
		for flag, known := range values {
			if cmd.Flags().Lookup(flag) != nil || cmd.PersistentFlags().Lookup(flag) != nil {
				_ = cmd.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(known, cobra.ShellCompDirectiveDefault))
			}
		}
		if slices.Contains([]string{"pull", "verify", "remove"}, cmd.Name()) && cmd.Parent().Name() == "models" {
			cmd.ValidArgs = names
		}
		for _, sub := range cmd.Commands() {
			visit(sub)
		}
	}
	visit(root)
}

func words[S ~string](values []S) []string {
	all := make([]string, len(values))
	for i, v := range values {
		all[i] = fmt.Sprint(v)
	}
	return all
}
