package importer

import (
	"bufio"
	"cmp"
	"compress/gzip"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"iter"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/lang"
)

// The tables of CVEfixes and of MoreFixes, which was made from its program, and the
// columns that are read. CVEfixes: Doc/DataDictionary.md and Code/collect_commits.py
// of secureIT-project/CVEfixes (v1.0.0 to v1.0.8; commits ac63605, 2be886b), as the
// SQLite file that its INSTALL.md makes, or the SQL dump that it is published as.
// MoreFixes: Code/constants.py of JafarAkhondali/Morefixes (commit 2d7f804), as the
// dump of PostgreSQL that its README names (2024-09-26).
//
// method_change holds the functions of a changed file on both sides.
var fixTables = map[string][]string{
	"fixes":              {"cve_id", "hash", "repo_url", "score"},
	"cwe_classification": {"cve_id", "cwe_id"},
	"commits":            {"hash", "msg"},
	"file_change":        {"file_change_id", "hash", "filename", "old_path", "new_path"},
	"method_change":      {"file_change_id", "name", "signature", "code", "before_change"},
}

// minScore is what MoreFixes demands of a commit before it counts as the fix of a
// CVE; the table of fixes has those below it too.
const minScore = 65

func readCVEfixes(ctx context.Context, in *input) iter.Seq2[Record, error] {
	return in.fixDatabase(ctx, "CVEfixes")
}

func readMoreFixes(ctx context.Context, in *input) iter.Seq2[Record, error] {
	return in.fixDatabase(ctx, "MoreFixes")
}

// fixDatabase reads an SQLite file or a dump.
func (in *input) fixDatabase(ctx context.Context, dataset string) iter.Seq2[Record, error] {
	return func(yield func(Record, error) bool) {
		_, in.total = sizes([]string{in.path})
		isSQLite, err := hasMagic(in.path, "SQLite format 3\x00")
		if err != nil {
			yield(Record{}, err)
			return
		}
		f := &fixReader{input: in, dataset: dataset}
		if isSQLite {
			err = f.open(ctx, yield)
		} else {
			err = f.stage(ctx, yield)
		}
		if err != nil && !f.ended {
			yield(Record{}, err)
		}
	}
}

// hasMagic reports whether a file begins with the text.
func hasMagic(path, magic string) (bool, error) {
	file, err := os.Open(path)
	if err != nil {
		return false, &InputError{err}
	}
	defer file.Close()
	start := make([]byte, len(magic))
	n, err := io.ReadFull(file, start)
	if err != nil && n == 0 && !errors.Is(err, io.EOF) {
		return false, &InputError{fmt.Errorf("read %s: %w", path, err)}
	}
	return string(start[:n]) == magic, nil
}

// A fixReader reads the joined tables.
type fixReader struct {
	*input
	dataset string
	db      *sql.DB
	// commits are the fixing commits by hash, changes the changed files by id.
	commits map[string]*fixCommit
	files   map[string]fixFile
	// ended is true once nobody wants more.
	ended bool
}

type fixCommit struct {
	repository, message string
	cve                 string
	cwes                []codebase.CWE
}

type fixFile struct{ hash, path string }

// open reads an SQLite file, which is not changed.
func (f *fixReader) open(ctx context.Context, yield func(Record, error) bool) error {
	db, err := openSQLite(f.path, url.Values{"mode": {"ro"}, "_pragma": {"query_only(1)", "cache_size(-32768)"}})
	if err != nil {
		return err
	}
	defer db.Close()
	f.db = db
	return f.read(ctx, yield)
}

// stage reads a dump into a temporary database, where the tables can be joined
// whatever their order.
func (f *fixReader) stage(ctx context.Context, yield func(Record, error) bool) error {
	file, err := os.Open(f.path)
	if err != nil {
		return &InputError{err}
	}
	defer file.Close()
	s, err := newScratch(ctx, fixTables)
	if err != nil {
		return err
	}
	defer s.close()
	if err := f.fill(ctx, s, file, yield); err != nil || f.ended {
		return err
	}
	f.db = s.DB
	return f.read(ctx, yield)
}

