package importer

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/seccoder/seccoder/lang"
)

// clones are the repositories in which commits are looked for.
type clones struct{ all []*clone }

// A clone is a git repository on this machine. Only commands that read objects are
// run on it (cat-file, diff-tree, rev-parse): they run no hooks, filters or textconv
// programs, whatever the repository's configuration says, and fetch nothing.
type clone struct {
	dir    string
	cmd    *exec.Cmd
	in     io.WriteCloser
	out    *bufio.Reader
	cancel context.CancelFunc
}

// openClones opens the repositories.
func openClones(ctx context.Context, dirs []string) (*clones, error) {
	cs := &clones{}
	for _, dir := range dirs {
		c, err := openClone(ctx, dir)
		if err != nil {
			cs.close()
			return nil, err
		}
		cs.all = append(cs.all, c)
	}
	return cs, nil
}

func (cs *clones) close() {
	for _, c := range cs.all {
		c.close()
	}
}

func openClone(ctx context.Context, dir string) (*clone, error) {
	if _, err := gitOutput(ctx, dir, "rev-parse", "--git-dir"); err != nil {
		return nil, inputErrorf("%s cannot be read as a git repository: %w", dir, err)
	}
	ctx, cancel := context.WithCancel(ctx)
	c := &clone{dir: dir, cancel: cancel, cmd: git(ctx, dir, "cat-file", "--batch")}
	var err error
	if c.in, err = c.cmd.StdinPipe(); err == nil {
		var out io.ReadCloser
		if out, err = c.cmd.StdoutPipe(); err == nil {
			c.out = bufio.NewReaderSize(out, scanBuffer)
			err = c.cmd.Start()
		}
	}
	if err != nil {
		cancel()
		return nil, fmt.Errorf("read %s with git: %w", dir, err)
	}
	return c, nil
}

func (c *clone) close() {
	_ = c.in.Close()
	c.cancel()
	_ = c.cmd.Wait()
}

// git is a command on a repository, away from the user's configuration.
func git(ctx context.Context, dir string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, "git", append([]string{"--no-pager", "--no-replace-objects", "-c", "core.fsmonitor=false", "-C", dir}, args...)...)
	cmd.Env = []string{"GIT_CONFIG_NOSYSTEM=1", "GIT_CONFIG_GLOBAL=" + os.DevNull, "GIT_TERMINAL_PROMPT=0", "GIT_NO_LAZY_FETCH=1", "GIT_OPTIONAL_LOCKS=0", "LC_ALL=C"}
	for _, name := range []string{"PATH", "HOME", "SystemRoot", "TMPDIR"} {
		if value, ok := os.LookupEnv(name); ok {
			cmd.Env = append(cmd.Env, name+"="+value)
		}
	}
	return cmd
}

func gitOutput(ctx context.Context, dir string, args ...string) ([]byte, error) {
	cmd := git(ctx, dir, args...)
	var said bytes.Buffer
	cmd.Stderr = &said
	out, err := cmd.Output()
	if text := strings.TrimSpace(said.String()); err != nil && text != "" {
		return nil, fmt.Errorf("git %s: %s", args[0], oneLine(text))
	}
	return out, err
}

// object reads an object; ok is false where it is not there, or is longer than
// maxRecord.
func (c *clone) object(name string) (kind string, data []byte, ok bool, err error) {
	if strings.ContainsAny(name, "\n\r") {
		return "", nil, false, nil
	}
	if _, err := io.WriteString(c.in, name+"\n"); err != nil {
		return "", nil, false, fmt.Errorf("read %s with git: %w", c.dir, err)
	}
	head, err := c.out.ReadString('\n')
	if err != nil {
		return "", nil, false, fmt.Errorf("read %s with git: %w", c.dir, err)
	}
	words := strings.Fields(head)
	if len(words) != 3 {
		return "", nil, false, nil // "NAME missing", or "ambiguous"
	}
	size, err := strconv.ParseInt(words[2], 10, 64)
	if err != nil {
		return "", nil, false, nil
	}
	if size > maxRecord {
		_, err := io.CopyN(io.Discard, c.out, size+1)
		return words[1], nil, false, err
	}
	data = make([]byte, size+1)
	if _, err := io.ReadFull(c.out, data); err != nil {
		return "", nil, false, fmt.Errorf("read %s with git: %w", c.dir, err)
	}
	return words[1], data[:size], true, nil
}

// A fileChange is a file that a commit changed: its path, and its content on both
// sides as names of objects.
type fileChange struct{ path, before, after string }

