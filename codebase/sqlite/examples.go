package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"strconv"
	"strings"
	"time"

	"github.com/seccoder/seccoder/codebase"
)

// timeForm is how admitted_at is written: fixed in width, so that it sorts.
const timeForm = "2006-01-02T15:04:05.000000000Z"

const insertExample = `INSERT INTO example
	(id, language, title, fix, code, insecure, kind, repository, commit_id, path, cve, dataset, licence, admitted_at, admitted_by, checked_by)
	VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING`

const insertCWE = "INSERT INTO example_cwe (example_id, position, cwe) VALUES (?, ?, ?)"

const selectExamples = `SELECT
	id, language, title, fix, code, insecure, kind, repository, commit_id, path, cve, dataset, licence, admitted_at, admitted_by, checked_by,
	(SELECT group_concat(cwe, ' ' ORDER BY position) FROM example_cwe WHERE example_id = id)
	FROM example WHERE `

// Add implements codebase.Store.
func (s *Store) Add(ctx context.Context, examples ...codebase.Example) (added int, err error) {
	for i := range examples {
		if err := examples[i].Validate(); err != nil {
			return 0, s.fail("add to store", err)
		}
	}
	if len(examples) == 0 {
		return 0, nil
	}
	err = s.write(ctx, func(tx *sql.Tx) (err error) {
		added, err = addAll(ctx, tx, examples)
		return err
	})
	if err != nil {
		return 0, s.fail("add to store", err)
	}
	return added, nil
}

// addAll puts valid examples in, and counts those that are new.
func addAll(ctx context.Context, tx *sql.Tx, examples []codebase.Example) (added int, err error) {
	insert, err := tx.PrepareContext(ctx, insertExample)
	if err != nil {
		return 0, err
	}
	defer insert.Close()
	cwes, err := tx.PrepareContext(ctx, insertCWE)
	if err != nil {
		return 0, err
	}
	defer cwes.Close()
	for _, e := range examples {
		isNew, err := addOne(ctx, insert, cwes, e)
		if err != nil {
			return added, fmt.Errorf("example %.12s: %w", e.ID, err)
		}
		if isNew {
			added++
		}
	}
	return added, nil
}

func addOne(ctx context.Context, insert, cwes *sql.Stmt, e codebase.Example) (isNew bool, err error) {
	checkedBy, err := json.Marshal(e.CheckedBy)
	if err != nil {
		return false, err
	}
	result, err := insert.ExecContext(ctx, e.ID, string(e.Language), e.Title, e.Fix, e.Code, e.Insecure,
		e.Source.Kind, e.Source.Repository, e.Source.Commit, e.Source.Path, e.Source.CVE, e.Source.Dataset, e.Source.Licence,
		e.AdmittedAt.UTC().Format(timeForm), e.AdmittedBy, string(checkedBy))
	if err != nil {
		return false, err
	}
	if n, err := result.RowsAffected(); err != nil || n == 0 {
		return false, err
	}
	return true, addCWEs(ctx, cwes, e)
}

// addCWEs adds an example's weaknesses by the statement insertCWE.
func addCWEs(ctx context.Context, insert *sql.Stmt, e codebase.Example) error {
	for i, cwe := range e.CWEs {
		if _, err := insert.ExecContext(ctx, e.ID, i, int(cwe)); err != nil {
			return err
		}
	}
	return nil
}

// Remove implements codebase.Store.
func (s *Store) Remove(ctx context.Context, ids ...string) (removed int, err error) {
	if len(ids) == 0 {
		return 0, nil
	}
	err = s.write(ctx, func(tx *sql.Tx) (err error) {
		removed, err = removeAll(ctx, tx, ids)
		return err
	})
	if err != nil {
		return 0, s.fail("remove from store", err)
	}
	return removed, nil
}

// removeAll takes examples out, and counts those that were there.
func removeAll(ctx context.Context, tx *sql.Tx, ids []string) (removed int, err error) {
	for _, id := range ids {
		result, err := tx.ExecContext(ctx, "DELETE FROM example WHERE id = ?", id)
		if err != nil {
			return 0, err
		}
		n, err := result.RowsAffected()
		if err != nil {
			return 0, err
		}
		removed += int(n)
	}
	return removed, nil
}

// Get implements codebase.Store.
func (s *Store) Get(ctx context.Context, id string) (codebase.Example, error) {
	return beginning(ctx, s, "read store", "", selectExamples, id, scanExample, func(e codebase.Example) string { return e.ID })
}

// Examples implements codebase.Store. The loop sees the store as it was when the
// loop began, whatever is written meanwhile.
func (s *Store) Examples(ctx context.Context, filter codebase.Filter) iter.Seq2[codebase.Example, error] {
	where, args := conditions(filter)
	return read(ctx, s, "read store", selectExamples+where+" ORDER BY id", args, scanExample)
}

// scanExample reads a row of selectExamples. What cannot have been written by
// Add is codebase.ErrDamaged.
func scanExample(rows *sql.Rows) (codebase.Example, error) {
	var e codebase.Example
	var admittedAt, checkedBy string
	var cwes sql.NullString
	err := rows.Scan(&e.ID, &e.Language, &e.Title, &e.Fix, &e.Code, &e.Insecure,
		&e.Source.Kind, &e.Source.Repository, &e.Source.Commit, &e.Source.Path, &e.Source.CVE, &e.Source.Dataset, &e.Source.Licence,
		&admittedAt, &e.AdmittedBy, &checkedBy, &cwes)
	if err != nil {
		return e, err
	}
	var wrong []error
	var bad error
	if e.AdmittedAt, bad = time.Parse(timeForm, admittedAt); bad != nil {
		wrong = append(wrong, bad)
	}
	if bad := json.Unmarshal([]byte(checkedBy), &e.CheckedBy); bad != nil {
		wrong = append(wrong, bad)
	}
	if e.CWEs, bad = parseCWEs(cwes.String); bad != nil {
		wrong = append(wrong, bad)
	}
	if len(wrong) > 0 {
		return e, fmt.Errorf("%w: example %.12s: %w", codebase.ErrDamaged, e.ID, errors.Join(wrong...))
	}
	return e, nil
}

// parseCWEs reads the numbers as group_concat puts them together.
func parseCWEs(numbers string) ([]codebase.CWE, error) {
	var cwes []codebase.CWE
	for _, number := range strings.Fields(numbers) {
		n, err := strconv.Atoi(number)
		if err != nil {
			return nil, err
		}
		cwes = append(cwes, codebase.CWE(n))
	}
	return cwes, nil
}
