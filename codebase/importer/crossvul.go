package importer

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/seccoder/seccoder/lang"
)

// A crossCommit is an element of CrossVul's metadata.json: a commit and the names of
// its files in the data set. CrossVul (ESEC/FSE 2021, release 4734050 of its
// archive) is a folder CWE-N/ENDING/ of files good_COMMIT_FILE and bad_COMMIT_FILE,
// whole and without endings; there is no repository of it, so the form is taken
// from its description and from programs that read it.
type crossCommit struct {
	URL   string `json:"url"`
	Files []struct {
		Name string `json:"database_name"`
	} `json:"files"`
}

func readCrossVul(ctx context.Context, in *input) iter.Seq2[Record, error] {
	root, pairs, total, err := crossPairs(in.path)
	if err != nil {
		return failed(err)
	}
	commits, err := crossCommits(ctx, in.path, root)
	if err != nil {
		return failed(err)
	}
	return func(yield func(Record, error) bool) {
		in.total = total
		var read int64
		for i := range pairs {
			read += pairs[i].size
			if int64(i) < in.from.Number {
				continue
			}
			if err := ctx.Err(); err != nil {
				yield(Record{}, err)
				return
			}
			r := Record{Where: pairs[i].path, Next: Position{Number: int64(i) + 1}, Read: read}
			from := Position{Number: int64(i)}
			if !emit(func(r Record) bool { return yield(r, nil) }, r, from, in.crossResults(root, pairs[i].path, commits)...) {
				return
			}
		}
	}
}

// A sizedFile is a file below a folder, by its slash path, with its size in bytes.
type sizedFile struct {
	path string
	size int64
}

// listFiles lists the files below a folder that are wanted by their names, in the
// order of their paths, and their size together.
func listFiles(root string, wanted func(name string) bool) (found []sizedFile, total int64, err error) {
	err = filepath.WalkDir(root, func(file string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() || !wanted(d.Name()) {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		name, err := filepath.Rel(root, file)
		if err != nil {
			return err
		}
		found = append(found, sizedFile{filepath.ToSlash(name), info.Size()})
		total += info.Size()
		return nil
	})
	if err != nil {
		return nil, 0, &InputError{err}
	}
	slices.SortFunc(found, func(a, b sizedFile) int { return strings.Compare(a.path, b.path) })
	return found, total, nil
}

// crossPairs lists the fixed files below the folder.
func crossPairs(path string) (root string, pairs []sizedFile, total int64, err error) {
	root = path
	if inner := filepath.Join(path, "dataset_final_sorted"); isDir(inner) {
		root = inner
	}
	pairs, total, err = listFiles(root, func(name string) bool { return strings.HasPrefix(name, "good_") })
	if err == nil && len(pairs) == 0 {
		err = inputErrorf("%s has no files CWE-N/LANGUAGE/good_N_N; give the folder that holds the CWE folders", path)
	}
	return root, pairs, total, err
}

func isDir(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

// crossCommits reads metadata.json, where it is there: the URL of the commit of each
// file, by the part of its name behind good_ and bad_.
func crossCommits(ctx context.Context, folders ...string) (map[string]string, error) {
	commits := map[string]string{}
	for _, folder := range folders {
		path := filepath.Join(folder, "metadata.json")
		if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
			continue
		}
		file, scanner, err := openJSON(path, Position{})
		if err != nil {
			return nil, err
		}
		err = readCrossCommits(ctx, scanner, commits)
		_ = file.Close()
		if err != nil {
			return nil, inputErrorf("read %s: %w", path, err)
		}
		break
	}
	return commits, nil
}

func readCrossCommits(ctx context.Context, scanner *jsonScanner, commits map[string]string) error {
	for {
		err := scanner.next(ctx)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		var c crossCommit
		if err := decode(scanner.value, &c); err != nil {
			return fmt.Errorf("element %d: %w", scanner.number, err)
		}
		for _, f := range c.Files {
			if _, key, ok := strings.Cut(f.Name, "_"); ok {
				commits[key] = c.URL
			}
		}
	}
}

// crossResults reads a pair of files.
func (in *input) crossResults(root, good string, commits map[string]string) []result {
	folder, name := filepath.Split(filepath.FromSlash(good))
	key := strings.TrimPrefix(name, "good_")
	after, err := readSource(filepath.Join(root, folder, name))
	if err != nil {
		return []result{{err: err}}
	}
	before, err := readSource(filepath.Join(root, folder, "bad_"+key))
	if errors.Is(err, fs.ErrNotExist) {
		return []result{{skipped: skipNoBefore}}
	}
	if err != nil {
		return []result{{err: err}}
	}
	parts := strings.Split(good, "/")
	f := fix{dataset: "CrossVul"}
	if len(parts) >= 3 {
		f.cwes = cwesIn(parts[len(parts)-3])
	}
	f.language = crossLanguage(parts[max(0, len(parts)-2)])
	f.repository, f.commit = splitCommit(commits[key])
	return in.fileResults(f, before, after)
}

// crossLanguage is the language of a folder, which is named by a file ending.
func crossLanguage(ending string) lang.Language {
	l, _ := lang.FromPath("file." + ending)
	return l
}

// readSource reads a source file that is not too large.
func readSource(path string) (string, error) {
	info, err := os.Stat(path)
	if err != nil {
		return "", err
	}
	if info.Size() > maxRecord {
		return "", errTooLong
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return "", err
	}
	if !utf8.Valid(data) {
		return "", errors.New("it is not UTF-8 text")
	}
	return string(data), nil
}
