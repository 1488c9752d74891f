package importer

import (
	"context"
	"iter"

	"github.com/seccoder/seccoder/lang"
)

// A reposRecord is a line of ReposVul: a fixing commit of a CVE, with its files
// before and after. Read as the README of Eshe0922/ReposVul describes it (2024-02,
// commit 3cadce6).
type reposRecord struct {
	CVE     string      `json:"cve_id"`
	CWEs    texts       `json:"cwe_id"`
	Message string      `json:"commit_message"`
	Commit  string      `json:"commit_id"`
	Project string      `json:"project"`
	URL     string      `json:"html_url"`
	Details []reposFile `json:"details"`
}

type reposFile struct {
	Name   string `json:"file_name"`
	After  string `json:"code"`
	Before string `json:"code_before"`
	// Target is 1 where the file has to do with the vulnerability, 0 or -1 elsewhere.
	Target *flag `json:"target"`
	// Functions are those of the file before the fix; the vulnerable ones have Target 1.
	Functions []reposFunction `json:"function_before"`
}

type reposFunction struct {
	Code   string `json:"function"`
	Target flag   `json:"target"`
}

func readReposVul(ctx context.Context, in *input) iter.Seq2[Record, error] {
	paths, err := files(in.path, "ReposVul_*.jsonl", "ReposVul*.jsonl")
	if err != nil {
		return failed(err)
	}
	return in.jsonRecords(ctx, paths, func(v values, yield func(Record) bool) bool {
		r := v.record()
		var m reposRecord
		if r.Err = decode(v.value, &m); r.Err != nil {
			return yield(r)
		}
		return emit(yield, r, v.began, in.reposResults(&m)...)
	})
}

const skipUnrelated = "its file is marked as unrelated to the vulnerability"

func (in *input) reposResults(m *reposRecord) []result {
	base := fix{
		note: m.Message, cwes: cwesIn(m.CWEs...), cve: cveIn(m.CVE), repository: m.Project, commit: m.Commit, dataset: "ReposVul",
	}
	if repository, commit := splitCommit(m.URL); commit != "" {
		base.repository, base.commit = repository, commit
	}
	var results []result
	for _, file := range m.Details {
		f := base
		f.path = file.Name
		if file.Target != nil && !bool(*file.Target) {
			results = append(results, result{skipped: skipUnrelated, what: file.Name})
			continue
		}
		results = append(results, in.reposFileResults(f, file)...)
	}
	if len(results) == 0 {
		return []result{{skipped: skipNoPair}}
	}
	return results
}

// reposFileResults takes the functions that changed, and of them those that are
// marked as vulnerable, where any are.
func (in *input) reposFileResults(f fix, file reposFile) []result {
	l, _ := lang.FromPath(f.path)
	marked := map[string]bool{}
	for _, function := range file.Functions {
		if function.Target {
			marked[functionName(l, function.Code)] = true
		}
	}
	results := in.fileResults(f, file.Before, file.After)
	if len(marked) == 0 {
		return results
	}
	kept := results[:0]
	for _, r := range results {
		if r.what == "" || marked[r.what] || marked[lastName(r.what)] {
			kept = append(kept, r)
		}
	}
	if len(kept) == 0 {
		return []result{{skipped: skipNoPair}}
	}
	return kept
}