func (f *fixReader) fill(ctx context.Context, s *scratch, file *os.File, yield func(Record, error) bool) error {
	counted := &countingReader{r: file, progress: f.Progress, total: f.total}
	text, err := gunzip(counted)
	if err != nil {
		return inputErrorf("read %s: %w", f.path, err)
	}
	d := newDumpReader(text, fixTables)
	row := make([]any, 0, 8)
	d.row = func(table string, values []*string) error {
		row = row[:0]
		for _, value := range values {
			if value == nil {
				row = append(row, nil)
			} else {
				row = append(row, *value)
			}
		}
		return s.insert(ctx, table, row...)
	}
	d.broken = func(where string, err error) error {
		// An interrupted import reads the dump again: what is wrong is said again.
		if !yield(Record{Where: where, Err: err, Next: f.from}, nil) {
			f.ended = true
			return io.EOF
		}
		return nil
	}
	if err := d.read(ctx); err != nil || f.ended {
		return err
	}
	return s.flush()
}

// A countingReader tells how much was read.
type countingReader struct {
	r           io.Reader
	done, total int64
	progress    func(done, total int64)
}

func (c *countingReader) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.done += int64(n)
	if c.progress != nil {
		c.progress(c.done, c.total)
	}
	return n, err
}

// gunzip unpacks what is gzipped.
func gunzip(r io.Reader) (io.Reader, error) {
	buffered := bufio.NewReaderSize(r, scanBuffer)
	if magic, err := buffered.Peek(2); err == nil && magic[0] == 0x1f && magic[1] == 0x8b {
		return gzip.NewReader(buffered)
	}
	return buffered, nil
}

// read yields the functions of the joined tables, file by file.
func (f *fixReader) read(ctx context.Context, yield func(Record, error) bool) error {
	if err := f.load(ctx); err != nil {
		return err
	}
	rows, err := f.db.QueryContext(ctx, "SELECT file_change_id, name, signature, code, before_change FROM method_change ORDER BY file_change_id")
	if err != nil {
		return f.wrongTables(err)
	}
	defer rows.Close()
	g := fixGroup{fixReader: f}
	for rows.Next() {
		var id, name, signature, code, before sql.NullString
		if err := rows.Scan(&id, &name, &signature, &code, &before); err != nil {
			return f.wrongTables(err)
		}
		if id.String != g.id && !g.end(ctx, yield) {
			return ctx.Err()
		}
		g.id = id.String
		v := version{cmp.Or(name.String, signature.String), code.String}
		if isYes(before.String) {
			g.before = append(g.before, v)
		} else {
			g.after = append(g.after, v)
		}
	}
	if err := rows.Err(); err != nil {
		return f.wrongTables(err)
	}
	g.end(ctx, yield)
	return ctx.Err()
}

// wrongTables says that the database is none of the data set's.
func (f *fixReader) wrongTables(err error) error {
	return inputErrorf("%s cannot be read as a database of %s: %w", filepath.Base(f.path), f.dataset, err)
}

