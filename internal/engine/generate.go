package engine

import (
	"errors"
	"fmt"
	"time"

	"github.com/seccoder/seccoder/internal/engine/libllama"
)

const (
	// waveSamples is how many samples decode together; more wait for their turn. Beyond
	// some 32 rows a step costs as much more as it brings.
	waveSamples = 32
	// waveTokens bounds the room for keys and values of one wave, prompt included, unless
	// a single sample needs more.
	waveTokens = 32768
	// promptSequence holds the prompt; samples have the sequences from 1.
	promptSequence = 0
)

// generate prefills the prompt once and decodes all samples behind it, step by step.
// After every step the parent says which samples have ended, so that what is decoded
// does not depend on timing: one seed, one text.
func (w *worker) generate(id uint64, g Generation) (*done, error) {
	started := time.Now()
	if w.model.Pooled() {
		return nil, errors.New("the model is one for sentence embeddings and cannot complete")
	}
	prompt, keep, err := w.promptTokens(g)
	if err != nil {
		return nil, err
	}
	limit := w.model.ContextTokens()
	if g.MaxTokens > limit-len(prompt) {
		return nil, fmt.Errorf("%w: %d tokens of prompt and %d of completion, but the model attends to %d", ErrTooLong, len(prompt), g.MaxTokens, limit)
	}
	wave := min(g.N, waveSamples, max(1, (waveTokens-len(prompt))/g.MaxTokens))
	err = w.ensureContext(libllama.ContextOptions{
		Tokens:    roundUp(len(prompt)+wave*g.MaxTokens, 1024),
		Sequences: waveSamples + 1,
	})
	if err != nil {
		return nil, err
	}
	usage := Usage{PromptTokens: len(prompt)}
	// A new state goes to its file beside the second step, so that the first token does
	// not wait for it, and whatever happens before the request ends: the parent may then
	// end the worker.
	defer func() {
		w.states.save()
		w.states.saving.Wait()
	}()
	logits, cached, err := w.prefill(prompt, keep)
	if err != nil {
		return nil, err
	}
	usage.CachedTokens = cached
	usage.PrefillNanoseconds = time.Since(started).Nanoseconds()
	decoding := time.Now()
	for first := 0; first < g.N; first += wave {
		r := &round{worker: w, id: id, generation: g, promptLength: len(prompt)}
		n, err := r.run(logits, first, min(first+wave, g.N))
		if err != nil {
			return nil, err
		}
		usage.CompletionTokens += n
	}
	usage.DecodeNanoseconds = time.Since(decoding).Nanoseconds()
	usage.Threads = w.cores.current
	return &done{Usage: usage}, nil
}

func roundUp(n, unit int) int { return (n + unit - 1) / unit * unit }

// promptTokens turns a generation into tokens, and says how many of the first ones
// are the demonstration's. Demonstration and prefix are split as one text, as the
// paper's evaluation does; a token across their border belongs to the prefix.
func (w *worker) promptTokens(g Generation) (tokens []token, keep int, err error) {
	text, err := w.model.Tokenize(g.Demonstration+g.Prefix, !g.Infill)
	if err != nil {
		return nil, 0, err
	}
	if g.Infill {
		if !w.infill.ok {
			return nil, 0, errors.New("fill in the middle: the model has no tokens for it")
		}
		tokens = append(tokens, w.infill.prefix)
	}
	if g.Demonstration != "" {
		keep = len(tokens)
		length := 0
		for _, t := range text {
			if length += w.model.PieceLength(t); length > len(g.Demonstration) {
				break
			}
			keep++
		}
	}
	tokens = append(tokens, text...)
	if g.Infill {
		suffix, err := w.model.Tokenize(g.Suffix, false)
		if err != nil {
			return nil, 0, err
		}
		tokens = append(tokens, w.infill.suffix)
		tokens = append(tokens, suffix...)
		tokens = append(tokens, w.infill.middle)
	}
	if len(tokens) == 0 {
		return nil, 0, errors.New("the prompt is empty")
	}
	return tokens, min(keep, len(tokens)-1), nil
}

