package semgrep

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"github.com/seccoder/seccoder/check"
	"github.com/seccoder/seccoder/check/tool"
	"github.com/seccoder/seccoder/lang"
)

// guessed is why a file that Semgrep filled in by itself is not wholly checked.
const guessed = "only partly: some of it does not parse, and semgrep guessed what is meant"

// coreName is how Semgrep's core calls a language.
var coreName = map[lang.Language]string{
	lang.Python: "python", lang.JavaScript: "js", lang.TypeScript: "ts",
	lang.Go: "go", lang.Java: "java", lang.C: "c", lang.CPP: "cpp",
}

// statistics is what is used of what the core writes about how well it could parse.
type statistics struct {
	// Projects are the arguments, here files.
	Projects []struct {
		Name   string `json:"name"`
		Broken int    `json:"error_file_count"`
	} `json:"projects"`
}

// guesses lists those of the files whose parser put in a token that is missing, such as a
// bracket or a semicolon. A scan takes such files as whole and says nothing about them;
// the core's statistics of parsing do. Where the core cannot be found or asked, there is
// nothing but the scan's own words to go by, and the list is empty.
func (c *Checker) guesses(ctx context.Context, dir, home string, files []check.File) ([]string, error) {
	core := c.findCore(ctx, home)
	if ctx.Err() != nil {
		return nil, fmt.Errorf("ask semgrep where its core is: %w", context.Cause(ctx))
	}
	if core == "" {
		return nil, nil
	}
	program := tool.Program{Name: "semgrep-core", Path: core}
	arguments := map[string][]string{}
	for _, file := range files {
		arguments[coreName[file.Language]] = append(arguments[coreName[file.Language]], file.Arg())
	}
	var broken []string
	for language, paths := range arguments {
		if language == "" {
			continue
		}
		args := append([]string{"-json", "-parsing_stats", "-lang", language}, paths...)
		out, err := program.Run(ctx, tool.Command{Dir: dir, Args: args, Env: environment(home)})
		if ctx.Err() != nil {
			return nil, fmt.Errorf("ask semgrep-core what it could parse: %w", context.Cause(ctx))
		}
		var stats statistics
		if err != nil || json.Unmarshal(out.Stdout, &stats) != nil {
			continue
		}
		for _, p := range stats.Projects {
			if p.Broken > 0 {
				broken = append(broken, clean(p.Name))
			}
		}
	}
	return broken, nil
}

// findCore finds the program that Semgrep's front ends run: beside the front end, where
// pip puts it, or in PATH. Semgrep is asked only where that fails: it takes seconds.
func (c *Checker) findCore(ctx context.Context, home string) string {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.core != nil {
		return *c.core
	}
	found := coreBeside(c.semgrep.Path)
	if found == "" {
		found, _ = exec.LookPath("semgrep-core")
	}
	if found == "" {
		out, err := c.semgrep.Run(ctx, tool.Command{Dir: home, Args: []string{"scan", "--dump-engine-path", "--metrics=off", "--disable-version-check"}, Env: environment(home)})
		if ctx.Err() != nil {
			return ""
		}
		if said := strings.TrimSpace(string(out.Stdout)); err == nil && out.Code == 0 && filepath.IsAbs(said) && isProgram(said) {
			found = said
		}
	}
	c.core = &found
	return found
}

// coreBeside looks for the core in the Python that the front end belongs to.
func coreBeside(semgrep string) string {
	if semgrep == "" {
		semgrep = "semgrep"
	}
	front, err := exec.LookPath(semgrep)
	if err == nil {
		front, err = filepath.EvalSymlinks(front)
	}
	if err != nil {
		return ""
	}
	name := "semgrep-core"
	if runtime.GOOS == "windows" {
		name += ".exe"
	}
	root := filepath.Dir(filepath.Dir(front))
	for _, packages := range []string{"lib/python3*/site-packages", "lib/python3*/dist-packages", "Lib/site-packages"} {
		paths, err := filepath.Glob(filepath.Join(root, filepath.FromSlash(packages), "semgrep", "bin", name))
		if err != nil {
			return "" // the folder's own name is no pattern
		}
		if i := slices.IndexFunc(paths, isProgram); i >= 0 {
			return paths[i]
		}
	}
	return ""
}

func isProgram(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}
