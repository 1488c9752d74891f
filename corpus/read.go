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
	if err := readFiles(fsys, folder, wanted, map[string]*string{"proof" + ending: &entry.Proof.Cases}); err != nil {
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

// readFiles fills wanted and optional, by name, from the folder, which must hold the
// wanted files, may hold the optional ones, and no other.
func readFiles(fsys fs.FS, folder string, wanted, optional map[string]*string) error {
	present, err := fs.ReadDir(fsys, folder)
	if err != nil {
		return fmt.Errorf("%s: %w", folder, err)
	}
	wanted = maps.Clone(wanted)
	for _, file := range present {
		switch name := file.Name(); {
		case optional[name] != nil:
			wanted[name] = optional[name]
		case wanted[name] == nil:
			return fmt.Errorf("%s/%s: an entry has no such file", folder, name)
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
		Title       string   `toml:"title"`
		Fix         string   `toml:"fix"`
		CWEs        []int    `toml:"cwes"`
		Proof       string   `toml:"proof"`
		ExploitedBy []string `toml:"exploited_by"`
		CPUSeconds  int      `toml:"cpu_seconds"`
	}
	meta, err := toml.Decode(text, &said)
	if err != nil {
		return err
	}
	if unknown := meta.Undecoded(); len(unknown) > 0 {
		return fmt.Errorf("unknown key %q (known: title, fix, cwes, proof, exploited_by, cpu_seconds)", unknown[0].String())
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
	return e.Proof.describe(said.Proof, said.ExploitedBy, said.CPUSeconds)
}

// describe takes over what an entry.toml says of the proof, whose cases are read.
func (p *Proof) describe(checker string, exploitedBy []string, cpuSeconds int) error {
	if checker != "" {
		var both bool
		if p.Checker, p.Rule, both = strings.Cut(checker, ":"); !both || p.Checker == "" || p.Rule == "" {
			return fmt.Errorf("proof is %q, must be a checker and its rule, as in \"bandit:B324\"", checker)
		}
		if p.Cases != "" {
			return errors.New("proof names a checker, but there is a file with cases too; keep the one of them that shows more")
		}
	}
	if p.Cases == "" && (len(exploitedBy) > 0 || cpuSeconds != 0) {
		return errors.New("exploited_by and cpu_seconds are for a proof that is run, and there is none")
	}
	for _, word := range exploitedBy {
		if !slices.Contains([]string{"hang", "crash", "memory"}, word) {
			return fmt.Errorf("exploited_by has %q (known: hang, crash, memory)", word)
		}
	}
	if cpuSeconds < 0 || cpuSeconds > 10 {
		return fmt.Errorf("cpu_seconds is %d, must be from 1 to 10", cpuSeconds)
	}
	p.ExploitedBy, p.CPUSeconds = exploitedBy, cpuSeconds
	return nil
}
