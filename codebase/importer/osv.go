package importer

import (
	"context"
	"errors"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// An advisory is the part of a vulnerability in the OSV format that is read: schema
// 1.x, as of google/osv.dev and the GitHub Advisory Database, which keeps its CWEs in
// database_specific.
type advisory struct {
	ID         string   `json:"id"`
	Aliases    []string `json:"aliases"`
	Summary    string   `json:"summary"`
	Withdrawn  string   `json:"withdrawn"`
	References []struct {
		Type string `json:"type"`
		URL  string `json:"url"`
	} `json:"references"`
	Affected []struct {
		Ranges []struct {
			Type   string `json:"type"`
			Repo   string `json:"repo"`
			Events []struct {
				Fixed string `json:"fixed"`
			} `json:"events"`
		} `json:"ranges"`
		Specific cweHolder `json:"database_specific"`
	} `json:"affected"`
	Specific cweHolder `json:"database_specific"`
}

// A cweHolder has CWEs in one of the ways of the databases: as ids (GitHub), or as
// objects (PyPA and RustSec have none).
type cweHolder struct {
	IDs  texts `json:"cwe_ids"`
	CWEs []struct {
		ID texts `json:"cweId"`
	} `json:"cwes"`
}

func (h cweHolder) all() []string {
	ids := slices.Clone([]string(h.IDs))
	for _, c := range h.CWEs {
		ids = append(ids, c.ID...)
	}
	return ids
}

const (
	skipWithdrawn = "the advisory is withdrawn"
	skipNoCommits = "it names no commit that fixes it"
	skipNoClone   = "no clone has a commit that it names"
)

// readOSV reads advisories, and takes the functions that their fixes changed out of
// the clones. The fixing commits are those that the references link to. Only an
// advisory without such links has those of its git ranges looked up: where they were
// made from version numbers they are a release, not the fix.
func readOSV(ctx context.Context, in *input) iter.Seq2[Record, error] {
	return func(yield func(Record, error) bool) {
		if err := in.osv(ctx, yield); err != nil {
			yield(Record{}, err)
		}
	}
}

func (in *input) osv(ctx context.Context, yield func(Record, error) bool) error {
	if len(in.Clones) == 0 {
		return inputErrorf("advisories have no code: name a clone of the repository with --repo")
	}
	clones, err := openClones(ctx, in.Clones)
	if err != nil {
		return err
	}
	defer clones.close()
	root, found, err := in.advisories()
	if err != nil {
		return err
	}
	var read int64
	for i, file := range found {
		read += file.size
		if int64(i) < in.from.Number {
			continue
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		results, err := in.advisoryFile(ctx, clones, filepath.Join(root, filepath.FromSlash(file.path)))
		if err != nil {
			return err
		}
		r := Record{Where: file.path, Next: Position{Number: int64(i) + 1}, Read: read}
		if !emit(func(r Record) bool { return yield(r, nil) }, r, Position{Number: int64(i)}, results...) {
			return nil
		}
	}
	return nil
}

// advisories lists the files below the folder, or the file itself.
func (in *input) advisories() (root string, found []sizedFile, err error) {
	info, err := os.Stat(in.path)
	if err != nil {
		return "", nil, &InputError{err}
	}
	if !info.IsDir() {
		in.total = info.Size()
		return filepath.Dir(in.path), []sizedFile{{filepath.Base(in.path), info.Size()}}, nil
	}
	found, in.total, err = listFiles(in.path, func(name string) bool { return strings.HasSuffix(name, ".json") })
	if err == nil && len(found) == 0 {
		err = inputErrorf("%s has no .json files", in.path)
	}
	return in.path, found, err
}

// advisoryFile makes examples of an advisory.
func (in *input) advisoryFile(ctx context.Context, clones *clones, path string) ([]result, error) {
	text, err := readSource(path)
	if err != nil {
		return []result{{err: err}}, nil
	}
	var a advisory
	if err := decode([]byte(text), &a); err != nil {
		return []result{{err: err}}, nil
	}
	if a.ID == "" {
		return []result{{err: errors.New("it has no id, so it is no advisory")}}, nil
	}
	if a.Withdrawn != "" {
		return []result{{skipped: skipWithdrawn}}, nil
	}
	f, commits := a.fix()
	if len(commits) == 0 {
		return []result{{skipped: skipNoCommits}}, nil
	}
	results, ok, err := in.commitResults(ctx, clones, f, commits)
	if !ok && err == nil {
		results = []result{{skipped: skipNoClone}}
	}
	return results, err
}

// fix is what the advisory says of its fix, and the commits that it names.
func (a *advisory) fix() (fix, []string) {
	f := fix{
		note: a.Summary, cve: cveIn(append([]string{a.ID}, a.Aliases...)...), cwes: cwesIn(a.Specific.all()...), dataset: "OSV",
	}
	if strings.HasPrefix(a.ID, "GHSA-") {
		f.dataset = "GHSA"
	}
	if f.cve == "" {
		f.cve = oneLine(a.ID)
	}
	var linked, ranged []string
	for _, ref := range a.References {
		if repository, commit := splitCommit(ref.URL); commit != "" && !slices.Contains(linked, commit) {
			linked = append(linked, commit)
			f.repository = repository
		}
	}
	for _, affected := range a.Affected {
		f.cwes = mergeCWEs(f.cwes, cwesIn(affected.Specific.all()...))
		for _, r := range affected.Ranges {
			for _, event := range r.Events {
				if commit := strings.ToLower(event.Fixed); r.Type == "GIT" && commit != "" && !slices.Contains(ranged, commit) {
					ranged = append(ranged, commit)
				}
			}
			if f.repository == "" {
				f.repository = cleanRepository(r.Repo)
			}
		}
	}
	if len(linked) > 0 {
		return f, linked
	}
	return f, ranged
}
