// Package importer reads public data sets of fixed vulnerabilities, and the
// project's own JSON Lines, into examples of the secure codebase. It is part of step
// 1, Expansion (arXiv 2410.01488, section 3.1).
//
//	format, err := importer.Find("sven")
//	summary, err := importer.Import(ctx, format, path, importer.Options{By: "ada"}, importer.Target{Add: store.Add, Meta: store})
//
// The fixed side of a pair becomes Code and the unfixed one Insecure, function by
// function: where a data set holds whole files or names commits, the functions that
// the fix changed are taken out. Every format is streamed; no file is held in
// memory as a whole.
//
// It does not decide what is secure: what [Target.Add] takes in is the business of
// who gives it. It never runs code of a data set, and of a repository only git's
// commands that read objects.
package importer

import (
	"context"
	"fmt"
	"iter"
	"strings"
	"time"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/codebase/bundle"
)

// A Format is a form in which fixed vulnerabilities are published.
type Format struct {
	// Name is what users call it: "sven".
	Name string
	// Title says what it is and which files it is read from.
	Title string
	// Clones is true where the fixed functions come from clones of the repositories
	// (Options.Clones).
	Clones bool
	// Signed is true where the input has a signature (Options.Bundle).
	Signed bool
	read   reader
}

// A reader yields the records of the input from its position on, in an order that
// is the same every time. An error ends the sequence.
type reader func(ctx context.Context, in *input) iter.Seq2[Record, error]

// formats are in the order in which they are listed to users.
var formats = []Format{
	{Name: "sven", Title: "SVEN: its folder, or one of its cwe-*.jsonl", read: readSVEN},
	{Name: "safecoder", Title: "SafeCoder: its folder, or one of its sec-*.jsonl", read: readSafeCoder},
	{Name: "cvefixes", Title: "CVEfixes: CVEfixes.db, or the SQL dump, gzipped or not", read: readCVEfixes},
	{Name: "bigvul", Title: "Big-Vul: MSR_data_cleaned.csv, or all_c_cpp_release2.0.csv", read: readBigVul},
	{Name: "primevul", Title: "PrimeVul: its folder, or one of its *_paired.jsonl", read: readPrimeVul},
	{Name: "diversevul", Title: "DiverseVul: diversevul_*.json; functions are paired by commit and name", read: readDiverseVul},
	{Name: "megavul", Title: "MegaVul: megavul.json, megavul_simple.json or cve_with_graph_abstract_commit.json", read: readMegaVul},
	{Name: "crossvul", Title: "CrossVul: the folder with its CWE-* folders", read: readCrossVul},
	{Name: "reposvul", Title: "ReposVul: ReposVul_*.jsonl", read: readReposVul},
	{Name: "morefixes", Title: "MoreFixes: the SQL dump, gzipped or not", read: readMoreFixes},
	{Name: "osv", Title: "OSV or GHSA advisories: a JSON file or a folder of them, with --repo", Clones: true, read: readOSV},
	{Name: "jsonl", Title: "examples as \"base list --json\" shows them, one a line (docs/example.schema.json)", read: readExamples},
	{Name: "bundle", Title: "what \"base export --sign\" wrote: examples with a signature beside them, with --key", Signed: true, read: readBundle},
}

// Formats lists all formats.
func Formats() []Format { return append([]Format(nil), formats...) }

// Find returns the format of a name, in any case. The error of an unknown name
// lists the known ones.
func Find(name string) (Format, error) {
	var known []string
	for _, f := range formats {
		if strings.EqualFold(f.Name, name) {
			return f, nil
		}
		known = append(known, f.Name)
	}
	return Format{}, fmt.Errorf("unknown format %q (known: %s)", name, strings.Join(known, ", "))
}

// Options say how to import. The zero Options suit but for By.
type Options struct {
	// By is who lets the examples in; Now is when, the time of the call where it is zero.
	By  string
	Now time.Time
	// CWE, where set, is the weakness of records that name none. Without it they are
	// skipped: an example is found, and checked, by its weakness.
	CWE codebase.CWE
	// Licence is the SPDX expression of records that name none; NOASSERTION where it
	// is empty.
	Licence string
	// Clones are folders of git repositories in which fixes are looked for that a
	// format only names.
	Clones []string
	// Bundle is the input of a format that is Signed, verified by the receiver's key. With
	// Unsigned, an input without a signature is read all the same.
	Bundle   *bundle.Bundle
	Unsigned bool
	// Strict ends the import at the first broken record.
	Strict bool
	// DryRun reads all and adds nothing. Limit, where positive, is the number of
	// records after which reading ends. Neither notes how far it came.
	DryRun bool
	Limit  int64
	// Restart begins at the first record, however far an earlier import came.
	Restart bool
	// Broken is told of each broken record; Progress how many bytes of how many are
	// read, 0 where the number is not known. Both may be nil.
	Broken   func(where string, err error)
	Progress func(done, total int64)
}

// A Record is what a data set says of one fix.
type Record struct {
	// Where is its place in the input, for people: "cwe-089.jsonl:12".
	Where string
	// Example is what it makes, unless it is Skipped for a reason or broken by Err.
	Example codebase.Example
	Skipped string
	Err     error
	// Next is where to go on once the record has been dealt with.
	Next Position
	// Read is how many bytes of the input have been read.
	Read int64
}

// A Position is a place in an input where reading can begin: a file of it, an
// offset in bytes in the file, and the number of records, rows or lines before.
type Position struct {
	File   int   `json:"file,omitempty"`
	Offset int64 `json:"offset,omitempty"`
	Number int64 `json:"number,omitempty"`
}

// An input is what a reader reads.
type input struct {
	Options
	path string
	from Position
	// total is the input's size in bytes, 0 where it is not known.
	total int64
}

// An InputError says that the input cannot be read as what it was said to be: it
// is not there, is of another form, or, with Options.Strict, has a broken record.
type InputError struct{ Err error }

func (e *InputError) Error() string { return e.Err.Error() }
func (e *InputError) Unwrap() error { return e.Err }

func inputErrorf(format string, args ...any) error {
	return &InputError{fmt.Errorf(format, args...)}
}
