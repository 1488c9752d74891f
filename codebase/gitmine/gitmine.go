// Package gitmine finds security fixes in the history of git repositories and makes
// examples of them: the function as it was fixed, and as it was before. It is one of the
// ways of step 1 of SecCoder, Expansion (arXiv 2410.01488, section 3.1).
//
//	report, err := gitmine.Mine(ctx, "/home/me/project", gitmine.Options{
//		Keep: func(ctx context.Context, e codebase.Example) (gitmine.Kept, error) {
//			added, err := store.Add(ctx, e)
//			return gitmine.Kept{Known: added == 0}, err
//		},
//	})
//	for _, c := range report.Candidates {
//		fmt.Println(c.Commit, c.Taken, c.Score, c.Reason)
//	}
//
// A commit is a candidate by the vulnerabilities that its message names, by the words of
// the message, and by what its change does to functions; where [Options.Checking] names
// checkers also by what one of them finds before the commit and not after it. What was
// found, and why each commit and function was taken or refused, is in the [Report].
//
// It reads what git has stored, and nothing else: no hook, filter, driver or other
// program that a repository names is run, and nothing is fetched. It does not decide
// whether the fix is right; who keeps the examples does ([Options.Keep]).
package gitmine

import (
	"context"
	"time"

	"github.com/seccoder/seccoder/check"
	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/lang"
)

// The defaults of Options.
const (
	// DefaultMinScore is the score from which on a commit without the name of a
	// vulnerability is taken for a fix.
	DefaultMinScore = 6
	// DefaultMaxFunctions is how many functions a fix may change.
	DefaultMaxFunctions = 8
	// DefaultMaxLines is how long a function may be.
	DefaultMaxLines = 1500
	// DefaultMaxBytes is how large a file may be.
	DefaultMaxBytes = 2 << 20
	// DefaultCheckerScore is what a checker's finding that is gone counts.
	DefaultCheckerScore = 6
	// DefaultMaxChecked is how many commits a run asks checkers about, and
	// DefaultCheckTime how long.
	DefaultMaxChecked = 500
	DefaultCheckTime  = 10 * time.Minute
)

// Options say how to mine. The zero value finds everything and keeps nothing.
type Options struct {
	// Revision is the commit, branch or tag whose history is looked at; empty stands for
	// what is checked out.
	Revision string
	// Since, where it is set, leaves out commits that are older.
	Since time.Time
	// Limit, where it is set, stops after so many examples were kept.
	Limit int
	// MinScore, MaxFunctions, MaxLines and MaxBytes bound what is taken; 0 stands for the
	// defaults.
	MinScore     float64
	MaxFunctions int
	MaxLines     int
	MaxBytes     int64
	// Words are the phrases that count; nil stands for StandardWords.
	Words *Words
	// Checking says how to find fixes by checkers, too.
	Checking Checking
	// Keep is given each example in the order of the history, the newest first, and says
	// what became of it. An error stops the mining. Where it is nil nothing is kept.
	Keep func(context.Context, codebase.Example) (Kept, error)
	// Earlier lists what was kept from the repository before, and Withdraw takes examples
	// out of where they are kept, because their fix was taken back since. Both may be nil.
	Earlier  func(ctx context.Context, repository string) ([]codebase.Example, error)
	Withdraw func(ctx context.Context, examples ...codebase.Example) error
	// State remembers which commits were looked at, so that the next run looks at new ones
	// only; nil looks at all. Again looks at all, and remembers.
	State codebase.MetaStore
	Again bool
	// By is who admits the examples, Now when.
	By  string
	Now time.Time
	// Progress, where it is set, is told how far each stage is. Calls do not overlap.
	Progress func(stage Stage, done, total int)
}

// Checking says how to find fixes by what a checker finds in a function before a commit
// and not after it. The zero value asks no checker.
type Checking struct {
	// Checkers are asked about commits of any message.
	Checkers []check.Checker
	// Score is what a finding of medium severity that is gone counts; one of high severity
	// counts 2 more, one of low severity nothing. MaxCommits bounds the commits that a run
	// asks about, the newest first, MaxTime how long it asks, Timeout one call of a
	// checker. 0 stands for the defaults, that of package check for Timeout.
	Score      float64
	MaxCommits int
	MaxTime    time.Duration
	Timeout    time.Duration
}

