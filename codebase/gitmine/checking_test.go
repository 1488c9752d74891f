package gitmine_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/seccoder/seccoder/check"
	"github.com/seccoder/seccoder/check/bandit"
	"github.com/seccoder/seccoder/check/checktest"
	"github.com/seccoder/seccoder/check/cppcheck"
	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/codebase/gitmine"
	"github.com/seccoder/seccoder/internal/gittest"
)

func byBandit(path string) gitmine.Checking {
	return gitmine.Checking{Checkers: []check.Checker{bandit.New(bandit.Options{Path: path})}}
}

// A step is a commit of a history whose messages say nothing, and what comes of it.
type step struct {
	message string
	// files are what it writes, by path; a file without content is deleted.
	files map[string]string
	// taken is the function of an example, cwe its weakness, reason why there is none.
	taken  string
	cwe    codebase.CWE
	reason string
}

// mineSteps makes the history and compares what comes of each step.
func mineSteps(t *testing.T, o gitmine.Options, steps []step) gitmine.Report {
	t.Helper()
	r := gittest.New(t)
	ids := make([]string, len(steps))
	for i, s := range steps {
		for path, content := range s.files {
			if content == "" {
				r.Git("rm", "--quiet", path)
			} else {
				r.Write(path, content)
			}
		}
		if revert, ok := strings.CutPrefix(s.message, "revert "); ok {
			for j := range steps[:i] {
				if steps[j].message == revert {
					r.Git("revert", "--no-edit", ids[j])
				}
			}
		} else {
			r.Git("add", "--all")
			r.Git("commit", "--quiet", "--message", s.message)
		}
		ids[i] = r.Git("rev-parse", "HEAD")
	}
	report, examples := mine(t, r.Dir, o)
	candidates := map[string]gitmine.Candidate{}
	for _, c := range report.Candidates {
		candidates[c.Commit] = c
	}
	taken := 0
	for i, s := range steps {
		c, known := candidates[ids[i]]
		if s.taken == "" {
			if c.Taken || known != (s.reason != "") || !strings.Contains(c.Reason, s.reason) {
				t.Errorf("%s: known %v, expected to be refused with %q: %+v", s.message, known, s.reason, c)
			}
			continue
		}
		taken++
		found := false
		for _, e := range examples {
			if e.Source.Commit == ids[i] {
				found = strings.HasPrefix(e.Title, s.taken+" of ") && len(e.CWEs) == 1 && e.CWEs[0] == s.cwe
			}
		}
		if !found || !c.Taken {
			t.Errorf("%s: expected %s with %s: %+v", s.message, s.taken, s.cwe, c)
		}
	}
	if len(examples) != taken {
		t.Errorf("%d examples, expected %d: %s", len(examples), taken, names(examples))
	}
	return report
}

// TestFoundByChecker finds fixes by Bandit in a history whose messages say nothing.
func TestFoundByChecker(t *testing.T) {
	checktest.Tool(t, "bandit")
	const (
		shell   = "import subprocess\n\n\ndef list_folder(name):\n    return subprocess.call(\"ls \" + name, shell=True)\n"
		list    = "import subprocess\n\n\ndef list_folder(name):\n    return subprocess.call([\"ls\", name])\n"
		digest  = "import hashlib\n\n\ndef digest(data):\n    return hashlib.md5(data).hexdigest()\n"
		load    = "import pickle\n\n\ndef load(data):\n    return pickle.loads(data)\n\n\ndef other(data):\n    return data\n"
		config  = "import yaml\n\n\ndef config(text):\n    return yaml.load(text)\n"
		longer  = "import yaml\n\n\ndef config(text):\n    if not text:\n        return None\n    return yaml.load(text)\n"
		compute = "def compute(text):\n    return eval(text)\n"
		both    = "import subprocess\n\n\ndef both(a, b):\n    subprocess.call(a, shell=True)\n    subprocess.call(b, shell=True)\n"
	)
	steps := []step{
		{message: "Begin", files: map[string]string{
			"shell.py": shell, "digest.py": digest, "load.py": load, "config.py": config, "compute.py": compute, "both.py": both, "tests/test_a.py": shell,
		}},
		{message: "Call it another way", files: map[string]string{"shell.py": list, "tests/test_a.py": list}, taken: "list_folder", cwe: 78},
		{message: "Another name", files: map[string]string{"digest.py": strings.Replace(digest, "md5", "sha256", 1)}, taken: "digest", cwe: 328},
		// Only moved: within the function, into another one, into a new file.
		{message: "Grow", files: map[string]string{"config.py": longer}},
		{message: "Swap", files: map[string]string{"load.py": "import pickle\n\n\ndef load(data):\n    return data\n\n\ndef other(data):\n    return pickle.loads(data)\n"}},
		{message: "Part", files: map[string]string{"config.py": "from more import more\n\n\ndef config(text):\n    return more(text)\n", "more.py": strings.Replace(config, "config", "more", 1)}},
		{message: "One of two", files: map[string]string{"both.py": strings.Replace(both, "(a, shell=True)", "([a])", 1)}},
		{message: "Leave it out", files: map[string]string{"more.py": ""}},
		// A fix that was taken back is no example, nor is what is again as it was.
		{message: "Parse", files: map[string]string{"compute.py": "import ast\n\n\ndef compute(text):\n    return ast.literal_eval(text)\n"}},
		{message: "revert Parse"},
		{message: "Parse it", files: map[string]string{"compute.py": "import ast\n\n\ndef compute(text):\n    return ast.literal_eval(text)\n"}, reason: "again as it was before"},
		{message: "Calculate", files: map[string]string{"compute.py": compute}},
		// Words that speak against a fix count here, too.
		{message: "Refactor and rename and reformat", files: map[string]string{"load.py": "import json\n\n\ndef load(data):\n    return data\n\n\ndef other(data):\n    return json.loads(data)\n"}, reason: "its score is"},
	}
	report := mineSteps(t, gitmine.Options{Checking: byBandit("")}, steps)
	for _, c := range report.Candidates {
		if c.Subject != "Call it another way" {
			continue
		}
		f := c.Functions[0]
		if e := f.Evidence[0]; e.Kind != "checker" || !strings.HasPrefix(e.Text, "bandit B602 at line 5 is gone: ") || e.Score != 8 || e.CWE != 78 {
			t.Errorf("evidence %+v", f.Evidence)
		}
		if f.Reason != "what a checker found in it is gone" || !strings.Contains(c.Reason, "score 8.0: bandit B602 at line 5 is gone") {
			t.Errorf("reasons %q, %q", f.Reason, c.Reason)
		}
	}
	if c := report.Checked; c == nil || c.Left != 0 || c.Unchecked != 0 || len(c.Checkers) != 1 || !strings.HasPrefix(c.Checkers[0], "bandit ") {
		t.Errorf("%+v", c)
	}
}

