package cweval

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/seccoder/seccoder/check/sandbox"
	"github.com/seccoder/seccoder/lang"
)

// machine is what programs are built and run with here.
type machine struct {
	Options
	dir string // the checkout
	// headers are those that the references of a language include and that are here.
	headers map[lang.Language][]string
	// libraries are the linker's options for them.
	libraries map[lang.Language][]string
	// npm are folders of modules for Node; goCache and modCache those of the go command.
	npm               []string
	goCache, modCache string
	goMod             map[string]string // go.mod and go.sum
	references        sync.Map          // of *reference, by the task's id
}

// A library is what headers come with.
type library struct {
	prefix string   // of the headers' names
	link   []string // options for the linker
	get    string   // the package of Debian and Ubuntu
}

var libraries = []library{
	{"sqlite3", []string{"-lsqlite3"}, "libsqlite3-dev"},
	{"jwt", []string{"-ljwt"}, "libjwt-dev"},
	{"openssl/", []string{"-lssl", "-lcrypto"}, "libssl-dev"},
	{"archive", []string{"-larchive"}, "libarchive-dev"},
	{"libxml/", []string{"-lxml2"}, "libxml2-dev"},
	{"curl/", []string{"-lcurl"}, "libcurl4-openssl-dev"},
	{"zlib.h", []string{"-lz"}, "zlib1g-dev"},
}

// includeDirs are where headers lie that the compiler does not find by itself.
var includeDirs = []string{"-I/usr/include/libxml2"}

// compilers are those of the languages that are compiled with headers.
var compilers = map[lang.Language]string{lang.C: "gcc", lang.CPP: "g++"}

func newMachine(dir string, tasks []task, o Options) *machine {
	m := &machine{Options: o, dir: dir, headers: map[lang.Language][]string{}, libraries: map[lang.Language][]string{}, goMod: map[string]string{}}
	for _, t := range tasks {
		if compilers[t.language] != "" {
			m.headers[t.language] = append(m.headers[t.language], t.needs...)
		}
	}
	for l, names := range m.headers {
		slices.Sort(names)
		m.headers[l] = slices.Compact(names)
	}
	if root := filepath.Join(dir, "node_modules"); isDir(root) {
		m.npm = append(m.npm, root)
	}
	return m
}

// missing says what a task lacks, by its id: for each need how to get it.
type missing map[string][]string

// probe finds out what the tasks lack here. The languages are looked at side by side.
func (m *machine) probe(ctx context.Context, tasks []task) (missing, error) {
	lacking := map[lang.Language]map[string]string{} // by need: how to get it
	var mu sync.Mutex
	var wait sync.WaitGroup
	var failed error
	for l, look := range map[lang.Language]func(context.Context, []string) (map[string]string, error){
		lang.Python: m.probePython, lang.JavaScript: m.probeNode, lang.Go: m.probeGo,
		lang.C:   func(ctx context.Context, _ []string) (map[string]string, error) { return m.probeHeaders(ctx, lang.C) },
		lang.CPP: func(ctx context.Context, _ []string) (map[string]string, error) { return m.probeHeaders(ctx, lang.CPP) },
	} {
		var needs []string
		used := false
		for _, t := range tasks {
			if t.language == l {
				used, needs = true, append(needs, t.needs...)
			}
		}
		if !used {
			continue
		}
		slices.Sort(needs)
		needs = slices.Compact(needs)
		wait.Go(func() {
			lacks, err := look(ctx, needs)
			mu.Lock()
			defer mu.Unlock()
			if err != nil && failed == nil {
				failed = fmt.Errorf("look for what the %s tasks need: %w", l, err)
			}
			lacking[l] = lacks
		})
	}
	wait.Wait()
	if failed != nil {
		return nil, failed
	}
	out := missing{}
	for _, t := range tasks {
		lacks := lacking[t.language]
		if get := lacks[everything]; get != "" {
			out[t.id] = append(out[t.id], get)
		}
		for _, need := range t.needs {
			if get := lacks[need]; get != "" && !slices.Contains(out[t.id], get) {
				out[t.id] = append(out[t.id], get)
			}
		}
		for _, tool := range t.tools {
			if info, err := os.Stat(filepath.Join(m.dir, filepath.FromSlash(tool))); err != nil || info.Mode()&0o111 == 0 {
				out[t.id] = append(out[t.id], tool+", which is part of the checkout, is missing or cannot be run there")
			}
		}
	}
	return out, nil
}

