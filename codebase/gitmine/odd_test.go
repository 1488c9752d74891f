package gitmine_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/seccoder/seccoder/codebase/gitmine"
	"github.com/seccoder/seccoder/internal/gittest"
)

func TestOddRepositories(t *testing.T) {
	t.Run("no commits", func(t *testing.T) {
		report, _ := mine(t, gittest.New(t).Dir, gitmine.Options{})
		if report.Tip != "" || len(report.Notes) != 1 {
			t.Errorf("%+v", report)
		}
	})
	t.Run("no repository", func(t *testing.T) {
		dir := t.TempDir()
		t.Setenv("GIT_CEILING_DIRECTORIES", filepath.Dir(dir))
		if _, err := gitmine.Mine(t.Context(), dir, gitmine.Options{}); err == nil || !strings.Contains(err.Error(), "is no git repository") {
			t.Error(err)
		}
		if _, err := gitmine.Mine(t.Context(), filepath.Join(dir, "none"), gitmine.Options{}); !errors.Is(err, os.ErrNotExist) {
			t.Error(err)
		}
	})
	t.Run("no such revision", func(t *testing.T) {
		r, _ := fixed(t)
		if _, err := gitmine.Mine(t.Context(), r.Dir, gitmine.Options{Revision: "--output=x"}); err == nil || !strings.Contains(err.Error(), "no commit, branch or tag") {
			t.Error(err)
		}
	})
	t.Run("bare, and a folder below", func(t *testing.T) {
		r, _ := fixed(t)
		bare := filepath.Join(t.TempDir(), "bare.git")
		r.Git("clone", "--quiet", "--bare", r.Dir, bare)
		for _, dir := range []string{bare, filepath.Join(r.Dir, "src")} {
			if _, examples := mine(t, dir, gitmine.Options{}); len(examples) != 1 {
				t.Errorf("%s: %s", dir, names(examples))
			}
		}
	})
	t.Run("a worktree", func(t *testing.T) {
		r, _ := fixed(t)
		dir := filepath.Join(t.TempDir(), "tree")
		r.Git("worktree", "add", "--quiet", "--detach", dir)
		if _, examples := mine(t, dir, gitmine.Options{}); len(examples) != 1 {
			t.Error(names(examples))
		}
	})
	t.Run("shallow", func(t *testing.T) {
		r, fix := fixed(t)
		dir := filepath.Join(t.TempDir(), "shallow")
		r.Git("clone", "--quiet", "--depth=1", "file://"+r.Dir, dir)
		report, examples := mine(t, dir, gitmine.Options{})
		if c := candidate(t, report, fix); len(examples) > 0 || !strings.Contains(c.Reason, "shallow") || len(report.Notes) != 1 {
			t.Errorf("%+v", report)
		}
	})
	t.Run("in the middle of a rebase", func(t *testing.T) {
		r, fix := fixed(t)
		r.Git("checkout", "--quiet", "-b", "other", "HEAD~1")
		r.Commit("Conflict", "src/name.c", "int x;\n")
		r.Git("checkout", "--quiet", "main")
		if err := r.Try("rebase", "other"); err == nil {
			t.Fatal("the rebase went through")
		}
		report, examples := mine(t, r.Dir, gitmine.Options{})
		if len(examples) != 1 || report.Tip != fix || len(report.Notes) != 1 || !strings.Contains(report.Notes[0], "rebase") {
			t.Errorf("%s, %+v", names(examples), report)
		}
	})
	t.Run("a submodule", func(t *testing.T) {
		inner, fix := fixed(t)
		r := gittest.New(t)
		r.Commit("Begin", "README", "x\n")
		r.Git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", inner.Dir, "inner")
		r.Git("commit", "--quiet", "--message", "Add the submodule")
		r.Git("-C", filepath.Join(r.Dir, "inner"), "checkout", "--quiet", fix+"~1")
		r.Git("commit", "--quiet", "--all", "--message", "Fix CVE-2024-7777: another state of the submodule")
		bump := r.Git("rev-parse", "HEAD")
		report, examples := mine(t, r.Dir, gitmine.Options{})
		c := candidate(t, report, bump)
		if len(examples) > 0 || len(c.Skipped) != 1 || !strings.Contains(c.Skipped[0].Why, "submodule") {
			t.Errorf("%+v", c)
		}
		inner.Git("-C", filepath.Join(r.Dir, "inner"), "checkout", "--quiet", fix)
		if _, examples := mine(t, filepath.Join(r.Dir, "inner"), gitmine.Options{}); len(examples) != 1 {
			t.Error(names(examples))
		}
	})
	t.Run("a huge file", func(t *testing.T) {
		r := gittest.New(t)
		r.Commit("Begin", "name.c", insecure)
		fix := r.Commit(fixMessage, "name.c", secure+"/*"+strings.Repeat("x\n", 10000)+"*/\n")
		report, examples := mine(t, r.Dir, gitmine.Options{MaxBytes: 10000})
		if c := candidate(t, report, fix); len(examples) > 0 || len(c.Skipped) != 1 || !strings.Contains(c.Skipped[0].Why, "more than 10 kB") {
			t.Errorf("%+v", c)
		}
	})
	t.Run("messages in other encodings", func(t *testing.T) {
		r := gittest.New(t)
		r.Commit("Begin", "name.c", insecure)
		r.Git("config", "i18n.commitEncoding", "ISO-8859-1")
		r.Commit("D\xe9bordement: buffer overflow \x1b[31m\u202e", "name.c", secure)
		_, examples := mine(t, r.Dir, gitmine.Options{})
		if len(examples) != 1 || !strings.HasPrefix(examples[0].Fix, "Débordement: buffer overflow") || strings.Contains(examples[0].Fix, "\x1b") {
			t.Errorf("%+v", examples)
		}
	})
	t.Run("odd paths", func(t *testing.T) {
		r := gittest.New(t)
		r.Commit("Begin", "-a b\n'ü.c", insecure)
		fix := r.Commit(fixMessage, "-a b\n'ü.c", secure)
		report, _ := mine(t, r.Dir, gitmine.Options{})
		if c := candidate(t, report, fix); len(c.Skipped) != 1 || !strings.Contains(c.Skipped[0].Why, "no plain text") {
			t.Errorf("%+v", c)
		}
	})
	t.Run("SHA-256", func(t *testing.T) {
		r := gittest.New(t)
		r.Dir = t.TempDir()
		if err := r.Try("init", "--quiet", "--object-format=sha256", "--initial-branch=main"); err != nil {
			t.Skip("this git has no SHA-256")
		}
		r.Write("COPYING", mit)
		r.Commit("Begin", "name.c", insecure)
		r.Commit(fixMessage, "name.c", secure)
		if _, examples := mine(t, r.Dir, gitmine.Options{}); len(examples) != 1 || examples[0].Source.Licence != "MIT" {
			t.Errorf("%+v", examples)
		}
	})
	t.Run("an object is missing", func(t *testing.T) {
		r, fix := fixed(t)
		blob := r.Git("rev-parse", fix+"~1:src/name.c")
		if err := os.Remove(filepath.Join(r.Dir, ".git", "objects", blob[:2], blob[2:])); err != nil {
			t.Fatal(err)
		}
		report, _ := mine(t, r.Dir, gitmine.Options{})
		if c := candidate(t, report, fix); c.Taken || len(c.Skipped) != 1 || !strings.Contains(c.Skipped[0].Why, "not in this clone") {
			t.Errorf("%+v", c)
		}
	})
}
