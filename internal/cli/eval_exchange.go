package cli

import (
	"bufio"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/seccoder/seccoder/eval"
	"github.com/seccoder/seccoder/internal/atomicfile"
)

func newEvalExport(a *app) *cobra.Command {
	var dir, output string
	cmd := &cobra.Command{
		Use:   "export RUN",
		Short: "Write a run's completions, for others to judge or to go on from",
		Long: `Write the completions of a run, finished or not, as JSON Lines: a batch a line, with
the hash of all that determines it. Prompts and judgements are not in it. Where the file is
imported, a run that wants the same completions takes them from there.`,
		Example: `  seccoder eval export last --output completions.jsonl.gz`,
		Args:    argCount(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if output == "" {
				return a.exportRun(cmd.Context(), args[0], dir, a.out)
			}
			err := atomicfile.Write(output, 0o644, func(w io.Writer) error {
				if !strings.HasSuffix(output, ".gz") {
					return a.exportRun(cmd.Context(), args[0], dir, w)
				}
				z, _ := gzip.NewWriterLevel(w, gzip.BestCompression)
				return errors.Join(a.exportRun(cmd.Context(), args[0], dir, z), z.Close())
			})
			if err != nil {
				return fmt.Errorf("write completions to %s: %w", output, err)
			}
			return nil
		},
	}
	addEvalDir(cmd.Flags(), &dir)
	cmd.Flags().StringVar(&output, "output", "", "file to write, compressed if it ends in .gz (default: standard output)")
	oneRun(cmd.Flags())
	return cmd
}

func (a *app) exportRun(ctx context.Context, id, dir string, w io.Writer) error {
	var wrote, of int
	err := a.withRunner(ctx, dir, func(runner *eval.Runner) (err error) {
		wrote, of, err = runner.Export(ctx, id, w)
		return runError(err)
	})
	if err != nil {
		return err
	}
	if wrote < of {
		a.warn("%d of %s are left out: they are not made yet, or another version of seccoder made their prompts; seccoder eval resume %s makes them available",
			of-wrote, counted(of, "batch"), id)
	}
	a.note("wrote %s", counted(wrote, "batch"))
	return nil
}

func newEvalImport(a *app) *cobra.Command {
	var dir string
	cmd := &cobra.Command{
		Use:   "import FILE",
		Short: "Take over completions that a run elsewhere has made",
		Long: `Take over the completions that "seccoder eval export" wrote, compressed or not. A run
that wants them judges them here, and generates what is missing only. That they are what
the model wrote cannot be checked: trust whom you have them from.`,
		Example: `  seccoder eval import completions.jsonl.gz
  seccoder eval run table.toml`,
		Args: argCount(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			path, err := evalDir(dir)
			if err != nil {
				return err
			}
			in, err := os.Open(args[0])
			if err != nil {
				return usagef("read completions: %w", err)
			}
			defer in.Close()
			text, err := uncompressed(in)
			if err != nil {
				return usagef("read completions %s: %w", args[0], err)
			}
			store, err := eval.OpenStore(cmd.Context(), path)
			if err != nil {
				return err
			}
			defer store.Close()
			total, err := store.Import(cmd.Context(), text)
			a.note("%s added, %d were there", counted(total.Added, "batch"), total.Present)
			if err != nil {
				return fmt.Errorf("read completions %s: %w", args[0], err)
			}
			return nil
		},
	}
	addEvalDir(cmd.Flags(), &dir)
	oneRun(cmd.Flags())
	return cmd
}

// uncompressed reads gzip where it begins so, and other text as it is.
func uncompressed(r io.Reader) (io.Reader, error) {
	in := bufio.NewReader(r)
	if magic, err := in.Peek(2); err != nil || magic[0] != 0x1f || magic[1] != 0x8b {
		return in, nil
	}
	return gzip.NewReader(in)
}