// TestCppcheck has C, a file that the checker cannot read, and a weight of one's own.
func TestCppcheck(t *testing.T) {
	checktest.Tool(t, "cppcheck")
	const (
		begin  = "int last(void)\n{\n    int a[4] = {0};\n    a[4] = 1;\n    return a[0];\n}\n"
		end    = "int last(void)\n{\n    int a[5] = {0};\n    a[4] = 1;\n    return a[0];\n}\n"
		broken = "int x(int y)\n{\n    return y;\n}\n\nint half(int n)\n{\n    if (n > 1 {\n        return n;\n    }\n}\n"
	)
	steps := []step{
		{message: "Begin", files: map[string]string{"a.c": begin, "b.c": broken}},
		{message: "Five", files: map[string]string{"a.c": end}, taken: "last", cwe: 788},
		{message: "Another", files: map[string]string{"b.c": strings.Replace(broken, "return y", "return y + 1", 1)}},
	}
	checking := gitmine.Checking{Checkers: []check.Checker{cppcheck.New(cppcheck.Options{})}}
	report := mineSteps(t, gitmine.Options{Checking: checking}, steps)
	c := report.Checked
	if c.Commits != 2 || c.Unchecked != 1 || c.Failed != 0 || len(c.Files) != 1 || c.Files[0].Path != "b.c" || c.Files[0].Checker != "cppcheck" || c.Files[0].Why == "" {
		t.Errorf("%+v", c)
	}
	if len(report.Notes) != 1 || !strings.Contains(report.Notes[0], "could not look at all of 1 of 2 commits") {
		t.Errorf("%q", report.Notes)
	}
	steps[1].taken, steps[1].reason = "", "its score is 5.0, less than 6"
	checking.Score = 3
	mineSteps(t, gitmine.Options{Checking: checking}, steps)
}

// chain makes a history of so many commits that each mend one function, the newest last,
// whose files hold a word of their own.
func chain(t *testing.T, words ...string) *gittest.Repo {
	t.Helper()
	r := gittest.New(t)
	file := func(word, call string) string {
		return fmt.Sprintf("import yaml\n\n\ndef load_%s(text):\n    return yaml.%s(text)\n", word, call)
	}
	for _, word := range words {
		r.Write(word+".py", file(word, "load"))
	}
	r.Git("add", "--all")
	r.Git("commit", "--quiet", "--message", "Begin")
	for _, word := range words {
		r.Commit("Change "+word, word+".py", file(word, "safe_load"))
	}
	return r
}

