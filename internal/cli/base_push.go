package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"github.com/seccoder/seccoder"
	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/codebase/transfer"
	"github.com/seccoder/seccoder/codebase/weaviate"
)

const transferSchema = "seccoder.transfer/1"

// A transferReport is what base push or base pull did.
type transferReport struct {
	Schema string `json:"schema"`
	From   string `json:"from"`
	To     string `json:"to"`
	// Complete says that all was looked at.
	Complete   bool            `json:"complete"`
	Examples   transferCount   `json:"examples"`
	Vectors    []vectorsReport `json:"vectors"`
	Quarantine transferCount   `json:"quarantine"`
	Facts      transferCount   `json:"facts"`
}

type transferCount struct {
	Seen  int `json:"seen"`
	Moved int `json:"moved"`
}

type vectorsReport struct {
	Embedder string `json:"embedder"`
	transferCount
}

const transferHelp = `

A store is an SQLite file, or a Weaviate cluster (docs/stores.md):
weaviate://HOST:PORT[,HOST:PORT…][/NAME]. Examples, their vectors, what is in
quarantine with all that was decided, and what the store notes of imports go over as
they are. What is there already stays, and nothing is removed on either side: to do it
again moves what is new, and one that was stopped goes on.`

func newBasePush(a *app) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "push STORE",
		Short: "Copy the whole codebase into another store",
		Long:  `Copy the whole codebase, of --store, into another store.` + transferHelp,
		Example: `  seccoder base push weaviate://node1:8080,node2:8080,node3:8080
  seccoder base push copy.db --json`,
		Args: argCount(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.runTransfer(cmd.Context(), args[0], true, asJSON)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print what was moved as JSON")
	return cmd
}

func newBasePull(a *app) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "pull STORE",
		Short: "Copy all of another store into the codebase",
		Long:  `Copy all of another store into the codebase, that of --store.` + transferHelp,
		Example: `  seccoder base pull weaviate://node1:8080,node2:8080,node3:8080
  seccoder base pull weaviate://node1:8080 --store copy.db`,
		Args: argCount(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.runTransfer(cmd.Context(), args[0], false, asJSON)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print what was moved as JSON")
	return cmd
}

func (a *app) runTransfer(ctx context.Context, other string, push, asJSON bool) error {
	config, err := a.config()
	if err != nil {
		return err
	}
	if config.StorePath == "" {
		if config.StorePath, err = seccoder.DefaultStorePath(); err != nil {
			return err
		}
	}
	otherConfig := config
	otherConfig.StorePath = other
	report := transferReport{Schema: transferSchema, From: storeName(other), To: storeName(config.StorePath), Vectors: []vectorsReport{}}
	if push {
		report.From, report.To = report.To, report.From
	}
	if err := checkTransfer(config.StorePath, other, push); err != nil {
		return err
	}
	// The starter examples that a user removed are not to come back on the way, so that
	// only the source of a push is brought in line with the program.
	own, err := openFor(ctx, config, push)
	if err != nil {
		return err
	}
	defer own.Close()
	theirs, err := otherConfig.OpenStoreAsIs(ctx)
	if err != nil {
		return err
	}
	defer theirs.Close()
	from, to := theirs, own
	if push {
		from, to = own, theirs
	}
	return a.transfer(ctx, from, to, report, asJSON)
}

func openFor(ctx context.Context, config seccoder.Config, push bool) (codebase.MovableStore, error) {
	if push {
		return config.OpenStore(ctx)
	}
	return config.OpenStoreAsIs(ctx)
}

// checkTransfer finds what is wrong with the two stores' names.
func checkTransfer(own, other string, push bool) error {
	if weaviate.IsAddress(other) {
		if _, err := weaviate.ParseAddress(other); err != nil {
			return usageError{err}
		}
	} else if !push {
		if _, err := os.Stat(other); errors.Is(err, fs.ErrNotExist) {
			return usagef("pull from %s: there is no such file", visible(other))
		}
	}
	if sameStore(own, other) {
		return usagef("%s is the codebase itself: name another store", visible(storeName(other)))
	}
	return nil
}

func sameStore(a, b string) bool {
	if weaviate.IsAddress(a) || weaviate.IsAddress(b) {
		return storeName(a) == storeName(b)
	}
	infoA, errA := os.Stat(a)
	infoB, errB := os.Stat(b)
	if errA == nil && errB == nil {
		return os.SameFile(infoA, infoB)
	}
	absA, _ := filepath.Abs(a)
	absB, _ := filepath.Abs(b)
	return absA == absB
}

// storeName is a store's path, or its address without settings.
func storeName(store string) string {
	if address, err := weaviate.ParseAddress(store); err == nil {
		return address.String()
	}
	return store
}

// transfer moves, and says what was moved, whatever ended it.
func (a *app) transfer(ctx context.Context, from, to codebase.MovableStore, report transferReport, asJSON bool) error {
	shown := a.progress("copy", "examples", 0)
	what := "examples"
	moved, err := transfer.Copy(ctx, from, to, transfer.Options{Progress: func(kind string, done int) {
		if kind != what {
			shown.end()
			what = kind
			shown = a.progress("copy", kind, 0)
		}
		shown.at(int64(done))
	}})
	shown.end()
	report.Complete = err == nil
	report.fill(moved)
	a.note("%s", report.summary())
	if err != nil {
		a.note("what was copied stays; the same command goes on from there")
	}
	if asJSON {
		if failed := a.printJSON(report); err == nil {
			err = failed
		}
	}
	return err
}

func (r *transferReport) fill(moved transfer.Report) {
	r.Examples, r.Quarantine, r.Facts = transferCount(moved.Examples), transferCount(moved.Held), transferCount(moved.Facts)
	for _, embedder := range slices.Sorted(maps.Keys(moved.Vectors)) {
		r.Vectors = append(r.Vectors, vectorsReport{embedder, transferCount(moved.Vectors[embedder])})
	}
}

// summary says for people what was moved.
func (r *transferReport) summary() string {
	vectors, seen := 0, 0
	for _, v := range r.Vectors {
		vectors += v.Moved
		seen += v.Seen
	}
	return fmt.Sprintf("copied %d of %s, %d of %s, %d of %d in quarantine into %s (the rest was there already)",
		r.Examples.Moved, counted(r.Examples.Seen, "example"), vectors, counted(seen, "vector"), r.Quarantine.Moved, r.Quarantine.Seen, visible(r.To))
}
