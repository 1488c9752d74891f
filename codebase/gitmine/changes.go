package gitmine

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
)

// A change is what a commit did to one file. before and after are ids of its content,
// path and from its names; from differs where the file was renamed.
type change struct {
	status        byte
	before, after string
	// mode and oldMode tell files from links and submodules.
	oldMode, mode string
	from, path    string
}

// The modes of git that are no files.
const (
	modeLink      = "120000"
	modeSubmodule = "160000"
)

// changes hands the changes of each commit to take, in the order of ids. Commits with
// several parents have none, unless the one to compare with stands behind the id and a
// blank; those without parents have none.
func (r *repository) changes(ctx context.Context, ids []string, take func(id string, changes []change)) error {
	input := strings.NewReader(strings.Join(ids, "\n") + "\n")
	return r.stream(ctx, input, func(out io.Reader) error { return readChanges(out, take) },
		"diff-tree", "--stdin", "-r", "-z", "--raw", "--no-abbrev", "--find-renames", "--no-ext-diff", "--no-textconv", "--no-color", "--no-relative")
}

// maxPath bounds a path, in bytes.
const maxPath = 1 << 14

// readChanges reads what diff-tree --stdin -z --raw prints: an id on its own, and for
// each file ":100644 100644 <before> <after> M", a NUL, and its path, or two.
func readChanges(out io.Reader, take func(id string, changes []change)) error {
	records := bufio.NewReaderSize(out, 1<<16)
	id := ""
	var changes []change
	flush := func() {
		if id != "" {
			take(id, changes)
		}
		changes = nil
	}
	for {
		record, err := readUntil(records, 0, maxPath)
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
			if id = strings.TrimSpace(string(record)); !commitID.MatchString(id) {
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
		if c.status == 'R' || c.status == 'C' {
			names = 2
		}
		for i := range names {
			name, err := readUntil(records, 0, maxPath)
			if err != nil {
				return io.ErrUnexpectedEOF
			}
			if i == 0 {
				c.from = string(name)
			}
			c.path = string(name)
		}
		changes = append(changes, c)
	}
}

// parseChange reads ":100644 100644 <before> <after> R087".
func parseChange(record string) (change, error) {
	fields := strings.Fields(strings.TrimPrefix(record, ":"))
	if len(fields) != 5 || !commitID.MatchString(fields[2]) || !commitID.MatchString(fields[3]) {
		return change{}, fmt.Errorf("%.120q is no change of a file", record)
	}
	return change{oldMode: fields[0], mode: fields[1], before: fields[2], after: fields[3], status: fields[4][0]}, nil
}
