package retrieval

import "context"

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

// A Decision is one on a query whose candidates are at hand, as a whole and in its parts:
// each call decides anew.
type Decision struct {
	Whole                func() (weaknesses int, headKnows bool, err error)
	Head, Danger, Groups func()
}

// Decision gets the candidates of a query.
func (r *Fused) Decision(ctx context.Context, query Query) (d Decision, err error) {
	c, near, err := r.candidates(ctx, query, 1)
	if err != nil {
		return d, err
	}
	described, err := r.descriptions.get(ctx)
	if err != nil {
		return d, err
	}
	head, err := r.head.get(ctx)
	if err != nil {
		return d, err
	}
	danger, err := r.danger()
	if err != nil {
		return d, err
	}
	text := tail(query.Text, maxQueryBytes)
	judged := head.Classify(query.Language, text, near.vector)
	return Decision{
		Whole: func() (int, bool, error) {
			decided, err := r.decideBetween(ctx, query, c, near.vector)
			if err != nil {
				return 0, false, err
			}
			return len(decided.groups), decided.hasHead, nil
		},
		Head:   func() { head.Classify(query.Language, text, near.vector) },
		Danger: func() { danger.Of(query.Language, query.Text) },
		Groups: func() { c.decide(described.compare(near.vector), judged) },
	}, nil
}