var hexName = regexp.MustCompile(`^[0-9a-f]{7,64}$`)

// parent is the first parent of a commit; ok is false where the clone has not both.
func (c *clone) parent(commit string) (parent, message string, ok bool, err error) {
	if !hexName.MatchString(commit) {
		return "", "", false, nil
	}
	kind, data, ok, err := c.object(commit)
	if err != nil || !ok || kind != "commit" {
		return "", "", false, err
	}
	head, message, _ := strings.Cut(string(data), "\n\n")
	for line := range strings.Lines(head) {
		if name, is := strings.CutPrefix(strings.TrimSpace(line), "parent "); is {
			kind, _, ok, err := c.object(name)
			return name, message, ok && kind == "commit", err
		}
	}
	return "", message, false, nil
}

// changed lists the files that a commit changed and did not make or remove.
func (c *clone) changed(ctx context.Context, parent, commit string) ([]fileChange, error) {
	out, err := gitOutput(ctx, c.dir, "diff-tree", "-r", "-M", "-z", "--raw", "--no-ext-diff", "--no-textconv", "--full-index", "--no-abbrev", parent, commit)
	if err != nil {
		return nil, err
	}
	var found []fileChange
	fields := strings.Split(string(out), "\x00")
	for i := 0; i+1 < len(fields); {
		// ":100644 100644 BEFORE AFTER M", path, and the new path of a renamed file.
		words := strings.Fields(fields[i])
		if len(words) != 5 {
			break
		}
		path := fields[i+1]
		i += 2
		if status := words[4][0]; status == 'R' || status == 'C' {
			if i >= len(fields) {
				break
			}
			path = fields[i]
			i++
		}
		regular := strings.HasPrefix(words[0], ":100") && strings.HasPrefix(words[1], "100")
		if words[2] != words[3] && regular {
			found = append(found, fileChange{path, words[2], words[3]})
		}
	}
	return found, nil
}

// text reads a file's content; ok is false where it is no text.
func (c *clone) text(name string) (text string, ok bool, err error) {
	_, data, ok, err := c.object(name)
	if err != nil || !ok || !utf8.Valid(data) || bytes.IndexByte(data, 0) >= 0 {
		return "", false, err
	}
	return string(data), true, nil
}

// maxFiles bounds the source files of a commit that are looked at.
const maxFiles = 50

const skipManyFiles = "the fix changes more than 50 source files, so what mends the weakness is not known"

// commitResults makes examples of the functions that the commits changed. found is
// false where no clone has any of them with its parent.
func (in *input) commitResults(ctx context.Context, cs *clones, f fix, commits []string) (results []result, found bool, err error) {
	total := 0
	for _, commit := range commits {
		for _, c := range cs.all {
			parent, message, ok, err := c.parent(commit)
			if err != nil {
				return nil, false, err
			}
			if !ok {
				continue
			}
			f.commit = commit
			if f.note == "" {
				f.note = message
			}
			one, err := in.oneCommit(ctx, c, f, parent)
			if err != nil {
				return nil, false, err
			}
			for _, r := range one {
				if r.skipped == "" {
					total++
				}
			}
			found, results = true, append(results, one...)
			break
		}
	}
	if total > maxFunctions {
		return []result{{skipped: skipTooMany}}, true, nil
	}
	return results, found, nil
}

func (in *input) oneCommit(ctx context.Context, c *clone, f fix, parent string) ([]result, error) {
	changed, err := c.changed(ctx, parent, f.commit)
	if err != nil {
		return nil, err
	}
	var sources []fileChange
	for _, file := range changed {
		if _, ok := lang.FromPath(file.path); ok && !isTest(file.path) {
			sources = append(sources, file)
		}
	}
	switch {
	case len(sources) > maxFiles:
		return []result{{skipped: skipManyFiles}}, nil
	case len(sources) == 0:
		return []result{{skipped: skipNoSource}}, nil
	}
	var results []result
	for _, file := range sources {
		before, isText, err := c.text(file.before)
		if err != nil {
			return nil, err
		}
		after, alsoText, err := c.text(file.after)
		if err != nil {
			return nil, err
		}
		f.path, f.language = file.path, ""
		if !isText || !alsoText {
			results = append(results, result{err: errors.New(file.path + " is not UTF-8 text"), what: file.path})
			continue
		}
		results = append(results, in.fileResults(f, before, after)...)
	}
	return results, nil
}

const skipNoSource = "its fix changes no source file of a language that seccoder knows, tests aside"
