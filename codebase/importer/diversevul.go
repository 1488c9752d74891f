package importer

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"

	"github.com/seccoder/seccoder/lang"
)

// DiverseVul has no pairs: a commit's functions before the fix are vulnerable, those
// after it and all that it left alone are not, and they stand anywhere in the file.
// Those of one commit with one name make a pair; a vulnerable function without such
// a partner is skipped, since what fixed it is not known.
//
// The file is read twice: first to note commit, name and place of each function in a
// temporary database, then to read the pairs.
func readDiverseVul(ctx context.Context, in *input) iter.Seq2[Record, error] {
	return func(yield func(Record, error) bool) {
		if err := in.diverseVul(ctx, yield); err != nil {
			yield(Record{}, err)
		}
	}
}

const skipUnpaired = "its commit has no other function of its name, so what fixed it is not known"

var diverseTables = map[string][]string{"function": {"key", "vulnerable", "start", "size", "line"}}

func (in *input) diverseVul(ctx context.Context, yield func(Record, error) bool) error {
	s, err := newScratch(ctx, diverseTables)
	if err != nil {
		return err
	}
	defer s.close()
	more := true
	if err := in.diverseIndex(ctx, s, func(r Record) bool {
		more = yield(r, nil)
		return more
	}); err != nil || !more {
		return err
	}
	file, err := os.Open(in.path)
	if err != nil {
		return &InputError{err}
	}
	defer file.Close()
	return in.diversePairs(ctx, s, file, yield)
}

// diverseIndex notes the places of the functions.
func (in *input) diverseIndex(ctx context.Context, s *scratch, yield func(Record) bool) error {
	file, scanner, err := openJSON(in.path, Position{})
	if err != nil {
		return err
	}
	defer file.Close()
	_, in.total = sizes([]string{in.path})
	for {
		err := scanner.next(ctx)
		if errors.Is(err, io.EOF) {
			return s.flush()
		}
		var f vulFunction
		wrong := err
		if err == nil {
			wrong = decode(scanner.value, &f)
		} else if !errors.Is(err, errTooLong) && !errors.Is(err, errCutShort) && !errors.Is(err, errArrayOpen) {
			return err
		}
		if wrong != nil {
			r := Record{Where: scanner.where(in.path), Err: wrong, Next: in.from, Read: scanner.offset}
			if !yield(r) || errors.Is(wrong, errCutShort) || errors.Is(wrong, errArrayOpen) {
				return s.flush()
			}
			continue
		}
		if in.Progress != nil {
			in.Progress(scanner.offset/2, in.total)
		}
		l := cOrCPP("", f.Func)
		name := functionName(l, f.Func)
		if name == "" {
			continue
		}
		key := sha256.Sum256([]byte(f.Project + "\x00" + f.Commit + "\x00" + name))
		size := int64(len(scanner.value))
		if err := s.insert(ctx, "function", hex.EncodeToString(key[:16]), bool(f.Target), scanner.from, size, scanner.start); err != nil {
			return err
		}
	}
}

// diversePairs yields the vulnerable functions with their partners.
func (in *input) diversePairs(ctx context.Context, s *scratch, file *os.File, yield func(Record, error) bool) error {
	if _, err := s.ExecContext(ctx, "CREATE INDEX by_key ON function (key, vulnerable)"); err != nil {
		return err
	}
	rows, err := s.QueryContext(ctx, `SELECT b.start, b.size, b.line, a.start, a.size,
		(SELECT count(*) FROM function o WHERE o.key = b.key)
		FROM function b LEFT JOIN function a ON a.rowid = (SELECT min(rowid) FROM function WHERE key = b.key AND vulnerable = 0)
		WHERE b.vulnerable = 1 ORDER BY b.rowid`)
	if err != nil {
		return err
	}
	defer rows.Close()
	var number int64
	for rows.Next() {
		var before, after place
		var line, same int64
		if err := rows.Scan(&before.start, &before.size, &line, &after.start, &after.size, &same); err != nil {
			return err
		}
		number++
		if number <= in.from.Number {
			continue
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		r := Record{Where: fmt.Sprintf("line %d", line), Next: Position{Number: number}, Read: in.total/2 + *before.start/2}
		if same != 2 || after.start == nil {
			r.Skipped = skipUnpaired
		} else {
			one := in.diversePair(file, before, after)
			r.Example, r.Skipped, r.Err = one.example, one.skipped, one.err
		}
		if !yield(r, nil) {
			return nil
		}
	}
	return rows.Err()
}

// A place is where a value stands in a file; of a function that is not there it is nil.
type place struct{ start, size *int64 }

func (in *input) diversePair(file *os.File, before, after place) result {
	var old, fixed vulFunction
	for _, side := range []struct {
		place
		into *vulFunction
	}{{before, &old}, {after, &fixed}} {
		value := make([]byte, *side.size)
		if _, err := file.ReadAt(value, *side.start); err != nil {
			return result{err: err}
		}
		if err := decode(value, side.into); err != nil {
			return result{err: err}
		}
	}
	f := old.commonFix("DiverseVul")
	f.before, f.after = old.Func, fixed.Func
	if f.language = cOrCPP(f.path, f.after); f.language == lang.C {
		f.language = cOrCPP(f.path, f.before)
	}
	f.title = functionName(f.language, f.after)
	return in.result(f)
}
