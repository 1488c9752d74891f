package retrieval

// SetExactUpTo makes a Dense use an index for fewer examples.
func (r *Dense) SetExactUpTo(examples int) { r.kept.exactUpTo = examples }

// SetExactUpTo makes a Fused use an index for fewer examples.
func (r *Fused) SetExactUpTo(examples int) { r.dense.SetExactUpTo(examples) }

// Spread is spread.
var Spread = spread
