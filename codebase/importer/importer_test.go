package importer_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"database/sql"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sort"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	_ "modernc.org/sqlite"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/codebase/importer"
	"github.com/seccoder/seccoder/codebase/sqlite/sqlitetest"
)

var update = flag.Bool("update", false, "write what was imported into the golden files")

// now is when the examples of these tests are let in.
var now = time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)

// An imported is what an import brought, for golden files.
type imported struct {
	Examples []codebase.Example
	Skipped  map[string]int64
	Broken   []string
	Records  int64
	Added    int64
}

// importAll imports into a new store, and reads it again.
func importAll(t *testing.T, format, path string, options importer.Options) (imported, error) {
	t.Helper()
	store := sqlitetest.New(t)
	var got imported
	options.By, options.Now = "tester", now
	options.Broken = func(where string, err error) { got.Broken = append(got.Broken, where+": "+err.Error()) }
	add := func(ctx context.Context, examples ...codebase.Example) (int, error) {
		got.Examples = append(got.Examples, examples...)
		return store.Add(ctx, examples...)
	}
	summary, err := importer.Import(t.Context(), mustFind(t, format), path, options, importer.Target{Add: add, Meta: store})
	got.Skipped, got.Records, got.Added = summary.Skipped, summary.Records, summary.Added
	if err == nil && !options.DryRun && int64(len(got.Examples)) != summary.Examples {
		t.Errorf("%d examples came, %d were counted", len(got.Examples), summary.Examples)
	}
	return got, err
}

func mustImport(t *testing.T, format, path string, options importer.Options) imported {
	t.Helper()
	got, err := importAll(t, format, path, options)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// text is what a golden file shows of an import.
func (i imported) text(t *testing.T) string {
	t.Helper()
	var b strings.Builder
	for _, e := range i.Examples {
		s := e.Source
		fmt.Fprintf(&b, "== %s %v: %s | %s\n   %s %s, %s %s %s %s, %s, by %s\n%s\n-- instead of\n%s\n", e.Language, e.CWEs, e.Title, e.Fix,
			s.Kind, s.Dataset, s.Repository, s.Commit, s.Path, s.CVE, s.Licence, e.AdmittedBy, e.Code, e.Insecure)
	}
	var reasons []string
	for reason, n := range i.Skipped {
		reasons = append(reasons, fmt.Sprintf("skipped %d: %s\n", n, reason))
	}
	sort.Strings(reasons)
	b.WriteString(strings.Join(reasons, ""))
	for _, broken := range i.Broken {
		b.WriteString("broken " + broken + "\n")
	}
	fmt.Fprintf(&b, "%d records, %d examples, %d new\n", i.Records, len(i.Examples), i.Added)
	return b.String()
}

func compareGolden(t *testing.T, file, got string) {
	t.Helper()
	file = filepath.Join("testdata", file)
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-) and what was imported (+):\n%s", file, diff)
	}
}

// Every format is read from small files of the published form, with broken records
// among the sound ones. The golden files show what is taken from them.
func TestFormats(t *testing.T) {
	tests := []struct{ format, path, golden string }{
		{"sven", "sven", "sven"},
		{"safecoder", "safecoder", "safecoder"},
		{"cvefixes", "cvefixes/CVEfixes.sql", "cvefixes"},
		{"bigvul", "bigvul/MSR_data_cleaned.csv", "bigvul_functions"},
		{"bigvul", "bigvul/all_c_cpp_release2.0.csv", "bigvul_commits"},
		{"primevul", "primevul", "primevul"},
		{"diversevul", "diversevul/diversevul_20230702.json", "diversevul"},
		{"megavul", "megavul", "megavul"},
		{"megavul", "megavul/cve_with_graph_abstract_commit.json", "megavul_commits"},
		{"crossvul", "crossvul", "crossvul"},
		{"reposvul", "reposvul", "reposvul"},
		{"morefixes", "morefixes/dump.sql", "morefixes"},
		{"jsonl", "jsonl", "jsonl"},
	}
	for _, test := range tests {
		t.Run(test.golden, func(t *testing.T) {
			got := mustImport(t, test.format, filepath.Join("testdata", test.path), importer.Options{})
			compareGolden(t, test.golden+".golden", got.text(t))
		})
	}
}

// mustSQL makes an SQLite file by running SQL.
func mustSQL(t *testing.T, script string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "CVEfixes.db")
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.ExecContext(t.Context(), script); err != nil {
		t.Fatal(err)
	}
	return path
}

