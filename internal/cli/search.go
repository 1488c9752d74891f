package cli

import (
	"context"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/lang"
	"github.com/seccoder/seccoder/retrieval"
)

type searchOptions struct {
	filterOptions // but its CWE
	cwes          []string
	limit         int
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
which examples are shown; which weakness lurks in the code is decided without them.`,
		Example: `  seccoder search "upload a file"
  seccoder search app.py:12 --limit 1 --show
  seccoder search app.py:12 --cwe 22 --cwe 89 --source git --since 2026-01-31
  seccoder search --lang c "copy a string" --retriever bm25 --json`,
		Args: argCount(1, -1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.runSearch(cmd.Context(), strings.Join(args, " "), o)
		},
	}
	flags := cmd.Flags()
	o.addFlagsButCWE(flags)
	flags.StringArrayVar(&o.cwes, "cwe", nil, "only examples of this CWE or of a kind of it, as in 89; may be repeated")
	flags.IntVar(&o.limit, "limit", 5, "largest number of results")
	flags.BoolVar(&o.show, "show", false, "print the code of each result")
	flags.BoolVar(&o.json, "json", false, "print the result as JSON (docs/json.md)")
	oneRun(flags)
	return cmd
}

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

func (a *app) runSearch(ctx context.Context, argument string, o searchOptions) error {
	if o.limit < 1 {
		return usagef("--limit %d: expected at least 1", o.limit)
	}
	if strings.TrimSpace(argument) == "" {
		return usagef("nothing to search for: give words or a file")
	}
	only, err := o.only()
	if err != nil {
		return err
	}
	query, err := searchQuery(argument, o.language)
	if err != nil {
		return err
	}
	if _, known := lang.FromPath(argument); known && query.Text == argument && !strings.ContainsAny(argument, " \t\n") {
		a.note("there is no file %s: this searches for its name's words", visible(argument))
	}
	query.Only = only
	matches, err := a.search(ctx, query, o.limit)
	if err != nil {
		return err
	}
	if o.json {
		return a.printJSON(newSearchReport(argument, a.settings.retriever, query, o, matches))
	}
	if len(matches) == 0 {
		a.note("nothing found")
	}
	for i, m := range matches {
		a.printMatch(i+1, m, o.show)
	}
	return nil
}

// search asks the retriever of the settings.
func (a *app) search(ctx context.Context, query retrieval.Query, k int) ([]retrieval.Match, error) {
	config, err := a.config()
	if err != nil {
		return nil, err
	}
	if config.Retriever == retrieval.NameNone {
		return nil, usagef("search needs a retriever: fused, dense, bm25 or random")
	}
	store, err := config.OpenStore(ctx)
	if err != nil {
		return nil, err
	}
	defer store.Close()
	retriever, closer, err := config.OpenRetriever(ctx, store)
	if err != nil {
		return nil, err
	}
	if closer != nil {
		defer closer.Close()
	}
	return retriever.Retrieve(ctx, query, k)
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
