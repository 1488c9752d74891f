package importer_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/codebase/admission"
	"github.com/seccoder/seccoder/codebase/importer"
	"github.com/seccoder/seccoder/codebase/sqlite/sqlitetest"
)

// mustWriteSVEN writes records of SVEN's form until the file has a size. As in SVEN,
// a line has about 7 kB and the function 2.
func mustWriteSVEN(tb testing.TB, path string, size int64) (records int64) {
	tb.Helper()
	file, err := os.Create(path)
	if err != nil {
		tb.Fatal(err)
	}
	out := bufio.NewWriterSize(file, 1<<20)
	for written := int64(0); written < size; records++ {
		line := svenLine(tb, records)
		if _, err := out.Write(line); err != nil {
			tb.Fatal(err)
		}
		written += int64(len(line))
	}
	if err := out.Flush(); err != nil {
		tb.Fatal(err)
	}
	if err := file.Close(); err != nil {
		tb.Fatal(err)
	}
	return records
}

func svenLine(tb testing.TB, i int64) []byte {
	tb.Helper()
	var body strings.Builder
	for j := range int64(40) {
		fmt.Fprintf(&body, "    total_%d = amounts[%d] + offset(%q)  # of month %d\n", j, i+j, fmt.Sprint("row ", j), j)
	}
	function := func(query string) string {
		return fmt.Sprintf("def report_%d(cursor, name):\n%s    return %s\n", i, body.String(), query)
	}
	line, err := json.Marshal(map[string]any{
		"func_name":       fmt.Sprintf("report_%d", i),
		"func_src_before": function(`cursor.execute("SELECT * FROM sales WHERE name = '%s'" % name)`),
		"func_src_after":  function(`cursor.execute("SELECT * FROM sales WHERE name = ?", (name,))`),
		"file_name":       "report.py", "vul_type": "cwe-089", "commit_link": fmt.Sprintf("github.com/a/b/commit/%040x", i),
		"line_changes": map[string]any{"deleted": []string{strings.Repeat("x", 400)}, "added": []string{strings.Repeat("y", 400)}},
		"char_changes": strings.Repeat("{\"char_start\": 1}, ", 50),
	})
	if err != nil {
		tb.Fatal(err)
	}
	return append(line, '\n')
}

func mustFind(tb testing.TB, name string) importer.Format {
	tb.Helper()
	format, err := importer.Find(name)
	if err != nil {
		tb.Fatal(err)
	}
	return format
}

// BenchmarkImport imports SVEN-like lines into a new store. Beside the records per
// second it reports those per second of processor time, of which the import can use
// two at once; on a busy machine only they say much.
func BenchmarkImport(b *testing.B) {
	path := filepath.Join(b.TempDir(), "cwe-089.jsonl")
	records := mustWriteSVEN(b, path, 35<<20)
	cpu := -processSeconds(b)
	for b.Loop() {
		b.StopTimer()
		store := sqlitetest.New(b)
		b.StartTimer()
		summary, err := importer.Import(b.Context(), mustFind(b, "sven"), path, importer.Options{By: "bench"}, importer.Target{Add: store.Add, Meta: store})
		if err != nil || summary.Added != records {
			b.Fatalf("%+v of %d records: %v", summary, records, err)
		}
	}
	cpu += processSeconds(b)
	b.ReportMetric(float64(records)*float64(b.N)/b.Elapsed().Seconds(), "records/s")
	b.ReportMetric(float64(records)*float64(b.N)/cpu, "records/CPU-s")
}

