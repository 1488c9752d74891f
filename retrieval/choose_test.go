package retrieval_test

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/lang"
	"github.com/seccoder/seccoder/retrieval"
)

func mustChoose(t *testing.T, r retrieval.Chooser, query retrieval.Query, n int, sure float64) []retrieval.Match {
	t.Helper()
	matches, err := r.Choose(t.Context(), query, n, sure)
	if err != nil {
		t.Fatal(err)
	}
	return matches
}

func titles(matches []retrieval.Match) string {
	var all []string
	for _, m := range matches {
		all = append(all, m.Example.Title)
	}
	return strings.Join(all, " ")
}

// TestSpread wants the second to be another thing than the first, and near.
func TestSpread(t *testing.T) {
	match := func(score float64, title, code string) retrieval.Match {
		return retrieval.Match{Example: example(lang.Python, title, code), Score: score}
	}
	matches := []retrieval.Match{
		match(3, "first", "cursor.execute(query, values)\nrow = cursor.fetchone()\nreturn row"),
		match(2.9, "same", "cursor.execute(query, values)\nrow = cursor.fetchone()\nreturn row"),
		match(2.5, "other", "with engine.begin() as connection:\n    connection.scalars(select(User))"),
		match(-9, "far", "print(len(rows))"),
	}
	for n, want := range []string{"", "first", "first same", "first other same", "first other same far"} {
		if got := titles(retrieval.Spread(matches[:n])); got != want {
			t.Errorf("of %d: %q, want %q", n, got, want)
		}
	}
	for i := range matches {
		matches[i].Score = 1
	}
	if got := titles(retrieval.Spread(matches)); !strings.HasSuffix(got, "same") {
		t.Errorf("all as near: %q, want what the first tells last", got)
	}
}

// TestChoose has examples of one weakness, of its kin and of a stranger.
func TestChoose(t *testing.T) {
	code := func(title, code string, cwes ...codebase.CWE) codebase.Example {
		return of(example(lang.Python, title, code), cwes...)
	}
	store := mustStore(t,
		code("first", "cursor.execute(query, values)\nrow = cursor.fetchone()\nreturn row", 89),
		code("same", "cursor.execute(query, values)\nrow = cursor.fetchone()\nreturn row[0]", 89),
		code("other", "cursor.execute(query, values)\nwith engine.begin() as connection: return connection.scalars(select(User).where(User.name == name)).one_or_none()", 89),
		code("kin", "engine.connect().execute(text(query), values)", 564),
		code("far", "print(len(rows))", 89),
		code("stranger", "subprocess.run([tool, path], check=True)", 78))
	r := retrieval.NewFused(store, bagOfWords{256})
	query := retrieval.Query{Text: "cursor.execute(query, values)\nrow = cursor.fetchone()\n", Language: lang.Python}
	ranked := mustRetrieve(t, r, query, 9)
	for _, test := range []struct {
		n     int
		sure  float64
		count int
		begin string
		last  string
	}{
		{9, 0.5, 5, "first ", ""}, {2, 0.5, 2, "first ", ""}, {1, 0.5, 1, "first", "first"},
		{9, 0, 6, "first ", "stranger"}, {9, 0.999, 1, "first", "first"}, {0, 0, 0, "", ""},
	} {
		matches := mustChoose(t, r, query, test.n, test.sure)
		if got := titles(matches); len(matches) != test.count || !strings.HasPrefix(got, test.begin) || !strings.HasSuffix(got, test.last) {
			t.Errorf("%d with confidence %v: %q, want %d that begin with %q and end with %q", test.n, test.sure, got, test.count, test.begin, test.last)
		}
		for _, m := range matches {
			sure := m.Example.Title != "stranger"
			if likeliest := m.Example.Title != "stranger"; strings.Contains(m.Why, " likeliest (") != likeliest {
				t.Errorf("why of %s is %q", m.Example.Title, m.Why)
			}
			if m.Confidence == 0 || sure != (m.Confidence == ranked[0].Confidence) || m.Score != m.Parts.Weakness.Probability {
				t.Errorf("%s has confidence %v and score %v; the first of all has %v", m.Example.Title, m.Confidence, m.Score, ranked[0].Confidence)
			}
		}
	}
	query.Only.CWEs = []codebase.CWE{78}
	if got := mustChoose(t, r, query, 3, 0.5); len(got) != 1 || got[0].Example.Title != "stranger" || got[0].Confidence > 0.5 {
		t.Errorf("of a filter: %q with confidence %v", titles(got), got[0].Confidence)
	}
	query = retrieval.Query{Text: "cursor"}
	if got, want := mustChoose(t, r, query, 3, 0.5), mustRetrieve(t, r, query, 3); titles(got) != titles(want) {
		t.Errorf("words: %q, want the ranking, %q", titles(got), titles(want))
	}
}

// TestChooseAnyway wants of many awkward corpora what holds of all: the ranking's first
// first, nobody twice, and as many as there are.
func TestChooseAnyway(t *testing.T) {
	for n := range 12 {
		var examples []codebase.Example
		for i := range n {
			cwes := [][]codebase.CWE{{787}, {121, 193}, nil, {122, 787}, {20}, {89, 564}}[(i*n)%6]
			examples = append(examples, of(example(lang.C, fmt.Sprint("t", i), strings.Repeat(fmt.Sprintf("x%d = 1;\n", i%3), 1+i%4)+fmt.Sprint(i)), cwes...))
		}
		r := retrieval.NewFused(mustStore(t, examples...), bagOfWords{64})
		query := retrieval.Query{Text: "x1 = 1;", Language: lang.C}
		want, got := mustRetrieve(t, r, query, 99), mustChoose(t, r, query, 99, 0)
		if len(got) != n || n > 0 && (got[0].Example.ID != want[0].Example.ID || math.Abs(got[0].Confidence-want[0].Confidence) > 1e-12) {
			t.Errorf("%d examples: chose %q, ranked %q", n, titles(got), titles(want))
		}
		seen := map[string]bool{}
		if slices.ContainsFunc(got, func(m retrieval.Match) bool { twice := seen[m.Example.ID]; seen[m.Example.ID] = true; return twice }) {
			t.Errorf("%d examples: chose one twice: %q", n, titles(got))
		}
	}
}

// TestChooseTwoKinds has two weaknesses between which nothing can decide: where less is
// wanted than to be sure, one of each is shown before a second of the first.
func TestChooseTwoKinds(t *testing.T) {
	var examples []codebase.Example
	for i := range 6 {
		examples = append(examples, of(example(lang.Python, "Do it", fmt.Sprintf("x = y\nz%d = 1", i)), []codebase.CWE{1000, 1001}[i%2]))
	}
	r := retrieval.NewFused(mustStore(t, examples...), bagOfWords{64})
	query := retrieval.Query{Text: "x = y", Language: lang.Python}
	matches := mustChoose(t, r, query, 6, 0)
	for i, m := range matches {
		if i > 0 && m.Example.CWEs[0] == matches[i-1].Example.CWEs[0] {
			t.Errorf("example %d is of the weakness of the one before: %s", i+1, m.Why)
		}
	}
	ifAny := matches[0].Confidence / mustDanger(t).Of(query.Language, query.Text)
	if len(matches) != 6 || ifAny < 0.2 || ifAny > 0.4 {
		t.Errorf("%d matches with confidence %v where any weakness is near", len(matches), ifAny)
	}
	if got := mustChoose(t, r, query, 6, 0.5); len(got) != 1 {
		t.Errorf("%d matches where more is wanted, the first that says so is enough", len(got))
	}
}