// A Stage is a part of the work.
type Stage string

// The stages, in their order. How many commits there are to read is not known before.
const (
	Reading   Stage = "reading commits"
	Asking    Stage = "asking checkers"
	Examining Stage = "examining changes"
)

// Kept says what became of an example that was handed on.
type Kept struct {
	// Known is true where it was there already.
	Known bool
	// Refused, where it is not empty, says why it was not let in.
	Refused string
}

// A Report says what was found in one repository.
type Report struct {
	// Repository is its name: the address that it was cloned from, or its folder.
	Repository string `json:"repository"`
	// Tip is the commit whose history was looked at; empty where there is none. After are
	// those whose history an earlier run has looked at.
	Tip   string   `json:"tip"`
	After []string `json:"after"`
	// Commits is how many were looked at.
	Commits int `json:"commits"`
	// Examples counts those kept, Known those that were there already.
	Examples int `json:"examples"`
	Known    int `json:"known"`
	// Candidates are the commits that something speaks for, the newest first.
	Candidates []Candidate `json:"candidates"`
	// Withdrawn are examples of earlier runs whose fix was taken back since.
	Withdrawn []Withdrawn `json:"withdrawn"`
	// Checked says what came of asking checkers; it is nil where none was asked.
	Checked *Checked `json:"checked,omitempty"`
	// Notes say what was odd about the repository.
	Notes []string `json:"notes"`
}

// Checked says what came of asking checkers.
type Checked struct {
	// Checkers are their names and versions: "bandit 1.9.2".
	Checkers []string `json:"checkers"`
	// Commits is how many they were asked about, Known how many earlier runs had looked at,
	// Left how many are left for another run.
	Commits int `json:"commits"`
	Known   int `json:"known"`
	Left    int `json:"left"`
	// Unchecked counts the commits of this run that hold files at which a checker could not
	// look, so that nothing is known of them by it; Failed are those of them at which it
	// failed, and which the next run asks about again. Files are the first hundred of the
	// files.
	Unchecked int             `json:"unchecked"`
	Failed    int             `json:"failed"`
	Files     []UncheckedFile `json:"files"`
}

// An UncheckedFile is a file of a commit at which a checker could not look.
type UncheckedFile struct {
	Commit  string `json:"commit"`
	Path    string `json:"path"`
	Checker string `json:"checker"`
	Why     string `json:"why"`
}

// A Candidate is a commit that something speaks for.
type Candidate struct {
	Commit  string    `json:"commit"`
	Date    time.Time `json:"date"`
	Subject string    `json:"subject"`
	// Taken is true where an example came of it. Reason says why, or why not.
	Taken  bool   `json:"taken"`
	Reason string `json:"reason"`
	// Score is what the evidence comes to.
	Score           float64        `json:"score"`
	Vulnerabilities []string       `json:"vulnerabilities"`
	CWEs            []codebase.CWE `json:"cwes"`
	Evidence        []Evidence     `json:"evidence"`
	Functions       []Function     `json:"functions"`
	// Skipped are files that were not looked at.
	Skipped []Skipped `json:"skipped"`
}

// Evidence is one thing that speaks for a commit or a function, or against it.
type Evidence struct {
	// Kind is "id" (of a vulnerability), "merge" (an id that the merge of the commit
	// names), "words", "change" or "checker" (a finding that is gone).
	Kind string `json:"kind"`
	// Text is what was found, Where it was: "subject" or "body".
	Text  string       `json:"text"`
	Where string       `json:"where,omitempty"`
	Score float64      `json:"score"`
	CWE   codebase.CWE `json:"cwe,omitzero"`
}

// A Function is a function that a candidate changed.
type Function struct {
	Path     string        `json:"path"`
	Name     string        `json:"name"`
	Language lang.Language `json:"language"`
	Taken    bool          `json:"taken"`
	Reason   string        `json:"reason"`
	// Example is the id of the example, where one was made of the function.
	Example  string     `json:"example,omitempty"`
	Evidence []Evidence `json:"evidence"`
}

// Skipped is a file that was not looked at.
type Skipped struct {
	Path string `json:"path"`
	Why  string `json:"why"`
}

// Withdrawn is an example that was taken out again.
type Withdrawn struct {
	Example string `json:"example"`
	Commit  string `json:"commit"`
	Why     string `json:"why"`
}
