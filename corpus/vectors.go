package corpus

import _ "embed" // for the vectors

//go:embed all-minilm-l6-v2.vectors
var vectors []byte

// Vectors returns the embeddings of the program's entries, in the form of
// retrieval.ReadVectors. They are computed when the program is built (make vectors),
// so that a new user's first search need not embed the codebase.
func Vectors() []byte { return vectors }
