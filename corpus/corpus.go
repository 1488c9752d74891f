// Package corpus is the starter codebase: short examples of secure code, written
// for this project and built into the program. It holds data and reads it; what
// an example is, package codebase says, and its Starter turns the entries into
// examples.
//
// An entry is a folder, <language>/cwe-<NNN>/<name>/, with these files:
//
//	example.py    the secure code: complete, idiomatic, one practice
//	insecure.py   its twin: the same task with the weakness
//	proof.py      cases that both pass, and exploits that only the twin falls to
//	entry.toml    what is known about them
//
// and entry.toml says
//
//	title = "look up a user by name"
//	fix = "binds the name as a query parameter"
//	cwes = [89]   # the main one first: the folder's
//
// Where no run can show the weakness there is no proof.py, and entry.toml names a checker's
// rule that finds the twin and not the example: proof = "bandit:B324". Package
// eval/prove runs proofs.
//
// To add an entry is to add a folder. Reading is strict, and its errors name the
// file:
//
//	entries, err := corpus.Entries()
package corpus

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"strings"
)

//go:embed python c cpp javascript typescript go java
var files embed.FS

// endings gives each language's folder the ending of its files.
var endings = map[string]string{
	"python":     ".py",
	"c":          ".c",
	"cpp":        ".cpp",
	"javascript": ".js",
	"typescript": ".ts",
	// The go command would take .go files for packages of this module.
	"go":   ".go.txt",
	"java": ".java",
}

// An Entry is one starter example with its insecure twin.
type Entry struct {
	// Language is the folder's name, such as "python".
	Language string
	// Path is the entry's folder, such as "python/cwe-089/user-by-name".
	Path string
	// Title names the task in a few words; Fix says in one line what makes Code secure.
	Title, Fix string
	// CWEs are the numbers of the weaknesses that Code avoids, the main one first.
	CWEs []int
	// Code is the secure code, Insecure the same task done with the weakness.
	Code, Insecure string
	// Proof is the evidence that Code withstands what Insecure falls to. It is no part of an
	// example: no store holds it, and no model is shown it.
	Proof Proof
}

// A Proof is either cases, which are run, or a checker's rule. The zero value is none.
type Proof struct {
	// Cases are functional and exploit cases in the language of the entry, in the form of
	// the tests of package suites.
	Cases string
	// ExploitedBy says how else an exploit case may end that worked: "hang", "crash",
	// "memory".
	ExploitedBy []string
	// CPUSeconds bound the processor time of one case; 0 stands for the default.
	CPUSeconds int
	// Checker is the name of a checker and Rule a rule of its that finds Insecure and does not
	// find Code.
	Checker, Rule string
}

// Entries returns every entry of the program, in the order of their paths. It
// parses some hundred small files; callers that call often keep the result. An
// error means that the program was built with a broken entry.
func Entries() ([]Entry, error) { return Read(files) }

// Digest identifies the content of the program's entries: SHA-256, in hex, over
// the paths and bytes of all files but the proofs, which do not change what an entry
// teaches. It parses nothing and takes about a millisecond.
func Digest() string {
	sum := sha256.New()
	// Reading what is embedded cannot fail.
	_ = fs.WalkDir(files, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasPrefix(d.Name(), "proof.") {
			return err
		}
		content, err := files.ReadFile(path)
		fmt.Fprintf(sum, "%s\n%d\n", path, len(content))
		sum.Write(content)
		return err
	})
	return hex.EncodeToString(sum.Sum(nil))
}
