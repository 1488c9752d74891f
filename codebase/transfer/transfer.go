// Package transfer moves a codebase from one store into another, as it is: the examples,
// their vectors, what is in quarantine with all that was decided, and the facts that the
// store keeps of the examples.
//
//	moved, err := transfer.Copy(ctx, from, to, transfer.Options{})
//
// What is in the target already stays, and nothing is taken out of either, so that a
// transfer that was stopped is finished by another, and one more moves nothing.
package transfer

import (
	"context"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"

	"github.com/seccoder/seccoder/codebase"
)

const (
	batch = 200
	// batchBytes bounds the code that a batch holds in memory.
	batchBytes = 4 << 20
)

// Options say how to move. The zero Options suit.
type Options struct {
	// Progress, where set, is called after each batch with what is moved and how much of it
	// was looked at.
	Progress func(what string, done int)
}

// A Report is what a transfer did. What was looked at and not moved was there already.
type Report struct {
	Examples Count
	// Vectors are those of each embedder.
	Vectors map[string]Count
	Held    Count
	Facts   Count
}

// A Count says how many were looked at and how many of them moved.
type Count struct {
	Seen, Moved int
}

// Copy moves all that a store keeps into another. What was moved before an error, or before
// the end of ctx, stays, and is in the report.
func Copy(ctx context.Context, from, to codebase.MovableStore, options Options) (Report, error) {
	if options.Progress == nil {
		options.Progress = func(string, int) {}
	}
	m := mover{from: from, to: to, options: options, report: Report{Vectors: map[string]Count{}}}
	// The vectors come after the examples that they belong to. The facts are last: they say
	// of the examples that they are all there.
	for _, move := range []func(context.Context) error{m.examples, m.vectors, m.held, m.facts} {
		if err := move(ctx); err != nil {
			return m.report, err
		}
	}
	return m.report, nil
}

type mover struct {
	from, to codebase.MovableStore
	options  Options
	report   Report
}

func (m *mover) examples(ctx context.Context) error {
	size := func(e codebase.Example) int { return len(e.Code) + len(e.Insecure) }
	for some, err := range batches(m.from.Examples(ctx, codebase.Filter{}), size) {
		if err != nil {
			return fmt.Errorf("move the examples: %w", err)
		}
		added, err := m.to.Add(ctx, some...)
		if err != nil {
			return fmt.Errorf("move the examples: %w", err)
		}
		m.report.Examples.Seen += len(some)
		m.report.Examples.Moved += added
		m.options.Progress("examples", m.report.Examples.Seen)
	}
	return nil
}

func (m *mover) vectors(ctx context.Context) error {
	embedders, err := m.from.Embedders(ctx)
	if err != nil {
		return fmt.Errorf("move the vectors: %w", err)
	}
	for _, embedder := range embedders {
		if err := m.vectorsOf(ctx, embedder); err != nil {
			return fmt.Errorf("move the vectors of %s: %w", embedder, err)
		}
	}
	return nil
}

func (m *mover) vectorsOf(ctx context.Context, embedder string) error {
	missing, err := m.to.WithoutVector(ctx, embedder)
	if err != nil {
		return err
	}
	var count Count
	size := func(v codebase.Vector) int { return 4 * len(v.Values) }
	for some, err := range batches(m.from.Vectors(ctx, embedder, codebase.Filter{}), size) {
		if err != nil {
			return err
		}
		put := make(map[string][]float32)
		for _, v := range some {
			if _, wanted := slices.BinarySearch(missing, v.ExampleID); wanted {
				put[v.ExampleID] = v.Values
			}
		}
		if err := m.to.PutVectors(ctx, embedder, put); err != nil {
			return err
		}
		count.Seen += len(some)
		count.Moved += len(put)
		m.report.Vectors[embedder] = count
		m.options.Progress("vectors", count.Seen)
	}
	return nil
}

func (m *mover) held(ctx context.Context) error {
	size := func(h codebase.Held) int { return len(h.Example.Code) + len(h.Example.Insecure) }
	for some, err := range batches(m.from.AllHeld(ctx, codebase.HeldFilter{}), size) {
		if err != nil {
			return fmt.Errorf("move the quarantine: %w", err)
		}
		changed, err := m.to.PutHeld(ctx, some...)
		if err != nil {
			return fmt.Errorf("move the quarantine: %w", err)
		}
		m.report.Held.Seen += len(some)
		m.report.Held.Moved += changed
		m.options.Progress("in quarantine", m.report.Held.Seen)
	}
	return nil
}

// facts moves those that the target has not.
func (m *mover) facts(ctx context.Context) error {
	facts, err := m.from.Facts(ctx)
	if err != nil {
		return fmt.Errorf("move the facts: %w", err)
	}
	have, err := m.to.Facts(ctx)
	if err != nil {
		return fmt.Errorf("move the facts: %w", err)
	}
	for _, key := range slices.Sorted(maps.Keys(facts)) {
		if strings.HasPrefix(key, codebase.OwnFact) {
			continue
		}
		m.report.Facts.Seen++
		if have[key] != "" {
			continue
		}
		if err := m.to.SetMeta(ctx, key, facts[key]); err != nil {
			return fmt.Errorf("move the facts: %w", err)
		}
		m.report.Facts.Moved++
	}
	return nil
}

// batches puts the values of a sequence together, until they are many or large.
func batches[T any](values iter.Seq2[T, error], size func(T) int) iter.Seq2[[]T, error] {
	return func(yield func([]T, error) bool) {
		var some []T
		bytes := 0
		for value, err := range values {
			if err != nil {
				yield(nil, err)
				return
			}
			some = append(some, value)
			if bytes += size(value); len(some) == batch || bytes >= batchBytes {
				if !yield(some, nil) {
					return
				}
				some, bytes = nil, 0
			}
		}
		if len(some) > 0 {
			yield(some, nil)
		}
	}
}