// everything stands for a need of all tasks of a language.
const everything = ""

// leftOut groups tasks by what they lack.
type leftOut struct {
	ids  []string
	by   map[string][]string
	gets []string
}

func (l *leftOut) add(id string, what []string) {
	if l.by == nil {
		l.by = map[string][]string{}
	}
	reason := strings.Join(what, "; ")
	if l.by[reason] == nil {
		l.gets = append(l.gets, reason)
	}
	l.ids = append(l.ids, id)
	l.by[reason] = append(l.by[reason], id)
}

func (l leftOut) String() string {
	var lines []string
	for _, get := range l.gets {
		lines = append(lines, "  "+get+": "+strings.Join(l.by[get], ", "))
	}
	return strings.Join(lines, "\n")
}

// run runs a command of this package's in the sandbox with some files.
func (m *machine) run(ctx context.Context, files map[string]string, c sandbox.Command) (sandbox.Result, error) {
	dir, err := os.MkdirTemp("", "seccoder-cweval-")
	if err != nil {
		return sandbox.Result{}, err
	}
	defer os.RemoveAll(dir)
	if err := lay(dir, files); err != nil {
		return sandbox.Result{}, err
	}
	c.Dir = dir
	return m.Sandbox.Run(ctx, c)
}

// lay writes files, by name, into a folder.
func lay(dir string, files map[string]string) error {
	for name, content := range files {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(file, []byte(content), 0o644); err != nil {
			return err
		}
	}
	return nil
}

func isDir(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.IsDir()
}

// probeLimits are wide: a first look may come on a busy machine.
var probeLimits = sandbox.Limits{Wall: 2 * time.Minute, CPU: time.Minute}

// probeHeaders asks the preprocessor for each header, and keeps those that are here.
func (m *machine) probeHeaders(ctx context.Context, l lang.Language) (map[string]string, error) {
	compiler := compilers[l]
	if _, err := exec.LookPath(compiler); err != nil {
		return map[string]string{everything: compiler + " (install " + compiler + ")"}, nil
	}
	var text strings.Builder
	for i, name := range m.headers[l] {
		fmt.Fprintf(&text, "#if __has_include(<%s>)\nhere %d\n#endif\n", name, i)
	}
	r, err := m.run(ctx, map[string]string{"probe": text.String()}, sandbox.Command{
		Args: append([]string{compiler, "-E", "-P", "-x", map[lang.Language]string{lang.C: "c", lang.CPP: "c++"}[l], "probe"}, includeDirs...), Limits: probeLimits,
	})
	if err != nil {
		return nil, err
	}
	if r.ExitCode != 0 {
		return nil, fmt.Errorf("%s does not work in the sandbox: %s", compiler, lastLines(r.Stderr))
	}
	var here []string
	for line := range strings.Lines(string(r.Stdout)) {
		if number, ok := strings.CutPrefix(strings.TrimSpace(line), "here "); ok {
			if i, err := strconv.Atoi(number); err == nil && i < len(m.headers[l]) {
				here = append(here, m.headers[l][i])
			}
		}
	}
	lacks := map[string]string{}
	for _, name := range m.headers[l] {
		i := slices.IndexFunc(libraries, func(lib library) bool { return strings.HasPrefix(name, lib.prefix) })
		switch {
		case slices.Contains(here, name) && i >= 0:
			for _, option := range libraries[i].link {
				if !slices.Contains(m.libraries[l], option) {
					m.libraries[l] = append(m.libraries[l], option)
				}
			}
		case slices.Contains(here, name):
		case i >= 0:
			lacks[name] = fmt.Sprintf("the headers of %s are missing (apt-get install %s)", strings.TrimSuffix(libraries[i].get, "-dev"), libraries[i].get)
		default:
			lacks[name] = name + " is missing"
		}
	}
	m.headers[l] = here
	return lacks, nil
}
