package sqlite

import (
	"context"
	"database/sql"
	"iter"
)

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
