package importer

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/seccoder/seccoder/codebase"
)

// A batch is let in at once: so many examples, unless the target wants fewer, or so many
// bytes of their code.
const (
	batchExamples = 2000
	batchBytes    = 8 << 20
)

// hopeless is the number of broken records after which an input that had no sound
// one is taken for another format.
const hopeless = 100

// A Target is where examples go.
type Target struct {
	// Add lets examples in, all or none, and reports how many were new; once it has
	// returned without error they are kept. codebase.Store's Add is one.
	Add func(ctx context.Context, examples ...codebase.Example) (added int, err error)
	// Judge, where it is not nil, stands in place of Add, and has it in two steps: it looks at
	// examples and returns what then lets them in, as Add does. It looks at some while those
	// before them are let in, but at one batch at a time, and they are let in in their order.
	Judge func(ctx context.Context, examples ...codebase.Example) (letIn func(ctx context.Context) (added int, err error), err error)
	// Batch is the largest number of examples that Add or Judge is called with; 0 is 2,000.
	// An import that is interrupted has not kept what they were at work on.
	Batch int
	// Meta, where it is not nil, keeps how far an import came, so that one that was
	// interrupted goes on there.
	Meta codebase.MetaStore
}

// A Summary says what an import did.
type Summary struct {
	// Records is how many records were read, of which Examples made an example,
	// Skipped made none for a reason (by reason) and Broken could not be read.
	Records, Examples, Broken int64
	Skipped                   map[string]int64
	// Added is how many examples were new; the others were there already, or more than
	// once in the input. With Options.DryRun nothing is added.
	Added int64
	// Resumed is true where an earlier import was gone on with.
	Resumed bool
	// Complete is true where the input was read to its end.
	Complete bool
}

// Import reads an input and lets its examples in, in batches. The summary counts
// what was done even where there is an error. It is an *InputError where the input
// is at fault. When ctx ends, what was acknowledged stays, and the next import of
// the same input goes on behind it.
func Import(ctx context.Context, format Format, path string, options Options, target Target) (Summary, error) {
	if options.Now.IsZero() {
		options.Now = time.Now().UTC()
	}
	in := &input{Options: options, path: path}
	m := &importing{input: in, format: format, target: target, summary: Summary{Skipped: map[string]int64{}}}
	var err error
	if m.mark, err = newMark(format, in); err != nil {
		return m.summary, err
	}
	if err := m.resume(ctx); err != nil {
		return m.summary, err
	}
	err = m.run(ctx)
	return m.summary, err
}

// An importing is an import at work.
type importing struct {
	*input
	format  Format
	target  Target
	mark    mark
	summary Summary
}

// A batch is what is let in at once; next is where to go on behind it.
type batch struct {
	examples []codebase.Example
	bytes    int
	next     Position
	end      bool
	// letIn lets the examples in, or err says why they could not be judged.
	letIn func(ctx context.Context) (added int, err error)
	err   error
}

