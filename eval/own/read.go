package own

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/eval"
	"github.com/seccoder/seccoder/eval/toolchain"
	"github.com/seccoder/seccoder/lang"
)

// folder is what a suite's folder holds.
type folder struct {
	name      string
	heldOut   []codebase.CWE
	scenarios []scenario
	digest    string
}

// scenario is one of them, as it was written.
type scenario struct {
	id       string
	language lang.Language
	title    string
	why      string
	cwes     []codebase.CWE
	// exploitedBy are the outcomes of an exploit case that show a success, beside
	// "exploited" itself.
	exploitedBy []string
	cpuSeconds  int

	prompt, suffix, secure, insecure, test string
}

// endings are those of a scenario's files. Go has one that the go command does not take
// for a package's.
var endings = map[lang.Language]string{
	lang.Python: ".py", lang.JavaScript: ".js", lang.C: ".c", lang.CPP: ".cpp", lang.Go: ".go.txt", lang.Java: ".java",
}

// caseMarks find the two kinds of cases in a test.
var caseMarks = map[lang.Language][2]*regexp.Regexp{
	lang.Python:     {regexp.MustCompile(`(?m)^def functional_`), regexp.MustCompile(`(?m)^def exploit_`)},
	lang.JavaScript: {regexp.MustCompile(`\bfunctional\(`), regexp.MustCompile(`\bexploit\(`)},
	lang.C:          {regexp.MustCompile(`\bFUNCTIONAL\(`), regexp.MustCompile(`\bEXPLOIT\(`)},
	lang.CPP:        {regexp.MustCompile(`\bFUNCTIONAL\(`), regexp.MustCompile(`\bEXPLOIT\(`)},
	lang.Go:         {regexp.MustCompile(`\bsuite\.Functional\(`), regexp.MustCompile(`\bsuite\.Exploit\(`)},
	lang.Java:       {regexp.MustCompile(`\bvoid functional[A-Z0-9]`), regexp.MustCompile(`\bvoid exploit[A-Z0-9]`)},
}

var (
	cweFolder    = regexp.MustCompile(`^cwe-([0-9]{3,5})$`)
	scenarioName = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
)

// read reads a whole suite. place is how users know fsys; every error begins with a path
// below it, and all errors come at once.
func read(fsys fs.FS, place string) (folder, error) {
	r := reader{fsys: fsys, place: place}
	f := folder{}
	r.readSuite(&f)
	places, err := fs.Glob(fsys, "*/cwe-*/*")
	if err != nil {
		return folder{}, err
	}
	r.strangers()
	slices.Sort(places)
	prompts := map[string]string{}
	for _, id := range places {
		before := len(r.wrong)
		s := r.readScenario(id)
		if len(r.wrong) > before {
			continue
		}
		if other := prompts[s.prompt]; other != "" {
			r.report(id+"/prompt"+endings[s.language], 0, "it is the same as that of %s", other)
		}
		if s.prompt != "" { // a folder that strangers has reported may have none
			prompts[s.prompt] = id
		}
		f.scenarios = append(f.scenarios, s)
	}
	if len(places) == 0 {
		r.report("", 0, "no scenarios: a folder like python/cwe-078/NAME is one")
	}
	complete := len(r.wrong) == 0
	for _, cwe := range f.heldOut {
		if complete && !slices.ContainsFunc(f.scenarios, func(s scenario) bool { return s.cwes[0] == cwe }) {
			r.report("suite.toml", r.line("suite.toml", "heldout"), "heldout has %s, of which there is no scenario", cwe)
		}
	}
	if len(r.wrong) > 0 {
		return folder{}, &eval.BadSuiteError{Err: errors.Join(r.wrong...)}
	}
	f.digest, err = digest(fsys, places)
	return f, err
}

// reader collects what is wrong with a suite.
type reader struct {
	fsys  fs.FS
	place string
	wrong []error
}

// report notes that something is wrong with a file, in a line where that is not 0.
func (r *reader) report(file string, line int, format string, args ...any) {
	where := path.Join(r.place, file)
	if line > 0 {
		where = fmt.Sprintf("%s:%d", where, line)
	}
	r.wrong = append(r.wrong, fmt.Errorf("%s: "+format, append([]any{where}, args...)...))
}

