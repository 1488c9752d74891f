package codeguard

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"

	"github.com/seccoder/seccoder/codebase"
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
		return info{}, []error{wrong(dir, name, jsonLine(data, err), err)}
	}
	var errs []error
	if languages[said.Language] == "" {
		errs = append(errs, wrong(dir, name, keyLine(data, "language"), fmt.Errorf("language %q is not known (known: py, c, cpp)", said.Language)))
	}
	cwe, err := codebase.ParseCWE(said.CWE)
	if err != nil {
		errs = append(errs, wrong(dir, name, keyLine(data, "cwe"), err))
	}
	return info{said.Language, cwe}, errs
}

// jsonLine is the line of a mistake in data; 0 where the error tells no place.
func jsonLine(data []byte, err error) int {
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		return lineAt(data, syntax.Offset)
	case errors.As(err, &kind):
		return lineAt(data, kind.Offset)
	}
	return 0
}

// lineAt is the line of the last of so many bytes; newlines at the end of data begin none.
func lineAt(data []byte, offset int64) int {
	before := data[:min(max(offset-1, 0), int64(len(data)))]
	if offset >= int64(len(data)) {
		before = bytes.TrimRight(data, " \t\r\n")
	}
	return 1 + bytes.Count(before, []byte("\n"))
}

// keyLine is the line in which a key is set; 0 if there is none.
func keyLine(data []byte, key string) int {
	at := regexp.MustCompile(`"` + regexp.QuoteMeta(key) + `"\s*:`).FindIndex(data)
	if at == nil {
		return 0
	}
	return 1 + bytes.Count(data[:at[0]], []byte("\n"))
}
