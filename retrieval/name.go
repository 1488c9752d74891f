package retrieval

import (
	"fmt"
	"strings"

	"github.com/seccoder/seccoder/codebase"
)

// A Name is the name by which a user chooses a retriever, in a configuration
// file or on the command line.
type Name string

// The retrievers that go by a name.
const (
	NameFused  Name = "fused"
	NameDense  Name = "dense"
	NameBM25   Name = "bm25"
	NameRandom Name = "random"
	// NameNone is no retriever: the model completes without a demonstration.
	NameNone Name = "none"
)

// DefaultName is the retriever of those who choose none.
const DefaultName = NameFused

// Names returns every name, in the order in which they are listed to users.
func Names() []Name { return []Name{NameFused, NameDense, NameBM25, NameRandom, NameNone} }

// ParseName reads a name in any case. The error of an unknown one lists the
// known ones.
func ParseName(s string) (Name, error) {
	wanted := Name(strings.ToLower(strings.TrimSpace(s)))
	var known []string
	for _, name := range Names() {
		if name == wanted {
			return name, nil
		}
		known = append(known, string(name))
	}
	return "", fmt.Errorf("unknown retriever %q (known: %s)", s, strings.Join(known, ", "))
}

// Embeds reports whether the retriever of that name uses an embedder.
func (n Name) Embeds() bool { return n == NameDense || n == NameFused }

// New makes the retriever of that name, with its default options. The embedder may be
// nil where [Name.Embeds] is false. For [NameNone] the retriever is nil.
func New(name Name, store codebase.Store, embedder Embedder) (Retriever, error) {
	if name.Embeds() && embedder == nil {
		return nil, fmt.Errorf("the %s retriever needs an embedder", name)
	}
	switch name {
	case NameFused:
		return NewFused(store, embedder), nil
	case NameDense:
		return NewDense(store, embedder), nil
	case NameBM25:
		return NewBM25(store, BM25Options{}), nil
	case NameRandom:
		return NewRandom(store), nil
	case NameNone:
		return nil, nil
	}
	_, err := ParseName(string(name))
	return nil, err
}