// The SQLite file that a dump makes, its dump by the real sqlite3, and the dump
// gzipped, give what the dump gives.
func TestCVEfixesForms(t *testing.T) {
	dump, err := os.ReadFile("testdata/cvefixes/CVEfixes.sql")
	if err != nil {
		t.Fatal(err)
	}
	text := strings.ReplaceAll(string(dump), "INSERT INTO fixes VALUES('CVE-2021-40009','too short');\n", "")
	want := mustImport(t, "cvefixes", "testdata/cvefixes/CVEfixes.sql", importer.Options{})
	path := mustSQL(t, text)
	t.Run("SQLite file", func(t *testing.T) {
		before, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		got := mustImport(t, "cvefixes", path, importer.Options{})
		if diff := cmp.Diff(want.Examples, got.Examples); diff != "" {
			t.Errorf("of the dump (-), of the file (+):\n%s", diff)
		}
		if after, err := os.ReadFile(path); err != nil || !bytes.Equal(before, after) {
			t.Errorf("the file was changed (%v)", err)
		}
	})
	t.Run("dump by sqlite3", func(t *testing.T) {
		if _, err := exec.LookPath("sqlite3"); err != nil {
			t.Skip("sqlite3 is not installed")
		}
		dump, err := exec.CommandContext(t.Context(), "sqlite3", path, ".dump").Output()
		if err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(t.TempDir(), "dump.sql")
		if err := os.WriteFile(file, dump, 0o600); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want.Examples, mustImport(t, "cvefixes", file, importer.Options{}).Examples); diff != "" {
			t.Errorf("of the dump (-), of sqlite3's (+):\n%s", diff)
		}
	})
	t.Run("gzipped dump", func(t *testing.T) {
		var packed bytes.Buffer
		w := gzip.NewWriter(&packed)
		if _, err := w.Write(dump); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(t.TempDir(), "CVEfixes.sql.gz")
		if err := os.WriteFile(file, packed.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want.Examples, mustImport(t, "cvefixes", file, importer.Options{}).Examples); diff != "" {
			t.Errorf("of the dump (-), of the gzipped one (+):\n%s", diff)
		}
	})
}

// Without its number of records, what is read of SVEN's own data is the paper's.
func TestSVENData(t *testing.T) {
	dir := os.Getenv("SECCODER_SVEN")
	if dir == "" {
		t.Skip("no scenarios in SECCODER_SVEN: it is not set")
	}
	got := mustImport(t, "sven", dir, importer.Options{})
	skipped := int64(0)
	for _, n := range got.Skipped {
		skipped += n
	}
	if got.Records != 803 || len(got.Broken) > 0 || skipped > 25 || int64(len(got.Examples))+skipped != 803 {
		t.Errorf("%d records, %d examples, skipped %v, broken %v; want 803 records, hardly any skipped and none broken", got.Records, len(got.Examples), got.Skipped, got.Broken)
	}
	for _, e := range got.Examples {
		if len(e.CWEs) != 1 || e.Insecure == "" || !strings.HasPrefix(e.Source.Repository, "https://") || len(e.Source.Commit) < 7 {
			t.Errorf("%s: %v of %+v", e.Title, e.CWEs, e.Source)
		}
	}
}

func TestFind(t *testing.T) {
	if f, err := importer.Find("SVEN"); err != nil || f.Name != "sven" {
		t.Errorf("Find: %v, %v", f, err)
	}
	if _, err := importer.Find("csv"); err == nil || !strings.Contains(err.Error(), `unknown format "csv" (known: sven, `) {
		t.Errorf("Find of an unknown format: %v", err)
	}
}

// The example schema's names are those of the examples.
func TestExampleSchema(t *testing.T) {
	text, err := os.ReadFile("../../docs/example.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	var schema struct {
		Properties map[string]struct {
			Properties map[string]any
		}
	}
	if err := json.Unmarshal(text, &schema); err != nil {
		t.Fatal(err)
	}
	e := codebase.Example{
		Insecure: "x", CheckedBy: []string{"x"},
		Source: codebase.Source{Repository: "x", Commit: "x", Path: "x", CVE: "x", Dataset: "x"},
	}
	text, err = json.Marshal(e)
	if err != nil {
		t.Fatal(err)
	}
	var fields map[string]any
	if err := json.Unmarshal(text, &fields); err != nil {
		t.Fatal(err)
	}
	for name := range fields {
		if _, ok := schema.Properties[name]; !ok {
			t.Errorf("the schema has no %s", name)
		}
	}
	source, _ := fields["source"].(map[string]any)
	for name := range source {
		if _, ok := schema.Properties["source"].Properties[name]; !ok {
			t.Errorf("the schema has no source.%s", name)
		}
	}
	if len(fields) != len(schema.Properties) || len(source) != len(schema.Properties["source"].Properties) {
		t.Errorf("the schema has %d and %d names, examples have %d and %d", len(schema.Properties), len(schema.Properties["source"].Properties), len(fields), len(source))
	}
}
