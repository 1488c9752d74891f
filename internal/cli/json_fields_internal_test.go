package cli

import (
	"maps"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/seccoder/seccoder/check"
	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/codebase/gitmine"
	"github.com/seccoder/seccoder/eval"
)

// TestJSONFields compares the tables of docs/json.md with the documents that the program
// writes: every field is described, and no other.
func TestJSONFields(t *testing.T) {
	page, err := os.ReadFile("../../docs/json.md")
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		title string
		// types are those of the section's tables, in their order. Where one of them is part
		// of another, its fields are described in its own table.
		types []any
	}{
		{"seccoder.check/1", []any{checkReport{}, check.Named{}}},
		{"seccoder.runs/1", []any{runsReport{}}},
		{"seccoder.search/1", []any{searchReport{}, searchMatch{}}},
		{"seccoder.retrieval/1", []any{retrievalReport{}, eval.RetrievalMetrics{}, eval.RankingDifferences{}, eval.Estimate{}, eval.RankedQuery{}}},
		{"seccoder.comparison/1", []any{compareReport{}, eval.Differences{}, eval.Estimate{}}},
		{"Judgements", []any{judgedFile{}}},
		{"seccoder.import/1", []any{importReport{}}},
		{"seccoder.mined/1", []any{minedReport{}, gitmine.Report{}, gitmine.Checked{}, gitmine.Candidate{}, gitmine.Evidence{}}},
		{"seccoder.admission/1", []any{admissionReport{}, codebase.Outcome{}}},
		{"seccoder.quarantine/1", []any{quarantineFields{}}},
		{"seccoder.transfer/1", []any{transferReport{}}},
		{"seccoder.removal/1", []any{removalReport{}}},
		{"seccoder.base-stats/1", []any{baseStats{}}},
		{"seccoder.export/1", []any{exportReport{}}},
		{"seccoder.key/1", []any{keyReport{}}},
		{"seccoder.base-verify/1", []any{verifyReport{}}},
		{"seccoder.models/1", []any{modelsReport{}}},
	}
	for _, test := range tests {
		t.Run(test.title, func(t *testing.T) {
			tables := tablesOf(t, string(page), test.title)
			if len(tables) != len(test.types) {
				t.Fatalf("%d tables, expected %d", len(tables), len(test.types))
			}
			own := map[reflect.Type]bool{reflect.TypeFor[codebase.Example](): true} // in a section of its own
			for _, value := range test.types {
				own[reflect.TypeOf(value)] = true
			}
			for i, value := range test.types {
				fields := map[string]bool{}
				addFields(fields, "", reflect.TypeOf(value), own)
				if diff := cmp.Diff(slices.Sorted(maps.Keys(fields)), tables[i]); diff != "" {
					t.Errorf("fields of %T (-) and of table %d in json.md (+):\n%s", value, i+1, diff)
				}
			}
		})
	}
}

// quarantineFields is a quarantineReport in which outcomes are no more than named: the
// section of admissions describes them.
type quarantineFields struct {
	Schema string `json:"schema"`
	Held   []struct {
		Example  codebase.Example   `json:"example"`
		Outcomes string             `json:"outcomes"`
		State    codebase.HeldState `json:"state"`
		History  []codebase.Event   `json:"history"`
	} `json:"held"`
}

// addFields adds the names of a struct's fields as the tables write them: "a", "a.b",
// "list[].c".
func addFields(fields map[string]bool, under string, t reflect.Type, own map[reflect.Type]bool) {
	for i := range t.NumField() {
		f := t.Field(i)
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		inner := f.Type
		if inner.Kind() == reflect.Pointer {
			inner = inner.Elem()
		}
		switch {
		case f.Anonymous && name == "":
			addFields(fields, under, inner, own)
			continue
		case name == "-" || !f.IsExported():
			continue
		}
		path := under + name
		if inner.Kind() == reflect.Slice {
			fields[path] = true
			path, inner = path+"[]", inner.Elem()
		}
		switch {
		case inner.Kind() != reflect.Struct || own[inner] || inner == reflect.TypeFor[time.Time]():
			fields[strings.TrimSuffix(path, "[]")] = true
		default:
			addFields(fields, path+".", inner, own)
		}
	}
}

var codeSpan = regexp.MustCompile("`([^`]+)`")

// tablesOf are the names in the first column of each table of a section, sorted.
func tablesOf(t *testing.T, page, title string) [][]string {
	t.Helper()
	_, section, found := strings.Cut(page, "\n## "+title+"\n")
	if !found {
		t.Fatalf("json.md has no section %s", title)
	}
	section, _, _ = strings.Cut(section, "\n## ")
	var tables [][]string
	for line := range strings.Lines(section) {
		switch {
		case strings.HasPrefix(line, "| field "):
			tables = append(tables, nil)
		case strings.HasPrefix(line, "| `"):
			last := &tables[len(tables)-1]
			cell, _, _ := strings.Cut(line[1:], "|")
			for _, m := range codeSpan.FindAllStringSubmatch(cell, -1) {
				*last = append(*last, m[1])
			}
		}
	}
	for _, table := range tables {
		slices.Sort(table)
	}
	return tables
}
