package codeguard

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/internal/jsonline"
)

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
		return info{}, []error{wrong(dir, name, jsonline.Of(data, err), err)}
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
