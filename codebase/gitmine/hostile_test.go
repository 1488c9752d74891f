package gitmine_test

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/seccoder/seccoder/codebase/gitmine"
)

// TestHostile mines a repository whose configuration names a program wherever git knows
// how to run one. Each leaves a trace when it is run, and none may.
func TestHostile(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the traps are shell scripts")
	}
	r, fix := fixed(t)
	traces := t.TempDir()
	trap := filepath.Join(t.TempDir(), "trap")
	script := "#!/bin/sh\necho \"$0 $*\" >>" + traces + "/run\ncat 2>/dev/null\n"
	if err := os.WriteFile(trap, []byte(script), 0o755); err != nil {
		t.Fatal(err)
	}
	r.commit("Attributes", ".gitattributes", "*.c diff=evil filter=evil merge=evil\n")
	hooks := filepath.Join(r.dir, ".git", "hooks")
	for _, hook := range []string{"post-checkout", "pre-commit", "post-index-change", "reference-transaction", "fsmonitor-watchman", "pre-auto-gc", "post-rewrite"} {
		if err := os.WriteFile(filepath.Join(hooks, hook), []byte(script), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	config := strings.ReplaceAll(`
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
`, "TRAP", trap)
	config = strings.ReplaceAll(strings.ReplaceAll(config, "TRACES", traces), "HOOKS", hooks)
	file, err := os.OpenFile(filepath.Join(r.dir, ".git", "config"), os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := file.WriteString(config); err != nil {
		t.Fatal(err)
	}
	file.Close()

	report, examples := mine(t, r.dir, gitmine.Options{})
	if len(examples) != 1 || examples[0].Source.Commit != fix {
		t.Errorf("%s; %+v", names(examples), report)
	}
	traced(t, traces)

	// The traps work: git itself, asked without care, steps into them.
	_ = r.tryGit("diff", "--ext-diff", fix+"~1", fix)
	if entries, err := os.ReadDir(traces); err != nil || len(entries) == 0 {
		t.Errorf("no trap was ever set: %v", err)
	}

	// A missing object must not be fetched, whatever the remote is.
	blob := r.plain("rev-parse", fix+"~1:src/name.c")
	if err := os.Remove(filepath.Join(r.dir, ".git", "objects", blob[:2], blob[2:])); err != nil {
		t.Fatal(err)
	}
	for _, trace := range []string{"run", "trace2"} {
		os.RemoveAll(filepath.Join(traces, trace))
	}
	for _, url := range []string{"ext::" + trap, "ssh://evil.invalid/x", "file://" + t.TempDir(), "evil::x"} {
		r.plain("config", "remote.origin.url", url)
		if _, examples := mine(t, r.dir, gitmine.Options{}); len(examples) != 0 {
			t.Errorf("%s: %s", url, names(examples))
		}
		traced(t, traces)
	}
}

// traced fails where a trap has been stepped into.
func traced(t *testing.T, traces string) {
	t.Helper()
	entries, err := os.ReadDir(traces)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		said, _ := os.ReadFile(filepath.Join(traces, e.Name()))
		t.Errorf("a program of the repository was run, or something written: %s: %s", e.Name(), said)
	}
}

// plain is git without the repository's worst.
func (r *testRepo) plain(args ...string) string {
	return r.git(append([]string{"-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "trace2.normalTarget=", "-c", "trace2.eventTarget="}, args...)...)
}

// TestEnvironment: what the user's environment tells git is not heard either.
func TestEnvironment(t *testing.T) {
	r, _ := fixed(t)
	traces := t.TempDir()
	t.Setenv("GIT_DIR", t.TempDir())
	t.Setenv("GIT_TRACE", filepath.Join(traces, "trace"))
	t.Setenv("GIT_EXTERNAL_DIFF", "false")
	t.Setenv("GIT_CONFIG_COUNT", "1")
	t.Setenv("GIT_CONFIG_KEY_0", "core.pager")
	t.Setenv("GIT_CONFIG_VALUE_0", "false")
	t.Setenv("GIT_OBJECT_DIRECTORY", t.TempDir())
	if _, examples := mine(t, r.dir, gitmine.Options{}); len(examples) != 1 {
		t.Errorf("%s", names(examples))
	}
}

// TestReadOnly: mining writes nothing into the repository.
func TestReadOnly(t *testing.T) {
	r, _ := fixed(t)
	before := snapshot(t, r.dir)
	mine(t, r.dir, gitmine.Options{})
	if after := snapshot(t, r.dir); after != before {
		t.Errorf("before:\n%s\nafter:\n%s", before, after)
	}
}

func snapshot(t *testing.T, dir string) string {
	t.Helper()
	var all strings.Builder
	err := filepath.WalkDir(dir, func(path string, entry os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		all.WriteString(path + " " + info.ModTime().String() + "\n")
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all.String()
}
