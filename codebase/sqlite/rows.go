package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"iter"
	"strings"

	"github.com/seccoder/seccoder/codebase"
)

// ask is QueryContext for a query that is asked again and again.
func (s *Store) ask(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	statement, err := s.prepared(ctx, query)
	if err != nil {
		return nil, err
	}
	return statement.QueryContext(ctx, args...)
}

func (s *Store) prepared(ctx context.Context, query string) (*sql.Stmt, error) {
	s.asked.Lock()
	defer s.asked.Unlock()
	if statement := s.asked.statements[query]; statement != nil {
		return statement, nil
	}
	statement, err := s.db.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	if s.asked.statements == nil {
		s.asked.statements = map[string]*sql.Stmt{}
	}
	s.asked.statements[query] = statement
	return statement, nil
}

// beginning finds the one whose id is, or begins with, id among what scan makes of a query's rows;
// the query ends in WHERE. idOf tells a row's id, and where, in errors, which examples were looked through.
func beginning[T any](ctx context.Context, s *Store, doing, where, query, id string, scan func(*sql.Rows) (T, error), idOf func(T) string) (T, error) {
	var none T
	prefix := strings.ToLower(id)
	if prefix == "" || strings.Trim(prefix, "0123456789abcdef") != "" {
		return none, fmt.Errorf("%w%s: %q is not the beginning of an id", codebase.ErrNotFound, where, id)
	}
	// "g" sorts after every digit of an id.
	rows, err := s.ask(ctx, query+"id >= ? AND id < ? ORDER BY id LIMIT 2", prefix, prefix+"g")
	if err != nil {
		return none, s.fail(doing, err)
	}
	defer rows.Close()
	var found []T
	for rows.Next() {
		one, err := scan(rows)
		if err != nil {
			return none, s.fail(doing, err)
		}
		found = append(found, one)
	}
	if err := rows.Err(); err != nil {
		return none, s.fail(doing, err)
	}
	switch len(found) {
	case 0:
		return none, fmt.Errorf("%w%s: %s", codebase.ErrNotFound, where, id)
	case 1:
		return found[0], nil
	}
	return none, fmt.Errorf("%w: %s begins %s and %s", codebase.ErrAmbiguous, id, idOf(found[0]), idOf(found[1]))
}

// read yields what scan makes of each row of a query. An error, which says what was
// being done, ends the sequence. The rows are those of the moment it begins.
func read[T any](ctx context.Context, s *Store, doing, query string, args []any, scan func(*sql.Rows) (T, error)) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var none T
		rows, err := s.db.QueryContext(ctx, query, args...)
		if err != nil {
			yield(none, s.fail(doing, err))
			return
		}
		defer rows.Close()
		for rows.Next() {
			value, err := scan(rows)
			if err != nil {
				yield(none, s.fail(doing, err))
				return
			}
			if !yield(value, nil) {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield(none, s.fail(doing, err))
		}
	}
}
