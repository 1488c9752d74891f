package cli

import (
	"context"
	"errors"
	"fmt"
	"os"

	"aead.dev/minisign"
	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/codebase/bundle"
)

// passwordVariable is where the password of a secret key may stand.
const passwordVariable = "SECCODER_KEY_PASSWORD"

type exportOptions struct {
	filterOptions
	sign string
	json bool
}

func newBaseExport(a *app) *cobra.Command {
	var o exportOptions
	cmd := &cobra.Command{
		Use:   "export [FILE]",
		Short: "Write examples as JSON Lines; sign them, to hand them on",
		Long: `Write the examples as JSON Lines, one in a line, to standard output or into a file,
which is written as a whole or not at all. With --sign the file is a bundle: its
signature lies beside it in FILE.minisig, and base verify, or minisign itself, tells
whether anybody changed it. What is in quarantine is not written.`,
		Example: `  seccoder base export > all.jsonl
  seccoder base export team.jsonl --source git --sign team.key`,
		Args: argCount(0, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			filter, err := o.filter()
			if err != nil {
				return err
			}
			switch {
			case o.sign != "" && len(args) == 0:
				return commandLinef(cmd, "--sign needs a FILE, beside which the signature lies")
			case o.json && len(args) == 0:
				return commandLinef(cmd, "--json needs a FILE: without one the examples are what is printed")
			}
			return a.withStore(cmd.Context(), func(store codebase.Store) error {
				if len(args) == 0 {
					_, err := bundle.Encode(a.out, store.Examples(cmd.Context(), filter))
					return err
				}
				return a.export(cmd.Context(), store, filter, args[0], o)
			})
		},
	}
	o.addFlags(cmd.Flags())
	cmd.Flags().StringVar(&o.sign, "sign", "", "sign by the secret key in this file; its password is asked for, or in "+passwordVariable)
	cmd.Flags().BoolVar(&o.json, "json", false, "print what was written as JSON")
	return cmd
}

type exportReport struct {
	Schema    string `json:"schema"`
	File      string `json:"file"`
	Examples  int    `json:"examples"`
	Signature string `json:"signature,omitempty"`
}

func (a *app) export(ctx context.Context, store codebase.Store, filter codebase.Filter, path string, o exportOptions) error {
	var key *minisign.PrivateKey
	report := exportReport{Schema: "seccoder.export/1", File: path}
	if o.sign != "" {
		secret, err := bundle.SecretKey(o.sign, a.keyPassword)
		if err != nil {
			return usageError{err}
		}
		key, report.Signature = &secret, path+bundle.Ending
	}
	n, err := bundle.Write(path, key, store.Examples(ctx, filter))
	if err != nil {
		return err
	}
	report.Examples = n
	a.note("wrote %s into %s", counted(n, "example"), visible(path))
	if o.json {
		return a.printJSON(report)
	}
	return nil
}

// keyPassword asks for the password of a secret key.
func (a *app) keyPassword() (string, error) {
	if password := os.Getenv(passwordVariable); password != "" {
		return password, nil
	}
	if !isTerminal(a.in) {
		return "", errors.New("the key has a password: set " + passwordVariable + ", or run this on a terminal")
	}
	fmt.Fprint(a.err, "password of the key: ")
	password, err := term.ReadPassword(int(file(a.in).Fd()))
	fmt.Fprintln(a.err)
	return string(password), err
}

type keyReport struct {
	Schema    string `json:"schema"`
	Secret    string `json:"secret_file"`
	Public    string `json:"public_file"`
	PublicKey string `json:"public_key"`
}

func newBaseKey(a *app) *cobra.Command {
	var open, asJSON bool
	cmd := &cobra.Command{
		Use:   "key FILE",
		Short: "Make the keys that bundles are signed and verified by",
		Long: `Make a pair of keys: the secret one in FILE, to sign by, and the public one in
FILE.pub, which receivers need. They are minisign's. The secret key is encrypted by a
password, which takes seconds and 1 GB of memory on purpose.`,
		Example: `  seccoder base key team.key`,
		Args:    argCount(1, 1),
		RunE: func(_ *cobra.Command, args []string) error {
			password := ""
			var err error
			if !open {
				if password, err = a.keyPassword(); err != nil {
					return usageError{err}
				}
				if password == "" {
					return usagef("the password is empty; --no-password makes a key without one")
				}
			}
			public, err := bundle.NewKeys(args[0], password)
			if err != nil {
				return err
			}
			if asJSON {
				return a.printJSON(keyReport{"seccoder.key/1", args[0], args[0] + bundle.PublicEnding, public.String()})
			}
			fmt.Fprintln(a.out, public)
			return nil
		},
	}
	cmd.Flags().BoolVar(&open, "no-password", false, "do not encrypt the secret key")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the public key as JSON")
	return cmd
}
