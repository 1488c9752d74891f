package worktree

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/seccoder/seccoder/check/tool"
)

// gitTimeout is the longest that one call of git may take.
const gitTimeout = 2 * time.Minute

// Root is the topmost folder of the repository's files that a folder is in.
func Root(ctx context.Context, dir string) (string, error) {
	root, err := git(ctx, dir, "rev-parse", "--show-toplevel")
	return filepath.FromSlash(strings.TrimSuffix(root, "\n")), err
}

// git runs git in a folder, and returns what it prints. What a repository's configuration
// could make it run or fetch beside, but for filters, and what it would write, is switched off.
func git(ctx context.Context, dir string, args ...string) (string, error) {
	return gitWith(ctx, dir, nil, args...)
}

// gitWith is git with more settings.
func gitWith(ctx context.Context, dir string, settings []string, args ...string) (string, error) {
	out, err := gitOutput(ctx, dir, settings, args...)
	return string(out.Stdout), err
}

// gitOutput is gitWith for a caller who wants git's warnings, too.
func gitOutput(ctx context.Context, dir string, settings []string, args ...string) (tool.Output, error) {
	program := tool.Program{Name: "git", Get: "apt install git (or your system's package of it)"}
	ctx, cancel := context.WithTimeout(ctx, gitTimeout)
	defer cancel()
	// A diff refreshes the index, by which a hook runs, whatever GIT_OPTIONAL_LOCKS says. Names are
	// quoted so that all that needs it is: see unquoted.
	all := []string{"-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "diff.autoRefreshIndex=false", "-c", "core.quotePath=true"}
	for _, s := range settings {
		all = append(all, "-c", s)
	}
	out, err := program.Run(ctx, tool.Command{Dir: dir, Args: append(all, args...), Env: []string{
		"GIT_OPTIONAL_LOCKS=0", "GIT_TERMINAL_PROMPT=0", "GIT_DIFF_OPTS=",
		// A partial clone fetches what it lacks; git before 2.45 knows the second only.
		"GIT_NO_LAZY_FETCH=1", "GIT_ALLOW_PROTOCOL=none",
	}})
	if err == nil && out.Code != 0 {
		err = fmt.Errorf("git %s: %w", args[0], program.Failed(out, "failed"))
	}
	return out, err
}

// unopened finds the folders that git says it could not open, and so lists nothing of: their
// names below the topmost folder, and why.
func unopened(warnings []byte) map[string]string {
	folders := map[string]string{}
	for line := range strings.Lines(string(warnings)) {
		rest, ok := strings.CutPrefix(strings.TrimSuffix(line, "\n"), "warning: could not open directory '")
		if at := strings.LastIndex(rest, "/': "); ok && at >= 0 {
			folders[rest[:at]] = rest[at+len("/': "):]
		}
	}
	return folders
}

// filtersOff are settings without the programs through which git reads files of a repository to
// compare them. A file that only such a program makes the same as before then counts as changed,
// if git has to read it at all.
func filtersOff(ctx context.Context, dir string) ([]string, error) {
	names, err := git(ctx, dir, "config", "--list", "--name-only", "-z")
	if err != nil {
		return nil, err
	}
	var off []string
	for name := range strings.SplitSeq(names, "\x00") {
		filter := name[:max(0, strings.LastIndexByte(name, '.'))]
		if !strings.HasPrefix(filter, "filter.") || slices.Contains(off, filter+".clean=") {
			continue
		}
		if strings.Contains(filter, "=") {
			return nil, fmt.Errorf("the name of git's %s holds an =, so that it cannot be switched off", filter)
		}
		off = append(off, filter+".clean=", filter+".process=", filter+".required=false")
	}
	return off, nil
}
