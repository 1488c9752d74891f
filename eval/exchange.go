package eval

import (
	"bufio"
	"bytes"
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"
)

// CompletionsSchema names the form of a line that Export writes.
const CompletionsSchema = "seccoder.completions/1"

// exchanged is one batch of completions: what determines it, as a hash and for people, and
// what the model wrote. Prompts are not in it, since they are a suite's and a codebase's,
// nor judgements, which whoever takes it makes anew.
type exchanged struct {
	Schema string `json:"schema"`
	Key    string `json:"key"`
	// The rest says to people what Key stands for.
	Model    string `json:"model"`
	Suite    string `json:"suite"`
	Scenario string `json:"scenario"`
	Method   string `json:"method"`
	Seed     uint64 `json:"seed"`
	generated
}

// Export writes the completions of a run as JSON Lines, a batch a line, for another store's
// [Store.Import]. It returns how many batches it wrote and how many the run has: those that
// are not made yet are left out, and so are those whose prompts another version of
// the program made, until the run is resumed.
func (r *Runner) Export(ctx context.Context, id string, w io.Writer) (wrote, of int, err error) {
	record, err := r.Store.Run(ctx, id)
	if err != nil {
		return 0, 0, err
	}
	s, err := r.reload(ctx, record)
	if err != nil {
		return 0, 0, err
	}
	units := s.units()
	out := json.NewEncoder(w)
	out.SetEscapeHTML(false)
	for _, u := range units {
		ok, err := s.recall(ctx, u)
		if err != nil {
			return wrote, len(units), err
		}
		if !ok {
			continue
		}
		k := s.generationKey(u)
		line := exchanged{
			Schema: CompletionsSchema, Key: hex.EncodeToString(k[:]), Model: s.models[u.model].Name, Suite: s.suites[u.suite].Name,
			Scenario: s.scenarioOf(u).ID, Method: s.methodOf(u).Name, Seed: u.batchSeed, generated: *u.generated,
		}
		if err := out.Encode(line); err != nil {
			return wrote, len(units), fmt.Errorf("export run %s: %w", record.ID, err)
		}
		wrote++
	}
	return wrote, len(units), nil
}

// Imported counts the batches of an import.
type Imported struct{ Added, Present int }

// maxExchanged bounds a line of an import, in bytes: a batch of a thousand completions of
// the largest size that is kept.
const maxExchanged = 1000 * maxSourceBytes

// Import keeps the completions that [Runner.Export] wrote elsewhere, so that a run which
// wants them need not make them. What is there already stays as it is. Lines that are none of
// an export are left out and told in the error, with their numbers; the others are kept
// all the same.
//
// A key cannot be checked without the model: who imports completions trusts their maker.
func (s *Store) Import(ctx context.Context, r io.Reader) (Imported, error) {
	var total Imported
	var errs []error
	lines := bufio.NewReader(r)
	for number := 1; ; number++ {
		if err := ctx.Err(); err != nil {
			return total, err
		}
		line, err := nextLine(lines, maxExchanged)
		if errors.Is(err, io.EOF) {
			return total, errors.Join(errs...)
		}
		if err != nil && !errors.Is(err, errLongLine) {
			return total, errors.Join(append(errs, fmt.Errorf("behind line %d: %w", number-1, err))...)
		}
		var k key
		var g *generated
		if err == nil {
			k, g, err = readExchanged(line)
		}
		if err != nil {
			errs = append(errs, fmt.Errorf("line %d: %w", number, err))
			continue
		}
		var before generated
		found, err := s.get(ctx, k, &before)
		if err != nil {
			return total, err
		}
		if found {
			total.Present++
			continue
		}
		if err := s.put(ctx, k, g); err != nil {
			return total, err
		}
		total.Added++
	}
}

var errLongLine = fmt.Errorf("it has more than %d MiB: run it there with a smaller batch in the run file, and export again", maxExchanged>>20)

// nextLine reads a line without its end. One of more than most bytes is passed over, so that
// those behind it can be read.
func nextLine(r *bufio.Reader, most int) ([]byte, error) {
	var line []byte
	long := false
	for {
		part, err := r.ReadSlice('\n')
		if long = long || len(line)+len(part) > most; long {
			line = nil
		} else {
			line = append(line, part...)
		}
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case err != nil && (!errors.Is(err, io.EOF) || len(line) == 0 && !long):
			return nil, err
		case long:
			return nil, errLongLine
		}
		return bytes.TrimSuffix(line, []byte("\n")), nil
	}
}

// readExchanged checks all that can be checked of a line.
func readExchanged(line []byte) (key, *generated, error) {
	var e exchanged
	if !utf8.Valid(line) {
		return key{}, nil, errors.New("it is no UTF-8 text")
	}
	if err := json.Unmarshal(line, &e); err != nil {
		return key{}, nil, fmt.Errorf("it is no JSON of completions: %w", err)
	}
	if e.Schema != CompletionsSchema {
		return key{}, nil, fmt.Errorf("its schema is %q, expected %q", e.Schema, CompletionsSchema)
	}
	data, err := hex.DecodeString(e.Key)
	if err != nil || len(data) != len(key{}) {
		return key{}, nil, fmt.Errorf("its key %q is no SHA-256 in hexadecimal", e.Key)
	}
	if len(e.Completions) == 0 {
		return key{}, nil, errors.New("it has no completions")
	}
	return key(data), &e.generated, nil
}
