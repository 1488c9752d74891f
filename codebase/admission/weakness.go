package admission

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/seccoder/seccoder/check"
	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/lang"
)

// A scan is one run of the checkers over the candidates of a call and their twins. Two
// checks read it: the gate serves one call at a time, and asks one after the other.
type scan struct {
	options Options
	results map[string]scanned // by what scanKey makes of the candidate
}

// scanned is what the checkers said of a candidate.
type scanned struct {
	// looked are the checkers that looked at the code, with versions; why is why none did.
	looked []string
	why    string
	// code and twin are the findings of the example's CWEs, other the worst ones beside them.
	code, twin, other []check.Finding
	// twinLooked: somebody looked at the twin.
	twinLooked bool
}

// scanKey tells two candidates apart that share their code, and so their id, but not what
// is said about it.
func scanKey(e *codebase.Example) string { return fmt.Sprint(e.ID, e.CWEs, "\x00", e.Insecure) }

// newWeakness returns the two checks.
func newWeakness(o Options) (weakness, twin Check) {
	s := &scan{options: o}
	return weaknessCheck{s}, twinCheck{s}
}

type weaknessCheck struct{ *scan }

func (weaknessCheck) Name() string    { return "weakness" }
func (weaknessCheck) Version() string { return "1" }

// Judge rejects code in which a checker finds a weakness that the example claims to
// avoid, or another one of high severity.
func (c weaknessCheck) Judge(ctx context.Context, candidates []*Candidate) ([]codebase.Outcome, error) {
	if err := c.run(ctx, candidates); err != nil {
		return nil, err
	}
	outcomes := make([]codebase.Outcome, len(candidates))
	for i, e := range candidates {
		r := c.results[scanKey(&e.Example)]
		switch {
		case len(r.code) > 0:
			outcomes[i] = rejects("%s", findings(r.code))
		case len(r.other) > 0:
			outcomes[i] = rejects("another weakness: %s", findings(r.other))
		case len(r.looked) == 0:
			outcomes[i] = unsure("no checker could look at it: %s", r.why)
		default:
			outcomes[i] = accepts("%s found nothing of %s", strings.Join(r.looked, ", "), e.CWEs[0])
		}
	}
	return outcomes, nil
}

type twinCheck struct{ *scan }

func (twinCheck) Name() string    { return "twin" }
func (twinCheck) Version() string { return "1" }

// Judge accepts where a checker finds the weakness in the twin; that it finds none in
// the code is what the check before has seen.
func (c twinCheck) Judge(_ context.Context, candidates []*Candidate) ([]codebase.Outcome, error) {
	outcomes := make([]codebase.Outcome, len(candidates))
	for i, e := range candidates {
		r := c.results[scanKey(&e.Example)]
		switch {
		case e.Insecure == "":
			outcomes[i] = codebase.Outcome{Answer: codebase.DoesNotApply}
		case len(r.twin) > 0:
			outcomes[i] = accepts("told from its twin: %s", findings(r.twin))
		case !r.twinLooked:
			outcomes[i] = unsure("no checker could look at the twin: %s", r.why)
		default:
			outcomes[i] = unsure("no checker finds %s in the twin, so that none can tell the two apart", e.CWEs[0])
		}
	}
	return outcomes, nil
}

// findings says in one line what was found, the first one in words.
func findings(found []check.Finding) string {
	f := found[0]
	text := fmt.Sprintf("%s finds %s in line %d: %s", f.Checker, f.CWE, f.Line, f.Message)
	if len(found) > 1 {
		text += fmt.Sprintf(" (and %d more)", len(found)-1)
	}
	return text
}

// run gives every candidate and twin a folder of its own, so that none is compiled with
// another, and runs the checkers over all of them.
func (s *scan) run(ctx context.Context, candidates []*Candidate) (err error) {
	s.results = map[string]scanned{}
	dir, err := os.MkdirTemp("", "seccoder-admission-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	request := check.Request{Dir: dir}
	for i, c := range candidates {
		e := &c.Example
		for name, code := range map[string]string{"code": e.Code, "twin": e.Insecure} {
			if code == "" {
				continue
			}
			path := filePath(i, name, e)
			if err := writeCode(filepath.Join(dir, filepath.FromSlash(path)), outdented(e.Language, code)); err != nil {
				return err
			}
			request.Files = append(request.Files, check.File{Path: path, Language: e.Language})
		}
	}
	slices.SortFunc(request.Files, func(a, b check.File) int { return strings.Compare(a.Path, b.Path) })
	result, err := check.Run(ctx, s.options.Checkers, request, check.RunOptions{Timeout: s.options.Timeout, Progress: s.options.Progress})
	if err != nil {
		return err
	}
	x := newResults(s.options.Checkers, result)
	for i, c := range candidates {
		e := &c.Example
		s.results[scanKey(e)] = x.sort(e, filePath(i, "code", e), filePath(i, "twin", e))
	}
	return nil
}

func filePath(i int, name string, e *codebase.Example) string {
	return fmt.Sprintf("%05d/%s/example%s", i, name, e.Language.Ending())
}

func writeCode(path, code string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	return os.WriteFile(path, []byte(code), 0o600)
}

// results are those of a run of the checkers, by file.
type results struct {
	checkers []check.Checker
	runs     []check.CheckerRun
	findings map[string][]check.Finding
	// nobody has the files that no checker looked at, with the reason; passed those that
	// one checker passed over, by path and checker.
	nobody map[string]string
	passed map[[2]string]bool
}

func newResults(checkers []check.Checker, r check.Result) results {
	x := results{checkers, r.Checkers, map[string][]check.Finding{}, map[string]string{}, map[[2]string]bool{}}
	for _, f := range r.Findings {
		x.findings[f.Path] = append(x.findings[f.Path], f)
	}
	for _, u := range r.Unchecked {
		x.nobody[u.Path] = u.Why
	}
	for _, u := range r.Partly {
		x.passed[[2]string{u.Path, u.Checker}] = true
	}
	return x
}

// leastSeverity is that of findings that count. Those of low severity are reminders: Bandit
// has one for every use of subprocess, the list of arguments that avoids CWE-078 too.
const leastSeverity = check.Medium

// sort puts together what the checkers said of one example.
func (x results) sort(e *codebase.Example, code, twin string) scanned {
	family := related(e.CWEs)
	r := scanned{why: x.nobody[code]}
	for _, f := range x.findings[code] {
		switch {
		case f.Severity < leastSeverity:
		case slices.Contains(family, f.CWE):
			r.code = append(r.code, f)
		case f.CWE != 0 && f.Severity >= check.High:
			r.other = append(r.other, f)
		}
	}
	for _, f := range x.findings[twin] {
		if f.Severity >= leastSeverity && slices.Contains(family, f.CWE) {
			r.twin = append(r.twin, f)
		}
	}
	r.looked = x.lookers(e.Language, code)
	r.twinLooked = e.Insecure != "" && len(x.lookers(e.Language, twin)) > 0
	if r.why == "" {
		r.why = x.nobody[twin]
	}
	return r
}

// lookers are the checkers that looked at a file, with their versions.
func (x results) lookers(l lang.Language, path string) []string {
	var names []string
	for i, run := range x.runs {
		if run.Checked > 0 && slices.Contains(x.checkers[i].Languages(), l) && !x.passed[[2]string{path, run.Name}] {
			names = append(names, strings.TrimSpace(run.Name+" "+run.Version))
		}
	}
	return names
}
