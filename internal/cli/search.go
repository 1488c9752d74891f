package cli

import (
	"context"
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/seccoder/seccoder"
	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/integration"
	"github.com/seccoder/seccoder/lang"
	"github.com/seccoder/seccoder/retrieval"
)

type searchOptions struct {
	filterOptions // but its CWE
	cwes          []string
	limit         int
	forModel      bool
	show, json    bool
}

func newSearch(a *app) *cobra.Command {
	var o searchOptions
	cmd := &cobra.Command{
		Use:   "search TEXT|FILE[:LINE[:COL]]",
		Short: "Search the secure codebase",
		Long: `Search the secure codebase by words or by the code before a cursor, with the
retriever that complete uses. What names a file is read as one; its language, where
the ending tells it, limits the search.

Each result says why it is there: the parts of its score, the words that it shares
with the query, and the lines of its code that have most of them. The filters choose
which examples are shown; which weakness lurks in the code is decided without them.

A search ranks for a person who looks around: its second result is mostly of another
weakness. --for-model gives what complete would show to a model instead, for a coding
agent's own context: examples of the likeliest weakness, or none where the retriever is
not sure enough (--abstain-below). It wants code, in a file or as - on standard input.`,
		Example: `  seccoder search "upload a file"
  seccoder search app.py:12 --limit 1 --show
  seccoder search app.py:12 --for-model --json
  seccoder search app.py:12 --cwe 22 --cwe 89 --source git --since 2026-01-31
  seccoder search --lang c "copy a string" --retriever bm25 --json`,
		Args: argCount(1, -1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := o.check(cmd.Flags()); err != nil {
				return err
			}
			return a.runSearch(cmd.Context(), strings.Join(args, " "), o)
		},
	}
	flags := cmd.Flags()
	o.addFlagsButCWE(flags)
	flags.StringArrayVar(&o.cwes, "cwe", nil, "only examples of this CWE or of a kind of it, as in 89; may be repeated")
	flags.IntVar(&o.limit, "limit", 5, "largest number of results")
	flags.BoolVar(&o.forModel, "for-model", false, "find what complete would show to a model, at most --top-k examples, or none")
	flags.BoolVar(&o.show, "show", false, "print the code of each result")
	flags.BoolVar(&o.json, "json", false, "print the result as JSON (docs/json.md)")
	oneRun(flags)
	a.settings.addTopKFlag(flags, "largest number of demonstrations, with --for-model")
	return cmd
}

// check finds flags that mean nothing, alone or together.
func (o *searchOptions) check(flags *pflag.FlagSet) error {
	switch {
	case o.limit < 1:
		return usagef("--limit %d: expected at least 1", o.limit)
	case !o.forModel && flags.Changed("top-k"):
		return usagef("--top-k is how many examples --for-model finds: give that, or --limit")
	case !o.forModel:
		return nil
	case flags.Changed("limit"):
		return usagef("--for-model finds as many examples as complete would show: give --top-k and not --limit")
	case o.filters():
		return usagef("--for-model finds what complete would show, which leaves nothing out: give no --cwe, --source and --since with it")
	}
	return nil
}

// filters reports whether the flags leave examples out that complete would not.
func (o *searchOptions) filters() bool { return len(o.cwes) > 0 || o.source != "" || o.since != "" }

// only is what the flags filter by, but for the language, which a file may tell.
func (o *searchOptions) only() (retrieval.Filter, error) {
	f, err := o.filter()
	if err != nil {
		return retrieval.Filter{}, err
	}
	only := retrieval.Filter{SourceKind: f.SourceKind, Since: f.Since}
	for _, text := range o.cwes {
		cwe, err := codebase.ParseCWE(text)
		if err != nil {
			return retrieval.Filter{}, usageError{err}
		}
		only.CWEs = append(only.CWEs, cwe)
	}
	return only, nil
}

// found is what a search found.
type found struct {
	matches []seccoder.Demonstration
	// abstained says that complete would show nothing, for want of confidence.
	abstained bool
	// skipped is what complete would pass over.
	skipped []integration.Skip
}

