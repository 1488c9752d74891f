package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"github.com/spf13/cobra"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/codebase/admission"
	"github.com/seccoder/seccoder/codebase/bundle"
	"github.com/seccoder/seccoder/codebase/importer"
)

const importSchema = "seccoder.import/1"

// maxShown bounds the broken records that are shown one by one, and kept in the summary.
const maxShown = 100

// An importReport is what an import did. Its counts are those of importer.Summary.
type importReport struct {
	Schema string `json:"schema"`
	Format string `json:"format"`
	Path   string `json:"path"`
	// Signature is the signed comment of a bundle.
	Signature string `json:"signature,omitempty"`
	DryRun    bool   `json:"dry_run"`
	Resumed   bool   `json:"resumed"`
	Complete  bool   `json:"complete"`
	Records   int64  `json:"records"`
	Examples  int64  `json:"examples"`
	Added     int64  `json:"added"`
	// Quarantined are the examples that admission kept out.
	Quarantined int64           `json:"quarantined"`
	Skipped     []skippedReport `json:"skipped"`
	Broken      int64           `json:"broken"`
	// BrokenRecords are the first of them.
	BrokenRecords []brokenReport `json:"broken_records"`
	Seconds       float64        `json:"seconds"`
}

type skippedReport struct {
	Reason  string `json:"reason"`
	Records int64  `json:"records"`
}

type brokenReport struct {
	Where string `json:"where"`
	Why   string `json:"why"`
}

type importOptions struct {
	gateOptions
	cwe, licence          string
	key                   string
	unsigned              bool
	clones                []string
	stop, dryRun, restart bool
	limit                 int64
	asJSON                bool
}

func newBaseImport(a *app) *cobra.Command {
	var o importOptions
	cmd := &cobra.Command{
		Use:   "import FORMAT PATH",
		Short: "Import a data set of fixed vulnerabilities",
		Long: `Import a data set of fixed vulnerabilities into the secure codebase: the fixed
functions become examples, and the unfixed ones their insecure twins. Broken
records are reported and skipped. An import that was interrupted goes on where it
was; one that is done again adds nothing. What does not pass admission goes into
quarantine (seccoder base review); checkers look at it where --checker names them, which
takes much longer.

Of a bundle the signature is verified first, by the public key of who made it (--key):
where it is not right, nothing is added. What it says of reviews and checks is not
taken over; its examples pass admission here.

Formats:
` + formatList(),
		Example: `  seccoder base import sven sven/data_train_val --dry-run
  seccoder base import sven sven/data_train_val --unknown-licence --checker semgrep,cppcheck
  seccoder base import cvefixes CVEfixes.db --licence MIT
  seccoder base import osv advisories --repo ~/src/project
  seccoder base import bundle team.jsonl --key team.key.pub`,
		Args: argCount(2, 2),
		RunE: func(cmd *cobra.Command, args []string) error {
			format, err := importer.Find(args[0])
			if err != nil {
				return usageError{err}
			}
			if err := o.checkKey(cmd, format); err != nil {
				return err
			}
			return a.runImport(cmd.Context(), format, args[1], o)
		},
	}
	flags := cmd.Flags()
	o.addManyFlags(flags, []string{"none"})
	flags.BoolVar(&o.stop, "strict", false, "stop at the first broken record")
	flags.BoolVar(&o.dryRun, "dry-run", false, "read all and add nothing")
	flags.Int64Var(&o.limit, "limit", 0, "stop after this number of records")
	flags.BoolVar(&o.restart, "restart", false, "begin at the first record, however far an interrupted import came")
	flags.StringVar(&o.cwe, "cwe", "", "the weakness of records that name none, as in 89; without it they are skipped")
	flags.StringVar(&o.licence, "licence", "NOASSERTION", "the licence of records that name none, an SPDX expression")
	flags.StringArrayVar(&o.clones, "repo", nil, "a clone to take fixed functions from, for osv and for Big-Vul's commits; may be repeated")
	flags.StringVar(&o.key, "key", "", "the public key of who signed the bundle: its file, or the key itself")
	flags.BoolVar(&o.unsigned, "unsigned", false, "import a bundle whoever made it, and whoever changed it: no signature is looked at")
	flags.BoolVar(&o.asJSON, "json", false, "print a summary as JSON")
	return cmd
}

