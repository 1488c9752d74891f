package semgrep

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/seccoder/seccoder/check"
	"github.com/seccoder/seccoder/check/tool"
)

// scan runs Semgrep once over files that are there.
func (c *Checker) scan(ctx context.Context, dir string, files []check.File, version string) (check.Report, error) {
	home, err := os.MkdirTemp("", "seccoder-semgrep-")
	if err != nil {
		return check.Report{}, fmt.Errorf("make a folder for semgrep: %w", err)
	}
	defer os.RemoveAll(home)
	configs, err := c.configs(home, files)
	if err != nil {
		return check.Report{}, err
	}
	args := []string{
		"--quiet", "--json",
		"--metrics=off", "--disable-version-check", "--oss-only", // off the network
		"--disable-nosem", "--no-git-ignore", "--no-rewrite-rule-ids", // all files, all findings, our ids
		"--timeout=10", fmt.Sprintf("--max-target-bytes=%d", tool.MaxSource),
	}
	for _, config := range configs {
		args = append(args, "--config="+config)
	}
	for _, file := range files {
		args = append(args, file.Arg())
	}
	// Semgrep's newer front end does without Python, which takes seconds to start. Where
	// it does not work, the old one does.
	report, err := c.scanWith(ctx, append([]string{"scan", "--experimental"}, args...), dir, home, files, version)
	if err != nil && ctx.Err() == nil {
		report, err = c.scanWith(ctx, append([]string{"scan"}, args...), dir, home, files, version)
	}
	if err != nil {
		return check.Report{}, err
	}
	return c.withGuesses(ctx, dir, home, files, report)
}

// withGuesses adds the files that Semgrep looked at as if they were whole, and which are
// not.
func (c *Checker) withGuesses(ctx context.Context, dir, home string, files []check.File, report check.Report) (check.Report, error) {
	whole := slices.DeleteFunc(slices.Clone(files), func(f check.File) bool {
		return slices.ContainsFunc(report.Unchecked, func(u check.Unchecked) bool { return u.Path == f.Path })
	})
	broken, err := c.guesses(ctx, dir, home, whole)
	if err != nil {
		return check.Report{}, err
	}
	for _, file := range whole {
		if slices.Contains(broken, clean(file.Path)) {
			report.Unchecked = append(report.Unchecked, check.Unchecked{Path: file.Path, Why: guessed})
		}
	}
	return report, nil
}

// scanWith runs one of the two front ends.
func (c *Checker) scanWith(ctx context.Context, args []string, dir, home string, files []check.File, version string) (check.Report, error) {
	out, err := c.semgrep.Run(ctx, tool.Command{Dir: dir, Args: args, Env: environment(home)})
	if err != nil {
		return check.Report{}, err
	}
	all, err := read(out.Stdout)
	switch {
	case out.Code > 1 && err == nil && all.reason() != "": // 1 says that something was found
		return check.Report{}, fmt.Errorf("semgrep %s failed (exit code %d): %s", version, out.Code, all.reason())
	case out.Code > 1:
		return check.Report{}, c.semgrep.Failed(out, "failed")
	case err != nil:
		out.Stdout = nil // it is not for people
		return check.Report{}, c.semgrep.Failed(out, "(version %s) did not write what was expected: %v", version, err)
	}
	return all.report(files)
}

// configs writes the rules for the files' languages into a folder, and returns the paths
// of all rules that are to be used.
func (c *Checker) configs(home string, files []check.File) ([]string, error) {
	var paths []string
	var folders []string
	for _, file := range files {
		folder := folderOf[file.Language]
		if folder == "" || slices.Contains(folders, folder) {
			continue
		}
		folders = append(folders, folder)
	}
	slices.Sort(folders)
	for _, folder := range folders {
		rules, err := config(folder)
		if err != nil {
			return nil, err
		}
		path := filepath.Join(home, folder+".yml")
		if err := os.WriteFile(path, rules, 0o600); err != nil {
			return nil, fmt.Errorf("write semgrep's rules: %w", err)
		}
		paths = append(paths, path)
	}
	for _, rules := range c.rules {
		path, err := filepath.Abs(rules)
		if err == nil {
			_, err = os.Stat(path)
		}
		if err != nil {
			return nil, fmt.Errorf("rules for semgrep: %w (they must lie on this machine: none are fetched)", err)
		}
		paths = append(paths, path)
	}
	return paths, nil
}

// nowhere is an address of this machine at which nobody listens (the port "discard").
const nowhere = "http://127.0.0.1:9"

// environment keeps Semgrep to a folder, and off the network: by its own switches, and,
// should one be forgotten in some version, by sending it nowhere.
func environment(home string) []string {
	env := []string{
		"HOME=" + home, "USERPROFILE=" + home, "XDG_CONFIG_HOME=" + home, "XDG_CACHE_HOME=" + home,
		"SEMGREP_SETTINGS_FILE=" + filepath.Join(home, "settings.yml"),
		"SEMGREP_LOG_FILE=" + filepath.Join(home, "semgrep.log"),
		"SEMGREP_VERSION_CACHE_PATH=" + filepath.Join(home, "version"),
		"SEMGREP_SEND_METRICS=off", "SEMGREP_ENABLE_VERSION_CHECK=0", "SEMGREP_URL=" + nowhere,
		"HTTP_PROXY=" + nowhere, "HTTPS_PROXY=" + nowhere, "ALL_PROXY=" + nowhere, "NO_PROXY=",
		"http_proxy=" + nowhere, "https_proxy=" + nowhere, "all_proxy=" + nowhere, "no_proxy=",
	}
	// What the user has set for runs of their own is not for these.
	for _, name := range []string{"SEMGREP_APP_TOKEN", "SEMGREP_RULES", "SEMGREP_BASELINE_COMMIT", "SEMGREP_BASELINE_REF"} {
		if os.Getenv(name) != "" {
			env = append(env, name+"=")
		}
	}
	return env
}
