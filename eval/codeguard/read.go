package codeguard

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/eval"
	"github.com/seccoder/seccoder/internal/jsonline"
)

// A checkout is what Load reads of one.
type checkout struct {
	// shared is the code that all tests import.
	shared   string
	problems []problem
}

// A problem is a scenario, which has no judge yet, and the test of its function.
type problem struct {
	scenario eval.Scenario
	test     test
}

// readCheckout reads dir, all of its errors at once.
func readCheckout(dir string) (checkout, error) {
	if _, err := os.Stat(dir); err != nil {
		return checkout{}, err
	}
	infos, err := fs.Glob(os.DirFS(dir), "data/base/*/*/info.json")
	if err != nil {
		return checkout{}, err
	}
	if len(infos) == 0 {
		return checkout{}, &eval.BadSuiteError{Err: fmt.Errorf("no data/base/cwe-*/*/info.json in %s; name a checkout of CodeGuard+'s repository", dir)}
	}
	var c checkout
	var errs []error
	if c.shared, err = readFile(dir, "unit_test/test_utils.py"); err != nil {
		errs = append(errs, err)
	}
	for _, name := range infos {
		p, err := read(dir, path.Dir(name), c.shared)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		c.problems = append(c.problems, p)
	}
	if len(errs) > 0 {
		return checkout{}, &eval.BadSuiteError{Err: errors.Join(errs...)}
	}
	return c, nil
}

// placeForm is where a scenario lies.
var placeForm = regexp.MustCompile(`^data/base/(cwe-\d+)/(\d+-[a-z]+)$`)

// read reads one scenario, all of its errors at once.
func read(dir, place, shared string) (problem, error) {
	m := placeForm.FindStringSubmatch(place)
	if m == nil {
		return problem{}, wrong(dir, place, 0, errors.New("the folder's name is not of the form cwe-089/0-py"))
	}
	info, errs := readInfo(dir, place+"/info.json")
	s := eval.Scenario{ID: m[1] + "/" + m[2], Kind: eval.Security, Split: eval.Test, Language: languages[info.language], CWE: info.cwe}
	if s.Language == "" {
		return problem{}, errors.Join(errs...)
	}
	for _, name := range []string{"file_context.", "func_context."} {
		part, err := readFile(dir, place+"/"+name+info.language)
		if err != nil {
			errs = append(errs, err)
		}
		s.Prompt += part
	}
	s.Task = task(s.Prompt)
	t, err := readTest(dir, s.ID, info.language, shared)
	if err != nil {
		errs = append(errs, err)
	}
	return problem{s, t}, errors.Join(errs...)
}

// wrong says what is wrong with a file of the checkout, in a line where that is not 0.
func wrong(dir, name string, line int, err error) error {
	place := filepath.Join(dir, filepath.FromSlash(name))
	if line > 0 {
		place = fmt.Sprintf("%s:%d", place, line)
	}
	return fmt.Errorf("%s: %w", place, err)
}

// missing is what is wrong with a file that is not there.
type missing struct{ err error }

func (missing) Error() string   { return "it is missing" }
func (m missing) Unwrap() error { return m.err }

func readFile(dir, name string) (string, error) {
	data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
	var at *fs.PathError
	switch {
	case err == nil:
		return string(data), nil
	case errors.Is(err, fs.ErrNotExist):
		err = missing{err}
	case errors.As(err, &at):
		err = at.Err // wrong says of which file
	}
	return "", wrong(dir, name, 0, err)
}

// info is what an info.json says of a scenario.
type info struct {
	language string
	cwe      codebase.CWE
}

// readInfo reads an info.json, all of its errors at once.
func readInfo(dir, name string) (info, []error) {
	text, err := readFile(dir, name)
	if err != nil {
		return info{}, []error{err}
	}
	data := []byte(text)
	var said struct {
		Language string `json:"language"`
		CWE      string `json:"cwe"`
	}
	if err := json.Unmarshal(data, &said); err != nil {
		return info{}, []error{wrong(dir, name, jsonline.Of(data, err), jsonline.Plain(err))}
	}
	var errs []error
	if languages[said.Language] == "" {
		errs = append(errs, wrong(dir, name, jsonline.Key(data, "language"), fmt.Errorf("language %q is not known (known: py, c, cpp)", said.Language)))
	}
	cwe, err := codebase.ParseCWE(said.CWE)
	if err != nil {
		errs = append(errs, wrong(dir, name, jsonline.Key(data, "cwe"), err))
	}
	return info{said.Language, cwe}, errs
}
