package importer_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/codebase/importer"
	"github.com/seccoder/seccoder/codebase/sqlite/sqlitetest"
	"github.com/seccoder/seccoder/internal/gittest"
)

var errStopped = errors.New("stopped by the test")

// stopAfter lets so many batches in and then fails, as a full disk would.
func stopAfter(batches int, add func(context.Context, ...codebase.Example) (int, error)) func(context.Context, ...codebase.Example) (int, error) {
	return func(ctx context.Context, examples ...codebase.Example) (int, error) {
		if batches == 0 {
			return 0, errStopped
		}
		batches--
		return add(ctx, examples...)
	}
}

func mustIDs(t *testing.T, store codebase.Store) []string {
	t.Helper()
	var ids []string
	for e, err := range store.Examples(t.Context(), codebase.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, e.ID)
	}
	return ids
}

// mustWriteLarge writes an input of several batches in a format.
func mustWriteLarge(t *testing.T, format string, records int) string {
	t.Helper()
	code := func(i int, fixed bool) string {
		check := ""
		if fixed {
			check = "\tif (n > 9) return -1;\n"
		}
		return fmt.Sprintf("int get_%d(int n)\n{\n%s\treturn table[n];\n}", i, check)
	}
	var b bytes.Buffer
	write := func(v any, end string) {
		text, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		b.Write(text)
		b.WriteString(end)
	}
	name := "large.jsonl"
	switch format {
	case "sven":
		for i := range records {
			write(map[string]string{"func_name": "get", "func_src_before": code(i, false), "func_src_after": code(i, true), "file_name": "a.c", "vul_type": "cwe-125"}, "\n")
		}
	case "megavul":
		b.WriteString("[")
		for i := range records {
			end := ",\n"
			if i == records-1 {
				end = "]"
			}
			write(map[string]any{"func_name": "get", "func_before": code(i, false), "func": code(i, true), "file_path": "a.c", "cwe_ids": []string{"CWE-125"}, "is_vul": true}, end)
		}
	case "primevul":
		for i := range records {
			for target := range 2 {
				write(map[string]any{"func": code(i, target == 0), "target": target, "commit_id": fmt.Sprint(i), "cwe": []string{"CWE-125"}}, "\n")
			}
		}
	case "diversevul":
		for target := range 2 {
			for i := range records {
				write(map[string]any{"func": code(i, target == 0), "target": target, "commit_id": fmt.Sprint(i), "cwe": []string{"CWE-125"}}, "\n")
			}
		}
	case "bigvul":
		b.WriteString("CVE ID,CWE ID,commit_id,func_before,func_after,vul\n")
		for i := range records {
			fmt.Fprintf(&b, "CVE-2020-1234,CWE-125,%d,\"%s\",\"%s\",1\n", i, code(i, false), code(i, true))
		}
	case "morefixes":
		b.WriteString("COPY public.fixes (cve_id, hash, repo_url, score) FROM stdin;\nCVE-2020-1234\tabc\thttps://example.org/r\t70\n\\.\n")
		b.WriteString("COPY public.cwe_classification (cve_id, cwe_id) FROM stdin;\nCVE-2020-1234\tCWE-125\n\\.\n")
		b.WriteString("COPY public.method_change (file_change_id, name, code, before_change) FROM stdin;\n")
		for i := range records {
			for target := range 2 {
				fmt.Fprintf(&b, "%d\tget\t%s\t%t\n", i, strings.NewReplacer("\n", `\n`, "\t", `\t`).Replace(code(i, target == 0)), target == 1)
			}
		}
		b.WriteString("\\.\nCOPY public.file_change (file_change_id, hash, new_path) FROM stdin;\n")
		for i := range records {
			fmt.Fprintf(&b, "%d\tabc\ta.c\n", i)
		}
		b.WriteString("\\.\n")
	}
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// An import that is interrupted after an acknowledged batch keeps what it
// acknowledged, goes on behind it, and ends with what one import in one go brings.
func TestResume(t *testing.T) {
	const records = 1200
	for _, format := range []string{"sven", "megavul", "primevul", "diversevul", "bigvul", "morefixes"} {
		t.Run(format, func(t *testing.T) {
			path := mustWriteLarge(t, format, records)
			whole := sqlitetest.New(t)
			summary, err := importer.Import(t.Context(), mustFind(t, format), path, importer.Options{By: "t"}, importer.Target{Add: whole.Add, Meta: whole})
			if err != nil || summary.Added != records || !summary.Complete || summary.Resumed {
				t.Fatalf("in one go: %+v, %v", summary, err)
			}
			store := sqlitetest.New(t)
			summary, err = importer.Import(t.Context(), mustFind(t, format), path, importer.Options{By: "t"}, importer.Target{Batch: 500, Add: stopAfter(1, store.Add), Meta: store})
			if !errors.Is(err, errStopped) || summary.Added != 500 || len(mustIDs(t, store)) != 500 {
				t.Fatalf("interrupted: %+v, %v", summary, err)
			}
			summary, err = importer.Import(t.Context(), mustFind(t, format), path, importer.Options{By: "t"}, importer.Target{Add: store.Add, Meta: store})
			if err != nil || !summary.Resumed || summary.Records != records-500 || summary.Added != records-500 || summary.Broken > 0 {
				t.Errorf("gone on: %+v, %v", summary, err)
			}
			if diff := cmp.Diff(mustIDs(t, whole), mustIDs(t, store)); diff != "" {
				t.Errorf("in one go (-), interrupted (+):\n%s", diff)
			}
			summary, err = importer.Import(t.Context(), mustFind(t, format), path, importer.Options{By: "t"}, importer.Target{Add: store.Add, Meta: store})
			if err != nil || summary.Resumed || summary.Records != records || summary.Added != 0 {
				t.Errorf("a second time: %+v, %v", summary, err)
			}
		})
	}
}

// What was read in another way, or changed since, is read from its beginning.
func TestResumeOtherInput(t *testing.T) {
	path := mustWriteLarge(t, "sven", 1200)
	store := sqlitetest.New(t)
	interrupt := func() {
		t.Helper()
		if _, err := importer.Import(t.Context(), mustFind(t, "sven"), path, importer.Options{By: "t"}, importer.Target{Batch: 500, Add: stopAfter(1, store.Add), Meta: store}); !errors.Is(err, errStopped) {
			t.Fatal(err)
		}
	}
	target := importer.Target{Add: store.Add, Meta: store}
	interrupt()
	for name, options := range map[string]importer.Options{
		"restart": {Restart: true, DryRun: true}, "dry run": {DryRun: true}, "limit": {Limit: 700}, "another CWE": {CWE: 22, Limit: 700},
	} {
		options.By = "t"
		if summary, err := importer.Import(t.Context(), mustFind(t, "sven"), path, options, target); err != nil || summary.Resumed || summary.Records < 700 {
			t.Errorf("%s: %+v, %v", name, summary, err)
		}
	}
	if summary, err := importer.Import(t.Context(), mustFind(t, "sven"), path, importer.Options{By: "t"}, target); err != nil || !summary.Resumed {
		t.Errorf("the same: %+v, %v", summary, err)
	}
	interrupt()
	if err := os.WriteFile(path, append(mustRead(t, path), "\n\n"...), 0o600); err != nil {
		t.Fatal(err)
	}
	if summary, err := importer.Import(t.Context(), mustFind(t, "sven"), path, importer.Options{By: "t"}, target); err != nil || summary.Resumed {
		t.Errorf("changed: %+v, %v", summary, err)
	}
}

func mustRead(t *testing.T, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// When the user stops the program, the import ends and what was acknowledged stays.
func TestCancel(t *testing.T) {
	path := mustWriteLarge(t, "sven", 5000)
	store := sqlitetest.New(t)
	ctx, cancel := context.WithCancel(t.Context())
	add := func(ctx context.Context, examples ...codebase.Example) (int, error) {
		defer cancel()
		return store.Add(ctx, examples...)
	}
	summary, err := importer.Import(ctx, mustFind(t, "sven"), path, importer.Options{By: "t"}, importer.Target{Batch: 500, Add: add, Meta: store})
	if !errors.Is(err, context.Canceled) || summary.Complete || summary.Added != 500 {
		t.Fatalf("%+v, %v", summary, err)
	}
	summary, err = importer.Import(t.Context(), mustFind(t, "sven"), path, importer.Options{By: "t"}, importer.Target{Add: store.Add, Meta: store})
	if err != nil || !summary.Resumed || len(mustIDs(t, store)) != 5000 {
		t.Errorf("gone on: %+v, %v, %d examples", summary, err, len(mustIDs(t, store)))
	}
}

// TestJudge: a batch is judged while the one before it is let in, and one that cannot be judged
// takes nothing from those before it.
func TestJudge(t *testing.T) {
	path := mustWriteLarge(t, "sven", 1200)
	store := sqlitetest.New(t)
	begun := []chan struct{}{make(chan struct{}), make(chan struct{}), make(chan struct{})}
	batch := 0
	judge := func(_ context.Context, examples ...codebase.Example) (func(context.Context) (int, error), error) {
		n := batch
		batch++
		close(begun[n])
		if n == 2 {
			return nil, errStopped
		}
		return func(ctx context.Context) (int, error) {
			<-begun[n+1]
			return store.Add(ctx, examples...)
		}, nil
	}
	summary, err := importer.Import(t.Context(), mustFind(t, "sven"), path, importer.Options{By: "t"}, importer.Target{Batch: 500, Judge: judge, Meta: store})
	if !errors.Is(err, errStopped) || summary.Added != 1000 || len(mustIDs(t, store)) != 1000 {
		t.Fatalf("%+v, %v", summary, err)
	}
	summary, err = importer.Import(t.Context(), mustFind(t, "sven"), path, importer.Options{By: "t"}, importer.Target{Add: store.Add, Meta: store})
	if err != nil || !summary.Resumed || summary.Added != 200 {
		t.Errorf("gone on: %+v, %v", summary, err)
	}
}

func TestStrict(t *testing.T) {
	got, err := importAll(t, "sven", "testdata/sven", importer.Options{Strict: true})
	if _, ok := errors.AsType[*importer.InputError](err); !ok || !strings.HasPrefix(err.Error(), "cwe-089.jsonl:3: ") {
		t.Errorf("error %v, want the place of the broken line", err)
	}
	if len(got.Examples) != 1 || got.Added != 1 {
		t.Errorf("%d examples, want the one before the broken line", len(got.Examples))
	}
}

func TestOptions(t *testing.T) {
	if got := mustImport(t, "sven", "testdata/sven", importer.Options{DryRun: true}); got.Added != 0 || len(got.Examples) != 0 || got.Records != 7 {
		t.Errorf("dry run: %+v", got)
	}
	if got := mustImport(t, "sven", "testdata/sven", importer.Options{Limit: 1}); got.Records != 1 || got.Added != 1 {
		t.Errorf("limit: %+v", got)
	}
	got := mustImport(t, "diversevul", "testdata/diversevul/diversevul_20230702.json", importer.Options{CWE: 120, Licence: "GPL-2.0-only"})
	cwes := map[string]int{}
	for _, e := range got.Examples {
		cwes[fmt.Sprint(e.CWEs)+e.Source.Licence]++
	}
	if diff := cmp.Diff(map[string]int{"[CWE-787]GPL-2.0-only": 1, "[CWE-120]GPL-2.0-only": 1}, cwes); diff != "" {
		t.Errorf("CWEs and licences:\n%s", diff)
	}
}

// An input that is none of the format is refused, and soon.
func TestWrongInput(t *testing.T) {
	dir := t.TempDir()
	csv := filepath.Join(dir, "other.csv")
	if err := os.WriteFile(csv, []byte(strings.Repeat("a,b\n", 10_000)), 0o600); err != nil {
		t.Fatal(err)
	}
	tests := map[string]struct{ format, path, want string }{
		"another format":    {"sven", csv, "none of the first 100 records of " + csv + " is one of sven: is it another format?"},
		"no such file":      {"sven", filepath.Join(dir, "none"), "no such file"},
		"an empty folder":   {"primevul", dir, "has no files"},
		"other columns":     {"bigvul", csv, "names neither the columns of MSR_data_cleaned.csv nor those of all_c_cpp_release2.0.csv"},
		"no CWE folders":    {"crossvul", dir, "has no files CWE-N/LANGUAGE/good_N_N"},
		"another database":  {"cvefixes", "", "cannot be read as a database of CVEfixes"},
		"no clone":          {"osv", "testdata/osv", "name a clone of the repository with --repo"},
		"unpaired PrimeVul": {"primevul", "", "only the paired files have both"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if test.format == "cvefixes" {
				test.path = mustSQL(t, "CREATE TABLE other (a TEXT)")
			}
			if name == "unpaired PrimeVul" {
				test.path = filepath.Join(t.TempDir(), "primevul_train.jsonl")
				if err := os.WriteFile(test.path, bytes.Repeat([]byte(`{"func": "int f(void) { return 1; }", "target": 0, "cwe": []}`+"\n"), 150), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			got, err := importAll(t, test.format, test.path, importer.Options{})
			if err == nil {
				t.Fatalf("no error: %+v", got)
			}
			if _, ok := errors.AsType[*importer.InputError](err); !ok {
				t.Errorf("error %v is none of the input", err)
			}
			if text := err.Error() + strings.Join(got.Broken, "\n"); !strings.Contains(text, test.want) {
				t.Errorf("error %q, want one with %q", text, test.want)
			}
			if got.Records > 100 {
				t.Errorf("%d records were read", got.Records)
			}
		})
	}
}

// mustClone makes a repository with a fix in one file of several, which moves the
// file too, and returns the fixing commit.
func mustClone(t *testing.T) (r *gittest.Repo, fix string) {
	t.Helper()
	r = gittest.New(t)
	before := string(mustRead(t, "testdata/crossvul/dataset_final_sorted/CWE-787/c/bad_1_0"))
	after := string(mustRead(t, "testdata/crossvul/dataset_final_sorted/CWE-787/c/good_1_0"))
	r.Write("name.c", before)
	r.Write("tests/name.c", before)
	r.Commit("begin", "README", "a")
	r.Git("mv", "name.c", "names.c")
	r.Write("names.c", after)
	r.Write("tests/name.c", after)
	return r, r.Commit("check the length\n\nlonger", "README", "b")
}

// mustAdvisories copies the advisories of the tests, with the commit in them.
func mustAdvisories(t *testing.T, commit string) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("testdata/osv")); err != nil {
		t.Fatal(err)
	}
	found, err := filepath.Glob(filepath.Join(dir, "2021", "*.json"))
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range found {
		if err := os.WriteFile(path, bytes.ReplaceAll(mustRead(t, path), []byte("COMMIT"), []byte(commit)), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// The functions that a fix changed are taken out of a real repository, whose
// configuration would run programs if it were obeyed. An advisory may name the commit by
// the beginning of its id.
func TestOSV(t *testing.T) {
	r, fix := mustClone(t)
	traps := gittest.SetTraps(t, r)
	for _, name := range []string{fix, fix[:12]} {
		got := mustImport(t, "osv", mustAdvisories(t, name), importer.Options{Clones: []string{r.Dir}})
		compareGolden(t, "osv.golden", strings.ReplaceAll(got.text(t), name, "COMMIT"))
	}
	traps.Check(t)
}

// Big-Vul's commits are taken from a clone where it has them.
func TestBigVulClone(t *testing.T) {
	r, fix := mustClone(t)
	text := string(mustRead(t, "testdata/bigvul/all_c_cpp_release2.0.csv"))
	path := filepath.Join(t.TempDir(), "all.csv")
	if err := os.WriteFile(path, []byte(strings.ReplaceAll(text, strings.Repeat("2", 40), fix)), 0o600); err != nil {
		t.Fatal(err)
	}
	got := mustImport(t, "bigvul", path, importer.Options{Clones: []string{r.Dir}})
	paths := map[string]int{}
	for _, e := range got.Examples {
		paths[e.Source.Path]++
	}
	if paths["names.c"] != 2 || len(got.Broken) != 0 {
		t.Errorf("paths %v, broken %v; want names.c of the clone for two rows", paths, got.Broken)
	}
}

func TestNoRepository(t *testing.T) {
	_, err := importAll(t, "osv", "testdata/osv", importer.Options{Clones: []string{t.TempDir()}})
	if err == nil || !strings.Contains(err.Error(), "is no git repository") {
		t.Errorf("error %v", err)
	}
}
