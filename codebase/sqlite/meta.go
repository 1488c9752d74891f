package sqlite

import (
	"context"
	"database/sql"
	"errors"
)

// Meta implements codebase.MetaStore.
func (s *Store) Meta(ctx context.Context, key string) (string, error) {
	var value string
	err := s.db.QueryRowContext(ctx, "SELECT value FROM meta WHERE key = ?", key).Scan(&value)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return "", s.fail("read store", err)
	}
	return value, nil
}

// SetMeta implements codebase.MetaStore.
func (s *Store) SetMeta(ctx context.Context, key, value string) error {
	err := s.write(ctx, func(tx *sql.Tx) error {
		if value == "" {
			_, err := tx.ExecContext(ctx, "DELETE FROM meta WHERE key = ?", key)
			return err
		}
		_, err := tx.ExecContext(ctx,
			"INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value", key, value)
		return err
	})
	if err != nil {
		return s.fail("write to store", err)
	}
	return nil
}

// Facts implements codebase.MovableStore.
func (s *Store) Facts(ctx context.Context) (map[string]string, error) {
	facts := make(map[string]string)
	for fact, err := range read(ctx, s, "read store", "SELECT key, value FROM meta", nil, scanFact) {
		if err != nil {
			return nil, err
		}
		facts[fact[0]] = fact[1]
	}
	return facts, nil
}

func scanFact(rows *sql.Rows) (fact [2]string, err error) {
	err = rows.Scan(&fact[0], &fact[1])
	return fact, err
}
