package gitmine

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/seccoder/seccoder/internal/gitobjects"
)

// A commit is what is known of one before its changes are looked at.
type commit struct {
	id      string
	parents []string
	// date is when it was committed.
	date    time.Time
	subject string
	// body is the rest of the message.
	body string
}

// maxMessage bounds a commit's record, in bytes; what is beyond it is passed over.
const maxMessage = 1 << 20

// commits hands every commit that is reachable from the tip and from none of the old
// tips to take, children before parents. Messages are made UTF-8 from the encodings that
// they declare.
func (r *repository) commits(ctx context.Context, tip string, old []string, since time.Time, take func(commit)) error {
	args := []string{"rev-list", "--header", "--parents", "--topo-order"}
	if !since.IsZero() {
		args = append(args, "--since="+strconv.FormatInt(since.Unix(), 10))
	}
	args = append(args, "--end-of-options", tip)
	for _, id := range old {
		args = append(args, "^"+id)
	}
	return r.Stream(ctx, nil, func(out io.Reader) error { return readCommits(out, take) }, args...)
}

// readCommits reads the records of rev-list --header, which end with a NUL each.
func readCommits(out io.Reader, take func(commit)) error {
	records := bufio.NewReaderSize(out, 1<<16)
	for {
		record, err := gitobjects.ReadUntil(records, 0, maxMessage)
		if len(record) > 0 && err == nil {
			c, wrong := parseCommit(record)
			if wrong != nil {
				return wrong
			}
			take(c)
		}
		switch {
		case errors.Is(err, io.EOF) && len(bytes.TrimSpace(record)) == 0:
			return nil
		case errors.Is(err, io.EOF):
			return io.ErrUnexpectedEOF
		case err != nil:
			return err
		}
	}
}

// parseCommit reads one record: the ids of the commit and its parents, its headers, and
// its message, four blanks before each line.
func parseCommit(record []byte) (commit, error) {
	var c commit
	ids, rest, _ := strings.Cut(strings.ToValidUTF8(string(record), "\uFFFD"), "\n")
	fields := strings.Fields(ids)
	if len(fields) == 0 {
		return c, fmt.Errorf("%.40q is no commit", ids)
	}
	for _, id := range fields {
		if !gitobjects.IsID(id) {
			return c, fmt.Errorf("%.80q is no id of a commit", id)
		}
	}
	c.id, c.parents = fields[0], fields[1:]
	headers, message, _ := strings.Cut("\n"+rest, "\n\n")
	for line := range strings.SplitSeq(headers, "\n") {
		if who, ok := strings.CutPrefix(line, "committer "); ok {
			c.date = committed(who)
		}
	}
	var lines []string
	for line := range strings.SplitSeq(message, "\n") {
		lines = append(lines, strings.TrimRight(strings.TrimPrefix(line, "    "), " \t\r"))
	}
	c.subject, c.body, _ = strings.Cut(strings.Trim(strings.Join(lines, "\n"), "\n"), "\n")
	c.subject, c.body = oneLine(c.subject), strings.TrimSpace(c.body)
	return c, nil
}

// committed is the time of "Name <address> 1700000000 +0100".
func committed(who string) time.Time {
	fields := strings.Fields(who)
	if len(fields) < 2 {
		return time.Time{}
	}
	seconds, err := strconv.ParseInt(fields[len(fields)-2], 10, 64)
	if err != nil || seconds < 0 || seconds > 1<<37 { // beyond the year 6000 it is no date
		return time.Time{}
	}
	return time.Unix(seconds, 0).UTC()
}

// maxLine bounds a line that is shown, in characters.
const maxLine = 200

// oneLine makes a text one short line that steers no terminal.
func oneLine(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' || r >= 0x7f && r < 0xa0 || r == '\u2028' || r == '\u2029' {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
	s = strings.Join(strings.Fields(s), " ")
	if runes := []rune(s); len(runes) > maxLine {
		s = string(runes[:maxLine-1]) + "…"
	}
	return s
}