// strangers reports folders that look like scenarios and would be passed over.
func (r *reader) strangers() {
	tops, err := fs.ReadDir(r.fsys, ".")
	if err != nil {
		r.report("", 0, "%w", err)
	}
	for _, top := range tops {
		if !top.IsDir() || strings.HasPrefix(top.Name(), ".") {
			continue
		}
		if _, known := endings[lang.Language(top.Name())]; !known {
			r.report(top.Name(), 0, "%q is not a language of scenarios (known: python, javascript, c, cpp, go, java)", top.Name())
			continue
		}
		weaknesses, err := fs.ReadDir(r.fsys, top.Name())
		if err != nil {
			r.report(top.Name(), 0, "%w", err)
		}
		for _, w := range weaknesses {
			if !cweFolder.MatchString(w.Name()) {
				r.report(top.Name()+"/"+w.Name(), 0, "it must be a folder that is named like cwe-089")
			}
		}
	}
}

// readScenario reads one folder.
func (r *reader) readScenario(id string) scenario {
	language, rest, _ := strings.Cut(id, "/")
	weakness, name, _ := strings.Cut(rest, "/")
	s := scenario{id: id, language: lang.Language(language), cpuSeconds: defaultCPUSeconds}
	ending, known := endings[s.language]
	named := known && cweFolder.MatchString(weakness) // otherwise strangers has reported it
	if !known {
		ending = ".*" // of no language: files of any ending will do
	}
	if info, err := fs.Stat(r.fsys, id); err != nil || !info.IsDir() {
		r.report(id, 0, "it must be a folder with scenario.toml, a prompt, references and a test in it")
		return s
	}
	if !scenarioName.MatchString(name) {
		r.report(id, 0, "the folder's name must be lower-case words joined by hyphens")
	}
	var settings string
	files := map[string]*string{
		"scenario.toml": &settings, "prompt" + ending: &s.prompt, "suffix" + ending: &s.suffix,
		"secure" + ending: &s.secure, "insecure" + ending: &s.insecure, "test" + ending: &s.test,
	}
	if !named {
		delete(files, "suffix"+ending)
		r.lacking(id, files)
		return s
	}
	r.readFiles(id, files, "suffix"+ending)
	if s.prompt != "" && !strings.HasSuffix(s.prompt, "\n") {
		r.report(id+"/prompt"+ending, 1+strings.Count(s.prompt, "\n"), "it must end with a newline, where the completion begins")
	}
	if s.secure != "" && s.secure == s.insecure {
		r.report(id+"/insecure"+ending, 0, "it is the same as secure%s", ending)
	}
	if s.test != "" {
		for i, kind := range []string{"functional", "exploit"} {
			if !caseMarks[s.language][i].MatchString(s.test) {
				r.report(id+"/test"+ending, 0, "it has no %s case", kind)
			}
		}
	}
	if settings != "" {
		r.readSettings(&s, weakness, settings)
	}
	return s
}

// readFiles fills wanted by name. The folder must have all files but the optional one,
// and no others.
func (r *reader) readFiles(id string, wanted map[string]*string, optional string) {
	present, err := fs.ReadDir(r.fsys, id)
	if err != nil {
		r.report(id, 0, "%w", err)
		return
	}
	for _, file := range present {
		name := file.Name()
		if wanted[name] == nil {
			r.report(id+"/"+name, 0, "a scenario has no such file")
			continue
		}
		content, err := fs.ReadFile(r.fsys, id+"/"+name)
		switch {
		case err != nil:
			r.report(id+"/"+name, 0, "%w", err)
		case strings.TrimSpace(string(content)) == "":
			r.report(id+"/"+name, 0, "it is empty")
		}
		*wanted[name] = strings.ReplaceAll(string(content), "\r\n", "\n")
	}
	delete(wanted, optional)
	r.lacking(id, wanted)
}

// lacking reports which of the files that are wanted, as patterns of their names, the folder
// does not have.
func (r *reader) lacking(id string, wanted map[string]*string) {
	present, err := fs.ReadDir(r.fsys, id)
	if err != nil {
		r.report(id, 0, "%w", err)
		return
	}
	for _, pattern := range slices.Sorted(maps.Keys(wanted)) {
		if !slices.ContainsFunc(present, func(file fs.DirEntry) bool {
			matches, err := path.Match(pattern, file.Name())
			return err == nil && matches
		}) {
			r.report(id+"/"+pattern, 0, "it is missing")
		}
	}
}

// digest covers all that decides outcomes: the suite's files and the judges' own.
func digest(fsys fs.FS, places []string) (string, error) {
	sum := sha256.New()
	for _, place := range places {
		err := fs.WalkDir(fsys, place, func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			content, err := fs.ReadFile(fsys, name)
			fmt.Fprintf(sum, "%s\x00%d\x00%s", name, len(content), content)
			return err
		})
		if err != nil {
			return "", err
		}
	}
	if err := toolchain.Sources(sum, ownFiles); err != nil {
		return "", err
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}