// TestCheckerFails: what a checker failed at is said, keeps no other commit back, and is
// asked about again.
func TestCheckerFails(t *testing.T) {
	checktest.Tool(t, "bandit")
	crashes := checktest.Fake(t, "bandit", `case "$*" in *.py*) grep -ql boom $(printf '%s\n' "$@" | grep '\.py$') && kill -SEGV $$; esac; exec bandit "$@"`)
	r := chain(t, "a", "boom", "c")
	o, _ := withStore(t)
	o.Checking = byBandit(crashes)
	report, examples := mine(t, r.Dir, o)
	if names(examples) != "load_c of c.py, load_a of a.py" {
		t.Errorf("%s; %+v", names(examples), report)
	}
	c := report.Checked
	if c.Commits != 3 || c.Failed != 1 || c.Unchecked != 1 || len(c.Files) != 1 || c.Files[0].Path != "boom.py" || !strings.Contains(c.Files[0].Why, "crashed") || len(report.Notes) != 2 {
		t.Errorf("%+v, %q", c, report.Notes)
	}
	// The next run asks about that one only, and then there is nothing left.
	o.Checking = byBandit("")
	report, _ = mine(t, r.Dir, o)
	if c := report.Checked; report.Examples != 1 || report.Known != 2 || c.Commits != 1 || c.Known != 2 || c.Failed != 0 {
		t.Errorf("%+v, %+v", report, c)
	}
	if report, _ = mine(t, r.Dir, o); report.Commits != 0 || report.Checked.Commits != 0 {
		t.Errorf("nothing is new, but %+v", report)
	}
}

// TestCheckerBroken: a checker that never works is given up and finds nothing, which is not
// passed off as nothing there; one that is missing stops the run.
func TestCheckerBroken(t *testing.T) {
	r := chain(t, "a", "b", "c", "d")
	broken := checktest.Fake(t, "bandit", `[ "$1" = --version ] && { echo bandit 1.9.2; exit; }; echo broken >&2; exit 3`)
	report, examples := mine(t, r.Dir, gitmine.Options{Checking: byBandit(broken)})
	if c := report.Checked; len(examples) != 0 || c.Failed != 4 || c.Unchecked != 4 || len(report.Notes) != 2 || !strings.Contains(c.Files[0].Why, "broken") {
		t.Errorf("%+v, %q", c, report.Notes)
	}
	_, err := gitmine.Mine(t.Context(), r.Dir, gitmine.Options{Checking: byBandit(filepath.Join(t.TempDir(), "none"))})
	if _, missing := errors.AsType[*check.MissingError](err); !missing {
		t.Errorf("missing: %v", err)
	}
}

// TestCheckerBounds: what is left by the bounds is for the next runs, with checkers and
// without.
func TestCheckerBounds(t *testing.T) {
	checktest.Tool(t, "bandit")
	r := chain(t, "a", "b", "c")
	o, _ := withStore(t)
	o.Checking = byBandit("")
	o.Checking.MaxCommits = 2
	report, examples := mine(t, r.Dir, o)
	if c := report.Checked; names(examples) != "load_c of c.py, load_b of b.py" || c.Commits != 2 || c.Left != 1 || len(report.Notes) != 1 {
		t.Errorf("%s, %+v, %q", names(examples), c, report.Notes)
	}
	without := o
	without.Checking = gitmine.Checking{}
	if report, _ := mine(t, r.Dir, without); report.Commits != 0 || report.Checked != nil {
		t.Errorf("without checkers all was looked at, but %+v", report)
	}
	o.Checking.MaxTime = time.Nanosecond
	if report, _ := mine(t, r.Dir, o); report.Examples != 0 || report.Checked.Left != 1 || report.Checked.Known != 2 {
		t.Errorf("in no time: %+v", report.Checked)
	}
	o.Checking.MaxTime = 0
	if report, _ := mine(t, r.Dir, o); report.Examples != 1 || report.Checked.Commits != 1 || report.Checked.Left != 0 {
		t.Errorf("the rest: %+v", report.Checked)
	}
}

// TestCheckerStopped: when the user stops the program while a checker runs, nothing is left
// behind.
func TestCheckerStopped(t *testing.T) {
	r := chain(t, "a")
	started := filepath.Join(t.TempDir(), "started")
	hangs := checktest.Fake(t, "bandit", `[ "$1" = --version ] && { echo bandit 1.9.2; exit; }; echo > `+started+`; sleep 600`)
	temp := t.TempDir()
	t.Setenv("TMPDIR", temp)
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		defer cancel()
		for range 3000 {
			if _, err := os.Stat(started); err == nil {
				return
			}
			time.Sleep(10 * time.Millisecond)
		}
	}()
	o, store := withStore(t)
	o.Checking = byBandit(hangs)
	if _, err := gitmine.Mine(ctx, r.Dir, o); !errors.Is(err, context.Canceled) {
		t.Errorf("stopped: %v", err)
	}
	if entries, err := os.ReadDir(temp); err != nil || len(entries) > 0 || len(stored(t, store)) > 0 {
		t.Errorf("left behind: %v, %v", entries, err)
	}
}
