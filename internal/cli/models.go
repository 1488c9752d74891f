package cli

import (
	"context"
	"errors"
	"fmt"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/seccoder/seccoder/model"
	"github.com/seccoder/seccoder/retrieval/embed"
)

// defaultModels is what "models pull" gets without a name: all that complete needs.
var defaultModels = []string{model.DefaultEngine, model.DefaultEmbedder, model.DefaultGenerator}

func newModels(a *app) *cobra.Command {
	return group(&cobra.Command{
		Use:   "models",
		Short: "Get, check and remove the engine and the models",
		Example: `  seccoder models list
  seccoder models pull`,
	}, newModelsList(a), newModelsPull(a), newModelsVerify(a), newModelsRemove(a))
}

const modelsSchema = "seccoder.models/1"

type modelsReport struct {
	Schema string        `json:"schema"`
	Models []modelReport `json:"models"`
}

type modelReport struct {
	Name    string `json:"name"`
	Kind    string `json:"kind"`
	Title   string `json:"title"`
	Licence string `json:"licence"`
	Size    int64  `json:"size_bytes"`
	Pulled  bool   `json:"pulled"`
	Partial int64  `json:"partial_bytes"`
	Dir     string `json:"dir"`
}

func newModelsList(a *app) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:     "list",
		Short:   "List what can be had, and what is here",
		Example: `  seccoder models list`,
		Args:    argCount(0, 0),
		RunE: func(*cobra.Command, []string) error {
			all, err := model.Cache{Dir: a.settings.cacheDir}.List()
			if err != nil {
				return err
			}
			report := modelsReport{Schema: modelsSchema, Models: []modelReport{}}
			table := tabwriter.NewWriter(a.out, 0, 0, 2, ' ', 0)
			for _, s := range all {
				state := "-"
				switch {
				case s.Pulled:
					state = "here"
				case s.PartialBytes > 0:
					state = megabytes(s.PartialBytes) + " of it here"
				}
				m := s.Artifact
				fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\t%s\n", m.Name, m.Kind, megabytes(m.Size()), state, m.Licence, m.Title)
				report.Models = append(report.Models, modelReport{m.Name, string(m.Kind), m.Title, m.Licence, m.Size(), s.Pulled, s.PartialBytes, s.Dir})
			}
			if asJSON {
				return a.printJSON(report)
			}
			return table.Flush()
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the list as JSON")
	return cmd
}

func newModelsPull(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "pull [NAME…]",
		Short: "Get the engine and models; without a name, all that is needed",
		Long: `Get the engine and models into the cache folder, from the first source that has
them, and check them against their pinned SHA-256. A download that was broken off
goes on where it was. Without a name: the engine, the embedder and the default model.`,
		Example: `  seccoder models pull
  seccoder models pull qwen2.5-coder-1.5b`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				args = defaultModels
			}
			for _, name := range args {
				if err := a.pull(cmd.Context(), name); err != nil {
					return err
				}
			}
			return nil
		},
	}
}

// builders make the files that are derived from pulled ones.
var builders = map[string]model.Builder{"minilm-gguf": embed.BuildMiniLM}

// pull gets one artifact and shows how far it is.
func (a *app) pull(ctx context.Context, name string) error {
	shown := &pullProgress{app: a}
	defer shown.end()
	cache := model.Cache{Dir: a.settings.cacheDir, Progress: shown.event}
	if _, err := cache.Resolve(ctx, name); err == nil {
		a.note("%s is here already", name)
		return nil
	} else if ctx.Err() != nil {
		return err
	}
	puller := model.Puller{Cache: cache, Builders: builders}
	if err := puller.Pull(ctx, name); err != nil {
		return err
	}
	shown.end()
	a.note("%s is here, its SHA-256 checked", name)
	return nil
}

func newModelsVerify(a *app) *cobra.Command {
	return &cobra.Command{
		Use:     "verify [NAME…]",
		Short:   "Hash the files again; without a name, of all that is here",
		Example: `  seccoder models verify`,
		RunE: func(cmd *cobra.Command, args []string) error {
			shown := &pullProgress{app: a}
			defer shown.end()
			cache := model.Cache{Dir: a.settings.cacheDir, Progress: shown.event}
			if len(args) == 0 {
				all, err := cache.List()
				if err != nil {
					return err
				}
				for _, s := range all {
					if s.Bytes > s.PartialBytes {
						args = append(args, s.Artifact.Name)
					}
				}
			}
			if len(args) == 0 {
				a.note("nothing is here yet")
			}
			var errs []error
			for _, name := range args {
				err := cache.Verify(cmd.Context(), name)
				shown.end()
				if cmd.Context().Err() != nil {
					return err
				}
				if errs = append(errs, err); err == nil {
					fmt.Fprintf(a.out, "%s: as published\n", name)
				}
			}
			return errors.Join(errs...)
		},
	}
}

func newModelsRemove(a *app) *cobra.Command {
	return &cobra.Command{
		Use:     "remove NAME…",
		Short:   "Remove what was pulled",
		Example: `  seccoder models remove qwen2.5-coder-1.5b`,
		Args:    argCount(1, -1),
		RunE: func(cmd *cobra.Command, args []string) error {
			cache := model.Cache{Dir: a.settings.cacheDir}
			for _, name := range args {
				if err := cache.Remove(cmd.Context(), name); err != nil {
					return err
				}
				a.note("removed %s", name)
			}
			return nil
		},
	}
}
