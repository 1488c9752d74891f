package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"github.com/seccoder/seccoder/codebase"
)

// Replace implements codebase.ReplaceStore: all or none, and no reader finds one missing.
func (s *Store) Replace(ctx context.Context, where func(have codebase.Example) bool, examples ...codebase.Example) (replaced int, err error) {
	for i := range examples {
		if err := examples[i].Validate(); err != nil {
			return 0, s.fail("replace in store", err)
		}
	}
	if len(examples) == 0 {
		return 0, nil
	}
	err = s.write(ctx, func(tx *sql.Tx) error {
		cwes, err := tx.PrepareContext(ctx, insertCWE)
		if err != nil {
			return err
		}
		defer cwes.Close()
		replaced = 0
		for _, e := range examples {
			chosen, err := chooses(ctx, tx, where, e.ID)
			if err == nil && chosen {
				replaced++
				err = replaceOne(ctx, tx, cwes, e)
			}
			if err != nil {
				return fmt.Errorf("example %.12s: %w", e.ID, err)
			}
		}
		return nil
	})
	if err != nil {
		return 0, s.fail("replace in store", err)
	}
	return replaced, nil
}

// RemoveWhere implements codebase.ReplaceStore: all or none.
func (s *Store) RemoveWhere(ctx context.Context, where func(have codebase.Example) bool, ids ...string) (removed int, err error) {
	if len(ids) == 0 {
		return 0, nil
	}
	err = s.write(ctx, func(tx *sql.Tx) error {
		var chosen []string
		for _, id := range ids {
			yes, err := chooses(ctx, tx, where, id)
			if err != nil {
				return err
			}
			if yes {
				chosen = append(chosen, id)
			}
		}
		removed, err = removeAll(ctx, tx, chosen)
		return err
	})
	if err != nil {
		return 0, s.fail("remove from store", err)
	}
	return removed, nil
}

// chooses reports whether an example is there and where is true for it.
func chooses(ctx context.Context, tx *sql.Tx, where func(have codebase.Example) bool, id string) (bool, error) {
	rows, err := tx.QueryContext(ctx, selectExamples+"id = ?", id)
	if err != nil {
		return false, err
	}
	defer rows.Close()
	if !rows.Next() {
		return false, rows.Err()
	}
	have, err := scanExample(rows)
	return err == nil && where(have), err
}

// replaceOne writes over an example that is there. Its id and vectors stay as they are: they
// are of the code, of which only the space at line ends can differ.
func replaceOne(ctx context.Context, tx *sql.Tx, cwes *sql.Stmt, e codebase.Example) error {
	checkedBy, err := json.Marshal(e.CheckedBy)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `UPDATE example SET title = ?, fix = ?, code = ?, insecure = ?, kind = ?, repository = ?, commit_id = ?,
		path = ?, cve = ?, dataset = ?, licence = ?, admitted_at = ?, admitted_by = ?, checked_by = ? WHERE id = ?`,
		e.Title, e.Fix, e.Code, e.Insecure, e.Source.Kind, e.Source.Repository, e.Source.Commit,
		e.Source.Path, e.Source.CVE, e.Source.Dataset, e.Source.Licence, e.AdmittedAt.UTC().Format(timeForm), e.AdmittedBy, string(checkedBy), e.ID)
	if err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, "DELETE FROM example_cwe WHERE example_id = ?", e.ID); err != nil {
		return err
	}
	return addCWEs(ctx, cwes, e)
}