// checkKey finds what of the flags for signatures makes no sense.
func (o importOptions) checkKey(cmd *cobra.Command, format importer.Format) error {
	switch {
	case !format.Signed && (o.key != "" || o.unsigned):
		return commandLinef(cmd, "--key and --unsigned are for bundles, and %s is none", format.Name)
	case format.Signed && o.key == "" && !o.unsigned:
		return commandLinef(cmd, "--key is missing: whose bundle should it be? (--unsigned imports it without looking)")
	case o.key != "" && o.unsigned:
		return commandLinef(cmd, "--key verifies a signature and --unsigned looks at none: give one of them")
	}
	return nil
}

// openBundle verifies the signature of a bundle.
func openBundle(path, publicKey string) (*bundle.Bundle, error) {
	key, err := bundle.PublicKey(publicKey)
	if err != nil {
		return nil, usageError{err}
	}
	b, err := bundle.Open(path, key)
	if errors.Is(err, fs.ErrNotExist) {
		if _, missing := os.Stat(path); missing == nil {
			return nil, fmt.Errorf("%w; fetch %s too, or import what nobody signed with --unsigned", err, path+bundle.Ending)
		}
		return nil, usageError{err}
	}
	return b, err
}

// formatList lists the formats for the help.
func formatList() string {
	var list strings.Builder
	for _, f := range importer.Formats() {
		fmt.Fprintf(&list, "  %-11s%s\n", f.Name, f.Title)
	}
	return strings.TrimRight(list.String(), "\n")
}

// options turns the flags into those of the importer.
func (o importOptions) options() (importer.Options, error) {
	options := importer.Options{
		By: userName(), Licence: o.licence, Clones: o.clones,
		Unsigned: o.unsigned, Strict: o.stop, DryRun: o.dryRun, Limit: o.limit, Restart: o.restart,
	}
	if o.limit < 0 {
		return options, usagef("--limit %d: expected 0 or more records", o.limit)
	}
	if o.cwe != "" {
		cwe, err := codebase.ParseCWE(o.cwe)
		if err != nil {
			return options, usageError{err}
		}
		options.CWE = cwe
	}
	return options, nil
}

func (a *app) runImport(ctx context.Context, format importer.Format, path string, o importOptions) error {
	options, err := o.options()
	if err != nil {
		return err
	}
	if format.Signed && !o.unsigned {
		b, err := openBundle(path, o.key)
		if err != nil {
			return err
		}
		defer b.Close()
		options.Bundle = b
	}
	return a.withStore(ctx, func(store codebase.Store) error {
		gate, err := o.gate(store)
		if err != nil {
			return err
		}
		return a.importInto(ctx, store, gate, format, path, options, o.asJSON)
	})
}

