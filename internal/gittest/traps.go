package gittest

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// Traps are programs that leave a trace when they are run.
type Traps struct {
	// Program is the path of the program that all of them run.
	Program string

	traces string
}

// SetTraps names a program wherever the configuration, the attributes and the hooks of a
// repository let git run one; the attributes are those of *.c. From then on only
// [Traps.Plain] may change it.
func SetTraps(t testing.TB, r *Repo) *Traps {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("the traps are shell scripts")
	}
	traps := &Traps{traces: t.TempDir(), Program: filepath.Join(t.TempDir(), "trap")}
	script := "#!/bin/sh\necho \"$0 $*\" >>" + traps.traces + "/run\ncat 2>/dev/null\n"
	hooks := filepath.Join(r.Dir, ".git", "hooks")
	programs := []string{traps.Program}
	for _, hook := range []string{"post-checkout", "pre-commit", "post-index-change", "reference-transaction", "fsmonitor-watchman", "pre-auto-gc", "post-rewrite"} {
		programs = append(programs, filepath.Join(hooks, hook))
	}
	for _, path := range programs {
		if err := os.WriteFile(path, []byte(script), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	r.Write(".git/info/attributes", "*.c diff=evil filter=evil merge=evil\n")
	config, err := os.ReadFile(filepath.Join(r.Dir, ".git", "config"))
	if err != nil {
		t.Fatal(err)
	}
	r.Write(".git/config", string(config)+strings.NewReplacer("TRAP", traps.Program, "TRACES", traps.traces, "HOOKS", hooks).Replace(hostileConfig))
	return traps
}

// Sprung are the traces, by which trap each was left.
func (traps *Traps) Sprung(t testing.TB) []string {
	t.Helper()
	entries, err := os.ReadDir(traps.traces)
	if err != nil {
		t.Fatal(err)
	}
	var sprung []string
	for _, e := range entries {
		said, _ := os.ReadFile(filepath.Join(traps.traces, e.Name()))
		sprung = append(sprung, e.Name()+": "+string(said))
	}
	return sprung
}

// Check fails where a trap has been stepped into.
func (traps *Traps) Check(t testing.TB) {
	t.Helper()
	for _, trace := range traps.Sprung(t) {
		t.Errorf("a program of the repository was run, or something written: %s", trace)
	}
}

// Clear takes the traces away.
func (traps *Traps) Clear(t testing.TB) {
	t.Helper()
	for _, trace := range []string{"run", "trace2"} {
		if err := os.RemoveAll(filepath.Join(traps.traces, trace)); err != nil {
			t.Fatal(err)
		}
	}
}

// Plain is [Repo.Git] without the worst of the traps.
func (*Traps) Plain(r *Repo, args ...string) string {
	r.t.Helper()
	return r.Git(append([]string{"-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "trace2.normalTarget=", "-c", "trace2.eventTarget="}, args...)...)
}

const hostileConfig = `
[core]
	fsmonitor = TRAP
	hooksPath = HOOKS
	pager = TRAP
	sshCommand = TRAP
	editor = TRAP
	askPass = TRAP
	gitProxy = TRAP
	alternateRefsCommand = TRAP
	attributesFile = /nonexistent
[pager]
	log = TRAP
	diff = TRAP
	rev-list = TRAP
	cat-file = TRAP
	diff-tree = TRAP
[alias]
	rev-list = !TRAP
	log = !TRAP
	rev-parse = !TRAP
[diff]
	external = TRAP
	renames = copies
	noprefix = true
[diff "evil"]
	command = TRAP
	textconv = TRAP
	binary = false
[filter "evil"]
	clean = TRAP
	smudge = TRAP
	process = TRAP
	required = true
[merge "evil"]
	driver = TRAP %O %A %B
[log]
	showSignature = true
[gpg]
	program = TRAP
[gpg "ssh"]
	program = TRAP
[credential]
	helper = !TRAP
[color]
	ui = always
[i18n]
	logOutputEncoding = UTF-16
[format]
	pretty = oneline
[uploadpack]
	packObjectsHook = TRAP
[trace2]
	normalTarget = TRACES/trace2
	eventTarget = TRACES/trace2
[extensions]
	partialClone = origin
[remote "origin"]
	promisor = true
	partialclonefilter = blob:none
	url = ext::TRAP
	uploadpack = TRAP
	proxy = TRAP
	vcs = evil
`
