package importer

import (
	"context"
	"iter"
	"path/filepath"
)

// A svenPair is the part of a line of SVEN's and SafeCoder's data that is used: a
// function before and after a fix.
//
// SVEN: data_train_val/{train,val}/cwe-*.jsonl of eth-sri/sven, as published with
// arXiv 2302.05319 (commit 5139e09 and later). SafeCoder: the same fields and more
// in data_train_val/{train,val}/sec-*.jsonl of eth-sri/SafeCoder (commit c221a11).
type svenPair struct {
	Name    string `json:"func_name"`
	Before  string `json:"func_src_before"`
	After   string `json:"func_src_after"`
	File    string `json:"file_name"`
	Commit  string `json:"commit_link"`
	Kind    string `json:"vul_type"`
	Message string `json:"commit_msg"`
	// Task is SafeCoder's description of what the function is to do.
	Task string `json:"description"`
}

var (
	svenLayouts      = []string{"data_train_val/train/cwe-*.jsonl", "data_train_val/val/cwe-*.jsonl", "train/cwe-*.jsonl", "val/cwe-*.jsonl", "cwe-*.jsonl"}
	safeCoderLayouts = []string{"data_train_val/train/sec-*.jsonl", "data_train_val/val/sec-*.jsonl", "train/sec-*.jsonl", "val/sec-*.jsonl", "sec-*.jsonl"}
)

func readSVEN(ctx context.Context, in *input) iter.Seq2[Record, error] {
	return in.pairs(ctx, "SVEN", svenLayouts)
}

func readSafeCoder(ctx context.Context, in *input) iter.Seq2[Record, error] {
	return in.pairs(ctx, "SafeCoder", safeCoderLayouts)
}

func (in *input) pairs(ctx context.Context, dataset string, layouts []string) iter.Seq2[Record, error] {
	paths, err := files(in.path, layouts...)
	if err != nil {
		return failed(err)
	}
	return in.jsonRecords(ctx, paths, func(v values, yield func(Record) bool) bool {
		r := v.record()
		var p svenPair
		if r.Err = decode(v.value, &p); r.Err != nil {
			return yield(r)
		}
		f := p.fix(dataset)
		if len(f.cwes) == 0 {
			f.cwes = cwesIn(filepath.Base(v.path)) // SVEN has a file for each weakness
		}
		return emit(yield, r, v.began, in.result(f))
	})
}

func (p svenPair) fix(dataset string) fix {
	f := fix{
		before: p.Before, after: p.After, path: p.File, title: p.Name, note: p.Message,
		cwes: cwesIn(p.Kind), cve: cveIn(p.Message), dataset: dataset,
	}
	if p.Task != "" {
		f.title = p.Task
	}
	f.repository, f.commit = splitCommit(p.Commit)
	return f
}

// failed is a sequence that is an error.
func failed(err error) iter.Seq2[Record, error] {
	return func(yield func(Record, error) bool) { yield(Record{}, err) }
}