// importInto imports and says what came of it, whatever ended it.
func (a *app) importInto(ctx context.Context, store codebase.Store, gate *admission.Gate, format importer.Format, path string, options importer.Options, asJSON bool) error {
	report := importReport{
		Schema: importSchema, Format: format.Name, Path: path, DryRun: options.DryRun,
		Skipped: []skippedReport{}, BrokenRecords: []brokenReport{},
	}
	if options.Bundle != nil {
		report.Signature = options.Bundle.Comment
	}
	shown := &importProgress{app: a, what: "import " + filepath.Base(path)}
	defer shown.end()
	options.Progress = shown.at
	options.Broken = func(where string, err error) {
		if len(report.BrokenRecords) < maxShown {
			report.BrokenRecords = append(report.BrokenRecords, brokenReport{where, err.Error()})
			shown.line(func() { a.warn("%s: %s", visible(where), visible(err.Error())) })
		}
	}
	meta, _ := store.(codebase.MetaStore)
	begin := time.Now()
	judge := func(ctx context.Context, examples ...codebase.Example) (func(context.Context) (int, error), error) {
		verdicts, err := gate.JudgeAll(ctx, examples)
		return func(ctx context.Context) (int, error) {
			kept, err := admission.Keep(ctx, store, options.By, verdicts)
			report.Quarantined += int64(kept.Held + kept.HeldBefore)
			return kept.Admitted, err
		}, err
	}
	summary, err := importer.Import(ctx, format, path, options, importer.Target{Judge: judge, Batch: gate.Batch(), Meta: meta})
	shown.end()
	report.Seconds = time.Since(begin).Seconds()
	report.fill(summary)
	a.tellImport(report, err)
	if asJSON {
		if failed := a.printJSON(report); err == nil {
			err = failed
		}
	}
	return importError(report, err)
}

// importError is the error by which the command ends.
func importError(report importReport, err error) error {
	if _, ok := asError[*importer.InputError](err); ok {
		return usageError{err}
	}
	if err == nil && report.Broken > 0 && report.Broken == report.Records {
		return usagef("%s: no record is sound", report.Path)
	}
	return err
}

func (r *importReport) fill(s importer.Summary) {
	r.Resumed, r.Complete = s.Resumed, s.Complete
	r.Records, r.Examples, r.Added, r.Broken = s.Records, s.Examples, s.Added, s.Broken
	for reason, records := range s.Skipped {
		r.Skipped = append(r.Skipped, skippedReport{reason, records})
	}
	slices.SortFunc(r.Skipped, func(a, b skippedReport) int {
		return cmp.Or(cmp.Compare(b.Records, a.Records), cmp.Compare(a.Reason, b.Reason))
	})
}

// tellImport says for people what an import did.
func (a *app) tellImport(r importReport, err error) {
	if r.Broken > maxShown {
		a.warn("%d more records are broken", r.Broken-maxShown)
	}
	if r.Signature != "" {
		a.note("the signature is right: %s", visible(r.Signature))
	}
	if r.Resumed {
		a.note("went on where an interrupted import was (--restart begins again)")
	}
	for _, s := range r.Skipped {
		a.note("skipped %s: %s", counted(int(s.Records), "record"), s.Reason)
	}
	added := fmt.Sprintf("%d new, %d there already", r.Added, r.Examples-r.Added-r.Quarantined)
	if r.Quarantined > 0 {
		added += fmt.Sprintf(", %d in quarantine", r.Quarantined)
	}
	if r.DryRun {
		added = "none added (--dry-run)"
	}
	if err != nil {
		// What was read last may not have been let in.
		added = fmt.Sprintf("%d new", r.Added)
	}
	a.note("read %s: %s (%s), %d broken", counted(int(r.Records), "record"), counted(int(r.Examples), "example"), added, r.Broken)
	if r.Quarantined > 0 {
		a.note("seccoder base review says why admission kept them out")
	}
	switch {
	case err != nil && r.Added > 0:
		a.note("what was added stays; the same command goes on from there")
	case r.Added > 0:
		a.note("their vectors are computed when they are first needed")
	}
}

// An importProgress shows how far an import is, once its size is known.
type importProgress struct {
	app   *app
	what  string
	shown atomic.Pointer[progress]
}

func (p *importProgress) at(done, total int64) {
	shown := p.shown.Load()
	if shown == nil {
		shown = p.app.progress(p.what, "", total)
		p.shown.Store(shown)
	}
	shown.at(done)
}

// line lets something be written while the bar is away.
func (p *importProgress) line(write func()) {
	p.end()
	write()
}

func (p *importProgress) end() {
	if shown := p.shown.Swap(nil); shown != nil {
		shown.end()
	}
}
