package libllama

import (
	"errors"
	"fmt"
	"math"
	"runtime"
	"unsafe"
)

// ErrAborted says that Abort ended a decoding.
var ErrAborted = errors.New("decoding was aborted")

// BatchTokens is the number of tokens that are decoded at once at most.
const BatchTokens = 512

// ContextOptions say how much state a context can hold.
type ContextOptions struct {
	// Tokens is the number of tokens whose keys and values fit, over all sequences
	// together: what sequences share counts once.
	Tokens int
	// Sequences is the number of sequences, numbered from 0.
	Sequences int
	// Embeddings makes it a context for [Context.Embed].
	Embeddings bool
}

// StateLayout names what the contexts here have in common and what the bytes of
// [Context.State] depend on, besides model and library: change it with [Model.NewContext].
const StateLayout = "keys and values of 16 bits, no flash attention, unified"

// A Context holds the state of sequences under decoding. It must be used by one
// goroutine at a time.
type Context struct {
	model   *Model
	handle  uintptr
	memory  uintptr
	options ContextOptions

	// The arrays of the batch, kept over calls.
	tokens, positions, sequenceCounts []int32
	sequences                         []int32
	sequencePointers                  []*int32
	wanted                            []int8
}

// NewContext makes a context for the model.
func (m *Model) NewContext(options ContextOptions) (*Context, error) {
	f := &m.library.functions
	params := f.contextDefaultParams().params
	params.nCtx = uint32(options.Tokens)
	params.nBatch = BatchTokens
	params.nUbatch = BatchTokens
	params.nSeqMax = uint32(options.Sequences)
	params.nOutputsMax = uint32(options.Sequences)
	// Sequences share the prompt's cells: one copy of its keys and values for all samples.
	params.kvUnified = true
	params.flashAttnType = flashAttnDisabled
	if options.Embeddings {
		params.embeddings = true
		params.nOutputsMax = 0
	}
	params.abortCallback = m.library.abortCallback
	c := &Context{model: m, options: options}
	_ = m.library.explain()
	c.handle = f.initFromModel(m.handle, params)
	if c.handle == 0 {
		return nil, fmt.Errorf("make an engine context of %d tokens: not enough memory, or the model does not allow it%s", options.Tokens, m.library.explain())
	}
	c.memory = f.getMemory(c.handle)
	return c, nil
}

// Options are the ones that the context was made with.
func (c *Context) Options() ContextOptions { return c.options }

// Close frees the context.
func (c *Context) Close() { c.model.library.functions.free(c.handle) }

// SetThreads says how many threads decode.
func (c *Context) SetThreads(n int) {
	c.model.library.functions.setNThreads(c.handle, int32(n), int32(n))
}

// A Row is one token to decode: its place in a sequence, and whether the logits
// behind it are wanted.
type Row struct {
	Token    Token
	Position int
	Sequence int
	Logits   bool
}

// Decode runs the model over at most BatchTokens rows, and no more than the context
// has room for.
func (c *Context) Decode(rows []Row) error {
	if limit := min(BatchTokens, c.options.Tokens); len(rows) == 0 || len(rows) > limit {
		return fmt.Errorf("decode: %d rows in a batch, expected 1 to %d", len(rows), limit)
	}
	c.tokens, c.positions = c.tokens[:0], c.positions[:0]
	c.sequenceCounts, c.sequences, c.wanted = c.sequenceCounts[:0], c.sequences[:0], c.wanted[:0]
	for _, row := range rows {
		c.tokens = append(c.tokens, row.Token)
		c.positions = append(c.positions, int32(row.Position))
		c.sequenceCounts = append(c.sequenceCounts, 1)
		c.sequences = append(c.sequences, int32(row.Sequence))
		var wanted int8
		if row.Logits {
			wanted = 1
		}
		c.wanted = append(c.wanted, wanted)
	}
	c.sequencePointers = c.sequencePointers[:0]
	for i := range c.sequences {
		c.sequencePointers = append(c.sequencePointers, &c.sequences[i])
	}
	// The batch holds pointers to Go memory that itself holds pointers: all of it is pinned.
	var pinner runtime.Pinner
	defer pinner.Unpin()
	for _, p := range []any{&c.tokens[0], &c.positions[0], &c.sequenceCounts[0], &c.sequences[0], &c.sequencePointers[0], &c.wanted[0]} {
		pinner.Pin(p)
	}
	code := c.model.library.functions.decode(c.handle, batch{
		nTokens: int32(len(rows)), token: &c.tokens[0], pos: &c.positions[0],
		nSeqID: &c.sequenceCounts[0], seqID: &c.sequencePointers[0], logits: &c.wanted[0],
	})
	switch {
	case code == 0:
		return nil
	case code == 2 || c.model.library.abort.Load():
		return ErrAborted
	case code == 1:
		return fmt.Errorf("decode: no room for %d more tokens in a context of %d", len(rows), c.options.Tokens)
	default:
		return fmt.Errorf("decode: the engine failed with code %d", code)
	}
}