func (a *app) runSearch(ctx context.Context, argument string, o searchOptions) error {
	if strings.TrimSpace(argument) == "" {
		return usagef("nothing to search for: give words or a file")
	}
	query, f, err := a.find(ctx, argument, o)
	if err != nil {
		return err
	}
	if o.json {
		return a.printJSON(newSearchReport(argument, a.settings.retriever, query, o, f))
	}
	a.explainSkipped(f.matches, f.skipped)
	if len(f.matches) == 0 && len(f.skipped) == 0 {
		a.note("nothing found")
	}
	for i, m := range f.matches {
		meaning := ""
		if i == 0 && f.abstained {
			meaning = fmt.Sprintf(", below %.2f: complete would show none", a.settings.abstainBelow)
		}
		a.printMatch(m, meaning, o.show)
	}
	return nil
}

// find looks the argument up, as for a person or as complete does.
func (a *app) find(ctx context.Context, argument string, o searchOptions) (retrieval.Query, found, error) {
	if o.forModel {
		s, err := a.readSource(ctx, argument, o.language)
		if err != nil {
			return retrieval.Query{}, found{}, err
		}
		f, err := a.findForModel(ctx, s.prompt())
		return retrieval.Query{Text: s.before, Language: s.language}, f, err
	}
	only, err := o.only()
	if err != nil {
		return retrieval.Query{}, found{}, err
	}
	query, err := searchQuery(argument, o.language)
	if err != nil {
		return retrieval.Query{}, found{}, err
	}
	if _, known := lang.FromPath(argument); known && query.Text == argument && !strings.ContainsAny(argument, " \t\n") {
		a.note("there is no file %s: this searches for its name's words", visible(argument))
	}
	query.Only = only
	f, err := a.search(ctx, query, o)
	return query, f, err
}

// searchConfig is what the settings say of the retriever, of which there must be one.
func (a *app) searchConfig() (seccoder.Config, error) {
	config, err := a.config()
	if err == nil && config.Retriever == retrieval.NameNone {
		err = usagef("search needs a retriever: fused, dense, bm25 or random")
	}
	return config, err
}

// findForModel makes the prompt that complete would make, but for the model's own count of
// tokens: that would take as long as to load it.
func (a *app) findForModel(ctx context.Context, p seccoder.Prompt) (found, error) {
	if err := a.settings.completion.checkTopK(); err != nil {
		return found{}, err
	}
	config, err := a.searchConfig()
	if err != nil {
		return found{}, err
	}
	config.WithoutModel = config.Server == nil
	coder, err := seccoder.Open(ctx, config)
	if err != nil {
		return found{}, err
	}
	defer coder.Close()
	if form, known := promptFormOf(config.Model); known && config.WithoutModel {
		coder.Generator = form
	}
	i, err := coder.Integrate(ctx, p, seccoder.Options{TopK: a.settings.completion.topK})
	return found{i.Used, i.Abstained, i.Skipped}, err
}

// search asks the retriever of the settings.
func (a *app) search(ctx context.Context, query retrieval.Query, o searchOptions) (found, error) {
	config, err := a.searchConfig()
	if err != nil {
		return found{}, err
	}
	store, err := config.OpenStore(ctx)
	if err != nil {
		return found{}, err
	}
	defer store.Close()
	retriever, closer, err := config.OpenRetriever(ctx, store)
	if err != nil {
		return found{}, err
	}
	if closer != nil {
		defer closer.Close()
	}
	matches, err := retriever.Retrieve(ctx, query, o.limit)
	if err != nil {
		return found{}, err
	}
	var f found
	for i, m := range matches {
		f.matches = append(f.matches, seccoder.DemonstrationOf(i+1, m))
	}
	// What is first only since others were left out is not what complete would look at.
	f.abstained = len(matches) > 0 && !o.filters() && seccoder.Abstains(matches[0].Confidence, a.settings.abstainBelow)
	return f, nil
}

// searchQuery takes the argument as a file where it names one, as words elsewhere.
func searchQuery(argument, language string) (retrieval.Query, error) {
	path, _, _, err := splitCursor(argument)
	if err == nil {
		if info, statErr := os.Stat(path); statErr == nil && info.Mode().IsRegular() {
			s, err := readText(argument)
			if err != nil {
				return retrieval.Query{}, err
			}
			if _, known := lang.FromPath(path); known || language != "" {
				err = s.setLanguage(language)
			}
			return retrieval.Query{Text: s.before, Language: s.language}, err
		}
	}
	q := retrieval.Query{Text: argument}
	if language != "" {
		if q.Language, err = lang.Parse(language); err != nil {
			return retrieval.Query{}, usageError{err}
		}
	}
	return q, nil
}
