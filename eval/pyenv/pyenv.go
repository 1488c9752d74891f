// Package pyenv makes the Python environment in which an evaluation runs Python
// programs: a virtual environment with Flask and its companions in the versions that
// SVEN's scenarios were written for, so that a verdict does not depend on what happens to be
// installed.
//
//	env, err := pyenv.Ensure(ctx, cacheDir, pyenv.Options{})
//	cmd := sandbox.Command{Args: []string{env.Python, "main.py"}, ReadOnly: env.ReadOnly}
//
// Other people's benchmarks need more packages: [Benchmarks] is a second list.
//
//	env, err := pyenv.Ensure(ctx, cacheDir, pyenv.Options{Requirements: pyenv.Benchmarks})
//
// It installs; it does not run anything that a model wrote (package sandbox does).
package pyenv

import (
	"context"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"github.com/gofrs/flock"
)

// requirements pins every package by version and by the hashes of its files.
//
//go:embed requirements.txt
var requirements string

// Benchmarks is for Options.Requirements: an environment with what the tests of CWEval and
// of CodeGuard+ import: pytest, lxml, Django, argon2, boto3 and so on, some 230 MB.
// Python 3.10 or newer is needed.
//
//go:embed benchmarks.txt
var Benchmarks string

// An Env is a Python environment on this machine.
type Env struct {
	// Python is the absolute path of the interpreter.
	Python string
	// ReadOnly are the folders of this machine that the interpreter reads from.
	ReadOnly []string
	// Version is that of the interpreter, "3.11.7".
	Version string
	// Packages changes with the packages and their versions.
	Packages string
}

// Digest writes what programs can tell of the environment, for the digest of a suite that
// runs them in it.
func (e Env) Digest(to io.Writer) { fmt.Fprintf(to, "python\x00%s\x00%s\x00", e.Version, e.Packages) }

// Options say how to make an environment. The zero value is a good default.
type Options struct {
	// Base is the interpreter to make it with; empty means python3, then python.
	Base string
	// Requirements lists the packages, in the form of pip, with a hash for each file; empty
	// stands for those of SVEN's scenarios.
	Requirements string
	// OnInstall, where set, is called before packages are installed, which takes
	// seconds.
	OnInstall func()
}

// ErrNoPython says that there is no interpreter to make an environment with.
var ErrNoPython = errors.New("no Python 3 interpreter found; install Python 3.8 or newer with its venv module")

// Ensure returns the environment that lies in cacheDir, and makes it if there is none.
// It may be called by several processes at once. Packages come from the registry that
// pip is set up to use.
func Ensure(ctx context.Context, cacheDir string, o Options) (Env, error) {
	base, err := findBase(ctx, o.Base)
	if err != nil {
		return Env{}, err
	}
	if o.Requirements == "" {
		o.Requirements = requirements
	}
	packages := sha256.Sum256([]byte(o.Requirements))
	sum := sha256.Sum256([]byte(o.Requirements + "\x00" + base.Version + "\x00" + base.Prefix))
	dir := filepath.Join(cacheDir, "eval", "python-"+hex.EncodeToString(sum[:6]))
	env := Env{
		Python:   filepath.Join(dir, "bin", "python"),
		ReadOnly: readOnly(dir, base.Prefix),
		Version:  base.Version,
		Packages: hex.EncodeToString(packages[:6]),
	}
	ready := filepath.Join(dir, "ready")
	if _, err := os.Stat(ready); err == nil {
		return env, nil
	}
	if err := os.MkdirAll(filepath.Dir(dir), 0o755); err != nil {
		return Env{}, fmt.Errorf("make Python environment: %w", err)
	}
	lock := flock.New(dir + ".lock")
	if err := lock.Lock(); err != nil {
		return Env{}, fmt.Errorf("make Python environment %s: %w", dir, err)
	}
	defer lock.Unlock()
	if _, err := os.Stat(ready); err == nil {
		return env, nil
	}
	if o.OnInstall != nil {
		o.OnInstall()
	}
	if err := install(ctx, base.Executable, dir, o.Requirements); err != nil {
		return Env{}, fmt.Errorf("make Python environment %s: %w", dir, err)
	}
	if err := os.WriteFile(ready, nil, 0o644); err != nil {
		return Env{}, fmt.Errorf("make Python environment %s: %w", dir, err)
	}
	return env, nil
}

// install makes the environment anew, whatever an earlier try has left.
func install(ctx context.Context, python, dir, requirements string) error {
	if err := os.RemoveAll(dir); err != nil {
		return err
	}
	if err := run(ctx, python, "-m", "venv", dir); err != nil {
		return err
	}
	list := filepath.Join(dir, "requirements.txt")
	if err := os.WriteFile(list, []byte(requirements), 0o644); err != nil {
		return err
	}
	return run(ctx, filepath.Join(dir, "bin", "python"), "-m", "pip", "install", "--quiet",
		"--disable-pip-version-check", "--no-input", "--require-hashes", "--no-deps", "-r", list)
}

func run(ctx context.Context, args ...string) error {
	out, err := exec.CommandContext(ctx, args[0], args[1:]...).CombinedOutput()
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		return fmt.Errorf("%s: %w: %s", strings.Join(args[1:], " "), err, lastLines(string(out)))
	}
	return nil
}

// lastLines keeps the end of a tool's output, where the reason is.
func lastLines(out string) string {
	lines := strings.Split(strings.TrimSpace(out), "\n")
	return strings.Join(lines[max(0, len(lines)-3):], "; ")
}

// base is what an interpreter says of itself.
type base struct {
	Executable, Prefix, Version string
}

const ask = `import sys, json, platform; sys.version_info >= (3, 8) or sys.exit("Python " + platform.python_version() + " is too old, 3.8 is needed")
print(json.dumps({"Executable": sys.executable, "Prefix": sys.base_prefix, "Version": platform.python_version()}))`

func findBase(ctx context.Context, wanted string) (base, error) {
	names := []string{"python3", "python"}
	if wanted != "" {
		names = []string{wanted}
	}
	var reasons []string
	for _, name := range names {
		out, err := exec.CommandContext(ctx, name, "-c", ask).Output()
		if ctx.Err() != nil {
			return base{}, ctx.Err()
		}
		if err != nil {
			var exit *exec.ExitError
			if errors.As(err, &exit) {
				err = errors.New(lastLines(string(exit.Stderr)))
			}
			reasons = append(reasons, fmt.Sprintf("%s: %v", name, err))
			continue
		}
		var b base
		if err := json.Unmarshal(out, &b); err != nil {
			reasons = append(reasons, fmt.Sprintf("%s: printed no version: %v", name, err))
			continue
		}
		return b, nil
	}
	return base{}, fmt.Errorf("%w (%s)", ErrNoPython, strings.Join(reasons, "; "))
}

// readOnly lists what lies outside the system's own folders, which every sandbox shows.
func readOnly(dirs ...string) []string {
	dirs = slices.DeleteFunc(dirs, func(dir string) bool {
		return dir == "/usr" || strings.HasPrefix(dir, "/usr/")
	})
	slices.Sort(dirs)
	return slices.Compact(dirs)
}