// Logits are the scores of every token of the vocabulary behind row i of the last
// Decode, which must have asked for them. They are valid until the next Decode.
func (c *Context) Logits(i int) ([]float32, error) {
	p := c.model.library.functions.getLogitsIth(c.handle, int32(i))
	if p == nil {
		return nil, fmt.Errorf("no logits behind row %d", i)
	}
	return unsafe.Slice(p, c.model.VocabularySize()), nil
}

// Clear forgets all sequences.
func (c *Context) Clear() { c.model.library.functions.memoryClear(c.memory, false) }

// Share lets sequence to begin with all that sequence from holds, without a copy.
func (c *Context) Share(from, to int) {
	c.model.library.functions.memorySeqCp(c.memory, int32(from), int32(to), -1, -1)
}

// Forget drops a sequence; what it shared with others stays theirs.
func (c *Context) Forget(sequence int) {
	c.model.library.functions.memorySeqRm(c.memory, int32(sequence), -1, -1)
}

// State copies out the keys and values of a sequence.
func (c *Context) State(sequence int) ([]byte, error) {
	f := &c.model.library.functions
	size := f.stateSeqGetSize(c.handle, int32(sequence))
	if size == 0 {
		return nil, fmt.Errorf("save the state of sequence %d: it is empty", sequence)
	}
	data := make([]byte, size)
	if n := f.stateSeqGetData(c.handle, &data[0], size, int32(sequence)); n != size {
		return nil, fmt.Errorf("save the state of sequence %d: got %d of %d bytes", sequence, n, size)
	}
	return data, nil
}

// SetState fills a sequence with what State gave. After an error the context may hold
// a part of it: Clear it.
func (c *Context) SetState(sequence int, data []byte) error {
	if len(data) == 0 {
		return errors.New("restore a state: it is empty")
	}
	switch n := c.model.library.functions.stateSeqSetData(c.handle, &data[0], uint64(len(data)), int32(sequence)); n {
	case uint64(len(data)):
		return nil
	case 0:
		return fmt.Errorf("restore a state of %d bytes to sequence %d: the engine refused it", len(data), sequence)
	default:
		return fmt.Errorf("restore a state of %d bytes to sequence %d: the engine made sense of %d bytes only", len(data), sequence, n)
	}
}

// Embed returns the sentence embedding of the tokens, at most BatchTokens, scaled to
// unit length.
func (c *Context) Embed(tokens []Token) ([]float32, error) {
	c.Clear()
	rows := make([]Row, len(tokens))
	for i, t := range tokens {
		rows[i] = Row{Token: t, Position: i, Logits: true}
	}
	if err := c.Decode(rows); err != nil {
		return nil, fmt.Errorf("embed: %w", err)
	}
	p := c.model.library.functions.getEmbeddingsSeq(c.handle, 0)
	if p == nil {
		return nil, errors.New("embed: the model gives no sentence embedding")
	}
	vector := append([]float32(nil), unsafe.Slice(p, c.model.Dimensions())...)
	var sum float64
	for _, x := range vector {
		sum += float64(x) * float64(x)
	}
	if sum == 0 || math.IsNaN(sum) || math.IsInf(sum, 0) {
		return nil, fmt.Errorf("embed: the embedding's length is %v", math.Sqrt(sum))
	}
	scale := float32(1 / math.Sqrt(sum))
	for i := range vector {
		vector[i] *= scale
	}
	return vector, nil
}