// run reads, judges and lets in side by side.
func (m *importing) run(ctx context.Context) error {
	group, ctx := errgroup.WithContext(ctx)
	batches := make(chan batch, 1)
	var stopped error // what ended reading, but lets what was read before in
	group.Go(func() error {
		defer close(batches)
		err := m.fill(ctx, batches)
		if _, ok := errors.AsType[*InputError](err); ok {
			stopped = err
			return nil
		}
		return err
	})
	judged := make(chan batch)
	group.Go(func() error {
		defer close(judged)
		for b := range batches {
			m.judge(ctx, &b)
			select {
			case judged <- b:
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		return nil
	})
	group.Go(func() error {
		for b := range judged {
			if err := m.letIn(ctx, b); err != nil {
				return err
			}
		}
		return nil
	})
	if err := group.Wait(); err != nil {
		return err
	}
	return stopped
}

// fill reads records into batches.
func (m *importing) fill(ctx context.Context, batches chan<- batch) error {
	var b batch
	largest := cmp.Or(m.target.Batch, batchExamples)
	send := func() error {
		select {
		case batches <- b:
			b = batch{}
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	for r, err := range m.format.read(ctx, m.input) {
		if err == nil {
			err = m.count(r)
		}
		if err != nil {
			return errors.Join(err, m.sendIfInput(err, b, send))
		}
		if r.Err == nil && r.Skipped == "" {
			b.examples = append(b.examples, r.Example)
			b.bytes += len(r.Example.Code) + len(r.Example.Insecure)
		}
		b.next = r.Next
		if len(b.examples) >= largest || b.bytes >= batchBytes {
			if err := send(); err != nil {
				return err
			}
		}
		if m.Limit > 0 && m.summary.Records >= m.Limit {
			return send()
		}
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	m.summary.Complete = true
	b.end = true
	return send()
}

// sendIfInput lets in what was read before a fault of the input.
func (m *importing) sendIfInput(err error, b batch, send func() error) error {
	if _, ok := errors.AsType[*InputError](err); ok && len(b.examples) > 0 {
		return send()
	}
	return nil
}

// count takes a record into the summary. It returns an error where the import must
// end for it.
func (m *importing) count(r Record) error {
	s := &m.summary
	s.Records++
	if m.Progress != nil && r.Read > 0 {
		m.Progress(r.Read, m.total)
	}
	switch {
	case r.Err != nil:
		s.Broken++
		if m.Broken != nil {
			m.Broken(r.Where, r.Err)
		}
		if m.Strict {
			return inputErrorf("%s: %w", r.Where, r.Err)
		}
		if s.Records == hopeless && s.Broken == s.Records && !s.Resumed {
			return inputErrorf("none of the first %d records of %s is one of %s: is it another format?", hopeless, m.path, m.format.Name)
		}
	case r.Skipped != "":
		s.Skipped[r.Skipped]++
	default:
		s.Examples++
	}
	return nil
}

// judge makes a batch ready to be let in. What goes wrong waits until those before it are.
func (m *importing) judge(ctx context.Context, b *batch) {
	switch {
	case m.DryRun || len(b.examples) == 0:
	case m.target.Judge != nil:
		b.letIn, b.err = m.target.Judge(ctx, b.examples...)
	default:
		b.letIn = func(ctx context.Context) (int, error) { return m.target.Add(ctx, b.examples...) }
	}
}

// letIn lets a batch in and notes how far that is.
func (m *importing) letIn(ctx context.Context, b batch) error {
	if m.DryRun || b.err != nil {
		return b.err
	}
	if b.letIn != nil {
		added, err := b.letIn(ctx)
		if err != nil {
			return err
		}
		m.summary.Added += int64(added)
	}
	// What was acknowledged is noted even if the user stops the program now.
	return m.note(context.WithoutCancel(ctx), b)
}

// A mark is what is kept of an import that has not ended, under a key made of
// format, path and what else decides what it makes.
type mark struct {
	key string
	// Input tells whether the input is as it was: its size and the time of its last
	// change.
	Input    string   `json:"input"`
	Position Position `json:"position"`
}

// markForm changes whenever readers count positions in another way.
const markForm = "1"

func newMark(format Format, in *input) (mark, error) {
	absolute, err := filepath.Abs(in.path)
	if err != nil {
		return mark{}, err
	}
	stamp, err := in.stamp(absolute)
	if err != nil {
		return mark{}, &InputError{err}
	}
	clones := slices.Clone(in.Clones)
	slices.Sort(clones)
	parts := append([]string{markForm, format.Name, absolute, in.CWE.String(), in.Licence}, clones...)
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return mark{key: "import/" + hex.EncodeToString(sum[:16]), Input: stamp}, nil
}

// stamp tells whether the input is as it was.
func (in *input) stamp(absolute string) (string, error) {
	if in.Bundle != nil {
		return stampOfBundle(in.Bundle), nil
	}
	return stampOf(absolute)
}

// stampOf tells an input from what it was before: a file by its size and time, a
// folder by its time and those of the files and folders right in it.
func stampOf(path string) (string, error) {
	info, err := os.Stat(path)
	if err != nil {
		return "", err
	}
	size, last := info.Size(), info.ModTime()
	if info.IsDir() {
		entries, err := os.ReadDir(path)
		if err != nil {
			return "", err
		}
		for _, entry := range entries {
			if info, err := entry.Info(); err == nil {
				size += info.Size()
				if info.ModTime().After(last) {
					last = info.ModTime()
				}
			}
		}
	}
	return fmt.Sprintf("%d %d", size, last.UnixNano()), nil
}

// notes reports whether it is kept how far the import came.
func (m *importing) notes() bool { return m.target.Meta != nil && !m.DryRun && m.Limit <= 0 }

// resume finds where an earlier import of the input came to.
func (m *importing) resume(ctx context.Context) error {
	if !m.notes() || m.Restart {
		return nil
	}
	text, err := m.target.Meta.Meta(ctx, m.mark.key)
	if err != nil {
		return fmt.Errorf("see how far the last import came: %w", err)
	}
	var last mark
	if text == "" || json.Unmarshal([]byte(text), &last) != nil || last.Input != m.mark.Input {
		return nil
	}
	m.from, m.summary.Resumed = last.Position, true
	return nil
}

// note keeps how far the import has come; at its end there is nothing to keep.
func (m *importing) note(ctx context.Context, b batch) error {
	if !m.notes() {
		return nil
	}
	value := ""
	if !b.end {
		m.mark.Position = b.next
		text, err := json.Marshal(m.mark)
		if err != nil {
			return err
		}
		value = string(text)
	}
	if err := m.target.Meta.SetMeta(ctx, m.mark.key, value); err != nil {
		return fmt.Errorf("note how far the import has come: %w", err)
	}
	return nil
}
