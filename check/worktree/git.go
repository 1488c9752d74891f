package worktree

import (
	"context"
	"fmt"
	"time"

	"github.com/seccoder/seccoder/check/tool"
)

// gitTimeout is the longest that one call of git may take.
const gitTimeout = 2 * time.Minute

// git runs git in a folder, and returns what it prints. What a repository's
// configuration could make it run beside is switched off.
func git(ctx context.Context, dir string, args ...string) (string, error) {
	program := tool.Program{Name: "git", Get: "apt install git (or your system's package of it)"}
	ctx, cancel := context.WithTimeout(ctx, gitTimeout)
	defer cancel()
	fixed := []string{"-c", "core.fsmonitor=false", "-c", "core.quotePath=false"}
	out, err := program.Run(ctx, tool.Command{Dir: dir, Args: append(fixed, args...), Env: []string{"GIT_OPTIONAL_LOCKS=0", "GIT_TERMINAL_PROMPT=0"}})
	if err != nil {
		return "", err
	}
	if out.Code != 0 {
		return "", fmt.Errorf("git %s: %w", args[0], program.Failed(out, "failed"))
	}
	return string(out.Stdout), nil
}