// BenchmarkAdmission imports SVEN-like lines as base import does: through all checks of
// admission that need no checker, Python's parser among them, whose time is that of another
// process and counts for the wall's seconds only.
func BenchmarkAdmission(b *testing.B) {
	path := filepath.Join(b.TempDir(), "cwe-089.jsonl")
	const records = 6000 // some batches
	var lines bytes.Buffer
	for i := range int64(records) {
		lines.Write(unlikeLine(b, i))
	}
	if err := os.WriteFile(path, lines.Bytes(), 0o600); err != nil {
		b.Fatal(err)
	}
	cpu := -processSeconds(b)
	for b.Loop() {
		b.StopTimer()
		store := sqlitetest.New(b)
		gate := admission.New(admission.Options{Store: store, UnknownLicence: true})
		b.StartTimer()
		judge := func(ctx context.Context, examples ...codebase.Example) (func(context.Context) (int, error), error) {
			verdicts, err := gate.JudgeAll(ctx, examples)
			return func(ctx context.Context) (int, error) {
				kept, err := admission.Keep(ctx, store, "bench", verdicts)
				return kept.Admitted, err
			}, err
		}
		summary, err := importer.Import(b.Context(), mustFind(b, "sven"), path, importer.Options{By: "bench"}, importer.Target{Judge: judge, Batch: gate.Batch(), Meta: store})
		if err != nil || summary.Added != records {
			b.Fatalf("%+v of %d records: %v", summary, records, err)
		}
	}
	cpu += processSeconds(b)
	b.ReportMetric(records*float64(b.N)/b.Elapsed().Seconds(), "records/s")
	b.ReportMetric(records*float64(b.N)/cpu, "records/CPU-s")
}

// unlikeLine is a line like svenLine's whose function shares few runs of tokens with those
// of the others, so that admission takes it for no duplicate.
func unlikeLine(tb testing.TB, i int64) []byte {
	tb.Helper()
	var body strings.Builder
	for j := range 20 {
		fmt.Fprintf(&body, "    total_%d_%d = amounts_%d[%d] + offset_%d(%q)\n", i, j, i, j, i, fmt.Sprint("row ", j))
		if j%5 == 0 {
			fmt.Fprintf(&body, "    # what is due in month %d, without what was paid before\n", j)
		}
		fmt.Fprintf(&body, "    if total_%d_%d > limit_%d:\n        raise Limit%d(total_%d_%d)\n", i, j, i, i, i, j)
	}
	function := func(query string) string {
		return fmt.Sprintf("def report_%d(cursor_%d, name_%d):\n%s    return %s\n", i, i, i, body.String(), query)
	}
	line, err := json.Marshal(map[string]any{
		"func_name":       fmt.Sprintf("report_%d", i),
		"func_src_before": function(fmt.Sprintf(`cursor_%d.execute("SELECT * FROM sales WHERE name = '%%s'" %% name_%d)`, i, i)),
		"func_src_after":  function(fmt.Sprintf(`cursor_%d.execute("SELECT * FROM sales WHERE name = ?", (name_%d,))`, i, i)),
		"file_name":       "report.py", "vul_type": "cwe-089", "commit_link": fmt.Sprintf("github.com/a/b/commit/%040x", i),
		"char_changes": strings.Repeat("{\"char_start\": 1}, ", 50),
	})
	if err != nil {
		tb.Fatal(err)
	}
	return append(line, '\n')
}

// BenchmarkMemory imports a large file once and reports the largest memory of the
// process. SECCODER_IMPORT_MB says how large, 1000 where it is not set:
//
//	go test ./codebase/importer -run - -bench Memory -benchtime 1x
func BenchmarkMemory(b *testing.B) {
	megabytes := int64(1000)
	if text := os.Getenv("SECCODER_IMPORT_MB"); text != "" {
		var err error
		if megabytes, err = strconv.ParseInt(text, 10, 64); err != nil {
			b.Fatal(err)
		}
	}
	path := filepath.Join(b.TempDir(), "cwe-089.jsonl")
	records := mustWriteSVEN(b, path, megabytes*1e6)
	debug.FreeOSMemory()
	for b.Loop() {
		store := sqlitetest.New(b)
		begin := time.Now()
		summary, err := importer.Import(b.Context(), mustFind(b, "sven"), path, importer.Options{By: "bench"}, importer.Target{Add: store.Add, Meta: store})
		if err != nil || summary.Added != records {
			b.Fatalf("%+v of %d records: %v", summary, records, err)
		}
		b.ReportMetric(float64(records)/time.Since(begin).Seconds(), "records/s")
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	b.ReportMetric(float64(m.Sys)/1e6, "MB-from-system")
	if status, err := os.ReadFile("/proc/self/status"); err == nil {
		for line := range strings.Lines(string(status)) {
			var kB float64
			if _, err := fmt.Sscanf(line, "VmHWM: %f kB", &kB); err == nil {
				b.ReportMetric(kB/1e3, "MB-peak")
			}
		}
	}
}
