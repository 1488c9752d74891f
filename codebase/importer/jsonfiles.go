package importer

import (
	"context"
	"errors"
	"io"
	"iter"
	"os"
	"path/filepath"
	"slices"
)

// files lists the files of an input: the path itself, or those below the folder
// that match one of the patterns. What there is of the first folder that has some is
// taken, in the order of the patterns.
func files(path string, patterns ...string) ([]string, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, &InputError{err}
	}
	if !info.IsDir() {
		return []string{path}, nil
	}
	var found []string
	for _, pattern := range patterns {
		matches, err := filepath.Glob(filepath.Join(escapeGlob(path), pattern))
		if err != nil {
			return nil, &InputError{err}
		}
		for _, match := range matches {
			if !slices.Contains(found, match) {
				found = append(found, match)
			}
		}
	}
	if len(found) == 0 {
		return nil, inputErrorf("%s has no files %q", path, patterns)
	}
	return found, nil
}

// escapeGlob makes a pattern that matches the path alone.
func escapeGlob(path string) string {
	if os.PathSeparator == '\\' {
		return path // there is no escaping in patterns of Windows
	}
	escaped := make([]byte, 0, len(path))
	for i := range len(path) {
		if c := path[i]; c == '*' || c == '?' || c == '[' || c == '\\' {
			escaped = append(escaped, '\\')
		}
		escaped = append(escaped, path[i])
	}
	return string(escaped)
}

// sizes are the sizes of files in bytes, and their sum.
func sizes(paths []string) (each []int64, total int64) {
	each = make([]int64, len(paths))
	for i, path := range paths {
		if info, err := os.Stat(path); err == nil {
			each[i] = info.Size()
			total += each[i]
		}
	}
	return each, total
}

// A values is the place in a set of JSON files that is being read.
type values struct {
	*jsonScanner
	path string
	file int
	// before is the size of the files before.
	before int64
	// began is the position before the value.
	began Position
}

// where names the place, as in "train.jsonl:12".
func (v values) where() string { return v.jsonScanner.where(v.path) }

// record begins a record at the place, behind which to go on.
func (v values) record() Record {
	return Record{Where: v.where(), Next: v.position(v.file), Read: v.before + v.offset}
}

// jsonRecords yields what take makes of each JSON value of the files. take gets the
// value of v; an error of the value is yielded as a broken record without it.
func (in *input) jsonRecords(ctx context.Context, paths []string, take func(v values, yield func(Record) bool) bool) iter.Seq2[Record, error] {
	return func(yield func(Record, error) bool) {
		each, total := sizes(paths)
		in.total = total
		var before int64
		for i, path := range paths {
			if i >= in.from.File && !in.jsonFile(ctx, values{path: path, file: i, before: before}, take, yield) {
				return
			}
			before += each[i]
		}
	}
}

// jsonFile reads one file; it returns false where reading is to end.
func (in *input) jsonFile(ctx context.Context, v values, take func(values, func(Record) bool) bool, yield func(Record, error) bool) bool {
	var from Position
	if v.file == in.from.File {
		from = in.from
	}
	file, scanner, err := openJSON(v.path, from)
	if err != nil {
		return yield(Record{}, err)
	}
	defer file.Close()
	v.jsonScanner = scanner
	return v.each(ctx, take, yield)
}

// each yields what take makes of each value; it returns false where reading is to end.
func (v values) each(ctx context.Context, take func(values, func(Record) bool) bool, yield func(Record, error) bool) bool {
	for {
		v.began = v.position(v.file)
		err := v.next(ctx)
		switch {
		case errors.Is(err, io.EOF):
			return true
		case errors.Is(err, errTooLong), errors.Is(err, errCutShort), errors.Is(err, errArrayOpen):
			r := v.record()
			r.Err = err
			if !yield(r, nil) {
				return false
			}
			if !errors.Is(err, errTooLong) {
				return true
			}
		case err != nil:
			yield(Record{}, err)
			return false
		default:
			if !take(v, func(r Record) bool { return yield(r, nil) }) {
				return false
			}
		}
	}
}

// emit yields the results of one record of a data set. Until the last of them has
// been dealt with, reading goes on at from, before the record.
func emit(yield func(Record) bool, at Record, from Position, results ...result) bool {
	for i, r := range results {
		record := at
		record.Example, record.Skipped, record.Err = r.example, r.skipped, r.err
		if len(results) > 1 && r.what != "" {
			record.Where += " " + r.what
		}
		if i < len(results)-1 {
			record.Next = from
		}
		if !yield(record) {
			return false
		}
	}
	return true
}
