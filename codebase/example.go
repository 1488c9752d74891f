// Package codebase is step 1 of SecCoder, Expansion (arXiv 2410.01488, section
// 3.1): the secure codebase. It says what an entry is ([Example]), what keeps
// the entries ([Store]), and reads the starter entries that come with the
// program ([Starter]).
//
//	store, err := sqlite.Open(ctx, path, sqlite.Options{})
//	added, removed, err := codebase.SyncStarter(ctx, store)
//	for e, err := range store.Examples(ctx, codebase.Filter{Language: lang.Python, CWE: 89}) {
//		…
//	}
//
// It does not search (package retrieval does) and does not decide what is
// secure (package check does). Stores live in packages of their own, named after
// what they are built on: codebase/sqlite is the default.
package codebase

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/seccoder/seccoder/check"
	"github.com/seccoder/seccoder/lang"
)

// An Example is one entry of the secure codebase: code that shows a secure
// practice, and what is known about it.
type Example struct {
	// ID is the content hash, as [Example.Hash] computes it.
	ID string `json:"id"`
	// Code is the secure code: the only part that a model is ever shown.
	Code     string        `json:"code"`
	Language lang.Language `json:"language"`
	// CWEs are the weaknesses that Code avoids, the main one first.
	CWEs []CWE `json:"cwes"`
	// Title names the task in a few words; Fix says in one line what makes the code secure.
	Title string `json:"title"`
	Fix   string `json:"fix"`
	// Insecure is the unfixed code where it is known. It proves checkers and serves as
	// a second retrieval key; it is never shown to a model.
	Insecure string `json:"insecure,omitempty"`
	Source   Source `json:"source"`
	// AdmittedAt and AdmittedBy record when and by whom the entry was let in.
	AdmittedAt time.Time `json:"admitted_at"`
	AdmittedBy string    `json:"admitted_by"`
	// CheckedBy names what checked the entry, with versions.
	CheckedBy []string `json:"checked_by,omitempty"`
}

// SourceKinds are the kinds of source that the program makes examples of.
func SourceKinds() []string { return []string{KindStarter, "file", "git", "dataset", "proposal"} }

// A Source says where an example comes from. Only Kind and Licence are always set.
type Source struct {
	// Kind is one of SourceKinds.
	Kind       string `json:"kind"`
	Repository string `json:"repository,omitempty"`
	Commit     string `json:"commit,omitempty"`
	Path       string `json:"path,omitempty"`
	// CVE is a vulnerability's id, Dataset the name of a public dataset.
	CVE     string `json:"cve,omitempty"`
	Dataset string `json:"dataset,omitempty"`
	// Licence is an SPDX expression.
	Licence string `json:"licence"`
}

// A CWE is the number of an entry of MITRE's Common Weakness Enumeration; 0 is none.
type CWE = check.CWE

// ParseCWE reads "89", "089", "CWE-89", "cwe_089" and "CWE 89", and nothing else.
func ParseCWE(s string) (CWE, error) { return check.ParseCWE(s) }

// Hash is the content hash that identifies an example: SHA-256, in hex, over its
// language and its code with line endings made one and trailing space dropped.
// Titles and sources do not count, so the same code is the same example
// wherever it comes from.
func (e *Example) Hash() string {
	buffer := buffers.Get().(*[]byte)
	defer buffers.Put(buffer)
	*buffer = appendNormal(append(append((*buffer)[:0], e.Language...), 0), e.Code)
	sum := sha256.Sum256(*buffer)
	return hex.EncodeToString(sum[:])
}

// buffers are for texts that are hashed: an import makes several of each example.
var buffers = sync.Pool{New: func() any { return new([]byte) }}

// appendNormal appends code with line endings made one, and without space at the ends of
// lines and of the whole.
func appendNormal(to []byte, code string) []byte {
	to = slices.Grow(to, len(code)+1)
	start := len(to)
	for line := range strings.SplitSeq(code, "\n") {
		line = strings.TrimRight(line, " \t\r")
		if line == "" && len(to) == start {
			continue // an empty line before the first
		}
		to = append(append(to, line...), '\n')
	}
	for len(to) > start && to[len(to)-1] == '\n' {
		to = to[:len(to)-1]
	}
	return to
}
