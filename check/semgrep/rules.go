package semgrep

import (
	"bytes"
	"embed"
	"fmt"
	"io/fs"
	"path"
	"regexp"

	"github.com/seccoder/seccoder/lang"
)

// files hold the rules: rules/<folder>/<subject>.yml, each a list under "rules:". What
// several of them share, such as where input comes from, lies in rules/<folder>/include,
// and is put in the place of a line "- include: name".
//
//go:embed rules
var files embed.FS

// folderOf are the folders of the rules, by language.
var folderOf = map[lang.Language]string{
	lang.Python: "python", lang.JavaScript: "javascript", lang.TypeScript: "javascript",
	lang.Go: "go", lang.Java: "java", lang.C: "c", lang.CPP: "c",
}

// Config returns the rules for a language as one file that semgrep --config takes.
func Config(l lang.Language) ([]byte, error) {
	folder, ok := folderOf[l]
	if !ok {
		return nil, fmt.Errorf("no rules for semgrep in language %q", l)
	}
	return config(folder)
}

// config puts the rules of a folder together.
func config(folder string) ([]byte, error) {
	names, err := fs.Glob(files, path.Join("rules", folder, "*.yml"))
	if err != nil {
		return nil, err
	}
	all := []byte("rules:\n")
	for _, name := range names {
		text, err := expand(folder, name)
		if err != nil {
			return nil, err
		}
		list, ok := bytes.CutPrefix(text, []byte("rules:\n"))
		if !ok {
			return nil, fmt.Errorf("semgrep rules %s: the first line is not \"rules:\"", name)
		}
		all = append(all, list...)
	}
	return all, nil
}

var includeLine = regexp.MustCompile(`^( *)- include: ([a-z-]+)$`)

// expand reads a file, with what it includes at the depth of the line that says so.
func expand(folder, name string) ([]byte, error) {
	text, err := files.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("read semgrep rules %s: %w", name, err)
	}
	var out []byte
	for line := range bytes.Lines(text) {
		m := includeLine.FindSubmatch(bytes.TrimRight(line, "\r\n"))
		if m == nil {
			out = append(out, line...)
			continue
		}
		part, err := expand(folder, path.Join("rules", folder, "include", string(m[2])+".yml"))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		for line := range bytes.Lines(part) {
			out = append(append(out, m[1]...), line...)
		}
	}
	return out, nil
}
