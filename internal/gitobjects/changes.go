package gitobjects

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
)

// A Change is what a commit did to one file. Before and After are ids of its content, all
// zeros where it has none; From and Path are its names, which differ where it was renamed.
type Change struct {
	// Status is git's letter: A for a new file, D for one that was deleted, M, R and others.
	Status        byte
	Before, After string
	// Mode and OldMode tell files from links and submodules.
	OldMode, Mode string
	From, Path    string
}

// The modes of git that are no files.
const (
	ModeLink      = "120000"
	ModeSubmodule = "160000"
)

// Regular reports whether both versions are files.
func (c Change) Regular() bool {
	return strings.HasPrefix(c.OldMode, "100") && strings.HasPrefix(c.Mode, "100")
}

// Changes hands the changes of each commit to take, in the order of ids. Commits with
// several parents have none, unless the one to compare with stands behind the id and a
// blank; those without parents have none.
func (r *Repository) Changes(ctx context.Context, ids []string, take func(id string, changes []Change)) error {
	input := strings.NewReader(strings.Join(ids, "\n") + "\n")
	return r.Stream(ctx, input, func(out io.Reader) error { return readChanges(out, take) },
		"diff-tree", "--stdin", "-r", "-z", "--raw", "--no-abbrev", "--find-renames", "--no-ext-diff", "--no-textconv", "--no-color", "--no-relative")
}

// MaxPath bounds a path that git prints, in bytes.
const MaxPath = 1 << 14

// readChanges reads what diff-tree --stdin -z --raw prints: an id on its own, and for
// each file ":100644 100644 <before> <after> M", a NUL, and its path, or two.
func readChanges(out io.Reader, take func(id string, changes []Change)) error {
	records := bufio.NewReaderSize(out, 1<<16)
	id := ""
	var changes []Change
	flush := func() {
		if id != "" {
			take(id, changes)
		}
		changes = nil
	}
	for {
		record, err := ReadUntil(records, 0, MaxPath)
		switch {
		case errors.Is(err, io.EOF) && len(record) == 0:
			flush()
			return nil
		case errors.Is(err, io.EOF):
			return io.ErrUnexpectedEOF
		case err != nil:
			return err
		}
		if !bytes.HasPrefix(record, []byte(":")) {
			flush()
			if id = strings.TrimSpace(string(record)); !IsID(id) {
				return fmt.Errorf("%.80q is no id of a commit", id)
			}
			continue
		}
		if id == "" {
			return fmt.Errorf("a change without a commit: %.80q", record)
		}
		c, err := parseChange(string(record))
		if err != nil {
			return err
		}
		names := 1
		if c.Status == 'R' || c.Status == 'C' {
			names = 2
		}
		for i := range names {
			name, err := ReadUntil(records, 0, MaxPath)
			if err != nil {
				return io.ErrUnexpectedEOF
			}
			if i == 0 {
				c.From = string(name)
			}
			c.Path = string(name)
		}
		changes = append(changes, c)
	}
}

// parseChange reads ":100644 100644 <before> <after> R087".
func parseChange(record string) (Change, error) {
	fields := strings.Fields(strings.TrimPrefix(record, ":"))
	if len(fields) != 5 || !IsID(fields[2]) || !IsID(fields[3]) {
		return Change{}, fmt.Errorf("%.120q is no change of a file", record)
	}
	return Change{OldMode: fields[0], Mode: fields[1], Before: fields[2], After: fields[3], Status: fields[4][0]}, nil
}

// ReadUntil reads up to a delimiter, which it leaves out, and keeps at most most bytes.
func ReadUntil(r *bufio.Reader, delimiter byte, most int) ([]byte, error) {
	var kept []byte
	for {
		part, err := r.ReadSlice(delimiter)
		if room := most - len(kept); room > 0 {
			kept = append(kept, part[:min(room, len(part))]...)
		}
		switch {
		case err == nil:
			return bytes.TrimSuffix(kept, []byte{delimiter}), nil
		case !errors.Is(err, bufio.ErrBufferFull):
			return kept, err
		}
	}
}
