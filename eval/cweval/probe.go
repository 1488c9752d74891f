package cweval

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/seccoder/seccoder/check/sandbox"
)

// pythonProbe prints the modules among its arguments that are not there.
const pythonProbe = `import importlib.util, sys
print("\n".join(n for n in sys.argv[1:] if importlib.util.find_spec(n) is None))`

func (m *machine) probePython(ctx context.Context, needs []string) (map[string]string, error) {
	r, err := m.run(ctx, nil, sandbox.Command{
		Args: append([]string{m.Python.Python, "-I", "-c", pythonProbe, "pytest", "pytest_timeout"}, needs...), ReadOnly: m.Python.ReadOnly, Limits: probeLimits,
	})
	if err != nil {
		return nil, err
	}
	if r.ExitCode != 0 {
		return nil, fmt.Errorf("%s does not work in the sandbox: %s", m.Python.Python, lastLines(r.Stderr))
	}
	lacks := map[string]string{}
	for name := range strings.FieldsSeq(string(r.Stdout)) {
		if strings.HasPrefix(name, "pytest") {
			return nil, fmt.Errorf("%s has no module %s; make the environment with pyenv.Benchmarks", m.Python.Python, name)
		}
		lacks[name] = "the Python module " + name + " is not among those that come with the environment"
	}
	return lacks, nil
}

// nodeProbe prints the modules among its arguments that cannot be loaded.
const nodeProbe = `for (const n of process.argv.slice(2)) { try { require(n); } catch (e) { console.log(n); } }`

// probeNode looks for modules in the checkout's node_modules, and in the system's.
func (m *machine) probeNode(ctx context.Context, needs []string) (map[string]string, error) {
	if _, err := exec.LookPath("node"); err != nil {
		return map[string]string{everything: "node is missing (install Node.js 20 or newer)"}, nil
	}
	r, err := m.run(ctx, map[string]string{"probe.js": nodeProbe}, sandbox.Command{
		Args: append([]string{"node", "probe.js"}, needs...), Env: m.nodeEnv(), ReadOnly: m.npm, Limits: probeLimits,
	})
	if err != nil {
		return nil, err
	}
	if r.ExitCode != 0 {
		return nil, fmt.Errorf("node does not work in the sandbox: %s", lastLines(r.Stderr))
	}
	lacks := map[string]string{}
	for name := range strings.FieldsSeq(string(r.Stdout)) {
		lacks[name] = fmt.Sprintf("the module %s cannot be loaded by node (in the checkout: npm install --no-save %s)", name, name)
	}
	return lacks, nil
}

func (m *machine) nodeEnv() []string {
	return []string{"NODE_PATH=" + strings.Join(append(slices.Clone(m.npm), "/usr/local/lib/node_modules", "/usr/lib/node_modules", "/usr/share/nodejs"), ":")}
}

// probeGo finds the go command's caches, and compiles all that the tasks import: it shows
// what is missing, and no judge has to wait for the standard library or for SQLite.
func (m *machine) probeGo(ctx context.Context, needs []string) (map[string]string, error) {
	if _, err := exec.LookPath("go"); err != nil {
		return map[string]string{everything: "go is missing (install Go 1.23 or newer)"}, nil
	}
	if err := m.goFolders(ctx); err != nil {
		return nil, err
	}
	lacks := map[string]string{}
	for _, cgo := range []bool{false, true} {
		var packages []string
		for _, need := range needs {
			if lacks[need] == "" && (need == sqlite) == cgo {
				packages = append(packages, need)
			}
		}
		for len(packages) > 0 {
			r, err := m.run(ctx, m.goMod, m.goBuild(cgo, packages...))
			if err != nil {
				return nil, err
			}
			if r.ExitCode == 0 {
				break
			}
			at := slices.IndexFunc(packages, func(p string) bool { return strings.Contains(string(r.Stderr), p) })
			if at < 0 || r.Exceeded != "" {
				return nil, fmt.Errorf("go does not build %s in the sandbox: %s%s", strings.Join(packages, " "), r.Exceeded, lastLines(r.Stderr))
			}
			at = longest(packages, string(r.Stderr))
			lacks[packages[at]] = fmt.Sprintf("the Go package %s is missing (in the checkout: go mod download)", packages[at])
			packages = slices.Delete(packages, at, at+1)
		}
	}
	return lacks, nil
}

// longest finds the longest of the packages that a text names: a short one may be part of
// another's path.
func longest(packages []string, text string) int {
	at := -1
	for i, p := range packages {
		if strings.Contains(text, p) && (at < 0 || len(p) > len(packages[at])) {
			at = i
		}
	}
	return at
}

// sqlite is the package for which C must be compiled.
const sqlite = "github.com/mattn/go-sqlite3"

// goFolders finds the folder of the modules that were downloaded, and makes one for what
// is compiled.
func (m *machine) goFolders(ctx context.Context) error {
	for _, name := range []string{"go.mod", "go.sum"} {
		data, err := os.ReadFile(filepath.Join(m.dir, name))
		if errors.Is(err, os.ErrNotExist) {
			continue
		}
		if err != nil {
			return err
		}
		m.goMod[name] = string(data)
	}
	out, err := exec.CommandContext(ctx, "go", "env", "GOMODCACHE").Output()
	if err != nil {
		return fmt.Errorf("go env GOMODCACHE: %w", err)
	}
	if dir := strings.TrimSpace(string(out)); isDir(dir) {
		m.modCache = dir
	}
	dir := m.CacheDir
	if dir == "" {
		user, err := os.UserCacheDir()
		if err != nil {
			return fmt.Errorf("find a folder for Go's build cache: %w", err)
		}
		dir = filepath.Join(user, "seccoder", "eval")
	}
	if m.goCache, err = filepath.Abs(filepath.Join(dir, "go-build")); err != nil {
		return err
	}
	if _, err := os.Stat(m.goCache); err != nil {
		m.note("cweval: Go's standard library is compiled once; this takes some minutes")
	}
	return os.MkdirAll(m.goCache, 0o755)
}

// goBuild is go build in the sandbox. C is compiled for one package only: what a program
// brings of its own is not.
func (m *machine) goBuild(cgo bool, args ...string) sandbox.Command {
	c := sandbox.Command{
		Args: append([]string{"go", "build"}, args...), Writable: []string{m.goCache},
		Env: []string{
			"GOFLAGS=-mod=mod", "GOPROXY=off", "GOSUMDB=off", "GOCACHE=" + m.goCache, "GOTOOLCHAIN=local", "GOTELEMETRY=off",
			"CGO_ENABLED=" + map[bool]string{true: "1", false: "0"}[cgo],
		},
		Limits: sandbox.Limits{Wall: 10 * time.Minute, CPU: 10 * time.Minute, MemoryBytes: 2 << 30, DiskBytes: 512 << 20, Processes: 64, OpenFiles: 1024},
	}
	if m.modCache != "" {
		c.ReadOnly = []string{m.modCache}
		c.Env = append(c.Env, "GOMODCACHE="+m.modCache)
	}
	return c
}

// lastLines cuts an output to its end, at a line's beginning where there is one.
func lastLines(output []byte) string {
	text := strings.TrimSpace(strings.ToValidUTF8(string(output), "?"))
	if len(text) > 400 {
		text = strings.ToValidUTF8(text[len(text)-400:], "")
		if _, whole, ok := strings.Cut(text, "\n"); ok {
			text = whole
		}
		text = "…" + text
	}
	return text
}