// load reads the small tables: those of commits and files, without their code.
func (f *fixReader) load(ctx context.Context) error {
	f.commits, f.files = map[string]*fixCommit{}, map[string]fixFile{}
	if err := f.each(ctx, "SELECT file_change_id, hash, coalesce(nullif(nullif(new_path, ''), 'None'), nullif(old_path, 'None'), filename), '' FROM file_change", func(id, hash, path, _ string) {
		f.files[id] = fixFile{hash, filepath.ToSlash(strings.ReplaceAll(path, `\`, "/"))}
	}); err != nil {
		return err
	}
	score := "''"
	if f.hasColumn(ctx, "fixes", "score") {
		score = "score"
	}
	cves := map[string][]*fixCommit{}
	if err := f.each(ctx, "SELECT hash, cve_id, repo_url, "+score+" FROM fixes WHERE hash IN (SELECT hash FROM file_change) ORDER BY hash, cve_id", func(hash, cve, url, score string) {
		if score != "" && !scoresEnough(score) {
			return
		}
		c := f.commits[hash]
		if c == nil {
			c = &fixCommit{repository: cleanRepository(url), cve: cveIn(cve)}
			f.commits[hash] = c
		}
		cves[cve] = append(cves[cve], c)
	}); err != nil {
		return err
	}
	if err := f.each(ctx, "SELECT cve_id, cwe_id, '', '' FROM cwe_classification ORDER BY cve_id, cwe_id", func(cve, cwe, _, _ string) {
		for _, c := range cves[cve] {
			c.cwes = mergeCWEs(c.cwes, cwesIn(cwe))
		}
	}); err != nil {
		return err
	}
	return f.each(ctx, "SELECT hash, substr(msg, 1, 500), '', '' FROM commits", func(hash, message, _, _ string) {
		if c := f.commits[hash]; c != nil {
			c.message = oneLine(message)
		}
	})
}

func scoresEnough(score string) bool {
	var n float64
	_, err := fmt.Sscan(score, &n)
	return err != nil || n >= minScore
}

func mergeCWEs(all, more []codebase.CWE) []codebase.CWE {
	for _, cwe := range more {
		known := false
		for _, have := range all {
			known = known || have == cwe
		}
		if !known {
			all = append(all, cwe)
		}
	}
	return all
}

func (f *fixReader) hasColumn(ctx context.Context, table, column string) bool {
	var n int
	err := f.db.QueryRowContext(ctx, "SELECT count(*) FROM pragma_table_info(?) WHERE name = ?", table, column).Scan(&n)
	return err == nil && n > 0
}

// each calls do with the four columns of each row.
func (f *fixReader) each(ctx context.Context, query string, do func(a, b, c, d string)) error {
	rows, err := f.db.QueryContext(ctx, query)
	if err != nil {
		return f.wrongTables(err)
	}
	defer rows.Close()
	for rows.Next() {
		var a, b, c, d sql.NullString
		if err := rows.Scan(&a, &b, &c, &d); err != nil {
			return f.wrongTables(err)
		}
		do(a.String, b.String, c.String, d.String)
	}
	if err := rows.Err(); err != nil {
		return f.wrongTables(err)
	}
	return nil
}

// A fixGroup collects the functions of one changed file.
type fixGroup struct {
	*fixReader
	id            string
	number        int64
	before, after []version
}

// end yields the examples of the group; it returns false where reading is to end.
func (g *fixGroup) end(ctx context.Context, yield func(Record, error) bool) bool {
	before, after := g.before, g.after
	g.before, g.after = nil, nil
	if len(before)+len(after) == 0 {
		return true
	}
	g.number++
	if g.number <= g.from.Number {
		return true
	}
	if ctx.Err() != nil {
		return false
	}
	r := Record{Where: "file_change " + g.id, Next: Position{Number: g.number}}
	if len(g.files) > 0 {
		r.Read = int64(float64(g.total) * min(float64(g.number)/float64(len(g.files)), 1))
	}
	from := Position{Number: g.number - 1}
	if !emit(func(r Record) bool { return yield(r, nil) }, r, from, g.results(before, after)...) {
		g.ended = true
		return false
	}
	return true
}

func (g *fixGroup) results(before, after []version) []result {
	file, ok := g.files[g.id]
	commit := g.commits[file.hash]
	if !ok || commit == nil {
		return []result{{skipped: skipNoCommit}}
	}
	f := fix{
		path: file.path, note: commit.message, cwes: commit.cwes, cve: commit.cve,
		repository: commit.repository, commit: file.hash, dataset: g.dataset,
	}
	if f.language, ok = lang.FromPath(f.path); !ok {
		return []result{{skipped: skipLanguage}}
	}
	if isTest(f.path) {
		return []result{{skipped: skipTest}}
	}
	return g.changeResults(f, changes(f.language, before, after))
}

const skipNoCommit = "no fix of a CVE names its commit"
