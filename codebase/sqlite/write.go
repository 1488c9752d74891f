package sqlite

import (
	"context"
	"database/sql"
)

// write runs do in a transaction that holds the file's write lock, and commits
// unless do fails. The writers of this process queue for it; other processes are
// waited for as Options.Wait says.
func (s *Store) write(ctx context.Context, do func(tx *sql.Tx) error) error {
	select {
	case s.writing <- struct{}{}:
		defer func() { <-s.writing }()
	case <-ctx.Done():
		return ctx.Err()
	}
	tx, err := s.writer.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	// After Commit this does nothing; after an error there is nothing to add to it.
	defer func() { _ = tx.Rollback() }()
	if err := do(tx); err != nil {
		return err
	}
	return tx.Commit()
}
