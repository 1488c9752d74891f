package importer

import (
	"context"
	"errors"
	"io"
	"iter"
	"os"
	"strings"

	"github.com/seccoder/seccoder/lang"
)

// Big-Vul (MSR 2020) is published as two CSV files. MSR_data_cleaned.csv has
// functions before and after the fix, one a row; all_c_cpp_release2.0.csv of
// ZeoVan/MSR_20_Code_vulnerability_CSV_Dataset (commit 5459a17) has commits with
// their patches, a JSON object a file with bigVulNext between them.
const bigVulNext = "<_**next**_>"

// bigVulColumns are what is read of both, by the names of the one and of the other.
var bigVulColumns = map[string]string{
	"CVE ID": "cve", "CWE ID": "cwe", "commit_id": "commit", "commit_message": "message", "func_before": "before", "func_after": "after",
	"vul": "vul", "lang": "lang", "codeLink": "link", "project": "project", "file_name": "file",
	"cve_id": "cve", "cwe_id": "cwe", "ref_link": "link", "files_changed": "files",
}

func readBigVul(ctx context.Context, in *input) iter.Seq2[Record, error] {
	return func(yield func(Record, error) bool) {
		if err := in.bigVul(ctx, yield); err != nil {
			yield(Record{}, err)
		}
	}
}

// bigVul yields the rows; an error that it returns has not been yielded.
func (in *input) bigVul(ctx context.Context, yield func(Record, error) bool) error {
	file, err := os.Open(in.path)
	if err != nil {
		return &InputError{err}
	}
	defer file.Close()
	if info, err := file.Stat(); err == nil {
		in.total = info.Size()
	}
	b := bigVulRows{input: in, rows: newCSVScanner(file)}
	if err := b.header(ctx); err != nil {
		return err
	}
	clones, err := openClones(ctx, in.Clones)
	if err != nil {
		return err
	}
	defer clones.close()
	b.clones = clones
	if err := b.goOn(file); err != nil {
		return err
	}
	for {
		from := b.position()
		err := b.rows.next(ctx)
		if errors.Is(err, io.EOF) {
			return nil
		}
		r := Record{Where: b.rows.where(), Next: b.position(), Read: b.rows.offset}
		if _, ok := errors.AsType[rowError](err); ok {
			r.Err = err
			if !yield(r, nil) {
				return nil
			}
			continue
		}
		if err != nil {
			return err
		}
		results, err := b.results(ctx)
		if err != nil {
			return err
		}
		if !emit(func(r Record) bool { return yield(r, nil) }, r, from, results...) {
			return nil
		}
	}
}

// A bigVulRows reads the rows of one of the files.
type bigVulRows struct {
	*input
	rows   *csvScanner
	clones *clones
	// columns gives the places of bigVulColumns, by their short names.
	columns map[string]int
}

// header reads the names of the columns.
func (b *bigVulRows) header(ctx context.Context) error {
	if err := b.rows.next(ctx); err != nil {
		return inputErrorf("%s is not a file of Big-Vul: its first row: %w", b.path, err)
	}
	b.columns = map[string]int{}
	b.rows.columns = len(b.rows.fields)
	b.rows.wanted = make([]bool, len(b.rows.fields))
	functions := false
	for _, name := range b.rows.fields {
		functions = functions || name == "func_after"
	}
	for i, name := range b.rows.fields {
		short, ok := bigVulColumns[strings.TrimPrefix(name, "\uFEFF")]
		if ok && (short != "files" || !functions) {
			b.columns[short] = i
			b.rows.wanted[i] = true
		}
	}
	needed := []string{"cve", "cwe", "commit", "files"}
	if functions {
		needed = []string{"cve", "cwe", "commit", "before", "after", "vul"}
	}
	for _, short := range needed {
		if _, ok := b.columns[short]; !ok {
			return inputErrorf("%s is not a file of Big-Vul: its first row names neither the columns of MSR_data_cleaned.csv nor those of all_c_cpp_release2.0.csv", b.path)
		}
	}
	return nil
}

