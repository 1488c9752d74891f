package corpus

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/BurntSushi/toml"
)

// Read reads the entries of a tree that is laid out as the package comment says,
// in the order of their paths. The error names every file that is wrong, not
// only the first.
func Read(fsys fs.FS) ([]Entry, error) {
	var entries []Entry
	var wrong []error
	folders, err := fs.Glob(fsys, "*/*/*")
	if err != nil {
		return nil, err
	}
	slices.Sort(folders)
	for _, folder := range folders {
		entry, err := readEntry(fsys, folder)
		if err != nil {
			wrong = append(wrong, fmt.Errorf("corpus/%w", err))
			continue
		}
		entries = append(entries, entry)
	}
	return entries, errors.Join(wrong...)
}

var (
	cweFolder = regexp.MustCompile(`^cwe-([0-9]{3,5})$`)
	entryName = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
)

// readEntry reads one folder. Its errors begin with a path.
func readEntry(fsys fs.FS, folder string) (Entry, error) {
	language, rest, _ := strings.Cut(folder, "/")
	ending, known := endings[language]
	if !known {
		return Entry{}, fmt.Errorf("%s: %q is not a language of the corpus", folder, language)
	}
	number := cweFolder.FindStringSubmatch(path.Dir(rest))
	if number == nil {
		return Entry{}, fmt.Errorf("%s: the folder above must be named like cwe-089", folder)
	}
	if !entryName.MatchString(path.Base(rest)) {
		return Entry{}, fmt.Errorf("%s: the folder's name must be lower-case words joined by hyphens", folder)
	}
	entry := Entry{Language: language, Path: folder}
	var description string
	wanted := map[string]*string{
		"example" + ending:  &entry.Code,
		"insecure" + ending: &entry.Insecure,
		"entry.toml":        &description,
	}
	if err := readFiles(fsys, folder, wanted); err != nil {
		return Entry{}, err
	}
	if err := entry.describe(description); err != nil {
		return Entry{}, fmt.Errorf("%s/entry.toml: %w", folder, err)
	}
	if main, err := strconv.Atoi(number[1]); err != nil || entry.CWEs[0] != main {
		return Entry{}, fmt.Errorf("%s/entry.toml: the first of cwes is %d, but the folder is of %s", folder, entry.CWEs[0], path.Dir(rest))
	}
	if entry.Code == entry.Insecure {
		return Entry{}, fmt.Errorf("%s/insecure%s: it is the same as example%s", folder, ending, ending)
	}
	return entry, nil
}

// readFiles fills wanted, by name, from the folder, which must hold these files
// and no other.
func readFiles(fsys fs.FS, folder string, wanted map[string]*string) error {
	present, err := fs.ReadDir(fsys, folder)
	if err != nil {
		return fmt.Errorf("%s: %w", folder, err)
	}
	for _, file := range present {
		if wanted[file.Name()] == nil {
			return fmt.Errorf("%s/%s: an entry has no such file", folder, file.Name())
		}
	}
	for _, name := range slices.Sorted(maps.Keys(wanted)) {
		content, err := fs.ReadFile(fsys, folder+"/"+name)
		if err != nil {
			return fmt.Errorf("%s/%s: %w", folder, name, err)
		}
		if len(bytes.TrimSpace(content)) == 0 {
			return fmt.Errorf("%s/%s: it is empty", folder, name)
		}
		*wanted[name] = string(content)
	}
	return nil
}

// describe takes over what an entry.toml says.
func (e *Entry) describe(text string) error {
	var said struct {
		Title string `toml:"title"`
		Fix   string `toml:"fix"`
		CWEs  []int  `toml:"cwes"`
	}
	meta, err := toml.Decode(text, &said)
	if err != nil {
		return err
	}
	if unknown := meta.Undecoded(); len(unknown) > 0 {
		return fmt.Errorf("unknown key %q (known: title, fix, cwes)", unknown[0].String())
	}
	for _, line := range []struct{ key, value string }{{"title", said.Title}, {"fix", said.Fix}} {
		if strings.TrimSpace(line.value) == "" || strings.ContainsAny(line.value, "\r\n") {
			return fmt.Errorf("%s must be one line of text", line.key)
		}
	}
	if len(said.CWEs) == 0 {
		return errors.New("cwes must name at least the folder's CWE")
	}
	for i, cwe := range said.CWEs {
		if cwe < 1 || slices.Contains(said.CWEs[:i], cwe) {
			return fmt.Errorf("%d in cwes is no CWE id or stands there twice", cwe)
		}
	}
	e.Title, e.Fix, e.CWEs = said.Title, said.Fix, said.CWEs
	return nil
}
