package gitmine_test

import (
	"strings"
	"testing"

	"github.com/seccoder/seccoder/codebase/gitmine"
	"github.com/seccoder/seccoder/internal/gittest"
)

func TestReverts(t *testing.T) {
	t.Run("reverted", func(t *testing.T) {
		r, fix := fixed(t)
		r.Git("revert", "--no-edit", fix)
		revert := r.Git("rev-parse", "HEAD")
		report, examples := mine(t, r.Dir, gitmine.Options{})
		if c := candidate(t, report, fix); len(examples) > 0 || c.Taken || c.Reason != "it was reverted by "+revert[:12] {
			t.Errorf("%s; %+v", names(examples), c)
		}
		for _, c := range report.Candidates {
			if c.Commit == revert {
				t.Errorf("the revert is a candidate: %+v", c)
			}
		}
	})
	t.Run("reverted without its id", func(t *testing.T) {
		r, fix := fixed(t)
		r.Commit(`Revert "`+fixMessage+`"`, "src/name.c", insecure)
		report, _ := mine(t, r.Dir, gitmine.Options{})
		if c := candidate(t, report, fix); !strings.Contains(c.Reason, "reverted by") {
			t.Errorf("%+v", c)
		}
	})
	t.Run("and reverted again", func(t *testing.T) {
		r, fix := fixed(t)
		r.Git("revert", "--no-edit", fix)
		r.Git("revert", "--no-edit", "HEAD")
		_, examples := mine(t, r.Dir, gitmine.Options{})
		if len(examples) != 1 || examples[0].Source.Commit != fix {
			t.Errorf("%s", names(examples))
		}
	})
	t.Run("broken again in silence", func(t *testing.T) {
		r, fix := fixed(t)
		r.Commit("Speed up copy_name", "src/name.c", strings.Replace(insecure, "x + 1", "x + 2", 1))
		report, examples := mine(t, r.Dir, gitmine.Options{})
		if c := candidate(t, report, fix); len(examples) > 0 || !strings.Contains(c.Reason, "again as it was before") {
			t.Errorf("%s; %+v", names(examples), c)
		}
	})
	t.Run("broken again after a move", func(t *testing.T) {
		r, fix := fixed(t)
		r.Git("mv", "src", "lib")
		r.Commit("Move it", "lib/name.c", insecure)
		report, _ := mine(t, r.Dir, gitmine.Options{})
		if c := candidate(t, report, fix); !strings.Contains(c.Reason, "again as it was before") {
			t.Errorf("%+v", c)
		}
	})
	t.Run("broken and mended again", func(t *testing.T) {
		r, fix := fixed(t)
		r.Commit("Speed up", "src/name.c", insecure)
		again := r.Commit("Prevent buffer overflow in copy_name", "src/name.c", secure)
		report, examples := mine(t, r.Dir, gitmine.Options{})
		if len(examples) != 1 || examples[0].Source.Commit != again {
			t.Errorf("%s", names(examples))
		}
		if c := candidate(t, report, fix); !strings.Contains(c.Reason, "the same") {
			t.Errorf("%+v", c)
		}
	})
	t.Run("mended better", func(t *testing.T) {
		r, fix := fixed(t)
		better := r.Commit("Mend the fix of CVE-2024-12345: check for NULL", "src/name.c", strings.Replace(secure, "if (strlen", "if (!name || strlen", 1))
		report, examples := mine(t, r.Dir, gitmine.Options{})
		if len(examples) != 1 || examples[0].Source.Commit != better {
			t.Errorf("%s", names(examples))
		}
		if c := candidate(t, report, fix); !strings.Contains(c.Reason, "goes on with the fix of CVE-2024-12345") {
			t.Errorf("%+v", c)
		}
	})
}

func TestMerges(t *testing.T) {
	branch := func(t *testing.T, message, mergeMessage string) (*gittest.Repo, string, string) {
		r := gittest.New(t)
		r.Commit("Begin", "name.c", insecure)
		r.Git("checkout", "--quiet", "-b", "fix")
		fix := r.Commit(message, "name.c", secure)
		r.Git("checkout", "--quiet", "main")
		r.Commit("Meanwhile", "README", "x\n")
		r.Git("merge", "--quiet", "--no-ff", "--message", mergeMessage, "fix")
		return r, fix, r.Git("rev-parse", "HEAD")
	}
	t.Run("a fix on a branch", func(t *testing.T) {
		r, fix, _ := branch(t, fixMessage, "Merge branch 'fix'")
		_, examples := mine(t, r.Dir, gitmine.Options{})
		if len(examples) != 1 || examples[0].Source.Commit != fix {
			t.Errorf("%s", names(examples))
		}
	})
	t.Run("the merge names it", func(t *testing.T) {
		r, fix, _ := branch(t, "Prevent buffer overflow", "Merge pull request #1: CVE-2024-5555")
		report, examples := mine(t, r.Dir, gitmine.Options{})
		if len(examples) != 1 || examples[0].Source.Commit != fix || examples[0].Source.CVE != "CVE-2024-5555" {
			t.Errorf("%+v", examples)
		}
		if c := candidate(t, report, fix); c.Evidence[0].Kind != "merge" {
			t.Errorf("%+v", c.Evidence)
		}
	})
	t.Run("only the merge says anything", func(t *testing.T) {
		r, _, merge := branch(t, "Do it", "Merge pull request #1: CVE-2024-5555")
		_, examples := mine(t, r.Dir, gitmine.Options{})
		if len(examples) != 1 || examples[0].Source.Commit != merge || !strings.Contains(examples[0].Insecure, "strcpy") {
			t.Errorf("%+v", examples)
		}
	})
}

func TestRename(t *testing.T) {
	r := gittest.New(t)
	r.Commit("Begin", "src/name.c", insecure)
	r.Git("mv", "src/name.c", "src/copy.c")
	fix := r.Commit(fixMessage, "src/copy.c", secure)
	_, examples := mine(t, r.Dir, gitmine.Options{})
	if len(examples) != 1 || examples[0].Source.Commit != fix || examples[0].Source.Path != "src/copy.c" {
		t.Errorf("%+v", examples)
	}
}