// goOn moves to the position where reading begins.
func (b *bigVulRows) goOn(file io.Seeker) error {
	if b.from.Offset <= b.rows.offset {
		return nil
	}
	if _, err := file.Seek(b.from.Offset, io.SeekStart); err != nil {
		return err
	}
	b.rows.in.Reset(file.(io.Reader))
	b.rows.offset, b.rows.row, b.rows.line = b.from.Offset, b.from.Number, int64(b.from.File)
	return nil
}

// position is where the next row starts. A CSV file is one file, so its place is
// free for the number of the line.
func (b *bigVulRows) position() Position {
	return Position{Offset: b.rows.offset, Number: b.rows.row, File: int(b.rows.line)}
}

// field is the row's value in a column.
func (b *bigVulRows) field(short string) string {
	if i, ok := b.columns[short]; ok {
		return b.rows.fields[i]
	}
	return ""
}

// results makes examples of the row.
func (b *bigVulRows) results(ctx context.Context) ([]result, error) {
	f := fix{
		note: b.field("message"), cwes: cwesIn(b.field("cwe")), cve: cveIn(b.field("cve")),
		commit: b.field("commit"), repository: b.field("project"), dataset: "Big-Vul",
	}
	if repository, commit := splitCommit(b.field("link")); commit != "" {
		f.repository, f.commit = repository, commit
	}
	if _, patches := b.columns["files"]; patches {
		if results, found, err := b.fromClones(ctx, f, []string{f.commit}); found || err != nil {
			return results, err
		}
		return b.patchResults(f), nil
	}
	if !isYes(b.field("vul")) {
		return []result{{skipped: skipNotFixed}}, nil
	}
	f.path, f.before, f.after = known(b.field("file")), b.field("before"), b.field("after")
	if f.language = cOrCPP(f.path, f.after); f.path == "" && strings.EqualFold(b.field("lang"), "CPP") {
		f.language = lang.CPP
	}
	f.title = functionName(f.language, f.after)
	return []result{b.result(f)}, nil
}

// fromClones makes examples of the commits, where a clone has one of them.
func (b *bigVulRows) fromClones(ctx context.Context, f fix, commits []string) ([]result, bool, error) {
	return b.commitResults(ctx, b.clones, f, commits)
}

// A patchedFile is an element of files_changed, as GitHub's API describes a file of a
// commit.
type patchedFile struct {
	Name  string `json:"filename"`
	Patch string `json:"patch"`
}

// patchResults takes those functions that stand as a whole in a hunk of a patch.
func (b *bigVulRows) patchResults(f fix) []result {
	var results []result
	total := 0
	for text := range strings.SplitSeq(b.field("files"), bigVulNext) {
		if strings.TrimSpace(text) == "" {
			continue
		}
		var file patchedFile
		if err := decode([]byte(text), &file); err != nil {
			results = append(results, result{err: err})
			continue
		}
		f.path, f.language = file.Name, ""
		language, ok := lang.FromPath(file.Name)
		if !ok || isTest(file.Name) {
			continue
		}
		var found []change
		for _, hunk := range hunks(file.Patch) {
			found = append(found, changes(language, versions(language, hunk.before), versions(language, hunk.after))...)
		}
		if total += len(found); total > maxFunctions {
			return []result{{skipped: skipTooMany}}
		}
		if len(found) > 0 {
			results = append(results, b.changeResults(f, found)...)
		}
	}
	if len(results) == 0 {
		return []result{{skipped: skipInHunk}}
	}
	return results
}

const skipInHunk = "no function stands as a whole in its patch (--repo names clones to take it from)"

// A hunk is a part of a patch, on both sides.
type hunk struct{ before, after string }

// hunks reads the hunks of a unified diff.
func hunks(patch string) []hunk {
	var all []hunk
	var before, after strings.Builder
	end := func() {
		if before.Len()+after.Len() > 0 {
			all = append(all, hunk{before.String(), after.String()})
		}
		before.Reset()
		after.Reset()
	}
	for line := range strings.Lines(patch) {
		switch line[0] {
		case '@':
			end()
		case '-':
			before.WriteString(line[1:])
		case '+':
			after.WriteString(line[1:])
		case '\\':
		case '\n':
			before.WriteString(line)
			after.WriteString(line)
		default:
			before.WriteString(line[1:])
			after.WriteString(line[1:])
		}
	}
	end()
	return all
}
