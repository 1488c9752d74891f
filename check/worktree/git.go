package worktree

import (
	"context"
	"fmt"
	"path/filepath"
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

// git runs git in a folder, and returns what it prints. What a repository's
// configuration could make it run beside is switched off.
func git(ctx context.Context, dir string, args ...string) (string, error) {
	program := tool.Program{Name: "git", Get: "apt install git (or your system's package of it)"}
	ctx, cancel := context.WithTimeout(ctx, gitTimeout)
	defer cancel()
	fixed := []string{"-c", "core.fsmonitor=false", "-c", "core.quotePath=true"}
	out, err := program.Run(ctx, tool.Command{Dir: dir, Args: append(fixed, args...), Env: []string{"GIT_OPTIONAL_LOCKS=0", "GIT_TERMINAL_PROMPT=0"}})
	if err != nil {
		return "", err
	}
	if out.Code != 0 {
		return "", fmt.Errorf("git %s: %w", args[0], program.Failed(out, "failed"))
	}
	return string(out.Stdout), nil
}
