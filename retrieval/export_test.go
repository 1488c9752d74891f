package retrieval

// SetExactUpTo makes a Dense use an index for fewer examples.
func (r *Dense) SetExactUpTo(examples int) { r.kept.exactUpTo = examples }

// SetExactUpTo makes a Fused use an index for fewer examples.
func (r *Fused) SetExactUpTo(examples int) {
	r.dense.SetExactUpTo(examples)
	r.bm25.SetWordsInFile(examples)
}

// SetWordsInFile makes a BM25 keep its index in a file for fewer examples.
func (r *BM25) SetWordsInFile(examples int) { r.kept.inFile = examples }

// Spread is spread.
var Spread = spread
