package importer

import (
	"cmp"
	"context"
	"errors"
	"iter"

	"github.com/seccoder/seccoder/codebase"
)

// readExamples reads the project's own form: codebase.Example as JSON, one a line
// or as the elements of an array. docs/example.schema.json describes it.
//
// What an exporter says of admission and checks is not taken over: the examples are
// let in here, now. A starter example keeps its text but not that kind of source,
// since the starter set is brought in line with the program.
func readExamples(ctx context.Context, in *input) iter.Seq2[Record, error] {
	paths, err := files(in.path, "*.jsonl")
	if err != nil {
		return failed(err)
	}
	return in.jsonRecords(ctx, paths, in.takeExample)
}

func (in *input) takeExample(v values, yield func(Record) bool) bool {
	r := v.record()
	var e codebase.Example
	if r.Err = decode(v.value, &e); r.Err == nil {
		r.Example, r.Err = in.own(e)
	}
	return yield(r)
}

var errID = errors.New("its id is not the hash of its code and language: one of the three was changed")

func (in *input) own(e codebase.Example) (codebase.Example, error) {
	if e.ID != "" && e.ID != e.Hash() {
		return e, errID
	}
	e.ID = e.Hash()
	if len(e.CWEs) == 0 && in.CWE > 0 {
		e.CWEs = []codebase.CWE{in.CWE}
	}
	if e.Source.Kind == "" || e.Source.Kind == codebase.KindStarter {
		e.Source.Kind = "dataset"
		e.Source.Dataset = cmp.Or(e.Source.Dataset, "seccoder")
	}
	e.Source.Licence = cmp.Or(e.Source.Licence, in.Licence, "NOASSERTION")
	e.AdmittedAt, e.AdmittedBy, e.CheckedBy = in.Now, in.By, nil
	return e, e.Validate()
}
