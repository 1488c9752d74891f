package importer

import (
	"context"
	"iter"

	"github.com/seccoder/seccoder/lang"
)

// A megaRecord is an element of MegaVul's files: of megavul.json and
// megavul_simple.json a function, of cve_with_graph_abstract_commit.json a CVE with
// its commits. Read as in SPECIFICATION.md and megavul/git_platform/common.py of
// Icyrockton/MegaVul (release of 2024-04; commits 4e7a37b and 6479c37).
type megaRecord struct {
	CVE  string `json:"cve_id"`
	CWEs texts  `json:"cwe_ids"`
	megaCommit
	// These are of flat files only.
	Path       string `json:"file_path"`
	Name       string `json:"func_name"`
	Before     string `json:"func_before"`
	After      string `json:"func"`
	Vulnerable *flag  `json:"is_vul"`
	// Commits are of the file with a hierarchy only.
	Commits []megaCommit `json:"commits"`
}

type megaCommit struct {
	Repository string     `json:"repo_name"`
	Message    string     `json:"commit_msg"`
	Hash       string     `json:"commit_hash"`
	URL        string     `json:"git_url"`
	Files      []megaFile `json:"files"`
}

type megaFile struct {
	Path      string         `json:"file_path"`
	Functions []megaFunction `json:"vulnerable_functions"`
}

type megaFunction struct {
	Name   string `json:"func_name"`
	Before string `json:"func_before"`
	After  string `json:"func_after"`
}

func readMegaVul(ctx context.Context, in *input) iter.Seq2[Record, error] {
	paths, err := files(in.path, "megavul.json", "megavul_simple.json")
	if err != nil {
		return failed(err)
	}
	return in.jsonRecords(ctx, paths, func(v values, yield func(Record) bool) bool {
		r := v.record()
		var m megaRecord
		if r.Err = decode(v.value, &m); r.Err != nil {
			return yield(r)
		}
		return emit(yield, r, v.began, in.megaResults(&m)...)
	})
}

func (in *input) megaResults(m *megaRecord) []result {
	if m.Commits == nil {
		if m.Vulnerable != nil && !bool(*m.Vulnerable) {
			return []result{{skipped: skipNotFixed}}
		}
		return []result{in.megaResult(m, m.megaCommit, m.Path, megaFunction{m.Name, m.Before, m.After})}
	}
	var results []result
	for _, c := range m.Commits {
		for _, f := range c.Files {
			for _, function := range f.Functions {
				results = append(results, in.megaResult(m, c, f.Path, function))
			}
		}
	}
	if len(results) == 0 {
		return []result{{skipped: skipNoPair}}
	}
	return results
}

func (in *input) megaResult(m *megaRecord, c megaCommit, path string, function megaFunction) result {
	f := fix{
		before: function.Before, after: function.After, path: path, title: function.Name, note: c.Message,
		cwes: cwesIn(m.CWEs...), cve: cveIn(m.CVE), repository: c.Repository, commit: c.Hash, dataset: "MegaVul",
	}
	if l, ok := lang.FromPath(path); !ok || l == lang.C {
		f.language = cOrCPP(path, f.after)
	}
	if repository, commit := splitCommit(c.URL); commit != "" {
		f.repository, f.commit = repository, commit
	}
	return in.result(f)
}
