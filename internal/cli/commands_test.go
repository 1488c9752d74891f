package cli_test

import (
	"database/sql"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
	_ "modernc.org/sqlite" // the driver "sqlite"
)

// The commands that the scripts have beside those of testscript.

// exits CODE PROGRAM ARGS… runs a program that has to end with the exit code.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE PROGRAM ARGS…")
	}
	want := number(ts, args[0])
	got := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		exit, ok := errors.AsType[*exec.ExitError](err)
		if !ok {
			ts.Fatalf("run %s: %v", args[1], err)
		}
		got = exit.ExitCode()
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d\n%s", got, want, ts.ReadFile("stderr"))
	}
}

// shape JSON OUT writes the form of a JSON file: what differs from machine to machine,
// and from model to model, is replaced by its type, and lists by their first element.
func shape(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: shape JSON OUT")
	}
	form, err := json.MarshalIndent(shapeOf(parseJSON(ts, args[0]), ""), "", "  ")
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), append(form, '\n'), 0o644))
}

// stable are the keys whose texts are the same everywhere.
var stable = []string{"schema", "file", "language", "model", "retriever", "query"}

func shapeOf(value any, key string) any {
	switch value := value.(type) {
	case map[string]any:
		for k, v := range value {
			value[k] = shapeOf(v, k)
		}
	case []any:
		if len(value) > 0 {
			return []any{shapeOf(value[0], key)}
		}
	case string:
		if !slices.Contains(stable, key) {
			return "text"
		}
	case float64:
		return "number"
	}
	return value
}

// field JSON PATH OUT writes a field of a JSON file, as in completions.0.text.
func field(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: field JSON PATH OUT")
	}
	value := parseJSON(ts, args[0])
	for _, step := range strings.Split(args[1], ".") {
		switch v := value.(type) {
		case map[string]any:
			value = v[step]
		case []any:
			i := number(ts, step)
			if i >= len(v) {
				ts.Fatalf("%s: there are %d elements", args[1], len(v))
			}
			value = v[i]
		}
	}
	text, ok := value.(string)
	if !ok {
		encoded, err := json.Marshal(value)
		ts.Check(err)
		text = string(encoded)
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[2]), []byte(text), 0o644))
}

func parseJSON(ts *testscript.TestScript, file string) any {
	var value any
	if err := json.Unmarshal([]byte(ts.ReadFile(file)), &value); err != nil {
		ts.Fatalf("%s is no JSON: %v", file, err)
	}
	return value
}

// mode OCTAL FILE checks a file's permissions.
func mode(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: mode OCTAL FILE")
	}
	info, err := os.Stat(ts.MkAbs(args[1]))
	ts.Check(err)
	if got := strconv.FormatInt(int64(info.Mode().Perm()), 8); got != args[0] {
		ts.Fatalf("%s has mode %s, want %s", args[1], got, args[0])
	}
}

// lineends crlf|lf FILE checks that all lines of a file end in one way.
func lineEnds(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: lineends crlf|lf FILE")
	}
	text := ts.ReadFile(args[1])
	crlf, lf := strings.Count(text, "\r\n"), strings.Count(text, "\n")
	if args[0] == "crlf" && crlf != lf || args[0] == "lf" && crlf != 0 {
		ts.Fatalf("%s has %d lines that end in \\r\\n of %d", args[1], crlf, lf)
	}
}

// copymodel FOLDER CACHE copies a folder of the cache, such as models/all-minilm-l6-v2,
// into another.
func copyModel(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: copymodel FOLDER CACHE")
	}
	to := filepath.Join(ts.MkAbs(args[1]), args[0])
	ts.Check(os.MkdirAll(filepath.Dir(to), 0o755))
	ts.Check(os.CopyFS(to, os.DirFS(filepath.Join(ts.Getenv("SECCODER_CACHE_DIR"), args[0]))))
}

// head BYTES GLOB OUT writes the beginning of a file.
func head(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: head BYTES GLOB OUT")
	}
	data, err := os.ReadFile(one(ts, args[1]))
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[2]), data[:min(len(data), number(ts, args[0]))], 0o644))
}

// flip BYTE GLOB changes a byte of a file.
func flip(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: flip BYTE GLOB")
	}
	path, at := one(ts, args[1]), int64(number(ts, args[0]))
	file, err := os.OpenFile(path, os.O_RDWR, 0)
	ts.Check(err)
	defer file.Close()
	b := make([]byte, 1)
	_, err = file.ReadAt(b, at)
	ts.Check(err)
	_, err = file.WriteAt([]byte{b[0] ^ 0x5a}, at)
	ts.Check(err)
}

// sqlStatement (sql STORE STATEMENT) runs a statement on a SQLite file.
func sqlStatement(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: sql STORE STATEMENT")
	}
	db, err := sql.Open("sqlite", ts.MkAbs(args[0]))
	ts.Check(err)
	defer db.Close()
	_, err = db.Exec(args[1])
	ts.Check(err)
}

// pragma STORE STATEMENT runs a statement on a SQLite file.
func pragma(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: pragma STORE STATEMENT")
	}
	db, err := sql.Open("sqlite", ts.MkAbs(args[0]))
	ts.Check(err)
	defer db.Close()
	_, err = db.Exec("PRAGMA " + args[1])
	ts.Check(err)
}

func one(ts *testscript.TestScript, glob string) string {
	found, err := filepath.Glob(ts.MkAbs(glob))
	ts.Check(err)
	if len(found) != 1 {
		ts.Fatalf("%s: %d files, want 1", glob, len(found))
	}
	return found[0]
}

func number(ts *testscript.TestScript, text string) int {
	n, err := strconv.Atoi(text)
	ts.Check(err)
	return n
}
