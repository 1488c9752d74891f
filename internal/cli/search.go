package cli

import (
	"context"
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/seccoder/seccoder"
	"github.com/seccoder/seccoder/lang"
	"github.com/seccoder/seccoder/retrieval"
)

const searchSchema = "seccoder.search/1"

type searchOptions struct {
	language string
	limit    int
	json     bool
}

type searchReport struct {
	Schema    string                `json:"schema"`
	Query     string                `json:"query"`
	Language  string                `json:"language"`
	Retriever string                `json:"retriever"`
	Matches   []demonstrationReport `json:"matches"`
}

func newSearch(a *app) *cobra.Command {
	var o searchOptions
	cmd := &cobra.Command{
		Use:   "search TEXT|FILE[:LINE[:COL]]",
		Short: "Search the secure codebase",
		Long: `Search the secure codebase by words or by the code before a cursor, with the
retriever that complete uses. What names a file is read as one; its language, where
the ending tells it, limits the search.`,
		Example: `  seccoder search "upload a file"
  seccoder search app.py:12 --limit 3
  seccoder search --lang c "copy a string" --retriever bm25 --json`,
		Args: argCount(1, -1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.runSearch(cmd.Context(), strings.Join(args, " "), o)
		},
	}
	flags := cmd.Flags()
	flags.StringVarP(&o.language, "lang", "l", "", "only examples that serve this language: "+languageNames())
	flags.IntVar(&o.limit, "limit", 5, "largest number of results")
	flags.BoolVar(&o.json, "json", false, "print the result as JSON (docs/json.md)")
	return cmd
}

func (a *app) runSearch(ctx context.Context, argument string, o searchOptions) error {
	if o.limit < 1 {
		return usagef("--limit %d: expected at least 1", o.limit)
	}
	if strings.TrimSpace(argument) == "" {
		return usagef("nothing to search for: give words or a file")
	}
	query, err := searchQuery(argument, o.language)
	if err != nil {
		return err
	}
	config, err := a.config()
	if err != nil {
		return err
	}
	if config.Retriever == retrieval.NameNone {
		return usagef("search needs a retriever: fused, dense, bm25 or random")
	}
	store, err := config.OpenStore(ctx)
	if err != nil {
		return err
	}
	defer store.Close()
	retriever, closer, err := config.OpenRetriever(ctx, store)
	if err != nil {
		return err
	}
	if closer != nil {
		defer closer.Close()
	}
	matches, err := retriever.Retrieve(ctx, query, o.limit)
	if err != nil {
		return err
	}
	found := make([]seccoder.Demonstration, len(matches))
	for i, m := range matches {
		found[i] = seccoder.Demonstration{Example: m.Example, Rank: i + 1, Score: m.Score, Confidence: m.Confidence, Why: m.Why}
	}
	if o.json {
		return a.printJSON(searchReport{searchSchema, argument, string(query.Language), a.settings.retriever, demonstrationReports(found)})
	}
	if len(found) == 0 {
		a.note("nothing found")
	}
	for _, d := range found {
		fmt.Fprintf(a.out, "%s %s\n", a.paint(a.out, bold, fmt.Sprintf("%d.", d.Rank)), describe(d))
	}
	return nil
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
