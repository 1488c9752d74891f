package importer

import (
	"context"
	"iter"
)

// A vulFunction is a line of PrimeVul's and of DiverseVul's files: one function,
// which is vulnerable (Target) or not.
//
// PrimeVul: primevul_{train,valid,test}_paired.jsonl, first release and v0.1 of
// DLVulDet/PrimeVul (README of 2024-09; fields idx, project, commit_id, project_url,
// commit_url, commit_message, target, func, func_hash, file_name, file_hash, cwe,
// cve, cve_desc, nvd_url). DiverseVul: diversevul_20230702.json of
// wagner-group/diversevul (func, target, cwe, project, commit_id, hash, size,
// message).
type vulFunction struct {
	Project  string `json:"project"`
	Commit   string `json:"commit_id"`
	Home     string `json:"project_url"`
	URL      string `json:"commit_url"`
	Message  string `json:"commit_message"`
	Message2 string `json:"message"`
	Target   flag   `json:"target"`
	Func     string `json:"func"`
	File     string `json:"file_name"`
	CWEs     texts  `json:"cwe"`
	CVE      string `json:"cve"`
}

// commonFix is what a fix has of the function, but for the code.
func (v *vulFunction) commonFix(dataset string) fix {
	f := fix{
		path: known(v.File), commit: v.Commit, repository: known(v.Home), cwes: cwesIn(v.CWEs...),
		cve: cveIn(v.CVE, v.Message, v.Message2), note: v.Message + v.Message2, dataset: dataset,
	}
	if repository, commit := splitCommit(v.URL); commit != "" {
		f.repository, f.commit = repository, commit
	}
	if f.repository == "" {
		f.repository = v.Project
	}
	return f
}

// known is a text that is not one of the ways of saying "none".
func known(text string) string {
	switch text {
	case "None", "null", "nan", "NaN", "unknown", "N/A":
		return ""
	}
	return text
}

func readPrimeVul(ctx context.Context, in *input) iter.Seq2[Record, error] {
	paths, err := files(in.path, "primevul_*_paired.jsonl", "*/primevul_*_paired.jsonl", "*_paired.jsonl")
	if err != nil {
		return failed(err)
	}
	p := primePairs{input: in}
	records := in.jsonRecords(ctx, paths, p.take)
	return func(yield func(Record, error) bool) {
		for r, err := range records {
			if !yield(r, err) {
				return
			}
		}
		if p.waiting && !p.ended {
			yield(p.alone(), nil)
		}
	}
}

// A primePairs joins the two lines of a pair, which stand one behind the other.
type primePairs struct {
	*input
	// first is the line that waits for its partner, at its place, in the file.
	waiting bool
	first   vulFunction
	at      Record
	file    int
	// ended is true once nobody wants more.
	ended bool
}

// take reads a line.
func (p *primePairs) take(v values, yield func(Record) bool) bool {
	r := v.record()
	var f vulFunction
	r.Err = decode(v.value, &f)
	if p.waiting && (r.Err != nil || v.file != p.file || f.Commit != p.first.Commit || f.Project != p.first.Project || f.Target == p.first.Target) {
		if !p.yield(p.alone(), yield) {
			return false
		}
	}
	switch {
	case r.Err != nil:
		return p.yield(r, yield)
	case !p.waiting:
		p.waiting, p.first, p.at, p.file = true, f, r, v.file
		return true
	}
	p.waiting = false
	before, after := &p.first, &f
	if f.Target {
		before, after = after, before
	}
	pair := before.commonFix("PrimeVul")
	pair.before, pair.after = before.Func, after.Func
	pair.language = cOrCPP(pair.path, pair.after)
	pair.title = functionName(pair.language, pair.after)
	r.Where = p.at.Where
	return emit(func(r Record) bool { return p.yield(r, yield) }, r, v.began, p.result(pair))
}

func (p *primePairs) yield(r Record, yield func(Record) bool) bool {
	p.ended = !yield(r)
	return !p.ended
}

// alone is the record of a line without a partner.
func (p *primePairs) alone() Record {
	p.waiting = false
	r := p.at
	r.Err = errNoPartner
	return r
}