// prefill brings the prompt's sequence to the end of the tokens and returns the
// logits behind them. The state of the first keep tokens is taken from an earlier
// request where there is one, and kept for later ones where there is not.
func (w *worker) prefill(tokens []token, keep int) (logits []float32, cached int, err error) {
	w.context.Clear()
	switch {
	case keep == 0:
	case w.restore(tokens[:keep]):
		cached = keep
	default:
		if err := w.decodePrompt(tokens[:keep], 0, false); err != nil {
			return nil, 0, err
		}
		data, err := w.context.State(promptSequence)
		if err != nil {
			return nil, 0, err
		}
		w.states.put(tokens[:keep], data)
	}
	if err := w.decodePrompt(tokens[keep:], keep, true); err != nil {
		return nil, 0, err
	}
	last, err := w.context.Logits((len(tokens) - keep - 1) % libllama.BatchTokens)
	if err != nil {
		return nil, 0, err
	}
	return append([]float32(nil), last...), cached, nil
}

// restore brings the prompt's sequence to the end of the tokens by a kept state, if
// there is one. One that the engine refuses is dropped: it costs time, no more.
func (w *worker) restore(tokens []token) bool {
	data := w.states.get(tokens)
	if data == nil {
		return false
	}
	if err := w.context.SetState(promptSequence, data); err != nil {
		w.states.drop(tokens)
		w.context.Clear()
		return false
	}
	return true
}

// decodePrompt decodes tokens at the given position of the prompt's sequence.
func (w *worker) decodePrompt(tokens []token, position int, logits bool) error {
	for start := 0; start < len(tokens); start += libllama.BatchTokens {
		if w.isCancelled() {
			return errCancelled
		}
		chunk := tokens[start:min(start+libllama.BatchTokens, len(tokens))]
		rows := make([]libllama.Row, len(chunk))
		for i, t := range chunk {
			rows[i] = libllama.Row{
				Token: t, Position: position + start + i, Sequence: promptSequence,
				Logits: logits && start+i == len(tokens)-1,
			}
		}
		w.context.SetThreads(w.cores.threads())
		if err := w.context.Decode(rows); err != nil {
			return err
		}
	}
	return nil
}

// A round decodes the samples of one wave.
type round struct {
	worker       *worker
	id           uint64
	generation   Generation
	promptLength int
	live         []*sample
}

// A sample is one completion under way.
type sample struct {
	index    int // among all samples of the generation
	sequence int
	sampler  *sampler
	length   int // tokens so far
	next     token
}

// run decodes the samples with indices from first up to last and returns the number
// of tokens that it drew.
func (r *round) run(promptLogits []float32, first, last int) (tokens int, err error) {
	w, g := r.worker, r.generation
	for i := first; i < last; i++ {
		s := &sample{index: i, sequence: 1 + i - first, sampler: newSampler(g.Temperature, g.TopP, g.Seed, i)}
		w.context.Forget(s.sequence)
		w.context.Share(promptSequence, s.sequence)
		s.next = s.sampler.sample(promptLogits)
		r.live = append(r.live, s)
	}
	for {
		tokens += len(r.live)
		if err := r.report(); err != nil {
			return tokens, err
		}
		if len(r.live) == 0 {
			return tokens, nil
		}
		rows := make([]libllama.Row, len(r.live))
		for i, s := range r.live {
			rows[i] = libllama.Row{Token: s.next, Position: r.promptLength + s.length - 1, Sequence: s.sequence, Logits: true}
		}
		w.context.SetThreads(w.cores.threads())
		if err := w.context.Decode(rows); err != nil {
			return tokens, err
		}
		for i, s := range r.live {
			logits, err := w.context.Logits(i)
			if err != nil {
				return tokens, err
			}
			s.next = s.sampler.sample(logits)
		}
	}
}

// report sends the tokens drawn in this step and drops the samples that have ended:
// by the model's own token, by their length, or because the parent says so.
func (r *round) report() error {
	w := r.worker
	pieces := make([]Piece, 0, len(r.live))
	ended := map[int]bool{}
	for _, s := range r.live {
		s.length++
		p := Piece{Index: s.index, End: w.model.EndsGeneration(s.next)}
		if !p.End {
			p.Text = w.model.Piece(s.next)
		}
		if p.End || s.length == r.generation.MaxTokens {
			ended[s.index] = true
		}
		pieces = append(pieces, p)
	}
	if err := w.reports.Encode(report{ID: r.id, Step: pieces}); err != nil {
		return fmt.Errorf("report a step: %w", err)
	}
	w.states.save()
	answer := <-w.steps
	if w.isCancelled() {
		return errCancelled
	}
	for _, index := range answer.Ended {
		ended[index] = true
	}
	live := r.live[:0]
	for _, s := range r.live {
		if ended[s.index] {
			w.context.Forget(s.sequence)
			continue
		}
		live = append(live, s)
	}
	r.live = live
	return nil
}
